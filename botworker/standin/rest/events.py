"""/guilds/…/scheduled-events: planned, changed, begun, over, and who is interested.

https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from datetime import UTC, datetime

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.guild_shapes import STAGE
from botworker.standin.life import events, looks
from botworker.standin.life.events import ACTIVE, CANCELED, COMPLETED, EXTERNAL, SCHEDULED
from botworker.standin.world import VOICE, Json

from . import grounds
from .call import Call

MOST_OPEN = 100
INTERESTED = 1
KINDS = {1: STAGE, 2: VOICE}
NEXT = {SCHEDULED: (ACTIVE, CANCELED), ACTIVE: (COMPLETED,)}
NEEDED = {
    "name": checks.text(100, 1),
    "privacy_level": checks.choice(2),
    "scheduled_start_time": checks.text(40, 1),
    "entity_type": checks.choice(1, 2, 3),
}
KNOWN = {
    "channel_id": checks.snowflake,
    "entity_metadata": checks.an_object,
    "scheduled_end_time": checks.text(40, 1),
    "description": checks.text(1000),
}
STATUS = {"status": checks.choice(SCHEDULED, ACTIVE, COMPLETED, CANCELED)}
IGNORED = ("image", "recurrence_rule")


def listed(call: Call) -> list[Json]:
    """List the events to come and under way."""
    found = call.parts.store.events.open_in(grounds.guild(call))
    return [_shown(call, one) for one in found]


def one(call: Call) -> Json:
    """Give one event, 10070 when there is none."""
    return _shown(call, _event(call))


def _shown(call: Call, event: Json) -> Json:
    if call.query.get("with_user_count", "").lower() in ("1", "true"):
        return event
    return {name: value for name, value in event.items() if name != "user_count"}


def create(call: Call) -> Json:
    """Plan an event; 30038 when 100 are to come."""
    here = grounds.guild(call)
    wanted = grounds.check(call, NEEDED, KNOWN, IGNORED)
    _check(call, here, wanted)
    if len(call.parts.store.events.open_in(here)) >= MOST_OPEN:
        raise refusal(30038)
    event = events.create(call.parts, here, grounds.bot(call), wanted)
    return _shown(call, event)


def edit(call: Call) -> Json:
    """Change an event, begin it, end it; 180000 for one that is over."""
    event = _event(call)
    _manages(call, event)
    wanted = grounds.check(call, grounds.NONE, {**NEEDED, **KNOWN, **STATUS}, IGNORED)
    after = wanted.get("status") or event["status"]
    if event["status"] not in NEXT:
        raise refusal(180000)
    if after != event["status"] and after not in NEXT[event["status"]]:
        words = "Invalid Guild Scheduled Event Status Transition"
        raise invalid_form([Problem("status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS", words)])
    begins = "scheduled_start_time" in wanted
    _check(call, call.id("guild"), {**event, **wanted}, in_future=begins)
    return _shown(call, events.change(call.parts, int(event["id"]), wanted))


def delete(call: Call) -> None:
    """Delete an event."""
    event = _event(call)
    _manages(call, event)
    events.delete(call.parts, int(event["id"]))


def users(call: Call) -> list[Json]:
    """List who is interested, by id; with `with_member` also as members."""
    event, here = _event(call), call.id("guild")
    store, limit = call.parts.store, call.number("limit", 100)
    if problems := list(checks.whole(1, 100)(limit, "limit")):
        raise invalid_form(problems)
    before, after = call.number("before", 1 << 63), call.number("after", 0)
    interested = store.events.interested.get(int(event["id"]), [])
    ids = sorted(user for user in interested if after < user < before)
    ids = ids[-limit:] if "before" in call.query else ids[:limit]
    about = {"guild_scheduled_event_id": event["id"]}
    with_member = call.query.get("with_member", "").lower() in ("1", "true")
    found = []
    for user in ids:
        told = {**about, "user_id": str(user), "user": store.user(user), "response": INTERESTED}
        if with_member and user in store.guilds.members[here]:
            told["member"] = store.member(here, user)
        found.append(told)
    return found


def _event(call: Call) -> Json:
    found = call.parts.store.events.all.get(call.id("event"))
    if not found or found["guild_id"] != str(grounds.guild(call)):
        raise refusal(10070)
    return found


def _manages(call: Call, event: Json) -> None:
    """Whoever planned it may change it; for others' events it needs Manage Events."""
    may = looks.may(call.parts.store, call.id("guild"), grounds.bot(call))
    own = event["creator_id"] == str(grounds.bot(call)) and may & permissions.CREATE_EVENTS
    if not own and not may & permissions.MANAGE_EVENTS:
        raise refusal(50013)


def _check(call: Call, here: int, event: Json, *, in_future: bool = True) -> None:
    begins = _time(event["scheduled_start_time"], "scheduled_start_time")
    ends = event.get("scheduled_end_time")
    if in_future and begins < datetime.now(UTC):
        words = "Cannot schedule event in the past."
        raise _wrong("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", words)
    if ends and _time(ends, "scheduled_end_time") <= begins:
        words = "Cannot schedule event to end before it begins."
        raise _wrong("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", words)
    if event["entity_type"] == EXTERNAL:
        _check_elsewhere(call, here, event)
    else:
        _check_channel(call, here, event)


def _check_elsewhere(call: Call, here: int, event: Json) -> None:
    location = (event.get("entity_metadata") or {}).get("location")
    if not event.get("scheduled_end_time"):
        raise invalid_form([checks.required("scheduled_end_time")])
    if not isinstance(location, str) or not 1 <= len(location) <= 100:
        raise invalid_form([checks.required("entity_metadata.location")])
    if event.get("channel_id"):
        words = "An external event has no channel."
        raise _wrong("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_NOT_ALLOWED", words)
    grounds.needs(call, permissions.CREATE_EVENTS, where=here)


def _check_channel(call: Call, here: int, event: Json) -> None:
    if not event.get("channel_id"):
        raise invalid_form([checks.required("channel_id")])
    channel = call.parts.store.channels.all.get(int(event["channel_id"]))
    if not channel or channel["guild_id"] != str(here):
        raise refusal(10003)
    if channel["type"] != KINDS[event["entity_type"]]:
        raise _wrong("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_TYPE", "Wrong type of channel.")
    grounds.needs(call, permissions.CREATE_EVENTS | permissions.VIEW_CHANNEL, channel)


def _time(text: str, path: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        words = f"Could not parse {text}. Should be ISO8601."
        raise _wrong(path, "DATETIME_TYPE_COERCE", words) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _wrong(path: str, code: str, words: str) -> Exception:
    return invalid_form([Problem(path, code, words)])
