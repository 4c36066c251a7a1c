"""/channels/…/pins, and /channels/…/messages/pins that has taken its place.

https://discord.com/developers/docs/resources/message#get-channel-pins
"""

from botworker.standin import shapes
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.snowflakes import now_text
from botworker.standin.world import Json

from .call import Call
from .permissions import MANAGE_MESSAGES, PIN_MESSAGES, needs

MOST = 250
OLD_ROUTE = 50


def listed(call: Call) -> Json:
    """List pins, the latest first, before the time `before`, at most `limit` (50)."""
    limit, before = call.number("limit", 50), call.query.get("before", "")
    if not 1 <= limit <= 50:
        words = "int value should be between 1 and 50."
        raise invalid_form([Problem("limit", "NUMBER_TYPE_MAX", words)])
    pins = [
        {"pinned_at": at, "message": call.posting.told(post.message)}
        for at, post in call.parts.store.pins.of(call.channel())
        if not before or at < before.replace(" ", "+")
    ]
    return {"items": pins[:limit], "has_more": len(pins) > limit}


def old_list(call: Call) -> list[Json]:
    """List the latest fifty pinned messages."""
    pins = call.parts.store.pins.of(call.channel())[:OLD_ROUTE]
    return [call.posting.told(post.message) for _, post in pins]


def pin(call: Call) -> None:
    """Pin a message, and say so in the channel; 30003 when it has 250 already."""
    post, pins = call.post(), call.parts.store.pins
    needs(call, PIN_MESSAGES | MANAGE_MESSAGES)
    if post.message["type"] not in shapes.ORDINARY:
        raise refusal(50021)
    if post.message["pinned"]:
        return
    if len(pins.of(call.channel())) >= MOST:
        raise refusal(30003)
    pins.set(post.id, now_text())
    _tell(call)
    reference = {
        "type": 0,
        "channel_id": str(call.channel()),
        "message_id": post.message["id"],
        **({} if call.owner() else {"guild_id": str(call.parts.store.guild_of(call.channel()))}),
    }
    more = {"type": shapes.PINNED, "message_reference": reference}
    call.posting.say(call.channel(), call.bot, {}, more=more)


def unpin(call: Call) -> None:
    """Take a pin off."""
    post = call.post()
    needs(call, PIN_MESSAGES | MANAGE_MESSAGES)
    if post.message["pinned"]:
        call.parts.store.pins.set(post.id, None)
        _tell(call)


def _tell(call: Call) -> None:
    latest = call.parts.store.pins.of(call.channel())
    data: Json = {"channel_id": str(call.channel())}
    data["last_pin_timestamp"] = latest[0][0] if latest else None
    if not call.owner():
        data["guild_id"] = str(call.parts.store.guild_of(call.channel()))
    call.parts.hub.tell("CHANNEL_PINS_UPDATE", data)
    message = call.post().message
    call.posting.tell("MESSAGE_UPDATE", call.post(), call.posting.event(message))
