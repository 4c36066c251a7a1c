"""Scheduled events: planned, changed, begun, over; and who is interested."""

from __future__ import annotations

from botworker.standin.world import Json

from .place import Place

SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
EXTERNAL = 3


def create(place: Place, guild: int, creator: int, wanted: Json) -> Json:
    """Plan an event; it begins as SCHEDULED."""
    store = place.store
    event: Json = {
        "id": str(store.snowflakes.next()),
        "guild_id": str(guild),
        "channel_id": None,
        "creator_id": str(creator),
        "creator": store.user(creator),
        "name": wanted["name"],
        "description": None,
        "scheduled_start_time": None,
        "scheduled_end_time": None,
        "privacy_level": 2,
        "status": SCHEDULED,
        "entity_type": wanted["entity_type"],
        "entity_id": None,
        "entity_metadata": None,
        "image": None,
        "user_count": 0,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
    }
    event |= _known(event, wanted)
    store.events.put(event)
    place.hub.tell("GUILD_SCHEDULED_EVENT_CREATE", event)
    return event


def change(place: Place, event: int, wanted: Json) -> Json:
    """Change an event; one that is over or cancelled is listed no more."""
    before = place.store.events.all[event]
    changed = before | _known(before, wanted)
    place.store.events.put(changed)
    place.hub.tell("GUILD_SCHEDULED_EVENT_UPDATE", changed)
    return changed


def delete(place: Place, event: int) -> None:
    """Delete an event."""
    gone = place.store.events.all[event]
    place.store.events.drop(event)
    place.hub.tell("GUILD_SCHEDULED_EVENT_DELETE", gone)


def show_interest(place: Place, event: int, user: int) -> None:
    """Let somebody be interested; nothing when they are."""
    if user in place.store.events.interested.get(event, ()):
        return
    place.store.events.add_interest(event, user)
    _counted(place, event, user, "GUILD_SCHEDULED_EVENT_USER_ADD")


def lose_interest(place: Place, event: int, user: int) -> None:
    """Let somebody be interested no more."""
    if user not in place.store.events.interested.get(event, ()):
        return
    place.store.events.drop_interest(event, user)
    _counted(place, event, user, "GUILD_SCHEDULED_EVENT_USER_REMOVE")


def _counted(place: Place, event: int, user: int, name: str) -> None:
    store = place.store
    found = store.events.all[event]
    store.events.put({**found, "user_count": len(store.events.interested.get(event, ()))})
    about = {"guild_scheduled_event_id": str(event), "user_id": str(user)}
    place.hub.tell(name, about | {"guild_id": found["guild_id"]})


def _known(event: Json, wanted: Json) -> Json:
    changed = {name: wanted[name] for name in event if name in wanted}
    if changed.get("channel_id"):
        changed["channel_id"] = str(changed["channel_id"])
    return changed
