"""python -m tests.whole.raid_hand: does on a bot's own database what people do, a JSON line each."""

import importlib
import json
import sys
from typing import Any

import django


def main() -> None:
    """Do one thing after another and answer each in a line."""
    django.setup()
    # Only now: its models need the settings.
    deeds = importlib.import_module("tests.whole.raid_deeds").DEEDS
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        sys.stdout.write(json.dumps(deeds[order.pop("do")](**order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
