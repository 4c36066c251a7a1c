"""/guilds/…/channels and /channels: channels made, changed, moved, closed to some, deleted."""

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.guild_shapes import STAGE, VOICES
from botworker.standin.life import channels, looks
from botworker.standin.world import ANNOUNCEMENT, CATEGORY, TEXT, VOICE, Json

from . import grounds, threads
from .call import Answered, Call

KINDS = (TEXT, VOICE, CATEGORY, ANNOUNCEMENT, STAGE)
MOST_CHANNELS, MOST_IN_A_CATEGORY = 500, 50
FIELDS = {
    "name": checks.text(100, 1),
    "topic": checks.text(1024),
    "bitrate": checks.whole(8000, 96000),
    "user_limit": checks.whole(0, 99),
    "rate_limit_per_user": checks.whole(0, 21600),
    "position": checks.whole(0, 1 << 31),
    "parent_id": checks.snowflake,
    "nsfw": checks.yes_or_no,
    "permission_overwrites": checks.many(1000),
    "flags": checks.whole(0, 1 << 31),
}
NAME = {"name": FIELDS["name"]}
REST = {key: one for key, one in FIELDS.items() if key != "name"}
IGNORED = ("rtc_region", "default_auto_archive_duration", "video_quality_mode")
# What a channel of the kind does not have, and Discord ignores.
NOT_IN_VOICE, ONLY_IN_VOICE = ("topic",), ("bitrate", "user_limit", "rtc_region")


def listed(call: Call) -> list[Json]:
    """List the guild's channels without its threads; as on Discord also those it may not enter."""
    store = call.parts.store
    return [looks.shown(store, one) for one in store.channels.of_guild(grounds.guild(call))]


def create(call: Call) -> Answered:
    """Make a channel; 30013 when there are 500."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.MANAGE_CHANNELS)
    kind = {"type": checks.choice(*KINDS)}
    wanted = grounds.check(call, NAME, {**REST, **kind}, IGNORED)
    if len(call.parts.store.channels.of_guild(here)) >= MOST_CHANNELS:
        raise refusal(30013)
    _check_parent(call, here, wanted)
    _check_overwrites(call, here, wanted)
    made = channels.create(call.parts, here, _fitting(wanted, int(wanted.get("type") or 0)))
    return Answered(made, 201)


def edit(call: Call) -> Json:
    """Change a channel or thread; threads have fields of their own."""
    if call.owner():
        raise refusal(50024)
    found = call.guild_channel()
    if channels.is_thread(found):
        return threads.edit(call, found)
    grounds.needs(call, permissions.MANAGE_CHANNELS, found)
    kind = {"type": checks.choice(TEXT, ANNOUNCEMENT)}
    wanted = grounds.check(call, grounds.NONE, {**FIELDS, **kind}, IGNORED)
    here = int(found["guild_id"])
    _check_parent(call, here, wanted)
    _check_overwrites(call, here, wanted)
    return channels.change(call.parts, call.id("channel"), _fitting(wanted, found["type"]))


def move(call: Call) -> None:
    """Give channels other positions and categories."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.MANAGE_CHANNELS)
    known = call.parts.store.channels.all
    for one in call.body["list"]:
        if known.get(int(one["id"]), {}).get("guild_id") != str(here):
            raise refusal(10003)
        wanted = {name: one[name] for name in ("position", "parent_id") if name in one}
        _check_parent(call, here, wanted)
        if one.get("position") is None:
            wanted.pop("position", None)
        channels.change(call.parts, int(one["id"]), wanted)


def delete(call: Call) -> Json:
    """Delete a channel or thread; a DM is only closed, and stays."""
    if owner := call.owner():
        from_dm = call.parts.store.dm_of(owner.id)
        return {"id": str(from_dm), "type": 1, "flags": 0, "recipients": list[Json]()}
    found = call.guild_channel()
    if channels.is_thread(found):
        return threads.delete(call, found)
    grounds.needs(call, permissions.MANAGE_CHANNELS, found)
    return channels.delete(call.parts, call.id("channel"))


def permit(call: Call) -> None:
    """Allow or deny a role or member something in a channel."""
    found = call.guild_channel()
    grounds.needs(call, permissions.MANAGE_ROLES, found)
    fields = {"type": checks.choice(0, 1)}
    bits = {"allow": checks.snowflake, "deny": checks.snowflake}
    wanted = grounds.check(call, fields, bits, ("id",)) | {"id": call.path["overwrite"]}
    _check_overwrites(call, int(found["guild_id"]), {"permission_overwrites": [wanted]})
    others = _without(found, call.path["overwrite"])
    mine = channels.overwrite(wanted)
    channels.change(call.parts, int(found["id"]), {"permission_overwrites": [*others, mine]})


def unpermit(call: Call) -> None:
    """Take an overwrite away; 10009 when there is none."""
    found = call.guild_channel()
    grounds.needs(call, permissions.MANAGE_ROLES, found)
    others = _without(found, call.path["overwrite"])
    if len(others) == len(found["permission_overwrites"]):
        raise refusal(10009)
    channels.change(call.parts, int(found["id"]), {"permission_overwrites": others})


def _without(channel: Json, overwrite: str) -> list[Json]:
    return [one for one in channel["permission_overwrites"] if one["id"] != overwrite]


def _fitting(wanted: Json, kind: int) -> Json:
    strange: tuple[str, ...] = NOT_IN_VOICE if kind in VOICES else ONLY_IN_VOICE
    if kind == CATEGORY:
        strange = (*NOT_IN_VOICE, *ONLY_IN_VOICE, "parent_id", "rate_limit_per_user")
    fitting = {name: one for name, one in wanted.items() if name not in strange}
    if kind not in (*VOICES, CATEGORY) and "name" in fitting:
        # Discord writes names of text channels so.
        fitting["name"] = fitting["name"].lower().replace(" ", "-")
    return fitting


def _check_parent(call: Call, here: int, wanted: Json) -> None:
    if not wanted.get("parent_id"):
        return
    parent = call.parts.store.channels.all.get(int(wanted["parent_id"]), {})
    if parent.get("guild_id") != str(here) or parent["type"] != CATEGORY:
        code = "CHANNEL_PARENT_INVALID_TYPE"
        raise invalid_form([Problem("parent_id", code, "Not a category")])
    inside = [
        one
        for one in call.parts.store.channels.of_guild(here)
        if one["parent_id"] == parent["id"] and one["id"] != call.path.get("channel")
    ]
    if len(inside) >= MOST_IN_A_CATEGORY:
        words = "Maximum number of channels in category reached (50)"
        raise invalid_form([Problem("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", words)])


def _check_overwrites(call: Call, here: int, wanted: Json) -> None:
    """Refuse overwrites that give or take what the bot itself does not have."""
    bits = 0
    for one in wanted.get("permission_overwrites") or []:
        bits |= int(one.get("allow") or 0) | int(one.get("deny") or 0)
    if bits & ~looks.may(call.parts.store, here, grounds.bot(call)):
        raise refusal(50013)
