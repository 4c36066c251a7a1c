"""What the operations of who somebody is answer, at /auth; `slomix.shapes` puts them to the others."""

from slomix.lib.shape import FLAG, NUMBER, SUCCESS, TEXT, Shape, many, maybe, one_of, thing

# Snowflakes are longer than a JSON number is exact.
SNOWFLAKE: Shape = {"type": "string", "pattern": "^[0-9]+$"}
PLAYER = maybe(
    thing(
        {"guid": TEXT, "name": TEXT, "proof": TEXT, "pending": FLAG},
    )
)
FOUND = thing({"guid": TEXT, "name": TEXT, "clean_name": TEXT, "taken": FLAG})
LINKED = thing({"success": SUCCESS, "linked_player": PLAYER})

WHO: dict[str, tuple[Shape, set[int]]] = {
    "GET /auth/me": (
        thing(
            {
                "id": maybe(SNOWFLAKE),
                "website_user_id": NUMBER,
                "username": maybe(TEXT),
                "display_name": TEXT,
                "linked_player": PLAYER,
                "is_admin": FLAG,
                "can_promote": FLAG,
            }
        ),
        set(),
    ),
    # Visitors learn the three flags alone.
    "GET /auth/link/status": (
        thing(
            dict.fromkeys(("authenticated", "discord_linked", "player_linked"), FLAG),
            discord_user_id=maybe(SNOWFLAKE),
            website_user_id=NUMBER,
            linked_player=PLAYER,
        ),
        set(),
    ),
    "GET /auth/players/search": (thing({"players": many(FOUND)}), {429}),
    "GET /auth/players/suggestions": (
        thing({"suggestions": many(FOUND), "ambiguous": FLAG}),
        set(),
    ),
    "POST /auth/link": (LINKED, {409}),
    "DELETE /auth/link": (LINKED, set()),
    "POST /auth/discord/unlink": (
        thing({"success": SUCCESS, "redirect_url": one_of("/")}),
        set(),
    ),
    "GET /auth/account/aliases": (
        thing({"aliases": many(TEXT), "display_name": TEXT}),
        {403},
    ),
    "POST /auth/account/display-name": (thing({"success": SUCCESS, "display_name": TEXT}), set()),
}
