"""What Discord refuses in components: buttons, selects and the newer layout of a message.

https://discord.com/developers/docs/components/reference, and `data/discord/openapi.json` for the
lengths. Modals are in `forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from . import checks
from .checks import within
from .errors import Problem
from .world import Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
SELECTS = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)
LINK, PREMIUM = 5, 6
ROWS = 5
LAYOUT_PARTS, LAYOUT_TEXT = 40, 4000

CUSTOM_ID = {"custom_id": checks.text(100, 1)}
RANGE = {"min_values": checks.whole(0, 25), "max_values": checks.whole(1, 25)}
OPTION = {"label": checks.text(100, 1), "value": checks.text(100, 1)}
OPTION_MORE = {"description": checks.text(100), "default": checks.yes_or_no}
SELECT = {
    "placeholder": checks.text(150),
    "disabled": checks.yes_or_no,
    "default_values": checks.many(25),
    **RANGE,
}
Looks = Callable[[Json, str], Iterator[Problem]]


def problems(components: list[Json], *, layout: bool) -> Iterator[Problem]:
    """Say what is wrong with a message's components; `layout` is the flag IS_COMPONENTS_V2."""
    if found := list(checks.many(LAYOUT_PARTS if layout else ROWS)(components, "components")):
        yield from found
        return
    allowed: Mapping[int, Looks] = LAYOUT if layout else {ROW: _row}
    for number, one in enumerate(components):
        yield from _one_of(allowed, one, f"components.{number}")
    yield from duplicates(components, "components")
    if layout:
        yield from _too_much(components)


def _one_of(allowed: Mapping[int, Looks], one: Json, path: str) -> Iterator[Problem]:
    looks = allowed.get(one.get("type", 0))
    if looks:
        yield from looks(one, path)
    else:
        choices = ", ".join(map(str, allowed))
        words = f'Value of field "type" must be one of ({choices},).'
        yield Problem(within(path, "type"), "UNION_TYPE_CHOICES", words)


def _inner(one: Json, path: str, allowed: Mapping[int, Looks], most: int) -> Iterator[Problem]:
    here = within(path, "components")
    found = list(checks.fields(one, path, {"components": checks.many(most, 1)}, {}))
    yield from found
    if not found:
        for number, part in enumerate(one["components"]):
            yield from _one_of(allowed, part, f"{here}.{number}")


# --- rows, buttons, selects ----------------------------------------------------------------------


