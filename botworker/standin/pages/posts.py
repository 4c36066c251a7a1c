"""Messages as one person sees them."""

from __future__ import annotations

from datetime import UTC, datetime

from botworker.standin.shapes import EPHEMERAL, LOADING
from botworker.standin.store import Post
from botworker.standin.world import Json

from .components import components
from .embeds import embed, files
from .faces import bot_face, face
from .html import Markup, join, tag
from .icons import icon
from .reacted import reactions
from .shown import Eyes

THREAD_CREATED = 18


def post(eyes: Eyes, one: Post) -> Markup:
    """Show a message; whoever looks at it presses its buttons."""
    message = one.message
    author = eyes.scene.parts.store.people.get(int(message["author"]["id"]))
    picture = face(author, eyes.size) if author else bot_face(eyes.size)
    name = author.name if author else message["author"]["username"]
    told = join(
        _answered(eyes, message), _from(message, name, bot=author is None), _body(eyes, message)
    )
    below = join(files(message), reactions(eyes, message), _note(eyes, one.id))
    private = "private" if message["flags"] & EPHEMERAL else ""
    css = f"post {private}".strip()
    return tag("li", picture, tag("div", told, below), class_=css, id=f"{eyes.spot}-m{one.id}")


def _answered(eyes: Eyes, message: Json) -> Markup | None:
    """Name what a message answers or which command it comes from."""
    told = message.get("referenced_message")
    if not told:
        return None
    start = str(told.get("content") or "a message").replace("\n", " ")[:60]
    return tag("p", icon("reply"), tag("span", start, class_="name"), class_="small soft row stay")


def _from(message: Json, name: str, *, bot: bool) -> Markup:
    edited = tag("span", "edited", class_="small soft") if message["edited_timestamp"] else None
    private = tag("span", icon("eye"), "only you see this", class_="badge")
    return tag(
        "p",
        tag("b", tag("bdi", name, title=name)),
        tag("span", "bot", class_="badge") if bot else None,
        when(message["timestamp"]),
        edited,
        tag("span", "pinned", class_="small soft") if message.get("pinned") else None,
        private if message["flags"] & EPHEMERAL else None,
        class_="from",
    )


def when(timestamp: str, *, exact: bool = False) -> Markup:
    """Show the time of day, and the day if it is not today."""
    at = datetime.fromisoformat(timestamp).astimezone()
    today = datetime.now(UTC).astimezone().date()
    clock = f"{at:%H:%M:%S}" if exact else f"{at:%H:%M}"
    text = clock if at.date() == today else f"{at.day} {at:%b} {clock}"
    return tag("time", text, datetime=timestamp, class_="small soft")


def _body(eyes: Eyes, message: Json) -> Markup:
    words = _words(eyes, message)
    keys = components(eyes, message)
    cards = [embed(eyes, one) for one in message["embeds"]]
    if not cards:
        return tag("div", words, keys, class_="embed") if keys else join(words)
    last = tag("div", cards.pop(), keys, class_="embed")
    return join(words, *(tag("div", one, class_="embed") for one in cards), last)


def _words(eyes: Eyes, message: Json) -> Markup | None:
    content = message["content"]
    if message["flags"] & LOADING:
        return tag("p", "The bot is thinking …", class_="soft")
    if message["type"] == THREAD_CREATED:
        return tag("p", "began the thread ", tag("b", content), class_="soft")
    return tag("div", eyes.rich(content), class_="said") if content else None


def _note(eyes: Eyes, message: int) -> Markup | None:
    note = eyes.scene.note(eyes.person.id)
    if not note or note.message != message:
        return None
    return tag("div", icon("x"), tag("p", note.text), class_="note bad", role="status")
