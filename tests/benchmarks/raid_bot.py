"""python -m tests.benchmarks.raid_bot: the bot as production runs it, beside a local Discord.

A local Discord is taken with DEBUG alone, and with DEBUG every query is kept: so it is switched off
once the settings are read.
"""

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Run until SIGTERM."""
    django.setup()
    settings.DEBUG = False
    call_command("runbot", skip_checks=True)


if __name__ == "__main__":
    main()
