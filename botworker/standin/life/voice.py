"""People come to a voice channel, move, mute themselves, and leave."""

from __future__ import annotations

import secrets

from botworker.standin.world import Json

from .place import Place

# What somebody sets on their own, and what a moderator sets and leaving does not change.
OWN = ("self_mute", "self_deaf", "self_video", "self_stream")
MODERATED = ("mute", "deaf")


def join(place: Place, guild: int, user: int, channel: int, **own: bool) -> Json:
    """Put somebody into a voice channel, coming from another or from nowhere."""
    store = place.store
    before = store.voice.states.get((guild, user))
    member = store.guilds.members[guild][user]
    state = before or {
        "guild_id": str(guild),
        "user_id": str(user),
        "session_id": secrets.token_hex(16),
        **dict.fromkeys(OWN, False),
        "suppress": False,
        "request_to_speak_timestamp": None,
    }
    server = {name: member[name] for name in MODERATED}
    after = {**state, **server, "channel_id": str(channel), **own}
    if after != before:
        store.voice.put(guild, user, after)
        _tell(place, guild, user, after)
    return after


def leave(place: Place, guild: int, user: int) -> None:
    """Take somebody out of their voice channel; nothing happens when they are in none."""
    state = place.store.voice.states.get((guild, user))
    if state is None:
        return
    place.store.voice.drop(guild, user)
    _tell(place, guild, user, {**state, "channel_id": None})


def change(place: Place, guild: int, user: int, **changed: bool) -> Json:
    """Mute, deafen and so on, in the channel where somebody is. KeyError when they are in none."""
    channel = int(place.store.voice.states[guild, user]["channel_id"])
    moderated = {name: changed[name] for name in MODERATED if name in changed}
    if moderated:
        member = place.store.guilds.members[guild][user]
        place.store.guilds.put_member(guild, user, {**member, **moderated})
    own = {name: value for name, value in changed.items() if name not in MODERATED}
    return join(place, guild, user, channel, **own)


def idle(place: Place, guild: int, user: int) -> Json | None:
    """Move somebody to the guild's AFK channel, if it has one and they are in another."""
    afk = place.store.guilds.all[guild]["afk_channel_id"]
    if afk is None or (guild, user) not in place.store.voice.states:
        return None
    return join(place, guild, user, int(afk))


def empty(place: Place, guild: int, channel: int) -> None:
    """Send everybody out of a channel that is about to be deleted."""
    for user in place.store.voice.in_channel(channel):
        leave(place, guild, user)


def _tell(place: Place, guild: int, user: int, state: Json) -> None:
    told = {**state, "member": place.store.member(guild, user)}
    place.hub.tell("VOICE_STATE_UPDATE", told)
