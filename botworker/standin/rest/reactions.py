"""/channels/…/reactions: who reacted with what.

https://discord.com/developers/docs/resources/message#create-reaction
"""

from __future__ import annotations

from botworker.standin import shapes
from botworker.standin.errors import refusal
from botworker.standin.reacting import INTENTS, is_emoji, react, take_back
from botworker.standin.world import Json

from .call import Call
from .permissions import ADD_REACTIONS, MANAGE_MESSAGES, needs


def add(call: Call) -> None:
    """React as the bot: 10014 for what is no emoji, 30010 for the 21st kind."""
    post, emoji = call.post(), _emoji(call)
    needs(call, ADD_REACTIONS)
    react(call.parts, post, emoji, call.parts.world.application.id)


def remove_mine(call: Call) -> None:
    """Take back the bot's reaction."""
    take_back(call.parts, call.post(), _emoji(call), call.parts.world.application.id)


def remove(call: Call) -> None:
    """Take away somebody's reaction; not in a DM."""
    post = call.post()
    needs(call, MANAGE_MESSAGES)
    take_back(call.parts, post, _emoji(call), call.id("user"))


def who(call: Call) -> list[Json]:
    """List who reacted with an emoji, by id, after `after`, 25 unless told."""
    post, limit, after = call.post(), call.number("limit", 25), call.number("after", 0)
    people = sorted(call.parts.store.reactions.who(post.id, _emoji(call)))
    later = [one for one in people if one > after][: max(1, min(100, limit))]
    known = call.parts.store.people
    return [shapes.user(known[one]) if one in known else call.bot for one in later]


def clear(call: Call) -> None:
    """Take away all reactions."""
    post = call.post()
    needs(call, MANAGE_MESSAGES)
    call.parts.store.reactions.remove(post.id)
    call.posting.tell("MESSAGE_REACTION_REMOVE_ALL", post, {}, INTENTS)


def clear_one(call: Call) -> None:
    """Take away all reactions with one emoji."""
    post, emoji = call.post(), _emoji(call)
    needs(call, MANAGE_MESSAGES)
    call.parts.store.reactions.remove(post.id, emoji=emoji)
    data = {"emoji": {"id": None, "name": emoji}}
    call.posting.tell("MESSAGE_REACTION_REMOVE_EMOJI", post, data, INTENTS)


def _emoji(call: Call) -> str:
    if not is_emoji(call.path["emoji"]):
        raise refusal(10014)
    return call.path["emoji"]
