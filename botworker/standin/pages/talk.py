"""One conversation: its messages, what came of the last deed, and where to write."""

from __future__ import annotations

from botworker.standin.world import Person

from .chats import chat, hint
from .composer import forms, say, threading
from .dialog import dialog
from .html import Markup, tag
from .icons import icon
from .places import CHANNEL, DIRECT, PRIVATE, SIGNAL, SIGNS, TELEGRAM, Place
from .posts import post
from .scene import Note, Scene, Seat
from .shown import Eyes

LATEST, LATEST_BESIDE = 30, 10
TALK = "talk"


def talk(scene: Scene) -> Markup:
    """Show the conversation you are in."""
    seat, eyes = scene.seat, Eyes(scene, scene.viewer, TALK)
    title = place_name(scene, seat)
    count = len(scene.parts.store.members())
    about = f"{count} members" if seat.place.kind == CHANNEL else f"{scene.viewer.name} and the bot"
    return tag(
        "section",
        tag("header", tag("h2", title, id="talk-title"), tag("span", about, class_="small soft")),
        dialog(eyes),
        *conversation(eyes, seat, LATEST),
        forms(eyes, scene.channel_of(seat)) if writes_commands(seat) else None,
        threading(eyes, seat.place.channel) if seat.place.kind == CHANNEL else None,
        class_="sheet talk",
        id=TALK,
        aria_labelledby="talk-title",
    )


def writes_commands(seat: Seat) -> bool:
    """Say whether slash commands can be run where somebody is."""
    return seat.place.kind in (CHANNEL, DIRECT)


def place_name(scene: Scene, seat: Seat) -> str:
    """Name where somebody is: `#game-night`, `Telegram, Ana`."""
    if seat.place.kind != CHANNEL:
        return f"{PRIVATE[seat.place.kind]}, {seat.person.name}"
    return f"#{channel_name(scene, seat.place)}"


def channel_name(scene: Scene, place: Place) -> str:
    """Name a channel or thread."""
    told = scene.parts.store.channels.all.get(place.channel)
    return str(told["name"]) if told else "nowhere"


def conversation(eyes: Eyes, seat: Seat, latest: int) -> list[Markup | None]:
    """Show messages, trouble, an open form and the line to write in."""
    scene, person = eyes.scene, seat.person
    if seat.place.kind in (TELEGRAM, SIGNAL):
        return _elsewhere(eyes, seat)
    if seat.place.kind == CHANNEL and not person.in_guild:
        return [_outside(person)]
    channel = scene.channel_of(seat)
    posts = [post(eyes, one) for one in scene.posts(channel, person.id, latest)]
    name = place_name(scene, seat)
    return [
        _scroll(eyes, posts, name) if posts else None,
        _door(seat) or (None if posts else _silence(scene, seat)),
        None if eyes.spot == TALK or person == scene.viewer else dialog(eyes),
        _trouble(scene.note(person.id)),
        say(eyes, channel, f"in {name}" if seat.place.kind == CHANNEL else "to the bot on Discord"),
    ]


def _elsewhere(eyes: Eyes, seat: Seat) -> list[Markup | None]:
    parts, kind = eyes.scene.parts, seat.place.kind
    posts, door, line = chat(eyes, kind)
    empty = tag("div", icon(SIGNS[kind]), tag("p", hint(parts, seat.person, kind)), class_="empty")
    return [
        _scroll(eyes, posts, place_name(eyes.scene, seat)) if posts else None,
        door or (None if posts else empty),
        _trouble(eyes.scene.note(seat.person.id)),
        line,
    ]


def _scroll(eyes: Eyes, posts: list[Markup], name: str) -> Markup:
    """Let many messages roll, the latest in view."""
    return tag(
        "div",
        tag("ol", *posts, class_="posts"),
        class_="roll",
        id=f"{eyes.spot}-roll",
        tabindex=0,
        role="region",
        aria_label=f"Messages: {name}" if eyes.spot == TALK else f"{eyes.person.name} reads {name}",
    )


def _door(seat: Seat) -> Markup | None:
    """Say why the bot cannot write to somebody."""
    if seat.place.kind != DIRECT:
        return None
    if not seat.person.in_guild:
        words = "Not on the server. The bot gets refusal 50278."
        return tag("div", icon("user"), tag("p", words), class_="empty")
    if seat.person.dms_closed:
        words = "Direct messages are closed. The bot gets refusal 50007."
        return tag("div", icon("belloff"), tag("p", words), class_="empty")
    return None


def _silence(scene: Scene, seat: Seat) -> Markup:
    bot = scene.parts.world.application.name
    if seat.place.kind == DIRECT:
        return tag("div", icon("mail"), tag("p", "Nothing yet."), class_="empty")
    where = place_name(scene, seat)
    words = f"Nobody has said anything here. What {bot} posts in {where} shows up by itself."
    return tag("div", icon("hash"), tag("p", words), class_="empty")


def _trouble(note: Note | None) -> Markup | None:
    if not note or note.message:
        return None
    sign, tone = ("check", "available") if note.good else ("x", "bad")
    return tag("div", icon(sign), tag("p", note.text), class_=f"note {tone}", role="status")


def _outside(person: Person) -> Markup:
    words = f"{person.name} is not a member of this server, so they see nothing here."
    return tag("div", icon("user"), tag("p", words), class_="note")
