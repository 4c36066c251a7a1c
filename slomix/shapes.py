"""What each operation of the JSON API answers: one table, published and tested.

It checks nothing while the site runs; tests hold every real answer against it.
"""

from slomix.call_shapes import CALLS, CHANNELS, STATUSES
from slomix.lib.shape import (
    DAY,
    FLAG,
    INSTANT,
    NUMBER,
    SUCCESS,
    TEXT,
    WALL,
    Shape,
    many,
    maybe,
    one_of,
    thing,
)
from slomix.planning_shapes import ROOMS
from slomix.who_shapes import SNOWFLAKE, WHO

DOORS = ("web", *CHANNELS, "api", "admin", "import", "pattern", "away")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STATUS, DOOR = one_of(*STATUSES), one_of(*DOORS)
CHANNEL, HANDLE = one_of(*CHANNELS), one_of("telegram", "signal")
REFUSAL = thing({"detail": TEXT, "field": maybe(TEXT)})

PERSON = thing({"user_id": SNOWFLAKE, "display_name": TEXT})
EVENING = thing(
    {"date": DAY, "counts": thing(dict.fromkeys(STATUSES, NUMBER)), "total": NUMBER},
    my_status=maybe(STATUS),
    users_by_status=thing(dict.fromkeys(STATUSES, many(PERSON))),
)
READY = thing(
    {"date": DAY, "ready": FLAG, "looking_count": NUMBER, "threshold": NUMBER, "event_key": TEXT}
)
EVENINGS = thing(
    {
        "from": DAY,
        "to": DAY,
        "statuses": many(STATUS),
        "days": many(EVENING),
        "viewer": thing({"authenticated": FLAG, "linked_discord": FLAG}),
        "session_ready": READY,
    }
)
DONE = {
    "success": SUCCESS,
    "user_id": SNOWFLAKE,
    "date": DAY,
    "status": maybe(STATUS),
    "origin": maybe(DOOR),
    "from": maybe(WALL),
}
MINE = thing(
    {
        "date": DAY,
        "status": STATUS,
        "origin": DOOR,
        "from": maybe(WALL),
        "created_at": INSTANT,
        "updated_at": INSTANT,
    }
)
CHANGE = thing(
    {
        "at": INSTANT,
        "date": DAY,
        "door": DOOR,
        "before": maybe(STATUS),
        "after": maybe(STATUS),
        "before_from": maybe(WALL),
        "after_from": maybe(WALL),
        "by_you": FLAG,
        "by": maybe(TEXT),
        "undo": FLAG,
    }
)
WEEK = {"days": thing({}, **dict.fromkeys(WEEKDAYS, STATUS))}
ABSENCE = {"id": NUMBER, "from": DAY, "to": DAY}
CALENDAR = one_of("personal", "community")

WISHES = thing(
    {
        "user_id": maybe(SNOWFLAKE),
        **dict.fromkeys(
            (
                *("allow_promotions", "allow_session_ready", "allow_daily_prompt"),
                *("allow_planning", "allow_raids", "show_name"),
            ),
            FLAG,
        ),
        "preferred_channel": maybe(CHANNEL),
        "channel_order": many(CHANNEL),
        "quiet_hours": thing({}, start=WALL, end=WALL),
        "timezone": TEXT,
        "language": TEXT,
    }
)
SUBSCRIPTION = {
    "channel_type": CHANNEL,
    "enabled": FLAG,
    "verified": FLAG,
    "channel_address": maybe(TEXT),
}
SETTINGS = thing(
    {
        "user_id": maybe(SNOWFLAKE),
        "sound_enabled": FLAG,
        "get_ready_sound": FLAG,
        "sound_cooldown_seconds": NUMBER,
        "availability_reminders_enabled": FLAG,
        "threshold_notify": FLAG,
        "timezone": TEXT,
        **{f"{channel}_notify": FLAG for channel in CHANNELS},
        "subscriptions": many(thing(SUBSCRIPTION)),
    }
)

