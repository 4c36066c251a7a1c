"""Channels are made, changed and deleted, and show what is said in them."""

from __future__ import annotations

from botworker.standin import guild_shapes
from botworker.standin.kept.channels import THREADS
from botworker.standin.world import Json

from . import threads, voice
from .looks import shown
from .place import Place, sees

__all__ = ["change", "create", "delete", "is_thread", "overwrite", "shown"]


def create(place: Place, guild: int, wanted: Json) -> Json:
    """Make a channel; it stands last unless it is told otherwise."""
    store = place.store
    kind = int(wanted.get("type") or 0)
    last = max((one["position"] for one in store.channels.of_guild(guild)), default=-1)
    new = store.snowflakes.next()
    built = guild_shapes.new_channel(new, kind, wanted["name"], guild, last + 1)
    channel = built | _clean({name: one for name, one in wanted.items() if name != "type"})
    store.channels.put(channel)
    place.hub.tell("CHANNEL_CREATE", channel)
    return channel


def change(place: Place, channel: int, wanted: Json) -> Json:
    """Change a channel."""
    before = place.store.channels.all[channel]
    changed = before | _clean(wanted)
    if changed != before:
        bot = place.store.world.application.id
        saw = sees(place.store, bot, channel)
        place.store.channels.put(changed)
        place.hub.tell("CHANNEL_UPDATE", shown(place.store, changed))
        if not saw and sees(place.store, bot, channel):
            threads.sync(place, int(changed["guild_id"]), [channel])
    return shown(place.store, changed)


def delete(place: Place, channel: int) -> Json:
    """Delete a channel with its threads; the channels of a category stand alone from then on."""
    store = place.store
    gone = shown(store, store.channels.all[channel])
    guild = int(gone["guild_id"])
    voice.empty(place, guild, channel)
    for one in store.channels.threads_of(guild):
        if one["parent_id"] == str(channel):
            store.channels.drop(int(one["id"]))
    for one in store.channels.of_guild(guild):
        if one["parent_id"] == str(channel):
            change(place, int(one["id"]), {"parent_id": None})
    store.channels.drop(channel)
    place.hub.tell("CHANNEL_DELETE", gone)
    if store.guilds.all[guild]["afk_channel_id"] == str(channel):
        store.guilds.put(guild, {**store.guilds.all[guild], "afk_channel_id": None})
    return gone


def is_thread(channel: Json) -> bool:
    """Say whether this is a thread."""
    return channel["type"] in THREADS


def _clean(wanted: Json) -> Json:
    cleaned = {name: one for name, one in wanted.items() if one is not None or name in EMPTY}
    if cleaned.get("parent_id"):
        cleaned["parent_id"] = str(cleaned["parent_id"])
    if "permission_overwrites" in cleaned:
        cleaned["permission_overwrites"] = [
            overwrite(one) for one in cleaned["permission_overwrites"]
        ]
    return cleaned


# These may be set to nothing.
EMPTY = ("parent_id", "topic", "rtc_region")


def overwrite(raw: Json) -> Json:
    """Give an overwrite as it is stored."""
    return {
        "id": str(raw["id"]),
        "type": int(raw.get("type") or 0),
        "allow": str(raw.get("allow") or 0),
        "deny": str(raw.get("deny") or 0),
    }
