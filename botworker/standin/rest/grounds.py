"""Where a request about a server stands, and whether the bot may ask for it."""

from __future__ import annotations

from collections.abc import Mapping

from botworker.standin import checks
from botworker.standin.checks import Check
from botworker.standin.errors import invalid_form, refusal
from botworker.standin.life import looks
from botworker.standin.world import Json

from .call import Call

NONE: Mapping[str, Check] = {}


def guild(call: Call) -> int:
    """Give the path's guild; 10004 when there is none or the bot is not on it."""
    found = call.id("guild")
    if bot(call) not in call.parts.store.guilds.members.get(found, {}):
        raise refusal(10004)
    return found


def bot(call: Call) -> int:
    """Give the bot's own id."""
    return call.parts.world.application.id


def needs(call: Call, bits: int, channel: Json | None = None, where: int | None = None) -> None:
    """Refuse with 50013 unless the bot has all these permissions in the guild or channel."""
    here = int(channel["guild_id"]) if channel else where or call.id("guild")
    if looks.may(call.parts.store, here, bot(call), channel) & bits != bits:
        raise refusal(50013)


def member(call: Call, user: int | None = None) -> int:
    """Give the path's user, if they are on the path's guild; else 10007."""
    found = call.id("user") if user is None else user
    if found not in call.parts.store.guilds.members[guild(call)]:
        raise refusal(10007)
    return found


def check(
    call: Call,
    needed: Mapping[str, Check],
    known: Mapping[str, Check],
    ignored: tuple[str, ...] = (),
) -> Json:
    """Check the body's fields: unknown ones are noted, wrong ones refused with 50035."""
    call.notice(call.body, {*needed, *known, *ignored})
    if problems := list(checks.fields(call.body, "", needed, known)):
        raise invalid_form(problems)
    return {name: one for name, one in call.body.items() if name in {*needed, *known}}


def above(call: Call, position: int) -> None:
    """Refuse with 50013 what stands at or above the bot's highest role.

    https://discord.com/developers/docs/topics/permissions#permission-hierarchy
    """
    if looks.rank(call.parts.store, guild(call), bot(call)) <= position:
        raise refusal(50013)
