"""What the bot may do in a channel; 50013 for what it may not.

https://discord.com/developers/docs/topics/permissions
"""

from botworker.standin.errors import refusal
from botworker.standin.life import looks
from botworker.standin.life.channels import is_thread
from botworker.standin.permissions import (
    ADD_REACTIONS,
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    PIN_MESSAGES,
    READ_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
)
from botworker.standin.world import Json

from .call import Call

__all__ = [
    "ADD_REACTIONS",
    "MANAGE_MESSAGES",
    "PIN_MESSAGES",
    "READ_HISTORY",
    "may",
    "may_say",
    "needs",
]

# Channels that hold channels or threads, and no messages.
NO_TEXT = (4, 14, 15, 16)
# In a DM there is nobody to manage.
NOT_IN_A_DM = MANAGE_MESSAGES


def may(call: Call, permission: int) -> bool:
    """Say whether the bot has one of these permissions in the path's channel."""
    if call.owner():
        return True
    channel, bot = call.guild_channel(), call.parts.world.application.id
    return bool(looks.may(call.parts.store, int(channel["guild_id"]), bot, channel) & permission)


def needs(call: Call, permission: int) -> None:
    """Refuse with 50013, in a DM with 50003, unless the bot has one of these permissions."""
    if call.owner() and permission == NOT_IN_A_DM:
        raise refusal(50003)
    if not may(call, permission):
        raise refusal(50013)


def may_say(call: Call, body: Json) -> None:
    """Refuse a message that the bot may not write here.

    https://discord.com/developers/docs/resources/message#create-message
    """
    if owner := call.owner():
        if not owner.in_guild:
            raise refusal(50278)
        if owner.dms_closed:
            raise refusal(50007)
        return
    channel = call.guild_channel()
    if channel["type"] in NO_TEXT:
        raise refusal(50008)
    _may_speak(call, channel)
    for part, right in (("embeds", EMBED_LINKS), ("attachments", ATTACH_FILES)):
        if body.get(part):
            needs(call, right)
    if body.get("message_reference") and not may(call, READ_HISTORY):
        raise refusal(160002)


def _may_speak(call: Call, channel: Json) -> None:
    if not is_thread(channel):
        return needs(call, SEND_MESSAGES)
    if channel["thread_metadata"]["locked"] and not may(call, MANAGE_THREADS):
        raise refusal(160005)
    return needs(call, SEND_IN_THREADS)
