"""/guilds/…/voice-states: who is in which voice channel."""

from botworker.standin.errors import refusal
from botworker.standin.world import Json

from . import grounds
from .call import Call


def mine(call: Call) -> Json:
    """Give the bot's own voice state."""
    return _state(call, grounds.bot(call))


def of(call: Call) -> Json:
    """Give somebody's voice state; 10065 when they are in no voice channel."""
    return _state(call, call.id("user"))


def _state(call: Call, user: int) -> Json:
    here = grounds.guild(call)
    state = call.parts.store.voice.states.get((here, user))
    if state is None:
        raise refusal(10065)
    return {**state, "member": call.parts.store.member(here, user)}
