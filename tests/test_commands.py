"""Every command is in docs/commands.md: what it does, its options, and how it ends."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import BaseCommand, load_command_class

from tests.fresh import BASE

ROW = re.compile(r"^\| `([a-z_]+)` \| (.+) \| (.+) \|$", re.MULTILINE)
ROWS = {
    name: (does, ends) for name, does, ends in ROW.findall((BASE / "docs/commands.md").read_text())
}


def ours() -> dict[str, str]:
    """Each command of ours, with the app that it is in."""
    return {
        file.stem: config.name
        for config in apps.get_app_configs()
        if BASE in Path(config.path).parents and ".venv" not in config.path
        for file in (Path(config.path) / "management" / "commands").glob("[!_]*.py")
    }


def options(parser: ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from (one for one in action.option_strings if one.startswith("--"))
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                yield from options(below)


def own_options(name: str) -> set[str]:
    command = load_command_class(ours()[name], name)
    # What a command of Django's own takes is Django's to explain.
    bases = [one for one in type(command).__mro__[1:] if issubclass(one, BaseCommand)]
    known = set(options(bases[0]().create_parser("manage.py", name)))
    return set(options(command.create_parser("manage.py", name))) - known


def test_the_document_has_every_command_and_no_other() -> None:
    assert sorted(ROWS) == sorted(ours())


@pytest.mark.parametrize("name", sorted(ours()))
def test_each_of_its_options_is_named(name: str) -> None:
    does, ends = ROWS[name]

    assert {one for one in own_options(name) if f"`{one}`" not in does + ends} == set()


@pytest.mark.parametrize("name", sorted(ours()))
def test_no_option_is_named_that_it_does_not_take(name: str) -> None:
    command = load_command_class(ours()[name], name)
    taken = set(options(command.create_parser("manage.py", name)))

    assert set(re.findall(r"`(--[a-z-]+)`", " ".join(ROWS[name]))) - taken == set()


@pytest.mark.parametrize("name", sorted(ours()))
def test_how_it_ends_is_told(name: str) -> None:
    _does, ends = ROWS[name]

    assert re.search(r"\b0\b|as `[a-z_]+`", ends)