A = "/api/availability"
# Method and path: what 200 carries, and the refusals that it may give beside those of `REFUSED`.
ANSWERS: dict[str, tuple[Shape, set[int]]] = {
    f"GET {A}": (EVENINGS, {422}),
    f"POST {A}": (thing(DONE), set()),
    f"DELETE {A}": (thing({**DONE, "cleared": FLAG}), set()),
    f"POST {A}/undo": (thing(DONE), {409}),
    f"GET {A}/me": (
        thing({"user_id": maybe(SNOWFLAKE), "from": DAY, "to": DAY, "entries": many(MINE)}),
        {422},
    ),
    f"GET {A}/history": (thing({"from": DAY, "to": DAY, "changes": many(CHANGE)}), {422}),
    f"GET {A}/access": (
        thing(
            {
                **dict.fromkeys(("authenticated", "linked_discord", "can_submit"), FLAG),
                "is_admin": FLAG,
                "can_promote": FLAG,
                "website_user_id": maybe(NUMBER),
            }
        ),
        set(),
    ),
    f"GET {A}/pattern": (thing(WEEK), set()),
    f"POST {A}/pattern": (thing({"success": SUCCESS, "changed": NUMBER, **WEEK}), set()),
    f"GET {A}/away": (thing({"away": many(thing(ABSENCE))}), set()),
    f"POST {A}/away": (thing({"success": SUCCESS, **ABSENCE}), set()),
    f"DELETE {A}/away/{{absence_id}}": (
        thing({"success": SUCCESS, "id": NUMBER, "changed": NUMBER}),
        {404},
    ),
    f"GET {A}/calendar": (
        thing(
            {
                "calendars": many(
                    thing({"kind": CALENDAR, "made_at": INSTANT, "lead_minutes": maybe(NUMBER)})
                )
            }
        ),
        set(),
    ),
    f"POST {A}/calendar": (
        thing({"success": SUCCESS, "kind": CALENDAR, "url": TEXT, "webcal_url": TEXT}),
        set(),
    ),
    f"PATCH {A}/calendar/{{kind}}": (
        thing({"success": SUCCESS, "kind": CALENDAR, "lead_minutes": maybe(NUMBER)}),
        {404},
    ),
    f"DELETE {A}/calendar/{{kind}}": (
        thing({"success": SUCCESS, "kind": CALENDAR, "revoked": FLAG}),
        set(),
    ),
    **{f"{method} {A}/promotion-preferences": (WISHES, set()) for method in ("GET", "POST")},
    **{
        f"{method} {A}/{name}": (SETTINGS, set())
        for method in ("GET", "POST")
        for name in ("settings", "preferences")
    },
    f"GET {A}/subscriptions": (
        thing({"user_id": maybe(SNOWFLAKE), "subscriptions": many(thing(SUBSCRIPTION))}),
        set(),
    ),
    f"POST {A}/subscriptions": (
        thing({"success": SUCCESS, "user_id": maybe(SNOWFLAKE), **SUBSCRIPTION}),
        set(),
    ),
    f"DELETE {A}/subscriptions/{{channel}}": (
        thing(
            {
                "success": SUCCESS,
                "user_id": maybe(SNOWFLAKE),
                "channel_type": HANDLE,
                "unlinked": FLAG,
            }
        ),
        set(),
    ),
    f"POST {A}/link-token": (
        thing({"success": SUCCESS, "channel_type": HANDLE, "token": TEXT, "expires_at": INSTANT}),
        {409, 429},
    ),
    f"POST {A}/link-confirm": (
        thing(
            {
                "success": SUCCESS,
                "user_id": maybe(SNOWFLAKE),
                "channel_type": HANDLE,
                "channel_address": TEXT,
            }
        ),
        {404, 409},
    ),
    **{operation.format(A=A): answer for operation, answer in CALLS.items()},
    **ROOMS,
    **WHO,
}
REFUSED = {
    304: "Nothing changed since `If-None-Match`",
    400: "What was sent cannot be taken; nothing is changed",
    401: "Nobody is signed in",
    403: "Not for this person, or without the CSRF token or `X-Requested-With: XMLHttpRequest`",
    404: "There is no such thing, or it is somebody else's",
    409: "It cannot be done as things are now",
    422: "`from`, `to` or `date` is no day",
    429: "Too often; the text says when again",
}
# They carry an ETag.
TAGGED = {f"GET {A}", f"GET {A}/me"}
