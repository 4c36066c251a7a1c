"""What a bot is told when it comes: READY, and each server with what it may see of it."""

from __future__ import annotations

from botworker.standin import shapes
from botworker.standin.store import Store
from botworker.standin.world import Json

from . import intents, whole
from .session import Session


def ready(store: Store, session: Session, url: str) -> Json:
    """Build the READY event."""
    world = store.world
    application = {"id": str(world.application.id), "flags": shapes.application_flags(world)}
    mine = [one for one in whole.guilds_of_bot(store) if session.serves(str(one))]
    return {
        "v": 10,
        "user": shapes.myself(shapes.bot(world)),
        "guilds": [{"id": str(one), "unavailable": True} for one in mine],
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": url,
        "shard": list(session.shard),
        "application": application,
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
        "geo_ordered_rtc_regions": [],
    }


def guild(store: Store, one: int, session: Session) -> Json:
    """Build GUILD_CREATE; what a session with these intents does not hear of is left out."""
    bot = store.world.application.id
    count = len(store.guilds.members[one])
    large = count > session.large
    voices = store.voice.in_guild(one) if session.intents & intents.GUILD_VOICE_STATES else []
    if session.intents & intents.GUILD_PRESENCES and not large:
        shown = whole.members(store, one)
    else:
        # Without presences, or on a large server, only the bot itself and who is in voice.
        ids = dict.fromkeys([bot, *(int(state["user_id"]) for state in voices)])
        shown = [store.member(one, who) for who in ids]
    event = whole.created(store, one, shown, voices)
    if not session.intents & intents.GUILD_SCHEDULED_EVENTS:
        event["guild_scheduled_events"] = []
    return event | {"large": large}


def chunks(store: Store, session: Session, data: Json, size: int = 1000) -> list[Json]:
    """Answer a request for members (op 8), so many at a time.

    The whole list needs the members' intent. https://discord.com/developers/docs/events/gateway-events#request-guild-members
    """
    one = int(data["guild_id"][0] if isinstance(data["guild_id"], list) else data["guild_id"])
    if one not in whole.guilds_of_bot(store):
        return []
    found, missing = _chosen(store, one, session, data)
    pieces = [found[start : start + size] for start in range(0, len(found), size)] or [[]]
    nonce = {"nonce": data["nonce"]} if data.get("nonce") is not None else {}
    presences = {"presences": list[Json]()} if data.get("presences") else {}
    return [
        {
            "guild_id": str(one),
            "members": piece,
            "chunk_index": number,
            "chunk_count": len(pieces),
            "not_found": missing,
            **presences,
            **nonce,
        }
        for number, piece in enumerate(pieces)
    ]


def _chosen(store: Store, one: int, session: Session, data: Json) -> tuple[list[Json], list[str]]:
    everybody = whole.members(store, one)
    wanted = data.get("user_ids")
    if wanted is not None:
        ids = [str(who) for who in (wanted if isinstance(wanted, list) else [wanted])][:100]
        found = [who for who in everybody if who["user"]["id"] in ids]
        there = {who["user"]["id"] for who in found}
        return found, [who for who in ids if who not in there]
    query, limit = str(data.get("query") or "").lower(), int(data.get("limit") or 0)
    if not query and not limit and not session.intents & intents.GUILD_MEMBERS:
        return [], []
    found = [who for who in everybody if _matches(who, query)]
    return found[: limit or None], []


def _matches(who: Json, query: str) -> bool:
    user = who["user"]
    names = (user["username"], user["global_name"] or "", who["nick"] or "")
    return any(name.lower().startswith(query) for name in names)
