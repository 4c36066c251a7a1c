"""python -m slomix.management.chaos.run FOLDER: one run, from the first row to the verdict."""

import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    """Prepare the database, run, write the report."""
    django.setup()
    from django.core.management import call_command

    from slomix.management.chaos import hearsay, races, scaled
    from slomix.management.chaos.plan import Plan
    from slomix.management.chaos.play import Run

    folder = Path(sys.argv[1])
    plan = Plan.from_json((folder / "plan.json").read_text())
    scaled.divide(plan.scale)
    call_command("migrate", verbosity=0, interactive=False)
    if plan.races or plan.hearsay:
        report = races.play(plan) if plan.races else hearsay.play(plan)
    else:
        report = Run(plan, folder, dict(os.environ)).play()
    (folder / "report.json").write_text(json.dumps(report, indent=1, default=str))


if __name__ == "__main__":
    main()
