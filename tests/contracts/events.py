"""Checks what the local Discord says over the gateway, where Discord's description has the object.

The description has no gateway: an event is judged by the REST object that its documentation names.
"""

from collections.abc import Iterator
from typing import Any

from .schemas import Schemas

ALL = "*"
WHOLE: tuple[str, ...] = ()
# Of each event: where in it which object lies. What is absent from the event is not looked for.
EVENTS: dict[str, dict[tuple[str, ...], str]] = {
    "READY": {("user",): "UserResponse"},
    "GUILD_CREATE": {
        WHOLE: "GuildResponse",
        ("members", ALL): "GuildMemberResponse",
        ("channels", ALL): "GuildChannelResponse",
        ("threads", ALL): "ThreadResponse",
        ("guild_scheduled_events", ALL): "EventResponse",
    },
    "GUILD_UPDATE": {WHOLE: "GuildResponse"},
    "GUILD_MEMBERS_CHUNK": {("members", ALL): "GuildMemberResponse"},
    "GUILD_MEMBER_ADD": {WHOLE: "GuildMemberResponse"},
    "GUILD_MEMBER_REMOVE": {("user",): "UserResponse"},
    "GUILD_MEMBER_UPDATE": {("user",): "UserResponse"},
    "GUILD_ROLE_CREATE": {("role",): "GuildRoleResponse"},
    "GUILD_ROLE_UPDATE": {("role",): "GuildRoleResponse"},
    "CHANNEL_CREATE": {WHOLE: "AnyChannelResponse"},
    "CHANNEL_UPDATE": {WHOLE: "AnyChannelResponse"},
    "THREAD_CREATE": {WHOLE: "ThreadResponse"},
    "THREAD_UPDATE": {WHOLE: "ThreadResponse"},
    "MESSAGE_CREATE": {WHOLE: "MessageResponse"},
    "MESSAGE_UPDATE": {WHOLE: "MessageResponse"},
    "MESSAGE_REACTION_ADD": {("emoji",): "MessageReactionEmojiResponse"},
    "INTERACTION_CREATE": {
        ("message",): "MessageResponse",
        ("user",): "UserResponse",
        ("member",): "GuildMemberResponse",
    },
    "GUILD_SCHEDULED_EVENT_CREATE": {WHOLE: "EventResponse"},
    "GUILD_SCHEDULED_EVENT_UPDATE": {WHOLE: "EventResponse"},
    "VOICE_STATE_UPDATE": {("member",): "GuildMemberResponse"},
}
UNIONS = {
    "EventResponse": (
        "ExternalScheduledEventResponse",
        "StageScheduledEventResponse",
        "VoiceScheduledEventResponse",
    ),
    "AnyChannelResponse": ("GuildChannelResponse", "PrivateChannelResponse"),
}


def judge(schemas: Schemas, name: str, data: dict[str, Any]) -> list[str]:
    """Say what an event has that the objects in it must not have, or lacks."""
    return [
        f"{name}{''.join(f'.{step}' for step in path)}: {one}"
        for path, component in EVENTS.get(name, {}).items()
        for value in _at(data, path)
        for one in _problems(schemas, component, value)
    ]


def _problems(schemas: Schemas, component: str, value: object) -> list[str]:
    tried = [
        schemas.problems(f"/components/schemas/{one}", value)
        for one in UNIONS.get(component, (component,))
    ]
    return min(tried, key=len)


def _at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if not path:
        yield value
    elif path[0] == ALL:
        for one in value:
            yield from _at(one, path[1:])
    elif isinstance(value, dict) and value.get(path[0]) is not None:
        yield from _at(value[path[0]], path[1:])
