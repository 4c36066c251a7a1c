"""Where an evening is played, as the start of a call tells it."""

from dataclasses import dataclass

from botworker import game, voice_name


@dataclass(frozen=True)
class Places:
    """The voice channel and the game server; each is empty where it is not known or not one."""

    # The voice channel's name, harmless for a chat, and the address that opens it in Discord.
    voice: str = ""
    voice_link: str = ""
    # What one types in the game: host:port.
    server: str = ""


def known() -> Places:
    """Return what the settings and the bot tell now."""
    return Places(voice_name.known(), voice_name.link(), game.address())
