"""What the operations of the planning room answer; `slomix.shapes` puts them to the others."""

from slomix.call_shapes import STATUSES
from slomix.lib.shape import (
    DAY,
    FLAG,
    INSTANT,
    NUMBER,
    SUCCESS,
    TEXT,
    Shape,
    many,
    maybe,
    one_of,
    thing,
)

SNOWFLAKE: Shape = {"type": "string", "pattern": "^[0-9]+$"}
# Nobody: whoever has left since, or untied their Discord account.
WHO = maybe(SNOWFLAKE)
STATUS = one_of(*STATUSES)

TEAM = thing(
    {
        "side": one_of("A", "B"),
        "name": maybe(TEXT),
        "captain_user_id": WHO,
        "captain_name": maybe(TEXT),
        "members": many(thing({"user_id": WHO, "display_name": TEXT})),
    }
)
SUGGESTION = thing(
    {
        "id": NUMBER,
        "name": TEXT,
        "suggested_by_user_id": WHO,
        "suggested_by_name": maybe(TEXT),
        "votes": NUMBER,
        "tie": FLAG,
        "voted_by_me": FLAG,
        "created_at": INSTANT,
    }
)
SESSION = thing(
    {
        "id": NUMBER,
        "session_date": DAY,
        "created_by_user_id": WHO,
        "discord_thread_id": maybe(SNOWFLAKE),
        "created_at": INSTANT,
        "updated_at": INSTANT,
        "suggestions": many(SUGGESTION),
        "my_vote_suggestion_id": maybe(NUMBER),
        "teams": thing({"A": TEAM, "B": TEAM}),
        "token": NUMBER,
    }
)
STATE = thing(
    {
        "date": DAY,
        "session_ready": thing({"ready": FLAG, "looking_count": NUMBER, "threshold": NUMBER}),
        "unlocked": FLAG,
        **dict.fromkeys(
            (
                *("participant_count", "committed_count", "confirmed_count"),
                *("standby_count", "need_count"),
            ),
            NUMBER,
        ),
        "participants": many(thing({"user_id": WHO, "display_name": TEXT, "status": STATUS})),
        "viewer": thing(
            {"authenticated": FLAG, "linked_discord": FLAG, "website_user_id": maybe(NUMBER)}
        ),
        "session": maybe(SESSION),
    }
)
DONE = {"success": SUCCESS, "state": STATE}
BALANCED = thing(
    {
        "status": one_of("ok"),
        "side_a": many(WHO),
        "side_b": many(WHO),
        "rating_gap": {"type": "number"},
        "rated_count": NUMBER,
        "names": {"type": "object", "additionalProperties": TEXT},
        "seed": maybe(NUMBER),
        "message": maybe(TEXT),
    }
)
PINGED = thing(
    {
        "status": one_of("ok"),
        "pinged": FLAG,
        "need_count": NUMBER,
        "asked": NUMBER,
        "message": maybe(TEXT),
    }
)

P = "/api/planning/today"
# As `ANSWERS` in slomix.shapes.
ROOMS: dict[str, tuple[Shape, set[int]]] = {
    f"GET {P}": (STATE, {422}),
    f"POST {P}/create": (thing({**DONE, "created": FLAG, "thread_created": FLAG}), {409}),
    f"POST {P}/join": (thing({**DONE, "status": STATUS}), {404, 409}),
    f"POST {P}/suggestions": (thing({**DONE, "suggestion_id": NUMBER}), {404, 409}),
    f"DELETE {P}/suggestions/{{suggestion_id}}": (
        thing({**DONE, "suggestion_id": NUMBER}),
        {404, 409},
    ),
    f"POST {P}/vote": (thing(DONE), {404, 409}),
    f"DELETE {P}/vote": (thing({**DONE, "taken_back": FLAG}), {404, 409}),
    f"POST {P}/teams": (thing({**DONE, "token": NUMBER}), {404, 409}),
    f"POST {P}/balanced-teams": (BALANCED, set()),
    f"POST {P}/ping": (PINGED, {409, 429}),
}
