"""Buttons, selects and the newer layout of a message, each as a form that works by itself."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from botworker.standin import components as kinds
from botworker.standin.world import Json

from .html import Child, Markup, join, tag
from .icons import icon
from .naming import channel_choices, people_choices, role_choices
from .shown import Eyes

STYLES = {1: "main", 3: "good", 4: "danger"}
Draws = Callable[[Eyes, Json, Json, str], Markup | None]


def components(eyes: Eyes, message: Json) -> Markup | None:
    """Show everything that can be pressed or chosen under a message."""
    told = message["components"]
    drawn = [
        draw(eyes, message, one, f"{eyes.spot}-k{message['id']}-{number}")
        for number, one in enumerate(told)
    ]
    return join(*drawn) if told else None


def draw(eyes: Eyes, message: Json, one: Json, key: str) -> Markup | None:
    """Show one component; `key` begins the ids of what is in it."""
    drawer = DRAWN.get(one["type"])
    return drawer(eyes, message, one, key) if drawer else None


# --- rows of buttons, selects ------------------------------------------------------------------------


def _row(eyes: Eyes, message: Json, row: Json, key: str) -> Markup:
    parts = row.get("components", [])
    if parts and parts[0]["type"] in kinds.SELECTS:
        return _select(eyes, message, parts[0], key)
    buttons = [_button(one, f"{key}-{place}") for place, one in enumerate(parts)]
    keys = tag("div", *buttons, class_="key-row")
    return eyes.form("press", message, keys, css="keys")


def _lone_button(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    return eyes.form("press", message, _button(one, key), css="keys")


def _button(one: Json, key: str) -> Markup:
    label = join(emoji(one), tag("span", one.get("label")))
    if one["style"] == kinds.LINK:
        return _way_out(one, label)
    return tag(
        "button",
        label,
        class_=f"button {STYLES.get(one['style'], '')}".strip(),
        id=key,
        name="custom_id",
        value=one["custom_id"],
        disabled=bool(one.get("disabled")),
    )


def _way_out(one: Json, label: Markup) -> Markup:
    """Show a link button; it leads to this machine only, any other address is just told."""
    url = str(one["url"])
    if not here(url):
        return tag("span", label, tag("small", url), class_="button dead", title="Leads outside")
    away = {"rel": "noopener noreferrer", "target": "_blank"}
    return tag("a", label, icon("out"), class_="button", href=url, **away)


def here(url: str) -> bool:
    """Say whether an address is on this machine."""
    try:
        split = urlsplit(url)
    except ValueError:
        return False
    return split.scheme in ("http", "https") and split.hostname in ("127.0.0.1", "localhost")


def emoji(one: Json) -> Markup | None:
    """Show a component's emoji; the server has none of its own."""
    told = one.get("emoji") or {}
    if told.get("id") or not told.get("name"):
        return None
    return tag("span", told["name"], aria_hidden="true")


def _select(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    label = one.get("placeholder") or "Choose"
    several = f" ({least} to {most})" if most > 1 else ""
    return eyes.form(
        "choose",
        message,
        eyes.scene.hidden("custom_id", one["custom_id"]),
        tag("label", f"{label}{several}", for_=key, class_="small soft"),
        tag("div", select_field(eyes, one, key), _choose(one, key), class_="find"),
        css="keys select",
    )


def _choose(one: Json, key: str) -> Markup:
    off = bool(one.get("disabled"))
    return tag("button", "Choose", class_="button", disabled=off, id=f"{key}-go")


def select_field(eyes: Eyes, one: Json, key: str, name: str = "values") -> Markup:
    """Show a select's own field, with what can be chosen in it."""
    most = one.get("max_values", 1)
    first = tag("option", "nothing chosen", value="") if most == 1 else None
    choices = choices_of(eyes, one)
    return tag(
        "select",
        first,
        *(_option(*choice) for choice in choices),
        id=key,
        name=name,
        multiple=most > 1,
        size=min(len(choices), 6) if most > 1 else None,
        disabled=bool(one.get("disabled")),
    )


def _option(value: str, text: str, chosen: bool) -> Markup:
    return tag("option", text, value=value, selected=chosen)


def choices_of(eyes: Eyes, one: Json) -> list[tuple[str, str, bool]]:
    """Give value, words and whether it is chosen for everything a select offers."""
    if one["type"] == kinds.STRING_SELECT:
        return [_string_choice(told) for told in one.get("options", [])]
    chosen = {str(told["id"]) for told in one.get("default_values") or []}
    return [(value, text, value in chosen) for value, text in _things(eyes, one)]


def _string_choice(told: Json) -> tuple[str, str, bool]:
    sign = (told.get("emoji") or {}).get("name")
    words = " · ".join(filter(None, [told["label"], told.get("description")]))
    return told["value"], f"{sign} {words}" if sign else words, bool(told.get("default"))


def _things(eyes: Eyes, one: Json) -> list[tuple[str, str]]:
    parts, kind = eyes.scene.parts, one["type"]
    if kind == kinds.CHANNEL_SELECT:
        return channel_choices(parts, one.get("channel_types"))
    if kind == kinds.ROLE_SELECT:
        return role_choices(parts)
    people = people_choices(parts)
    return people if kind == kinds.USER_SELECT else people + role_choices(parts)


# --- the newer layout ----------------------------------------------------------------------------------


def _text(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    return tag("div", eyes.rich(one["content"]), class_="said")


def _inside(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    return join(*(draw(eyes, message, part, f"{key}-{place}")
                  for place, part in enumerate(one.get("components", []))))  # fmt: skip


def _section(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    beside = draw(eyes, message, one["accessory"], f"{key}-a")
    return tag("div", tag("div", _inside(eyes, message, one, key)), beside, class_="row between")


def _container(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    return tag("div", _inside(eyes, message, one, key), class_="embed")


def _pictures(eyes: Eyes, message: Json, one: Json, key: str) -> Markup:
    items: list[Json] = one.get("items") or [one]
    return tag("ul", *(tag("li", _picture(item)) for item in items), class_="small soft")


def _picture(item: Json) -> Markup:
    words: Child = item.get("description") or (item.get("media") or item.get("file") or {}).get(
        "url"
    )
    return tag("span", icon("eye"), "Picture: ", words, class_="row stay")


def _line(eyes: Eyes, message: Json, one: Json, key: str) -> Markup | None:
    return tag("hr") if one.get("divider", True) else None


DRAWN: dict[int, Draws] = {
    kinds.ROW: _row,
    kinds.BUTTON: _lone_button,
    kinds.SECTION: _section,
    kinds.TEXT: _text,
    kinds.THUMBNAIL: _pictures,
    kinds.GALLERY: _pictures,
    kinds.FILE: _pictures,
    kinds.SEPARATOR: _line,
    kinds.CONTAINER: _container,
}
