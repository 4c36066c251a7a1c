"""Checks of single values, with the codes and sentences of Discord's refusal 50035.

A check takes a value and its dotted path and yields what is wrong with it. The codes are those of
https://discord.com/developers/docs/reference#error-messages and of refusals that bots have met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .errors import Problem
from .world import Json

Check = Callable[[Any, str], Iterator[Problem]]
SCHEMES = ("http", "https", "discord")


def text(longest: int, shortest: int = 0) -> Check:
    """Take a string of so many characters."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        else:
            yield from length(value, path, shortest, longest)

    return check


def many(most: int, least: int = 0) -> Check:
    """Take a list of so many objects."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        yield from length(value, path, least, most)
        for number, one in enumerate(value):
            yield from an_object(one, f"{path}.{number}")

    return check


def length(value: str | list[Any], path: str, least: int, most: int) -> Iterator[Problem]:
    """Refuse what is too short or too long."""
    if least <= len(value) <= most:
        return
    if least and most != least:
        code, words = "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
    elif len(value) > most:
        code, words = "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
    else:
        code, words = "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length."
    yield Problem(path, code, words)


def whole(least: int, most: int) -> Check:
    """Take a whole number between two bounds."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            words = f"int value should be greater than or equal to {least}."
            yield Problem(path, "NUMBER_TYPE_MIN", words)
        elif value > most:
            words = f"int value should be less than or equal to {most}."
            yield Problem(path, "NUMBER_TYPE_MAX", words)

    return check


def choice(*values: int | str) -> Check:
    """Take one of these values."""

    def check(value: Any, path: str) -> Iterator[Problem]:
        if isinstance(value, bool | list | dict) or value not in values:
            told = ", ".join(map(repr, values))
            yield Problem(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{told}}}.")

    return check


def yes_or_no(value: Any, path: str) -> Iterator[Problem]:
    """Take true or false."""
    if not isinstance(value, bool):
        yield Problem(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def snowflake(value: Any, path: str) -> Iterator[Problem]:
    """Take an id, as a number or as decimal text."""
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) >= 1 << 63:
        yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def url(value: Any, path: str) -> Iterator[Problem]:
    """Take an address that Discord would open."""
    yield from text(2048)(value, path)
    scheme, found, _ = value.partition("://") if isinstance(value, str) else ("http", "", "")
    if not found and isinstance(value, str):
        yield Problem(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    elif scheme not in SCHEMES:
        words = f'Scheme "{scheme}" is not supported. Scheme must be one of {SCHEMES}.'
        yield Problem(path, "URL_TYPE_INVALID_SCHEME", words)


def media(value: Any, path: str) -> Iterator[Problem]:
    """Take a picture's address; `attachment://name` means one of the message's own files."""
    if not (isinstance(value, str) and value.startswith("attachment://")):
        yield from url(value, path)


def an_object(value: Any, path: str) -> Iterator[Problem]:
    """Take a JSON object."""
    if not isinstance(value, dict):
        words = "Only dictionaries may be used in a ModelType"
        yield Problem(path, "MODEL_TYPE_CONVERT", words)


def required(path: str) -> Problem:
    """Say that a field is missing."""
    return Problem(path, "BASE_TYPE_REQUIRED", "This field is required")


def fields(
    value: Json, path: str, needed: Mapping[str, Check], known: Mapping[str, Check]
) -> Iterator[Problem]:
    """Check an object's fields: all of `needed`, and those of `known` that are there."""
    for name, check in needed.items():
        if value.get(name) is None:
            yield required(within(path, name))
        else:
            yield from check(value[name], within(path, name))
    for name, check in known.items():
        if value.get(name) is not None:
            yield from check(value[name], within(path, name))


def within(path: str, name: str) -> str:
    """Give the path of a field."""
    return f"{path}.{name}" if path else name