def _row(row: Json, path: str) -> Iterator[Problem]:
    yield from _inner(row, path, IN_A_ROW, 5)
    parts = row.get("components")
    if isinstance(parts, list) and len(parts) > 1:
        for number, part in enumerate(parts):
            if isinstance(part, dict) and part.get("type") in SELECTS:
                words = "The specified component exceeds the maximum width"
                here = f"{path}.components.{number}"
                yield Problem(here, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", words)


def button(one: Json, path: str) -> Iterator[Problem]:
    """Check a button; one that sells is refused, the application has nothing to sell."""
    style = one.get("style")
    known = {"label": checks.text(80), "disabled": checks.yes_or_no, "emoji": checks.an_object}
    yield from checks.fields(one, path, {"style": checks.choice(1, 2, 3, 4, 5, 6)}, known)
    if style == PREMIUM:
        words = "The specified SKU does not belong to this application."
        yield Problem(within(path, "sku_id"), "BUTTON_COMPONENT_INVALID_SKU", words)
        return
    if not one.get("label") and not one.get("emoji"):
        words = "A button needs a label or an emoji."
        yield Problem(path, "BUTTON_COMPONENT_INVALID_EMOJI", words)
    wanted, other = ("url", "custom_id") if style == LINK else ("custom_id", "url")
    check = checks.url if style == LINK else checks.text(100, 1)
    yield from checks.fields(one, path, {wanted: check}, {})
    if one.get(other):
        words = "A custom id and url cannot both be specified"
        yield Problem(within(path, other), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", words)


def select(one: Json, path: str) -> Iterator[Problem]:
    """Check a select of people, roles or channels."""
    yield from checks.fields(one, path, CUSTOM_ID, SELECT)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    if isinstance(least, int) and isinstance(most, int) and least > most:
        words = f"min_values must be equal to or less than {most}"
        yield Problem(within(path, "min_values"), "BASE_TYPE_MAX", words)


def string_select(one: Json, path: str) -> Iterator[Problem]:
    """Check a select with options of its own."""
    yield from select(one, path)
    here = within(path, "options")
    found = list(checks.fields({"options": [], **one}, path, {"options": checks.many(25, 1)}, {}))
    yield from found
    if not found:
        yield from options(one["options"], here)
        if isinstance(most := one.get("max_values", 1), int) and most > len(one["options"]):
            words = f"max_values must be equal to or less than {len(one['options'])}"
            yield Problem(within(path, "max_values"), "BASE_TYPE_MAX", words)


def options(told: list[Json], path: str) -> Iterator[Problem]:
    """Check a select's options; no value may be used twice."""
    seen: set[object] = set()
    for number, option in enumerate(told):
        yield from checks.fields(option, f"{path}.{number}", OPTION, OPTION_MORE)
        if option.get("value") in seen:
            words = "The specified option value is already used"
            where = f"{path}.{number}"
            yield Problem(where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words)
        seen.add(str(option.get("value")))


# --- the newer layout ------------------------------------------------------------------------------


def text_display(one: Json, path: str) -> Iterator[Problem]:
    """Check a piece of text between components."""
    yield from checks.fields(one, path, {"content": checks.text(LAYOUT_TEXT, 1)}, {})


def _section(one: Json, path: str) -> Iterator[Problem]:
    yield from _inner(one, path, {TEXT: text_display}, 3)
    found = list(checks.fields(one, path, {"accessory": checks.an_object}, {}))
    yield from found
    if not found:
        beside = {BUTTON: button, THUMBNAIL: _thumbnail}
        yield from _one_of(beside, one["accessory"], within(path, "accessory"))


def _thumbnail(one: Json, path: str) -> Iterator[Problem]:
    yield from checks.fields(one, path, {}, {"description": checks.text(1024, 1)})
    yield from _media(one, path, "media")


def _media(one: Json, path: str, name: str) -> Iterator[Problem]:
    found = list(checks.fields(one, path, {name: checks.an_object}, {}))
    yield from found
    if not found:
        yield from checks.fields(one[name], within(path, name), {"url": checks.media}, {})


def _gallery(one: Json, path: str) -> Iterator[Problem]:
    found = list(checks.fields(one, path, {"items": checks.many(10, 1)}, {}))
    yield from found
    for number, item in enumerate([] if found else one["items"]):
        yield from _thumbnail(item, f"{path}.items.{number}")


def _file(one: Json, path: str) -> Iterator[Problem]:
    yield from _media(one, path, "file")


def _separator(one: Json, path: str) -> Iterator[Problem]:
    yield from checks.fields(one, path, {}, {"spacing": checks.choice(1, 2)})


def _container(one: Json, path: str) -> Iterator[Problem]:
    colour = {"accent_color": checks.whole(0, 0xFFFFFF)}
    yield from checks.fields(one, path, {}, colour)
    yield from _inner(one, path, IN_A_CONTAINER, LAYOUT_PARTS)


IN_A_ROW: dict[int, Looks] = {
    BUTTON: button,
    STRING_SELECT: string_select,
    **dict.fromkeys((USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT), select),
}
IN_A_CONTAINER: dict[int, Looks] = {
    ROW: _row,
    SECTION: _section,
    TEXT: text_display,
    GALLERY: _gallery,
    FILE: _file,
    SEPARATOR: _separator,
}
LAYOUT: dict[int, Looks] = {**IN_A_CONTAINER, CONTAINER: _container}


# --- all of them together --------------------------------------------------------------------------


def walk(components: list[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Give every component with its path, the outer ones first."""
    for number, one in enumerate(components):
        here = f"{path}.{number}"
        if isinstance(one, dict):
            yield here, one
            yield from walk(one.get("components") or [], f"{here}.components")
            for name in ("accessory", "component"):
                if isinstance(one.get(name), dict):
                    yield f"{here}.{name}", one[name]


def interactive(components: list[Json]) -> list[Json]:
    """Give the buttons and selects, in reading order."""
    return [one for _, one in walk(components) if one.get("type") in (BUTTON, *SELECTS)]


def duplicates(components: list[Json], path: str) -> Iterator[Problem]:
    """Refuse an id of ours that a message or a modal has twice."""
    seen: set[object] = set()
    for where, one in walk(components, path):
        custom_id = one.get("custom_id")
        if isinstance(custom_id, str) and custom_id in seen:
            words = "Component custom id cannot be duplicated"
            yield Problem(f"{where}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", words)
        seen.add(custom_id if isinstance(custom_id, str) else None)


def _too_much(components: list[Json]) -> Iterator[Problem]:
    everything = [one for _, one in walk(components)]
    if len(everything) > LAYOUT_PARTS:
        words = f"The maximum number of total components is {LAYOUT_PARTS}"
        yield Problem("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", words)
    texts = [one.get("content") for one in everything if one.get("type") == TEXT]
    if sum(len(one) for one in texts if isinstance(one, str)) > LAYOUT_TEXT:
        words = f"The total length of all text may not exceed {LAYOUT_TEXT}"
        yield Problem("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
