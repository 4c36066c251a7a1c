"""python -m tests.benchmarks.loading.bot [deliver]: the bot, or a drain, as in production, but for the
local Discord.

A local Discord is allowed with DEBUG only; with DEBUG, Django keeps every query, and the bot's memory
would tell of that.
"""

import sys

import django


def main() -> None:
    """Read the settings with DEBUG, and run without it."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    call_command(*(sys.argv[1:] or ["runbot"]), skip_checks=True)


if __name__ == "__main__":
    main()
