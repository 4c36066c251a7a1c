"""Discord's door to backups, for the bot's owners alone; it only translates."""

import asyncio
import json
import logging
import sys
from typing import Any

from discord import app_commands
from discord.ext import commands
from django.conf import settings

from availability.commands.cog import door as evenings
from availability.commands.cog.door import Interaction
from botworker.client import SlomixBot
from planning.raids.commands.cog import door
from planning.raids.operating.cog import on_servers, owns
from slomix.lib.redact import redacted
from slomix.operations import backup_answers

log = logging.getLogger(__name__)
# An answer can be given for fifteen minutes.
WITHIN = 600.0
BUSY = 75


class Backups(commands.Cog):
    """A backup on request, answered privately."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    @app_commands.command(name="backup_db", description="Back the database up (its owners)")
    @on_servers
    async def backup_db(self, interaction: Interaction) -> None:
        if not await evenings.taken(interaction):
            return
        where, owner = door.where_of(interaction), await owns(self.bot, interaction.user)
        refused = await door.decide(interaction, backup_answers.may_back_up, where, owner=owner)
        if refused is not None:
            await evenings.whisper(interaction, refused)
            return
        log.warning("a backup was asked for by Discord account %d", interaction.user.id)
        made, busy = await _made()
        told: dict[str, Any] = {"made": made, "busy": busy}
        reply = await door.decide(interaction, backup_answers.backed_up, where, **told)
        await evenings.whisper(interaction, reply)


async def _made() -> tuple[dict[str, Any] | None, bool]:
    """Make a backup in a process of its own, so that the bot hears on; None where that failed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--json"),
        cwd=settings.BASE_DIR,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(WITHIN):
            said, errors = await process.communicate()
    except TimeoutError:
        log.error("the backup took more than %d s and was ended", WITHIN)
        return None, False
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        log.error("the backup failed: %s", redacted(errors.decode(errors="replace").strip()[-300:]))
        return None, process.returncode == BUSY
    found: dict[str, Any] = json.loads(said)
    return found, False


async def setup(bot: SlomixBot) -> None:
    await bot.add_cog(Backups(bot))
