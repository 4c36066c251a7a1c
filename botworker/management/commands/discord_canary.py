"""manage.py discord_canary: measure on a real account what no document of Discord's states."""

import asyncio
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

import discord
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from botworker import canary, client

WAITS = (1.0, 10.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0)


class Command(BaseCommand):
    help = (
        "Say a few messages to one person, repeat them, read them back and delete them: for how "
        "long Discord honours a nonce, and whether a bot sees its own buttons. Prints JSON. Exits "
        "1 when something that Slomix relies on was not seen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--person", type=snowflake, help="Discord id of who gets the messages")
        where.add_argument("--channel", type=snowflake, help="a channel of the server instead")
        parser.add_argument(
            "--waits",
            type=waits,
            default=WAITS,
            help="seconds, rising: 1,10,60 (ends at the first new)",
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before anything is said")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            client.validate()
        except client.Unusable as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(wrong.code) from wrong
        where = (
            f"person {options['person']}" if options["person"] else f"channel {options['channel']}"
        )
        if not options["yes"]:
            self._ask(where)
        found = asyncio.run(self.measure(options))
        self.stdout.write(json.dumps(canary.as_json(found), indent=1))
        if found.missed:
            raise SystemExit(1)

    def _ask(self, where: str) -> None:
        self.stderr.write(
            f"This says up to twelve messages to {where} at {settings.DISCORD_BASE_URL}."
        )
        self.stderr.write("They are deleted at the end. Go on? [y/N] ", ending="")
        self.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was said.")

    async def measure(self, options: dict[str, Any]) -> canary.Measured:
        """Log in (REST only), find the place and measure there. Raises CommandError."""
        client.point_at_discord()
        async with discord.Client(intents=discord.Intents.none()) as rest:
            try:
                await rest.login(settings.DISCORD_BOT_TOKEN)
                target = await place(rest, options)
                return await canary.Canary(
                    target, sleep=asyncio.sleep, tell=lambda text: self.stderr.write(text)
                ).measure(options["waits"])
            except discord.LoginFailure as refused:
                text = (
                    "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
                )
                raise CommandError(text) from refused
            except discord.HTTPException as refused:
                text = f"Discord refused with {refused.status}, {refused.code}: {refused.text}"
                raise CommandError(text) from refused


async def place(rest: discord.Client, options: dict[str, Any]) -> discord.abc.Messageable:
    """Return where to say it: the person's direct messages, or the channel."""
    if options["person"]:
        return await rest.create_dm(discord.Object(options["person"]))
    return rest.get_partial_messageable(options["channel"])


def snowflake(text: str) -> int:
    """Read a Discord id."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 20):
        raise ArgumentTypeError(f"{text!r} is no Discord id; copy it from Discord (developer mode)")
    return int(text)


def waits(text: str) -> tuple[float, ...]:
    """Read rising seconds: 1,10,60."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} are no seconds; write 1,10,60") from None
    if list(found) != sorted(set(found)) or not found[0] >= 0 or not found[-1] <= 86_400:
        raise ArgumentTypeError(f"{text!r} must rise, from 0 to 86400; write 1,10,60")
    return found
