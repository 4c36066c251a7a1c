"""The one voice channel that counts: its name and its address, so that people read where to go."""

from django.conf import settings

from botworker import pulse
from botworker.plain import plain
from slomix.lib import clock
from slomix.lib.keep import Kept

PART = "voice"
OPENS = "https://discord.com/channels"
# Of one channel; whoever renames it is heard a minute later.
_kept: Kept[str] = Kept(1)


def only() -> int:
    """Return the id of the channel, or 0 where several count."""
    chosen = settings.VOICE_CHANNEL_IDS
    return next(iter(chosen)) if len(chosen) == 1 else 0


def link() -> str:
    """Return the address that opens the channel in Discord; empty where several count."""
    number = only() if settings.DISCORD_GUILD_ID else 0
    return f"{OPENS}/{settings.DISCORD_GUILD_ID}/{number}" if number else ""


def note(channel_id: int, name: str) -> None:
    """Write down what a channel is called."""
    pulse.beat(PART, f"{channel_id} {name}")


def known() -> str:
    """Return its name, harmless for a chat; empty where several count or nobody has told us yet."""
    number = only()
    return _kept.get(number, None, clock.now(), lambda: _told(number)) if number else ""


def _told(number: int) -> str:
    channel_id, _space, name = pulse.detail(PART).partition(" ")
    return plain(name) if channel_id == str(number) else ""
