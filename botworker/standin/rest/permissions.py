"""What the bot may do in a channel; 50013 for what it may not.

https://discord.com/developers/docs/topics/permissions
"""

from botworker.standin.errors import refusal
from botworker.standin.life import looks

from .call import Call

ADD_REACTIONS = 1 << 6
MANAGE_MESSAGES = 1 << 13
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
PIN_MESSAGES = 1 << 51
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
