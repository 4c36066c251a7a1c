"""Slash commands: as lines to type, with what completes them, and as forms to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from botworker.standin import acts, acts_commands
from botworker.standin.acts_commands import BOOLEAN, GROUP, SUBCOMMAND, THINGS
from botworker.standin.parts import Parts
from botworker.standin.world import Json

from .naming import channel_choices, people_choices, role_choices

OPTION = re.compile(r"(?P<name>[\w-]+):(?:\"(?P<quoted>[^\"]*)\"?|(?P<bare>\S*))")
Suggestion = tuple[str, str]


def split(line: str) -> tuple[str, dict[str, str]]:
    """Read `/raid create title:"Gold rush"` as the command's name and its options."""
    options = {one["name"]: one["quoted"] or one["bare"] or "" for one in OPTION.finditer(line)}
    return OPTION.sub("", line.removeprefix("/")).strip(), options


def join(name: str, options: dict[str, str]) -> str:
    """Write a command as one would type it."""
    typed = [
        f'{key}:"{value}"' if " " in value else f"{key}:{value}" for key, value in options.items()
    ]
    return " ".join([f"/{name}", *typed])


def offered(parts: Parts, person: int, channel: int) -> Iterator[tuple[str, Json]]:
    """List the slash commands somebody has here, each part of a command by itself."""
    if not channel:
        # A conversation that nobody has begun is nowhere yet.
        return
    for one in acts_commands.available(parts, person, channel):
        if one.get("type", acts_commands.SLASH) == acts_commands.SLASH:
            yield from _leaves(one["name"], one)


def _leaves(name: str, command: Json) -> Iterator[tuple[str, Json]]:
    inner = [one for one in command.get("options") or [] if one["type"] in (SUBCOMMAND, GROUP)]
    if not inner:
        yield name, command
    for one in inner:
        yield from _leaves(f"{name} {one['name']}", one)


async def suggestions(parts: Parts, person: int, channel: int, line: str) -> list[Suggestion]:
    """Say how a line could go on: which command, which option, which value of it."""
    if not line.startswith("/"):
        return []
    everything = dict(offered(parts, person, channel))
    name, options = split(line)
    command = everything.get(name)
    if command is None:
        return [
            (f"/{one}", _about(told)) for one, told in everything.items() if one.startswith(name)
        ]
    declared = {one["name"]: one for one in command.get("options") or []}
    last = list(options)[-1] if options and not line.endswith(" ") else ""
    if last in declared:
        values = await _values(parts, person, channel, name, options, declared[last])
        return [(join(name, {**options, last: value}), words) for value, words in values]
    return [
        (f"{join(name, options)} {key}:", _about(one))
        for key, one in declared.items()
        if key not in options
    ]


def _about(told: Json) -> str:
    return str(told.get("description") or "") + (", needed" if told.get("required") else "")


async def _values(
    parts: Parts, person: int, channel: int, name: str, options: dict[str, str], declared: Json
) -> list[Suggestion]:
    typed = options[declared["name"]]
    if declared.get("autocomplete"):
        return await completed(parts, person, channel, name, options, declared["name"])
    return [
        (value, words)
        for value, words in choices(parts, declared)
        if typed.lower() in words.lower() or typed == value
    ]


async def completed(
    parts: Parts, person: int, channel: int, name: str, options: dict[str, str], focused: str
) -> list[Suggestion]:
    """Ask the bot what could stand in an option; nothing when it does not answer."""
    try:
        told = await acts_commands.autocomplete(parts, person, channel, name, options, focused)
    except acts.CannotDo:
        return []
    return [(str(one["value"]), str(one["name"])) for one in told]


def choices(parts: Parts, declared: Json) -> list[Suggestion]:
    """Give the values and words of an option that is chosen, not typed."""
    if declared.get("choices"):
        return [(str(one["value"]), str(one["name"])) for one in declared["choices"]]
    if declared["type"] == BOOLEAN:
        return [("true", "yes"), ("false", "no")]
    known = {"user": people_choices, "role": role_choices, "channel": channel_choices}
    things = THINGS.get(declared["type"], ())
    return [choice for thing in things for choice in known[thing](parts)]
