"""Who and what exists in the stand-in when it starts; plain data, also as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

Json = dict[str, Any]

TEXT, DM, VOICE = 0, 1, 2


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
    """A guild channel; a hidden one answers the bot with 50001."""

    id: int
    name: str
    type: int = TEXT
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A guild role; `permissions` is Discord's bit set."""

    id: int
    name: str
    permissions: int = 0


@dataclass(frozen=True, slots=True)
class Guild:
    """The one server everybody meets on."""

    id: int
    name: str
    channels: tuple[Channel, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """The bot's application; its id is also the bot user's id."""

    id: int
    name: str
    client_secret: str
    token: str
    privileged_intents: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """Everything the stand-in is told at start; what happens later is in the store."""

    application: Application
    guild: Guild
    people: tuple[Person, ...] = ()
    redirect_uris: tuple[str, ...] = field(default_factory=tuple)

    @classmethod
    def from_json(cls, raw: Json) -> Self:
        """Build a world from JSON with ids as decimal strings; unknown keys are a ValueError."""
        guild = dict(raw["guild"])
        channels = tuple(Channel(**_fields(Channel, one)) for one in guild.pop("channels", []))
        roles = tuple(Role(**_fields(Role, one)) for one in guild.pop("roles", []))
        return cls(
            application=Application(**_fields(Application, raw["application"])),
            guild=Guild(**_fields(Guild, {**guild, "channels": channels, "roles": roles})),
            people=tuple(Person(**_fields(Person, one)) for one in raw.get("people", [])),
            redirect_uris=tuple(raw.get("redirect_uris", [])),
        )

    def to_json(self) -> Json:
        return dict(ids_as_text(asdict(self)))


def _fields(kind: type[Any], raw: Json) -> Json:
    known = {one.name for one in fields(kind)}
    if strange := sorted(set(raw) - known):
        raise ValueError(f"{kind.__name__} has no {', '.join(strange)}; it has {', '.join(known)}.")
    return {name: _ids(name, value) for name, value in raw.items()}


def _ids(name: str, value: Any) -> Any:
    if name == "id":
        return int(value)
    if name == "roles" and value and not isinstance(value[0], Role):
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
    if key == "id":
        return str(value)
    if key == "roles" and value and isinstance(value[0], int):
        return [str(one) for one in value]
    return ids_as_text(value)
