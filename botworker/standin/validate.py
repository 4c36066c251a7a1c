"""What Discord refuses in a message: lengths, counts, missing and wrong fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

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
# discord.py also sends `tts` when it edits through a webhook; Discord ignores it.
WEBHOOK_EDIT_FIELDS = EDIT_FIELDS | {"tts"}
SOMETHING = ("content", "embeds", "components", "sticker_ids", "attachments", "poll")
LISTS = ("embeds", "components")
NEW_COMPONENTS = 1 << 15

EMBED_TEXTS = (("title", 256), ("description", 4096))
EMBED_PARTS = (("footer", "text", 2048), ("author", "name", 256))
EMBED_TOTAL = 6000


def check_new(body: Json) -> None:
    """Refuse a message that must not be created; ours must also say whom it may ping."""
    _refuse([*_mention_problems(body), *_problems(body)])
    check_something(body)


def check_edit(body: Json) -> None:
    """Refuse what must not be written into an existing message."""
    _refuse([*_rules_problems(body), *_problems(body)])


def check_something(body: Json) -> None:
    """Refuse a message that would show nothing."""
    if not any(body.get(one) for one in SOMETHING):
        raise refusal(50006)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise invalid_form(problems)


def _problems(body: Json) -> Iterator[Problem]:
    if wrong := [name for name in LISTS if not _is_list_of_objects(body.get(name) or [])]:
        yield from (Problem(name, "BASE_TYPE_LIST", "Must be a list of objects.") for name in wrong)
        return
    yield from _longer(body.get("content"), 2000, "content")
    yield from _nonce(body.get("nonce"))
    yield from _embeds(body.get("embeds") or [])
    if not int(body.get("flags") or 0) & NEW_COMPONENTS:
        yield from _rows(body.get("components") or [])


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _mention_problems(body: Json) -> Iterator[Problem]:
    if body.get("allowed_mentions") is None:
        yield _required("allowed_mentions", "Say whom this message may ping. The stand-in insists.")
    else:
        yield from _rules_problems(body)


def _rules_problems(body: Json) -> Iterator[Problem]:
    rules = body.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in rules.get("parse", []) and rules.get(kind):
            text = f"parse has {kind} and {kind} are listed; use one of them."
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _nonce(nonce: object) -> Iterator[Problem]:
    if isinstance(nonce, bool | float | list | dict):
        yield Problem("nonce", "NONCE_TYPE_INVALID", "Must be an integer or a string.")
    elif nonce is not None:
        yield from _longer(str(nonce), 25, "nonce")


def _embeds(embeds: list[Json]) -> Iterator[Problem]:
    yield from _more(embeds, 10, "embeds")
    if sum(map(_embed_size, embeds)) > EMBED_TOTAL:
        text = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        yield Problem("embeds", "MAX_EMBED_SIZE_EXCEEDED", text)
    for number, embed in enumerate(embeds):
        yield from _embed(embed, f"embeds.{number}")


def _embed(embed: Json, path: str) -> Iterator[Problem]:
    for name, limit in EMBED_TEXTS:
        yield from _longer(embed.get(name), limit, f"{path}.{name}")
    for part, name, limit in EMBED_PARTS:
        yield from _longer((embed.get(part) or {}).get(name), limit, f"{path}.{part}.{name}")
    yield from _more(embed.get("fields") or [], 25, f"{path}.fields")
    for number, field in enumerate(embed.get("fields") or []):
        yield from _needed(field.get("name"), 256, f"{path}.fields.{number}.name")
        yield from _needed(field.get("value"), 1024, f"{path}.fields.{number}.value")


def _embed_size(embed: Json) -> int:
    texts = [embed.get(name) for name, _ in EMBED_TEXTS]
    texts += [(embed.get(part) or {}).get(name) for part, name, _ in EMBED_PARTS]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))


def _rows(rows: list[Json]) -> Iterator[Problem]:
    yield from _more(rows, 5, "components")
    for number, row in enumerate(rows):
        yield from _row(row, f"components.{number}")
    ids = Counter(one.get("custom_id") for one in components_of(rows) if one.get("custom_id"))
    for custom_id, times in ids.items():
        if times > 1:
            text = f"Component custom id cannot be duplicated: {custom_id}"
            yield Problem("components", "COMPONENT_CUSTOM_ID_DUPLICATED", text)


def _row(row: Json, path: str) -> Iterator[Problem]:
    parts = row.get("components") or []
    if row.get("type") != 1:
        yield Problem(f"{path}.type", "UNION_TYPE_CHOICES", "Value must be one of {1}.")
    elif not 1 <= len(parts) <= 5:
        text = "Must be between 1 and 5 in length."
        yield Problem(f"{path}.components", "BASE_TYPE_BAD_LENGTH", text)
    for number, part in enumerate(parts):
        here = f"{path}.components.{number}"
        yield from _button(part, here) if part.get("type") == 2 else _select(part, here)


def _button(button: Json, path: str) -> Iterator[Problem]:
    yield from _longer(button.get("label"), 80, f"{path}.label")
    if button.get("style") not in range(1, 7):
        yield Problem(
            f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}."
        )
    if not button.get("label") and not button.get("emoji"):
        yield Problem(path, "BUTTON_COMPONENT_INVALID_EMOJI", "A button needs a label or an emoji.")
    if button.get("style") == 5:
        yield from _needed(button.get("url"), 512, f"{path}.url")
    else:
        yield from _needed(button.get("custom_id"), 100, f"{path}.custom_id")


def _select(part: Json, path: str) -> Iterator[Problem]:
    yield from _needed(part.get("custom_id"), 100, f"{path}.custom_id")
    yield from _longer(part.get("placeholder"), 150, f"{path}.placeholder")
    yield from _more(part.get("options") or [], 25, f"{path}.options")


def components_of(rows: list[Json]) -> Iterable[Json]:
    """Give the buttons and selects of all rows."""
    return [one for row in rows for one in row.get("components") or []]


def _needed(value: object, limit: int, path: str) -> Iterator[Problem]:
    if not value:
        yield _required(path, "This field is required")
    yield from _longer(value, limit, path)


def _longer(value: object, limit: int, path: str) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, str):
        yield Problem(path, "BASE_TYPE_STRING", "Must be a string.")
    elif len(value) > limit:
        text = f"Must be {limit} or fewer in length."
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", text)


def _more(values: list[Json], limit: int, path: str) -> Iterator[Problem]:
    if len(values) > limit:
        text = f"Must be {limit} or fewer in length."
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", text)


def _required(path: str, text: str) -> Problem:
    return Problem(path, "BASE_TYPE_REQUIRED", text)
