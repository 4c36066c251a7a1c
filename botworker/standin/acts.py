"""What people do in the stand-in: press, react, speak, leave. Refused in words.

Commands are in `acts_commands`, selects and forms in `acts_forms`.
"""

from __future__ import annotations

from dataclasses import asdict

from . import reacting, shapes
from .components import BUTTON, interactive
from .errors import ApiError
from .kept.channels import THREADS
from .life import members
from .life.place import may, sees
from .parts import Parts
from .permissions import SEND_IN_THREADS, SEND_MESSAGES
from .store import Post
from .world import Json, Person


class CannotDo(Exception):
    """What a person tried is not possible; the text says why."""


def person(parts: Parts, person_id: int) -> Person:
    """Find somebody."""
    if person_id not in parts.store.people:
        raise CannotDo(f"There is nobody with the id {person_id}.")
    return parts.store.people[person_id]


async def press(
    parts: Parts, person_id: int, message_id: int, custom_id: str, *, forge: bool = False
) -> Json:
    """Press a button as somebody; forge sends a custom_id that no button has."""
    who = person(parts, person_id)
    post = visible_post(parts, who, message_id)
    if forge:
        data = {"custom_id": custom_id, "component_type": BUTTON, "id": 0}
        return await parts.desk.press(who, post, data)
    button = usable(post, custom_id)
    if button["type"] != BUTTON:
        raise CannotDo(f"{custom_id} is a select: choose in it.")
    data = {"custom_id": custom_id, "component_type": BUTTON, "id": button["id"]}
    return await parts.desk.press(who, post, data)


def visible_post(parts: Parts, who: Person, message_id: int) -> Post:
    """Find a message that this person can see."""
    post = parts.store.posts.get(message_id)
    if not post or not post.seen_by(who.id) or not _may_enter(parts, who, _channel(post)):
        raise CannotDo(f"{who.name} sees no message {message_id}.")
    return post


def _channel(post: Post) -> int:
    return int(post.message["channel_id"])


def _may_enter(parts: Parts, who: Person, channel: int) -> bool:
    owner = parts.store.person_behind(channel)
    return owner.id == who.id if owner else sees(parts.store, who.id, channel)


def _may_speak(parts: Parts, who: Person, channel: int) -> bool:
    if parts.store.person_behind(channel):
        return True
    here = parts.store.channels.all[channel]
    needed = SEND_IN_THREADS if here["type"] in THREADS else SEND_MESSAGES
    return bool(may(parts.store, int(here["guild_id"]), who.id, here) & needed)


def usable(post: Post, custom_id: str) -> Json:
    """Find a button or select of a message that is not disabled."""
    for one in interactive(post.message["components"]):
        if one.get("custom_id") == custom_id:
            if one.get("disabled"):
                raise CannotDo(f"The button {one.get('label') or custom_id} is disabled.")
            return one
    raise CannotDo(f"This message has no button {custom_id}.")


def may_write(parts: Parts, person_id: int, channel: int) -> Person:
    """Find somebody who may write in this channel."""
    who = person(parts, person_id)
    if not exists(parts, channel) or not _may_enter(parts, who, channel):
        raise CannotDo(f"{who.name} cannot write in channel {channel}.")
    return who


def say(parts: Parts, person_id: int, channel: int, content: str) -> Json:
    """Write something in a channel or in the DM with the bot."""
    who = may_write(parts, person_id, channel)
    if not _may_speak(parts, who, channel):
        raise CannotDo(f"{who.name} cannot write in channel {channel}.")
    if not content.strip():
        raise CannotDo("Write something first.")
    if len(content) > 2000:
        raise CannotDo("A message has at most 2000 characters.")
    return parts.desk.posting.say(channel, shapes.user(who), {"content": content})


def react(parts: Parts, person_id: int, message_id: int, emoji: str, *, off: bool = False) -> None:
    """React to a message as somebody, or take the reaction back."""
    post = visible_post(parts, person(parts, person_id), message_id)
    try:
        if off:
            reacting.take_back(parts, post, emoji, person_id)
        elif reacting.is_emoji(emoji):
            reacting.react(parts, post, emoji, person_id)
        else:
            raise CannotDo(f"{emoji} is no emoji.")
    except ApiError as refused:
        raise CannotDo(refused.body["message"]) from refused


def exists(parts: Parts, channel: int) -> bool:
    """Say whether there is such a channel, thread or DM."""
    return channel in parts.store.owners or channel in parts.store.channels.all


def set_person(
    parts: Parts, person_id: int, *, dms_closed: bool | None = None, in_guild: bool | None = None
) -> Person:
    """Open or close somebody's DMs, let them leave the server or come back."""
    before = person(parts, person_id)
    if dms_closed is not None:
        parts.store.set_person(person_id, dms_closed=dms_closed, in_guild=before.in_guild)
    if in_guild is not None:
        move = members.join if in_guild else members.leave
        move(parts, parts.world.guild.id, person_id)
    return person(parts, person_id)


def inbox(parts: Parts, person_id: int) -> list[Json]:
    """Give the messages of somebody's DM with the bot, oldest first."""
    return messages(parts, parts.store.dms.get(person(parts, person_id).id, 0))


def messages(parts: Parts, channel: int) -> list[Json]:
    """Give a channel's messages, oldest first; a private answer says whom it is `only_for`."""
    return [
        {**post.message, "only_for": str(post.only_for)} if post.only_for else post.message
        for post in parts.store.in_channel(channel)
    ]


def as_json(who: Person) -> Json:
    """Give somebody as plain data."""
    return asdict(who)
