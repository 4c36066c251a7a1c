"""What Discord refuses in embeds.

https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

from collections.abc import Iterator

from . import checks
from .errors import Problem
from .world import Json

MOST = 10
TOTAL = 6000
TEXTS = {"title": 256, "description": 4096}
PARTS = {"footer": ("text", 2048), "author": ("name", 256)}
PICTURES = ("image", "thumbnail")
FIELD = {"name": checks.text(256, 1), "value": checks.text(1024, 1)}
KNOWN = {
    **{name: checks.text(longest) for name, longest in TEXTS.items()},
    "url": checks.url,
    "color": checks.whole(0, 0xFFFFFF),
    "fields": checks.many(25),
    **dict.fromkeys((*PARTS, *PICTURES), checks.an_object),
}


def problems(embeds: list[Json]) -> Iterator[Problem]:
    """Say what is wrong with a message's embeds."""
    found = list(checks.many(MOST)(embeds, "embeds"))
    for number, embed in enumerate(embeds):
        found += checks.fields(embed, f"embeds.{number}", {}, KNOWN)
    yield from found
    if not found:
        yield from _inside(embeds)


def _inside(embeds: list[Json]) -> Iterator[Problem]:
    for number, embed in enumerate(embeds):
        yield from _parts(embed, f"embeds.{number}")
    if sum(map(size, embeds)) > TOTAL:
        text = f"Embed size exceeds maximum size of {TOTAL}"
        yield Problem("embeds", "MAX_EMBED_SIZE_EXCEEDED", text)


def _parts(embed: Json, path: str) -> Iterator[Problem]:
    for part, (name, longest) in PARTS.items():
        if embed.get(part):
            text = {name: checks.text(longest, 1 if part == "author" else 0)}
            pictures = {"url": checks.url, "icon_url": checks.media}
            yield from checks.fields(embed[part], f"{path}.{part}", text, pictures)
    for part in PICTURES:
        if embed.get(part):
            yield from checks.fields(embed[part], f"{path}.{part}", {"url": checks.media}, {})
    for number, field in enumerate(embed.get("fields") or []):
        here, inline = f"{path}.fields.{number}", {"inline": checks.yes_or_no}
        yield from checks.fields(field, here, FIELD, inline)


def size(embed: Json) -> int:
    """Count the characters that go into the limit over all embeds of a message."""
    texts = [embed.get(name) for name in TEXTS]
    texts += [(embed.get(part) or {}).get(name) for part, (name, _) in PARTS.items()]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))
