"""What Discord refuses in the registration of a command.

https://discord.com/developers/docs/interactions/application-commands#application-command-object
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import checks
from .checks import within
from .errors import Problem
from .world import Json

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, CHANNEL, NUMBER = 1, 2, 3, 4, 7, 10
FIELDS = {
    "name", "name_localizations", "description", "description_localizations", "options",
    "default_member_permissions", "dm_permission", "contexts", "integration_types", "handler",
    "type", "id", "nsfw",
}  # fmt: skip
# https://discord.com/developers/docs/interactions/application-commands#registering-a-command
MOST = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
LARGEST = 8000
NAME = re.compile(r"[-_'\w]{1,32}")
OPTION = {
    "required": checks.yes_or_no,
    "autocomplete": checks.yes_or_no,
    "min_length": checks.whole(0, 6000),
    "max_length": checks.whole(1, 6000),
}
CHOICE = {"name": checks.text(100, 1)}
DEEPEST = 2


def problems(command: Json, path: str = "") -> Iterator[Problem]:
    """Say what is wrong with a command."""
    kind = command.get("type") or SLASH
    yield from checks.choice(*MOST)(kind, within(path, "type"))
    if kind != SLASH:
        yield from _menu(command, path)
        return
    yield from _named(command, path)
    yield from _options(command.get("options") or [], within(path, "options"), 0)
    if _size(command) > LARGEST:
        words = f"Command exceeds maximum size ({LARGEST})"
        yield Problem(path, "APPLICATION_COMMAND_TOO_LARGE", words)


def duplicates(commands: list[Json]) -> Iterator[Problem]:
    """Refuse two commands of one kind with the same name."""
    seen: set[tuple[object, object]] = set()
    for number, one in enumerate(commands):
        key = one.get("type") or SLASH, one.get("name")
        if key in seen:
            words = "Application command names must be unique"
            yield Problem(str(number), "APPLICATION_COMMANDS_DUPLICATE_NAME", words)
        seen.add(key)


def too_many(commands: list[Json]) -> bool:
    """Say whether there are more commands of a kind than an application may have."""
    kinds = [one.get("type") or SLASH for one in commands]
    return any(kinds.count(kind) > most for kind, most in MOST.items())


def _menu(command: Json, path: str) -> Iterator[Problem]:
    yield from checks.fields(command, path, {"name": checks.text(32, 1)}, {})
    for name in ("description", "options"):
        if command.get(name):
            words = "Context menu commands cannot have a description or options"
            code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED"
            yield Problem(within(path, name), code, words)


def _named(one: Json, path: str) -> Iterator[Problem]:
    needed = {"name": checks.text(32, 1), "description": checks.text(100, 1)}
    yield from checks.fields(one, path, needed, {})
    name = one.get("name")
    well_said = isinstance(name, str) and NAME.fullmatch(name) and name == name.lower()
    if isinstance(name, str) and 1 <= len(name) <= 32 and not well_said:
        words = "Command name is invalid"
        yield Problem(within(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", words)


def _options(options: list[Json], path: str, depth: int) -> Iterator[Problem]:
    found = list(checks.many(25)(options, path))
    yield from found
    if found:
        return
    for number, one in enumerate(options):
        yield from _option(one, f"{path}.{number}", depth)
    yield from _together(options, path)


def _together(options: list[Json], path: str) -> Iterator[Problem]:
    seen: set[object] = set()
    optional = False
    kinds = {one.get("type") in (SUBCOMMAND, GROUP) for one in options}
    for number, one in enumerate(options):
        here = f"{path}.{number}"
        if one.get("name") in seen:
            words = "Option name has already been used in these options"
            yield Problem(here, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", words)
        if one.get("required") and optional:
            words = "Required options must be placed before non-required options"
            yield Problem(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        seen.add(one.get("name"))
        optional = optional or not one.get("required")
    if len(kinds) > 1:
        words = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Problem(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)


def _option(one: Json, path: str, depth: int) -> Iterator[Problem]:
    yield from _named(one, path)
    yield from checks.fields(one, path, {"type": checks.choice(*range(1, 12))}, OPTION)
    kind = one.get("type")
    if kind in (SUBCOMMAND, GROUP):
        if depth >= (DEEPEST if kind == SUBCOMMAND else 1):
            words = "Sub-commands may only be nested one group deep"
            yield Problem(within(path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
        yield from _options(one.get("options") or [], within(path, "options"), depth + 1)
        return
    choices = one.get("choices") or []
    found = list(checks.many(25)(choices, within(path, "choices")))
    yield from found
    for number, choice in enumerate([] if found else choices):
        here = f"{path}.choices.{number}"
        yield from checks.fields(choice, here, {**CHOICE, "value": _value(kind)}, {})
    if choices and one.get("autocomplete"):
        words = "An option with choices cannot be autocompleted"
        yield Problem(within(path, "autocomplete"), "APPLICATION_COMMAND_OPTION_CHOICES", words)


def _value(kind: object) -> checks.Check:
    def number(value: object, path: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')

    return number if kind in (INTEGER, NUMBER) else checks.text(100)


def _size(one: Json) -> int:
    texts = [one.get("name"), one.get("description")]
    texts += [part.get(name) for part in one.get("choices") or [] for name in ("name", "value")]
    inner = sum(_size(part) for part in one.get("options") or [] if isinstance(part, dict))
    return inner + sum(len(text) for text in texts if isinstance(text, str))
