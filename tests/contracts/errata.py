"""Where Discord's description differs from Discord's written documentation, which wins.

Each entry replaces one place of the description and carries a value that is right by the
documentation. A test fails for an entry that the description no longer needs.
"""

from dataclasses import dataclass
from typing import Any

DOCS = "https://discord.com/developers/docs"
UPDATE = "/components/schemas/IncomingWebhookUpdateForInteractionCallbackRequestPartial"
EDIT = "/components/schemas/MessageEditRequestPartial"
WEBHOOK_UPDATE = "/components/schemas/IncomingWebhookUpdateRequestPartial"
OVERWRITE = (
    "/paths/~1channels~1{channel_id}~1permissions~1{overwrite_id}/put"
    "/requestBody/content/application~1json/schema"
)
ROLES = ("CreateRoleRequest", "UpdateRoleRequestPartial")
IGNORED = "discord.py sends tts with every edit, and Discord ignores it there."


@dataclass(frozen=True, slots=True)
class Erratum:
    """One known error: where, what is right there, why, and a value that shows it.

    A pointer that ends in `-` adds to a list. `asked` is about what is sent to Discord only.
    """

    pointer: str
    right: Any
    reason: str
    schema: str
    example: Any
    asked: bool = False


ERRATA: tuple[Erratum, ...] = (
    Erratum(
        "/components/schemas/InnerErrors/properties/_errors/items",
        {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        },
        f"The code of a field's error is a word ({DOCS}/reference#error-messages).",
        "/components/schemas/ErrorResponse",
        {
            "code": 50035,
            "message": "Invalid Form Body",
            "errors": {
                "content": {
                    "_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]
                }
            },
        },
    ),
    Erratum(
        "/components/schemas/RatelimitedResponse/allOf/0",
        {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]},
        f"A 429 has no code, except for some limits ({DOCS}/topics/rate-limits).",
        "/components/schemas/RatelimitedResponse",
        {"message": "You are being rate limited.", "retry_after": 0.3, "global": False},
    ),
    Erratum(
        "/components/schemas/InteractionCallbackResponse/properties/resource/anyOf/-",
        {
            "type": "object",
            "properties": {"type": {"enum": [5, 6, 8, 9]}},
            "required": ["type"],
            "additionalProperties": False,
        },
        "A deferred answer and a modal are resources with a type and nothing else "
        f"({DOCS}/interactions/receiving-and-responding).",
        "/components/schemas/InteractionCallbackResponse",
        {"interaction": {"id": "1", "type": 3}, "resource": {"type": 5}},
    ),
    Erratum(
        "/components/schemas/SnowflakeType",
        {"anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer"}]},
        f"Ids are taken as numbers too; discord.py sends both ({DOCS}/reference#id-serialization).",
        "/components/schemas/CreatePrivateChannelRequest",
        {"recipient_id": 101},
        asked=True,
    ),
    Erratum(
        f"{UPDATE}/properties/tts",
        {"type": "boolean"},
        IGNORED,
        UPDATE,
        {"content": "changed", "tts": False},
        asked=True,
    ),
    Erratum(
        f"{EDIT}/properties/tts",
        {"type": "boolean"},
        IGNORED,
        EDIT,
        {"content": "changed", "tts": False},
        asked=True,
    ),
    Erratum(
        "/components/schemas/RichEmbed/properties/flags",
        {"type": "integer"},
        f"An embed has flags ({DOCS}/resources/message#embed-object); discord.py sends them.",
        "/components/schemas/MessageCreateRequest",
        {"embeds": [{"title": "Tonight", "flags": 0}]},
        asked=True,
    ),
    *(
        Erratum(
            f"/components/schemas/{one}/properties/nsfw",
            {"type": "boolean"},
            "A command says whether it is age-restricted "
            f"({DOCS}/interactions/application-commands#create-global-application-command).",
            f"/components/schemas/{one}",
            {"name": "raid", "description": "Plan one", "nsfw": False},
            asked=True,
        )
        for one in ("ApplicationCommandUpdateRequest", "ApplicationCommandCreateRequest")
    ),
    *(
        Erratum(
            f"/components/schemas/{one}/properties/permissions",
            {"type": ["string", "integer", "null"]},
            f"Permissions are written as text, for they outgrow 53 bits ({DOCS}/topics/permissions).",
            f"/components/schemas/{one}",
            {"name": "players", "permissions": "0"},
            asked=True,
        )
        for one in ROLES
    ),
    *(
        Erratum(
            f"{OVERWRITE}/properties/{name}",
            {"type": ["string", "integer", "null"]},
            f"As the permissions of a role; discord.py sends the id as well ({DOCS}/topics/permissions).",
            OVERWRITE,
            {"type": 0, "id": 751, "allow": "0", "deny": "1024"},
            asked=True,
        )
        for name in ("allow", "deny", "id")
    ),
    *(
        Erratum(
            f"/components/schemas/ChannelPermissionOverwriteRequest/properties/{name}",
            {"type": ["string", "integer", "null"]},
            f"As the permissions of a role ({DOCS}/topics/permissions).",
            "/components/schemas/ChannelPermissionOverwriteRequest",
            {"id": "751", "allow": "0", "deny": "1024"},
            asked=True,
        )
        for name in ("allow", "deny")
    ),
    Erratum(
        f"{WEBHOOK_UPDATE}/properties/tts",
        {"type": "boolean"},
        IGNORED,
        WEBHOOK_UPDATE,
        {"content": "changed", "tts": False},
        asked=True,
    ),
)

# Routes that exist and are not in the description.
NOT_DESCRIBED = {
    "POST /oauth2/token": f"The token route is in the documentation only ({DOCS}/topics/oauth2).",
    "POST /oauth2/token/revoke": f"As the token route ({DOCS}/topics/oauth2).",
}


def correct(document: Any, *, asked: bool, but: Erratum | None = None) -> Any:
    """Put the known errors right in place, all but one; KeyError where a pointer leads nowhere."""
    for one in ERRATA:
        if one.asked == asked and one is not but:
            pointer = one.pointer.removeprefix("/").split("/")
            *steps, last = [step.replace("~1", "/") for step in pointer]
            place: Any = document
            for step in steps:
                place = place[int(step)] if isinstance(place, list) else place[step]
            if last == "-":
                place.append(one.right)
            else:
                place[int(last) if isinstance(place, list) else last] = one.right
    return document
