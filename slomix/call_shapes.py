"""What the operations of calls answer; `slomix.shapes` puts them to the others."""

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

STATUSES = ("LOOKING", "AVAILABLE", "MAYBE", "NOT_PLAYING")
CHANNELS = ("discord", "telegram", "signal")
STATUS = one_of(*STATUSES)
BY_CHANNEL = thing(dict.fromkeys(CHANNELS, NUMBER))
BY_GROUP = thing(
    dict.fromkeys(("sent", "waiting", "failed", "skipped", "unconfirmed"), NUMBER),
)

LINE = {
    "display_name": TEXT,
    "status": STATUS,
    "selected_channel": TEXT,
    "times": many(TEXT),
}
PART = thing({"name": one_of("bot", "worker", "last_evening"), "fine": FLAG, "detail": TEXT})
PREVIEW = thing(
    {
        "campaign_date": DAY,
        "timezone": TEXT,
        "target_time_cet": WALL,
        "reminder_time_cet": WALL,
        "include_available": FLAG,
        "include_maybe": FLAG,
        "will_be_sent": many(WALL),
        "too_late_for": many(WALL),
        "looking_count": NUMBER,
        "asked_count": NUMBER,
        "share_url": TEXT,
        "parts": many(PART),
        "recipient_count": NUMBER,
        "channels_summary": BY_CHANNEL,
        "recipients_preview": many(thing(LINE)),
        "left_out": many(thing({**LINE, "reason": TEXT})),
    }
)
CALL_STATUS = one_of(
    *("scheduled", "running", "sent", "followup_sent", "partial", "failed", "cancelled")
)
CALLED = thing(
    {
        "success": SUCCESS,
        "campaign_id": NUMBER,
        "campaign_date": DAY,
        "status": CALL_STATUS,
        "recipient_count": NUMBER,
        "channels_summary": BY_CHANNEL,
        "scheduled_times": {"type": "object", "additionalProperties": INSTANT},
        "dry_run": FLAG,
    }
)
JOB = thing(
    {
        "id": NUMBER,
        "job_type": TEXT,
        "run_at": INSTANT,
        "status": one_of("pending", "running", "sent", "skipped", "failed"),
        "attempts": NUMBER,
        "messages": BY_GROUP,
    }
)
LOOKED_AT = thing({"fresh": FLAG, "count": NUMBER})
READY_CHECK = thing(
    {
        "voice": LOOKED_AT,
        "server": LOOKED_AT,
        **dict.fromkeys(("in_voice", "on_the_way", "on_server_only", "not_seen", "asked"), NUMBER),
    }
)
CAMPAIGN = thing(
    {
        "id": NUMBER,
        "campaign_date": DAY,
        "target_timezone": TEXT,
        "target_start_time": WALL,
        "include_maybe": FLAG,
        "include_available": FLAG,
        "dry_run": FLAG,
        "status": CALL_STATUS,
        "recipient_count": NUMBER,
        "channels_summary": BY_CHANNEL,
        "messages": BY_GROUP,
        "created_at": INSTANT,
        "jobs": many(JOB),
        "ready_check": maybe(READY_CHECK),
        "to_add": maybe(NUMBER),
        "to_post": maybe(NUMBER),
    }
)

# `{A}` is where they stand; as `ANSWERS` in slomix.shapes.
CALLS: dict[str, tuple[Shape, set[int]]] = {
    "GET {A}/promotions/preview": (PREVIEW, {403}),
    "GET {A}/promotions/campaign": (thing({"campaign": maybe(CAMPAIGN)}), {422}),
    "POST {A}/promotions/campaigns": (CALLED, {409}),
    "POST {A}/promotions/campaigns/{{campaign_id}}/cancel": (
        thing({"success": SUCCESS, "campaign_id": NUMBER, "stopped": NUMBER}),
        {404, 409},
    ),
    "POST {A}/promotions/campaigns/{{campaign_id}}/add": (
        thing({"success": SUCCESS, "campaign_id": NUMBER, "added": NUMBER}),
        {404, 409},
    ),
    "POST {A}/promotions/campaigns/{{campaign_id}}/post": (
        thing({"success": SUCCESS, "campaign_id": NUMBER, "unreached": NUMBER}),
        {404, 409},
    ),
    "POST {A}/promotions/sample": (
        thing({"success": SUCCESS, "kind": TEXT, "channel": one_of(*CHANNELS)}),
        {409},
    ),
}
