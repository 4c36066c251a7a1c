"""Commands as people use them: typed with options, completed on the way, or from a menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import rights
from .acts import CannotDo, exists, may_write, person, visible_post
from .interaction import AUTOCOMPLETE, COMMAND
from .parts import Parts
from .permissions import USE_COMMANDS
from .resolved import CHANNEL, MESSAGE, ROLE, USER, Resolved, Unknown
from .uploads import Upload
from .world import Json, Person

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
NUMBER, ATTACHMENT = 10, 11
THINGS = {6: (USER,), 7: (CHANNEL,), 8: (ROLE,), 9: (USER, ROLE)}
TYPED: dict[int, Callable[[str], object]] = {
    INTEGER: int,
    BOOLEAN: {"true": True, "false": False}.__getitem__,
    NUMBER: float,
}
BOT_DM = 1


async def run_command(
    parts: Parts, person_id: int, channel: int, name: str, options: Mapping[str, Any]
) -> Json:
    """Run a registered slash command as somebody; `raid create` names a subcommand.

    A person, role or channel is given by its id, a file as `(name, bytes)`. Refused with CannotDo
    where Discord's own client would not send it.
    """
    who = may_write(parts, person_id, channel)
    command, rest = found(parts, who, channel, name)
    typed = Typed(parts, who, channel)
    data = _data(command, typed.options(command, rest, options)) | typed.resolved.json()
    return await parts.desk.run(who, channel, data)


async def autocomplete(
    parts: Parts,
    person_id: int,
    channel: int,
    name: str,
    options: Mapping[str, Any],
    focused: str,
) -> list[Json]:
    """Ask the bot what could complete the option `focused`, as far as it is typed."""
    who = may_write(parts, person_id, channel)
    command, rest = found(parts, who, channel, name)
    typed = Typed(parts, who, channel, focused)
    data = _data(command, typed.options(command, rest, options)) | typed.resolved.json()
    told = await parts.desk.run(who, channel, data, AUTOCOMPLETE)
    if not told["answered"]:
        raise CannotDo(f"Nothing was offered: {told['reason']}.")
    return list(told["choices"] or [])


async def run_menu(parts: Parts, person_id: int, channel: int, name: str, target: int) -> Json:
    """Run a command from the menu of a person or of a message."""
    who = may_write(parts, person_id, channel)
    for kind, thing in ((USER_MENU, USER), (MESSAGE_MENU, MESSAGE)):
        command = _listed(parts, channel, name, kind)
        if command and allowed(parts, who, channel, command):
            if thing == MESSAGE:
                visible_post(parts, who, target)
            resolved = _resolved(parts, channel, target, (thing,))
            data = _data(command, []) | {"target_id": str(target)} | resolved.json()
            del data["options"]
            return await parts.desk.run(who, channel, data, COMMAND)
    raise CannotDo(f"{who.name} has no {name} in any menu.")


def available(parts: Parts, person_id: int, channel: int) -> list[Json]:
    """List the commands that somebody is offered in a channel; none where there is no channel."""
    who = person(parts, person_id)
    if not exists(parts, channel):
        return []
    return [one for one in _all(parts, channel) if allowed(parts, who, channel, one)]


# --- which command ---------------------------------------------------------------------------------


def found(parts: Parts, who: Person, channel: int, name: str) -> tuple[Json, list[str]]:
    """Find a slash command by its first word, and give the rest of the words."""
    first, *rest = name.split() or [""]
    command = _listed(parts, channel, first, SLASH)
    if not command:
        raise CannotDo(f"There is no command /{first}.")
    if not allowed(parts, who, channel, command):
        raise CannotDo(f"{who.name} may not use /{first} here.")
    return command, rest


def allowed(parts: Parts, who: Person, channel: int, command: Json) -> bool:
    """Say whether Discord offers this command to this person in this channel.

    https://discord.com/developers/docs/interactions/application-commands#permissions
    """
    contexts = command.get("contexts")
    if parts.store.person_behind(channel):
        in_dms = command.get("dm_permission", True) if contexts is None else BOT_DM in contexts
        return "guild_id" not in command and bool(in_dms)
    if contexts is not None and 0 not in contexts:
        return False
    told = command.get("default_member_permissions")
    # "0" is for administrators alone.
    needed = 0 if told is None else int(told) or rights.ADMINISTRATOR
    return rights.has(parts.store, who, needed | USE_COMMANDS, channel)


def _guild(parts: Parts, channel: int) -> str:
    """Give the scope of a channel's own commands; a DM has none."""
    return "" if parts.store.person_behind(channel) else str(parts.store.guild_of(channel))


def _all(parts: Parts, channel: int) -> list[Json]:
    scopes = (_guild(parts, channel), "global")
    return [one for scope in scopes for one in parts.store.commands.get(scope, [])]


