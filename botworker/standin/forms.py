"""What Discord refuses in a modal (the window with text inputs that a bot opens).

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from __future__ import annotations

from collections.abc import Iterator

from . import checks, components
from .checks import within
from .components import Looks
from .errors import Problem
from .world import Json

LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23
MODAL = {
    "custom_id": checks.text(100, 1),
    "title": checks.text(45, 1),
    "components": checks.many(5, 1),
}
TEXT_INPUT = {
    "label": checks.text(45, 1),
    "value": checks.text(4000),
    "placeholder": checks.text(100),
    "required": checks.yes_or_no,
    "min_length": checks.whole(0, 4000),
    "max_length": checks.whole(1, 4000),
}
SHORT, LONG = 1, 2


def problems(modal: Json) -> Iterator[Problem]:
    """Say what is wrong with the data of a modal."""
    found = list(checks.fields(modal, "data", MODAL, {}))
    yield from found
    if found:
        return
    for number, one in enumerate(modal["components"]):
        yield from _top(one, f"data.components.{number}")
    yield from components.duplicates(modal["components"], "data.components")


def _top(one: Json, path: str) -> Iterator[Problem]:
    if one.get("type") == components.ROW:
        parts = one.get("components")
        if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], dict):
            words = "Must be 1 in length."
            yield Problem(within(path, "components"), "BASE_TYPE_BAD_LENGTH", words)
        else:
            here = within(path, "components.0")
            yield from _pick({components.TEXT_INPUT: text_input}, parts[0], here)
            yield from checks.fields(parts[0], here, {"label": checks.text(45, 1)}, {})
    elif one.get("type") == LABEL:
        yield from _label(one, path)
    elif one.get("type") == components.TEXT:
        yield from components.text_display(one, path)
    else:
        words = 'Value of field "type" must be one of (1, 10, 18).'
        yield Problem(within(path, "type"), "UNION_TYPE_CHOICES", words)


def _label(one: Json, path: str) -> Iterator[Problem]:
    needed = {"label": checks.text(45, 1), "component": checks.an_object}
    found = list(checks.fields(one, path, needed, {"description": checks.text(100, 1)}))
    yield from found
    if not found:
        yield from _pick(IN_A_LABEL, one["component"], within(path, "component"))


def _pick(allowed: dict[int, Looks], one: Json, path: str) -> Iterator[Problem]:
    if looks := allowed.get(one.get("type", 0)):
        yield from looks(one, path)
    else:
        words = f'Value of field "type" must be one of {tuple(allowed)}.'
        yield Problem(within(path, "type"), "UNION_TYPE_CHOICES", words)


def text_input(one: Json, path: str) -> Iterator[Problem]:
    """Check a line or a box to write into."""
    needed = {**components.CUSTOM_ID, "style": checks.choice(SHORT, LONG)}
    yield from checks.fields(one, path, needed, TEXT_INPUT)
    least, most = one.get("min_length"), one.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        words = f"min_length must be equal to or less than {most}"
        yield Problem(within(path, "min_length"), "BASE_TYPE_MAX", words)


def _only_named(one: Json, path: str) -> Iterator[Problem]:
    yield from checks.fields(one, path, components.CUSTOM_ID, {"required": checks.yes_or_no})


def _choices(least: int) -> Looks:
    def check(one: Json, path: str) -> Iterator[Problem]:
        yield from _only_named(one, path)
        found = list(checks.fields(one, path, {"options": checks.many(10, least)}, {}))
        yield from found
        if not found:
            yield from components.options(one["options"], within(path, "options"))

    return check


IN_A_LABEL: dict[int, Looks] = {
    components.TEXT_INPUT: text_input,
    **{kind: look for kind, look in components.IN_A_ROW.items() if kind in components.SELECTS},
    FILE_UPLOAD: _only_named,
    RADIO_GROUP: _choices(2),
    CHECKBOX_GROUP: _choices(1),
    CHECKBOX: _only_named,
}
