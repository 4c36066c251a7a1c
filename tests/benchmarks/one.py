"""python -m tests.benchmarks.one SCENARIO SIZE: one scenario on the database of the environment."""

import importlib
import json
import sys

import django
from django.core.management import call_command


def main(name: str, size: str) -> None:
    """Migrate, measure, print."""
    django.setup()
    call_command("migrate", verbosity=0)
    # Only now: its models need the settings.
    scenario = importlib.import_module(f"tests.benchmarks.{name}")
    json.dump(scenario.measure(size), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
