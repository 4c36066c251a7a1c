"""Messages with their embeds and buttons."""

from __future__ import annotations

from datetime import UTC, datetime

from botworker.standin.shapes import EPHEMERAL, LOADING
from botworker.standin.store import Post
from botworker.standin.world import Json, Person

from .faces import bot_face, face
from .html import Markup, join, tag
from .icons import icon
from .rich import rich
from .scene import Scene

STYLES = {1: "main", 3: "good", 4: "danger"}
LINK = 5


def post(scene: Scene, one: Post, presser: Person, size: str = "") -> Markup:
    """Show a message; whoever presses its buttons is the presser."""
    message = one.message
    author = scene.parts.store.people.get(int(message["author"]["id"]))
    picture = face(author, size) if author else bot_face(size)
    name = author.name if author else message["author"]["username"]
    body = tag("div", _from(message, name, bot=author is None), _body(scene, message, presser))
    note = _note(scene, presser, one.id)
    private = "private" if message["flags"] & EPHEMERAL else ""
    return tag("li", picture, join(body, note), class_=f"post {private}".strip(), id=f"m{one.id}")


def _from(message: Json, name: str, *, bot: bool) -> Markup:
    edited = tag("span", "edited", class_="small soft") if message["edited_timestamp"] else None
    private = tag("span", icon("eye"), "only you see this", class_="badge")
    return tag(
        "p",
        tag("b", tag("bdi", name, title=name)),
        tag("span", "bot", class_="badge") if bot else None,
        when(message["timestamp"]),
        edited,
        private if message["flags"] & EPHEMERAL else None,
        class_="from",
    )


def when(timestamp: str) -> Markup:
    """Show the time of day, and the day if it is not today."""
    at = datetime.fromisoformat(timestamp).astimezone()
    today = datetime.now(UTC).astimezone().date()
    text = f"{at:%H:%M}" if at.date() == today else f"{at.day} {at:%b %H:%M}"
    return tag("time", text, datetime=timestamp, class_="small soft")


def _body(scene: Scene, message: Json, presser: Person) -> Markup:
    content = message["content"]
    words = tag("p", rich(content)) if content else None
    if message["flags"] & LOADING:
        words = tag("p", "The bot is thinking …", class_="soft")
    keys = _keys(scene, message, presser)
    cards = [_embed(one) for one in message["embeds"]]
    if not cards:
        return tag("div", words, keys, class_="embed") if keys else join(words)
    last = tag("div", cards.pop(), keys, class_="embed")
    return join(words, *(tag("div", one, class_="embed") for one in cards), last)


def _embed(embed: Json) -> Markup:
    title = embed.get("title")
    description = embed.get("description")
    footer = (embed.get("footer") or {}).get("text")
    return join(
        tag("h3", rich(title)) if title else None,
        tag("p", rich(description)) if description else None,
        *(_field(one) for one in embed.get("fields") or []),
        tag("p", rich(footer), class_="small soft") if footer else None,
    )


def _field(field: Json) -> Markup:
    return tag("p", tag("b", rich(field["name"])), tag("br"), rich(field["value"]))


# --- buttons -----------------------------------------------------------------------------------


def _keys(scene: Scene, message: Json, presser: Person) -> Markup | None:
    rows = [_row(row, message, number) for number, row in enumerate(message["components"])]
    if not rows:
        return None
    return tag(
        "form",
        scene.back(),
        scene.hidden("person", presser.id),
        scene.hidden("message", message["id"]),
        *rows,
        class_="keys",
        method="post",
        action="/play/press",
    )


def _row(row: Json, message: Json, number: int) -> Markup:
    keys = [
        _key(one, f"k{message['id']}-{number}-{place}")
        for place, one in enumerate(row.get("components", []))
    ]
    return tag("div", *keys, class_="key-row")


def _key(component: Json, key: str) -> Markup:
    if component["type"] != 2:
        return tag("span", "A menu. The playground has no menus yet.", class_="small soft")
    label = join(_emoji(component), tag("span", component.get("label")))
    if component["style"] == LINK:
        away = {"rel": "noopener noreferrer", "target": "_blank"}
        return tag("a", label, icon("out"), class_="button", href=_web(component["url"]), **away)
    return tag(
        "button",
        label,
        class_=f"button {STYLES.get(component['style'], '')}".strip(),
        id=key,
        name="custom_id",
        value=component["custom_id"],
        disabled=bool(component.get("disabled")),
    )


def _web(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else "#"


def _emoji(component: Json) -> Markup | None:
    emoji = component.get("emoji") or {}
    if emoji.get("id") or not emoji.get("name"):
        return None
    return tag("span", emoji["name"], aria_hidden="true")


def _note(scene: Scene, presser: Person, message: int) -> Markup | None:
    note = scene.note(presser.id)
    if not note or note.message != message:
        return None
    return tag("div", icon("x"), tag("p", note.text), class_="note bad", role="status")
