"""Judge the journals that stand-ins have left behind: python -m tests.contracts FILE..."""

import argparse
import sys
from pathlib import Path

from . import descriptions
from .collector import judge_file


def main() -> int:
    """Tell each fault once; 1 when there is any, 2 without the descriptions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journals", type=Path, nargs="+", metavar="FILE")
    journals: list[Path] = parser.parse_args().journals
    if not descriptions.folder():
        print(descriptions.WHY, file=sys.stderr)  # noqa: T201
        return 2
    faults = [f"{one}: {fault}" for one in journals for fault in judge_file(one)]
    print("\n".join(faults or ["All as its provider describes it."]))  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
