"""Who sits in which voice channel and who plays on the game server, with the ways in and out."""

from __future__ import annotations

import re

from botworker.standin.guild_shapes import VOICES
from botworker.standin.world import Json, Person

from .faces import face
from .html import Markup, join, tag
from .icons import icon
from .posts import when
from .scene import Scene

COLOUR = re.compile(r"\^.")
FLAGS = {"self_mute": "muted", "self_deaf": "deafened", "mute": "muted by a moderator"}


def voice(scene: Scene) -> Markup:
    """List the voice channels with everybody in them; you can join, move, mute and leave."""
    guild = scene.parts.world.guild.id
    places = [one for one in scene.parts.store.channels.of_guild(guild) if one["type"] in VOICES]
    mine = scene.parts.store.voice.states.get((guild, scene.viewer.id))
    rows = tag("ul", *(_channel(scene, one, mine) for one in places), class_="voices")
    return tag(
        "section",
        tag("h2", "Voice", id="voice-title"),
        rows if places else tag("p", "This server has no voice channel.", class_="soft"),
        _own(scene, mine) if mine else None,
        class_="sheet rooms voice",
        id="voice",
        aria_labelledby="voice-title",
    )


def _channel(scene: Scene, channel: Json, mine: Json | None) -> Markup:
    here = bool(mine and mine["channel_id"] == channel["id"])
    name = tag("span", icon("voice"), tag("b", channel["name"]), class_="row stay")
    inside = scene.parts.store.voice.in_channel(int(channel["id"]))
    people = [one for one in map(scene.parts.store.people.get, inside) if one]
    faces = tag("ul", *(_face(scene, one) for one in people), class_="faces",
                aria_label=f"In {channel['name']}")  # fmt: skip
    door = _button(scene, channel, here=here, moving=mine is not None)
    head = tag("div", name, door, class_="row between")
    return tag("li", head, faces if people else None, id=f"v{channel['id']}")


def _button(scene: Scene, channel: Json, *, here: bool, moving: bool) -> Markup | None:
    if not scene.viewer.in_guild:
        return None
    words = "Leave" if here else "Move here" if moving else "Join"
    do = "leave" if here else "join"
    # The name tells the buttons apart for whoever hears them.
    label = f"{words}: {channel['name']}"
    button = tag("button", words, class_="button", name="do", value=do, aria_label=label,
                 id=f"v{channel['id']}-go")  # fmt: skip
    return act(scene, "voice", scene.hidden("channel", channel["id"]), button)


def _face(scene: Scene, person: Person) -> Markup:
    state = scene.parts.store.voice.states[scene.parts.world.guild.id, person.id]
    told = [words for name, words in FLAGS.items() if state.get(name)]
    name = ", ".join([person.name, *told])
    muted = tag("span", icon("mute"), class_="off") if told else None
    return tag("li", face(person, "small"), muted, tag("span", name, class_="quiet"), title=name)


def _own(scene: Scene, state: Json) -> Markup:
    mute = _toggle("mute", "Mute", "Unmute", on=bool(state["self_mute"]))
    deafen = _toggle("deaf", "Deafen", "Undeafen", on=bool(state["self_deaf"]))
    hint = tag("p", f"{scene.viewer.name} is in voice.", class_="small soft")
    return tag("div", hint, act(scene, "voice", mute, deafen, css="row"), class_="stack tight")


def _toggle(name: str, words: str, back: str, *, on: bool) -> Markup:
    return tag("button", back if on else words, class_="button", name="do", id=f"v-{name}",
               value=f"un{name}" if on else name, aria_pressed="true" if on else "false")  # fmt: skip


def act(scene: Scene, action: str, *children: Markup | None, css: str = "") -> Markup:
    """Build a form in which whoever you are does something."""
    return tag(
        "form",
        scene.back(),
        scene.hidden("person", scene.viewer.id),
        *children,
        class_=css or None,
        method="post",
        action=f"/play/{action}",
    )


# --- the game server ---------------------------------------------------------------------------------


def game(scene: Scene) -> Markup:
    """Show who plays on the game server, with a way on and off it, and its switch."""
    server = scene.parts.elsewhere.game
    there = scene.viewer.id in server.players
    state = tag("span", f"on {server.map}" if server.up else "switched off",
                class_="badge available" if server.up else "badge bad")  # fmt: skip
    do, words = ("leave", "Leave the server") if there else ("join", "Join the server")
    button = tag("button", icon("game"), words, class_="button", name="do", value=do, id="game-go")
    up, power = ("down", "Switch it off") if server.up else ("up", "Switch it on")
    switch = tag("button", power, class_="button plain small", name="do", value=up, id="game-power")
    players = [_player(scene, one.person, one.name) for one in server.players.values()]
    return tag(
        "section",
        tag("header", tag("h2", "Game server", id="game-title"), state),
        tag("ul", *players, class_="faces named")
        if players
        else tag("p", "Nobody plays.", class_="soft"),
        act(scene, "game", button, switch, css="row"),
        class_="sheet game",
        id="game",
        aria_labelledby="game-title",
    )


def _player(scene: Scene, person: int, name: str) -> Markup:
    who = scene.parts.store.people[person]
    return tag("li", join(face(who, "small"), tag("bdi", COLOUR.sub("", name), class_="name")))


# --- planned events ----------------------------------------------------------------------------------


def events(scene: Scene) -> Markup | None:
    """List the server's planned events; nothing when there is none."""
    planned = scene.parts.store.events.open_in(scene.parts.world.guild.id)
    if not planned:
        return None
    rows = [_event(scene, one) for one in planned]
    return tag(
        "section",
        tag("h2", "Events", id="events-title"),
        tag("ul", *rows, class_="voices"),
        class_="sheet",
        id="events",
        aria_labelledby="events-title",
    )


def _event(scene: Scene, event: Json) -> Markup:
    number = int(event["id"])
    who = scene.parts.store.events.interested.get(number, [])
    mine = scene.viewer.id in who
    do, words = ("lose", "Not interested") if mine else ("show", "Interested")
    button = tag("button", words, class_="button", name="do", value=do, id=f"e{number}-go",
                 aria_label=f"{words}: {event['name']}")  # fmt: skip
    about = join(when(event["scheduled_start_time"]), f" · {len(who)} interested")
    head = tag("div", tag("b", event["name"]), tag("p", about, class_="small soft"))
    form = act(scene, "interest", scene.hidden("event", number), button)
    return tag("li", tag("div", head, form, class_="row between"), id=f"e{number}")
