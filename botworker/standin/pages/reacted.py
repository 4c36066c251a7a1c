"""Reactions under a message: who used which, and a way to add one's own."""

from __future__ import annotations

from botworker.standin.world import Json

from .html import Markup, tag
from .icons import icon
from .shown import Eyes

USUAL = ("👍", "🎮", "🔥", "😂", "❤️", "👀")


def reactions(eyes: Eyes, message: Json) -> Markup | None:
    """Show the reactions, each a button that adds or takes back one's own."""
    kept = eyes.scene.parts.store.reactions.of(int(message["id"]))
    pressed = [_pressed(eyes, emoji, who) for emoji, who in kept.items()]
    more = _more(eyes, message, [one for one in USUAL if one not in kept])
    return eyes.form("react", message, *pressed, more, css="reactions")


def _pressed(eyes: Eyes, emoji: str, who: dict[int, None]) -> Markup:
    names = ", ".join(eyes.names("@", one) or "somebody" for one in who)
    return tag(
        "button",
        tag("span", emoji),
        tag("span", len(who)),
        class_="reaction",
        name="emoji",
        value=emoji,
        title=names,
        aria_label=f"{emoji} by {names}",
        aria_pressed="true" if eyes.person.id in who else "false",
    )


def _more(eyes: Eyes, message: Json, usual: list[str]) -> Markup:
    keys = [
        tag(
            "button",
            one,
            class_="reaction",
            name="emoji",
            value=one,
            aria_label=f"React with {one}",
        )
        for one in usual
    ]
    head = tag("summary", icon("smile"), tag("span", "React", class_="quiet"), class_="reaction")
    return tag("details", head, tag("div", *keys, class_="row"), id=f"{eyes.spot}-r{message['id']}")
