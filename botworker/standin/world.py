"""Who and what exists in the stand-in when it starts; plain data, also as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from . import permissions

Json = dict[str, Any]

# The bot's token and number on the local Telegram and Signal; Ofcom keeps the number for drama.
LOCAL_TELEGRAM = "7000000000:token-of-the-local-telegram-bot-0001"
LOCAL_SIGNAL = "+447700900999"

TEXT, DM, VOICE, CATEGORY, ANNOUNCEMENT = 0, 1, 2, 4, 5
# Keys whose values are ids, and those whose values are lists of ids.
IDS, ID_LISTS = ("id", "parent", "owner", "afk_channel"), ("roles", "members")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Discord account; `avatar` names a file in `faces/`."""

    id: int
    username: str
    global_name: str = ""
    avatar: str | None = None
    note: str = ""
    dms_closed: bool = False
    in_guild: bool = True
    roles: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.global_name or self.username


@dataclass(frozen=True, slots=True)
class Channel:
    """A guild channel; a hidden one answers the bot with 50001. `user_limit` is for voice."""

    id: int
    name: str
    type: int = TEXT
    hidden: bool = False
    parent: int | None = None
    topic: str = ""
    user_limit: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """A guild role; `permissions` is Discord's bit set."""

    id: int
    name: str
    permissions: int = 0


@dataclass(frozen=True, slots=True)
class Guild:
    """A server. `members` are ids of people; None means everybody who is `in_guild`.

    `bot_may` is what the bot's own role allows it; `owner` is the first person unless told.
    """

    id: int
    name: str
    channels: tuple[Channel, ...] = ()
    roles: tuple[Role, ...] = ()
    members: tuple[int, ...] | None = None
    owner: int | None = None
    afk_channel: int | None = None
    bot_may: int = permissions.BOT
    bot_in: bool = True


@dataclass(frozen=True, slots=True)
class Application:
    """The bot's application; its id is also the bot user's id."""

    id: int
    name: str
    client_secret: str
    token: str
    privileged_intents: bool = True
    telegram_token: str = LOCAL_TELEGRAM
    signal_number: str = LOCAL_SIGNAL


@dataclass(frozen=True, slots=True)
class World:
    """Everything the stand-in is told at start; what happens later is in the store."""

    application: Application
    guild: Guild
    people: tuple[Person, ...] = ()
    redirect_uris: tuple[str, ...] = field(default_factory=tuple)
    # Further servers that the bot is on, or may be invited to.
    others: tuple[Guild, ...] = ()

    @property
    def guilds(self) -> tuple[Guild, ...]:
        """Give every server; the one everybody meets on comes first."""
        return (self.guild, *self.others)

    @classmethod
    def from_json(cls, raw: Json) -> Self:
        """Build a world from JSON with ids as decimal strings; unknown keys are a ValueError."""
        return cls(
            application=Application(**_fields(Application, raw["application"])),
            guild=_guild(raw["guild"]),
            people=tuple(Person(**_fields(Person, one)) for one in raw.get("people", [])),
            redirect_uris=tuple(raw.get("redirect_uris", [])),
            others=tuple(_guild(one) for one in raw.get("others", [])),
        )

    def to_json(self) -> Json:
        return dict(ids_as_text(asdict(self)))


def _guild(raw: Json) -> Guild:
    channels = tuple(Channel(**_fields(Channel, one)) for one in raw.get("channels", []))
    roles = tuple(Role(**_fields(Role, one)) for one in raw.get("roles", []))
    return Guild(**_fields(Guild, {**raw, "channels": channels, "roles": roles}))


def _fields(kind: type[Any], raw: Json) -> Json:
    known = {one.name for one in fields(kind)}
    if strange := sorted(set(raw) - known):
        raise ValueError(f"{kind.__name__} has no {', '.join(strange)}; it has {', '.join(known)}.")
    return {name: _ids(name, value) for name, value in raw.items()}


def _ids(name: str, value: Any) -> Any:
    if name in IDS and value is not None:
        return int(value)
    if name in ID_LISTS and value and not isinstance(value[0], Role):
        return tuple(int(one) for one in value)
    return tuple(value) if isinstance(value, list) else value


def ids_as_text(value: Any) -> Any:
    """Turn every id into the decimal text that Discord's JSON uses."""
    if isinstance(value, dict):
        return {key: _id_text(key, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [ids_as_text(one) for one in value]
    return value


def _id_text(key: str, value: Any) -> Any:
    if key in IDS and value is not None:
        return str(value)
    if key in ID_LISTS and value and isinstance(value[0], int):
        return [str(one) for one in value]
    return ids_as_text(value)