def _listed(parts: Parts, channel: int, name: str, kind: int) -> Json | None:
    same = (one for one in _all(parts, channel) if one.get("type", SLASH) == kind)
    return next((one for one in same if one["name"] == name), None)


def _data(command: Json, options: list[Json]) -> Json:
    guild = {"guild_id": command["guild_id"]} if "guild_id" in command else {}
    data = {"id": command["id"], "name": command["name"], "type": command.get("type", SLASH)}
    return {**data, "options": options, **guild}


def _resolved(parts: Parts, channel: int, snowflake: int, kinds: tuple[str, ...]) -> Resolved:
    resolved = Resolved(parts.desk.posting, channel)
    try:
        resolved.look_up(snowflake, kinds)
    except Unknown as nothing:
        raise CannotDo(str(nothing)) from None
    return resolved


# --- what was typed --------------------------------------------------------------------------------


class Typed:
    """Reads what somebody typed as the command declares it; what is half typed has `focused`."""

    def __init__(self, parts: Parts, who: Person, channel: int, focused: str | None = None) -> None:
        self.parts = parts
        self.who = who
        self.channel = channel
        self.focused = focused
        self.resolved = Resolved(parts.desk.posting, channel)

    def options(self, command: Json, rest: list[str], given: Mapping[str, Any]) -> list[Json]:
        """Give the options of a command, nested for its subcommands."""
        declared = {one["name"]: one for one in command.get("options", [])}
        if rest:
            inner = declared.get(rest[0])
            if not inner or inner["type"] not in (SUBCOMMAND, GROUP):
                raise CannotDo(f"/{command['name']} has no part {rest[0]}.")
            nested = self.options(inner, rest[1:], given)
            return [{"name": rest[0], "type": inner["type"], "options": nested}]
        self._check_names(command["name"], declared, given)
        return [self._option(declared[key], value) for key, value in given.items()]

    def _check_names(self, name: str, declared: dict[str, Json], given: Mapping[str, Any]) -> None:
        if parts := [key for key, one in declared.items() if one["type"] in (SUBCOMMAND, GROUP)]:
            raise CannotDo(f"/{name} needs one of its parts: {', '.join(parts)}.")
        if strange := sorted(set(given) - set(declared)):
            raise CannotDo(f"/{name} has no option {', '.join(strange)}.")
        if self.focused is not None:
            if not declared.get(self.focused, {}).get("autocomplete"):
                raise CannotDo(f"/{name} completes no option {self.focused}.")
            return
        needed = {key for key, one in declared.items() if one.get("required")}
        if missing := sorted(needed - set(given)):
            raise CannotDo(f"/{name} needs {', '.join(missing)}.")

    def _option(self, declared: Json, value: Any) -> Json:
        name, kind = declared["name"], declared["type"]
        if name == self.focused:
            return {"name": name, "type": kind, "value": str(value), "focused": True}
        if kind == ATTACHMENT:
            return {"name": name, "type": kind, "value": self._file(value)}
        if kind in THINGS:
            typed: object = self._thing(declared, value)
        else:
            typed = _read(declared, value)
            _check_bounds(declared, typed)
        return {"name": name, "type": kind, "value": typed}

    def _thing(self, declared: Json, value: Any) -> str:
        if not str(value).isdecimal():
            raise CannotDo(f"{declared['name']} cannot be {value}.")
        try:
            self.resolved.look_up(int(value), THINGS[declared["type"]])
        except Unknown as nothing:
            raise CannotDo(str(nothing)) from None
        types = declared.get("channel_types")
        if types and self.resolved.channel_type(int(value)) not in types:
            raise CannotDo(f"{declared['name']} takes other kinds of channels.")
        return str(value)

    def _file(self, value: Any) -> str:
        name, content = value
        posting = self.parts.desk.posting
        [about] = posting.attached(self.channel, {}, [Upload(0, name, content)])["attachments"]
        self.resolved.attachment(about | {"ephemeral": True})
        return str(about["id"])


def _read(declared: Json, value: Any) -> object:
    """Read what somebody typed as the type that the command declares."""
    kind = declared["type"]
    try:
        typed = TYPED[kind](str(value).lower()) if kind in TYPED else str(value)
    except (ValueError, KeyError):
        raise CannotDo(f"{declared['name']} cannot be {value}.") from None
    choices = [one["value"] for one in declared.get("choices") or []]
    if choices and typed not in choices:
        raise CannotDo(f"{declared['name']} is one of {', '.join(map(str, choices))}.")
    return typed


def _check_bounds(declared: Json, typed: Any) -> None:
    size = len(typed) if isinstance(typed, str) else typed
    least, most = (
        ("min_length", "max_length") if isinstance(typed, str) else ("min_value", "max_value")
    )
    name = declared["name"]
    if declared.get(least) is not None and size < declared[least]:
        raise CannotDo(f"{name} is at least {declared[least]}.")
    if declared.get(most) is not None and size > declared[most]:
        raise CannotDo(f"{name} is at most {declared[most]}.")
