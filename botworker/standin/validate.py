"""What Discord refuses in a message: lengths, counts, missing and wrong fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import checks, components, embeds, forms
from .errors import Problem, invalid_form, refusal
from .world import Json

CREATE_FIELDS = {
    "content", "embeds", "allowed_mentions", "sticker_ids", "components", "flags", "attachments",
    "poll", "message_reference", "nonce", "enforce_nonce", "tts",
}  # fmt: skip
# discord.py sends tts with an edit as well; Discord ignores it there.
EDIT_FIELDS = {
    "content",
    "embeds",
    "flags",
    "allowed_mentions",
    "components",
    "attachments",
    "tts",
}
WEBHOOK_FIELDS = {
    "content", "embeds", "allowed_mentions", "components", "attachments", "poll", "tts", "flags",
}  # fmt: skip
SOMETHING = ("content", "embeds", "components", "sticker_ids", "attachments", "poll")
LAYOUT = 1 << 15
FORWARD = 1
# With the flag IS_COMPONENTS_V2 a message is its components and nothing else.
OLD = ("content", "embeds", "poll", "sticker_ids")
PINGABLE = ("users", "roles", "everyone")
FIELDS = {
    "content": checks.text(2000),
    "allowed_mentions": checks.an_object,
    "tts": checks.yes_or_no,
    "enforce_nonce": checks.yes_or_no,
    "flags": checks.whole(0, (1 << 31) - 1),
    "attachments": checks.many(10),
    "message_reference": checks.an_object,
}


def check_new(body: Json, *, path: str = "") -> None:
    """Refuse a message that must not be created; ours must also say whom it may ping.

    `path` is where the message is in the request: `data` in the answer to an interaction.
    """
    found = list(_problems(body, layout=bool(_flags(body) & LAYOUT)))
    if body.get("allowed_mentions") is None:
        words = "Say whom this message may ping. The stand-in insists."
        found.append(Problem("allowed_mentions", "BASE_TYPE_REQUIRED", words))
    refuse(found, path)
    check_something(body)


def check_edit(body: Json, before: Json | None = None, *, path: str = "") -> None:
    """Refuse what must not be written into an existing message."""
    flags = _flags(body) | int((before or {}).get("flags", 0))
    refuse(_problems(body, layout=bool(flags & LAYOUT)), path)


def check_modal(body: Json) -> None:
    """Refuse a modal that Discord would not open."""
    refuse(forms.problems(body))


def check_something(body: Json) -> None:
    """Refuse a message that would show nothing."""
    if not any(body.get(one) for one in SOMETHING) and not is_forward(body):
        raise refusal(50006)


def is_forward(body: Json) -> bool:
    """Say whether a message only passes another one on."""
    return bool((body.get("message_reference") or {}).get("type") == FORWARD)


def refuse(problems: Iterator[Problem] | list[Problem], path: str = "") -> None:
    """Refuse with 50035 if there is any problem."""
    found = [one._replace(path=checks.within(path, one.path)) for one in problems]
    if found:
        raise invalid_form(found)


def _flags(body: Json) -> int:
    flags = body.get("flags")
    return flags if isinstance(flags, int) else 0


def _problems(body: Json, *, layout: bool) -> Iterator[Problem]:
    yield from checks.fields(body, "", {}, FIELDS)
    yield from _nonce(body.get("nonce"))
    yield from _rules(body.get("allowed_mentions"))
    if wanted := body.get("embeds"):
        yield from _if_list(wanted, "embeds") or embeds.problems(wanted)
    if wanted := body.get("components"):
        yield from _if_list(wanted, "components") or components.problems(wanted, layout=layout)
    for name in OLD if layout else ():
        if body.get(name):
            words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Problem(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)


def _if_list(value: Any, path: str) -> list[Problem]:
    if not isinstance(value, list):
        return [Problem(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")]
    return [wrong for n, one in enumerate(value) for wrong in checks.an_object(one, f"{path}.{n}")]


def _rules(rules: Any) -> Iterator[Problem]:
    """Check allowed_mentions; a kind is parsed or its ids are listed, not both."""
    if not isinstance(rules, dict):
        return
    parsed = rules.get("parse") or []
    for number, kind in enumerate(parsed):
        yield from checks.choice(*PINGABLE)(kind, f"allowed_mentions.parse.{number}")
    for kind in ("users", "roles"):
        listed = rules.get(kind) or []
        if kind in parsed and listed:
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)
        if len(listed) > 100:
            words = "Must be 100 or fewer in length."
            yield Problem(f"allowed_mentions.{kind}", "BASE_TYPE_MAX_LENGTH", words)


def _nonce(nonce: object) -> Iterator[Problem]:
    if isinstance(nonce, bool | float | list | dict):
        yield Problem("nonce", "NONCE_TYPE_INVALID", "Must be an integer or a string.")
    elif nonce is not None:
        yield from checks.text(25)(str(nonce), "nonce")
