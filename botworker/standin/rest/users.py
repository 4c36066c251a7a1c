"""/users, /oauth2 and opening a DM."""

from botworker.standin import shapes
from botworker.standin.errors import refusal
from botworker.standin.oauth import check_client
from botworker.standin.world import Json

from .call import Call


def me(call: Call) -> Json:
    """Say who is asking: the bot, or the person who signed in."""
    if call.person is None:
        return shapes.myself(call.bot)
    return shapes.myself(shapes.user(call.parts.store.people[call.person]))


def user(call: Call) -> Json:
    """Give anybody's user object."""
    if call.id("user") == call.parts.world.application.id:
        return call.bot
    if person := call.parts.store.people.get(call.id("user")):
        return shapes.user(person)
    raise refusal(10013)


def application(call: Call) -> Json:
    """Describe the bot's application."""
    return shapes.application(call.parts.world)


def open_dm(call: Call) -> Json:
    """Open the DM with a person; also possible when they take no messages, as on Discord."""
    recipient = str(call.body.get("recipient_id", ""))
    person = call.parts.store.people.get(int(recipient) if recipient.isdigit() else 0)
    if not person:
        raise refusal(10013)
    return shapes.dm_channel(call.parts.store.dm_of(person.id), person)


def token(call: Call) -> Json:
    """Exchange an OAuth2 code for an access token."""
    scheme, _, basic = call.authorization.partition(" ")
    check_client(call.body, basic if scheme == "Basic" else None, call.parts.world.application)
    return call.parts.consents.exchange(call.body)


def gateway(call: Call) -> Json:
    """Say where the gateway is."""
    return {"url": call.gateway_url}


def gateway_bot(call: Call) -> Json:
    """Say where the gateway is and how often a bot may identify."""
    start = call.parts.hub.starts.to_json()
    return {"url": call.gateway_url, "shards": 1, "session_start_limit": start}
