"""The list of channels, and the one you are in."""

from __future__ import annotations

from botworker.standin.world import TEXT, VOICE, Channel

from .html import Markup, tag
from .icons import icon
from .posts import post
from .scene import Scene

LATEST = 30


def rooms(scene: Scene) -> Markup:
    """List the text and voice channels."""
    channels = scene.parts.world.guild.channels
    texts = [_text(scene, one) for one in channels if one.type == TEXT]
    voices = [_voice(one) for one in channels if one.type == VOICE]
    return tag(
        "nav",
        _group("Channels", "text", tag("ul", *texts)),
        _group("Voice", "voice", tag("ul", *voices, class_="voices")) if voices else None,
        class_="sheet rooms",
        aria_label="Channels",
    )


def _group(title: str, key: str, content: Markup) -> Markup:
    heading = tag("h2", title, id=f"{key}-title")
    return tag("section", heading, content, class_="stack tight", aria_labelledby=f"{key}-title")


def _text(scene: Scene, channel: Channel) -> Markup:
    return tag(
        "li",
        tag(
            "a",
            icon("hash"),
            tag("span", channel.name, class_="name"),
            href=f"/?channel={channel.id}",
            id=f"c{channel.id}",
            aria_current="page" if channel.id == scene.channel.id else None,
        ),
    )


def _voice(channel: Channel) -> Markup:
    return tag("li", tag("span", icon("voice"), tag("b", channel.name), class_="row"))


def talk(scene: Scene) -> Markup:
    """Show the channel's last posts and a field to write in it."""
    member = scene.viewer.in_guild
    seen = scene.posts(scene.channel.id, scene.viewer.id, LATEST) if member else []
    count = len(scene.parts.store.members())
    posts = [post(scene, one, scene.viewer) for one in seen]
    members = tag("span", f"{count} members", class_="small soft")
    return tag(
        "section",
        tag("header", tag("h2", f"#{scene.channel.name}", id="talk-title"), members),
        tag("ol", *posts, class_="posts") if posts else None,
        _silence(scene) if member and not posts else None,
        _trouble(scene),
        _say(scene) if member else _outside(scene),
        class_="sheet",
        aria_labelledby="talk-title",
    )


def _silence(scene: Scene) -> Markup:
    bot = scene.parts.world.application.name
    text = f"Nobody has said anything here. What {bot} posts in #{scene.channel.name} shows up by itself."
    return tag("div", icon("hash"), tag("p", text), class_="empty")


def _trouble(scene: Scene) -> Markup | None:
    note = scene.note(scene.viewer.id)
    if not note or note.message:
        return None
    return tag("div", icon("x"), tag("p", note.text), class_="note bad", role="status")


def _say(scene: Scene) -> Markup:
    label = f"Write in #{scene.channel.name} as {scene.viewer.name}, or run a slash command"
    return tag(
        "form",
        scene.back(),
        scene.hidden("person", scene.viewer.id),
        scene.hidden("channel", scene.channel.id),
        tag("label", label, class_="quiet", for_="say"),
        tag(
            "input",
            id="say",
            name="content",
            placeholder=f"Say something as {scene.viewer.name}, or /command",
            autocomplete="off",
            maxlength=2000,
            required=True,
        ),
        tag("button", icon("send"), class_="button", aria_label="Send"),
        class_="say",
        method="post",
        action="/play/say",
    )


def _outside(scene: Scene) -> Markup:
    text = f"{scene.viewer.name} is not a member of this server, so they see nothing here."
    return tag("div", icon("user"), tag("p", text), class_="note")
