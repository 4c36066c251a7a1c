"""What the demo writes for the person who started it: one line each time a part changes."""

import sys
from collections.abc import Mapping

GREEN, YELLOW, RED, BOLD, SOFT, PLAIN = "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"  # fmt: skip
TONES = {"ready": GREEN, "started": GREEN, "starting": SOFT, "stopped": SOFT, "died": RED}


def say(text: str = "") -> None:
    """Write one line; somebody who closed the terminal does not stop the evening."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except (BrokenPipeError, OSError):
        return


def tone(text: str, colour: str) -> str:
    """Colour a text on a terminal, and nowhere else."""
    return f"{colour}{text}{PLAIN}" if sys.stdout.isatty() else text


def status(part: str, state: str, detail: str = "") -> None:
    """Write where one part stands."""
    say(f"  {part:<10} {tone(f'{state:<9}', TONES.get(state, YELLOW))} {detail}".rstrip())


def welcome(env: Mapping[str, str]) -> None:
    """Write the addresses and how to play."""
    site, discord = env["FRONTEND_ORIGIN"], env["DISCORD_BASE_URL"]
    say()
    say(f"  {tone('Slomix', BOLD)}             {site}")
    say(f"  {tone('The local Discord', BOLD)}  {discord}")
    say(f"  {tone('Logs and data', BOLD)}      {env['SLOMIX_VAR']}")
    say()
    for number, line in enumerate(HOW_TO_PLAY, start=1):
        say(f"  {number}. {line}")
    say()


HOW_TO_PLAY = (
    "Open Slomix, sign in, and be anybody: somebody “not linked yet” sees it as a newcomer does.",
    "Pick your player, press LOOKING, and say whether you want to be reminded.",
    "In the local Discord, press a button of the bot's post as somebody else; the site shows it.",
    "Sign in as Jazbec, a promoter: Promote, see who will hear it and who not and why, confirm.",
    "Move the evening, so that it is soon (before midnight, the reminder first):\n"
    "     AVAILABILITY_PROMOTION_REMINDER_TIME=18:10 AVAILABILITY_PROMOTION_START_TIME=18:15 "
    "make dev",
    "Read the direct messages in the local Discord; Ctrl-C ends everything, `make dev` goes on.",
)
