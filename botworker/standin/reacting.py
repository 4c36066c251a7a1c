"""Reactions, whoever makes them: the bot through the API, or a person."""

from __future__ import annotations

import unicodedata

from .errors import refusal
from .gateway.intents import DIRECT_MESSAGE_REACTIONS, GUILD_MESSAGE_REACTIONS
from .parts import Parts
from .store import Post
from .world import Json

DIFFERENT = 20
INTENTS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
KEYCAP, VARIANT = "\u20e3", "\ufe0f"


def react(parts: Parts, post: Post, emoji: str, person: int) -> None:
    """Add somebody's reaction, and tell the bots."""
    kept = parts.store.reactions
    if person in kept.who(post.id, emoji):
        return
    if emoji not in kept.of(post.id) and len(kept.of(post.id)) >= DIFFERENT:
        raise refusal(30010)
    kept.add(post.id, emoji, person)
    data = _about(emoji, person) | {"message_author_id": post.message["author"]["id"]}
    who = parts.store.people.get(person)
    channel = int(post.message["channel_id"])
    if who and not parts.store.person_behind(channel):
        data["member"] = parts.store.member(parts.store.guild_of(channel), who.id)
    parts.desk.posting.tell("MESSAGE_REACTION_ADD", post, data, INTENTS)


def take_back(parts: Parts, post: Post, emoji: str, person: int) -> None:
    """Remove somebody's reaction, and tell the bots; 10014 when there is none."""
    if person not in parts.store.reactions.who(post.id, emoji):
        raise refusal(10014)
    parts.store.reactions.remove(post.id, emoji=emoji, person=person)
    data = _about(emoji, person)
    parts.desk.posting.tell("MESSAGE_REACTION_REMOVE", post, data, INTENTS)


def _about(emoji: str, person: int) -> Json:
    about = {"user_id": str(person), "emoji": {"id": None, "name": emoji}}
    return about | {"type": 0, "burst": False}


def is_emoji(text: str) -> bool:
    """Say whether this is one of Unicode's; the server has none of its own."""
    if not 0 < len(text) <= 16:
        return False
    pictures = [one for one in text if unicodedata.category(one) in ("So", "Sk")]
    return bool(pictures or KEYCAP in text or VARIANT in text) and not any(map(str.isalpha, text))
