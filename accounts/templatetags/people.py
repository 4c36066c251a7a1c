"""How a person appears on a page: a name that stays text, and a face."""

import re
from itertools import islice

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from accounts.players import COLOUR

register = template.Library()

LONGEST = 32
CUTS = ("bend", "pale", "fess", "pile", "quarter")
HUES = ("", " h2", " h3", " h4", " h5", " h6")
PICTURE = re.compile(r"[A-Za-z0-9_]{1,64}")


def cut(text: str) -> str:
    """Shorten a name to 32 letters."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@register.filter
def called(person: User | Face | str) -> SafeString:
    """Write a name that keeps its direction to itself; a long one gives way."""
    name = person.name if isinstance(person, (User, Face)) else str(person)
    if len(name) <= LONGEST:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<bdi title="{}">{}</bdi>', name, cut(name))


@register.simple_tag
def face(person: User | Face, size: str = "") -> SafeString:
    """Draw the Discord picture, or a unit patch with initials; the name stands beside it."""
    seen = person if isinstance(person, Face) else faces.of(person)
    if seen.discord_id is not None and PICTURE.fullmatch(seen.avatar):
        return format_html(
            '<img class="face {}" src="{}/avatars/{}/{}.png?size=64" alt="" '
            'width="36" height="36" loading="lazy">',
            size,
            settings.DISCORD_CDN_URL,
            seen.discord_id,
            seen.avatar,
        )
    return patch(seen.pk, seen.name, size)


@register.simple_tag
def patch(number: int, name: str, size: str = "") -> SafeString:
    """Draw a unit patch: cut and hue by a number, initials by a name."""
    look = f"{CUTS[number % 5]}{HUES[number % 6]} {size}".strip()
    return format_html('<span class="face {}" aria-hidden="true">{}</span>', look, initials(name))


def initials(name: str) -> str:
    """Return one or two letters that stand for a name."""
    words = [word for word in re.split(r"[\W_]+", COLOUR.sub("", name)) if word]
    if not words:
        return "?"
    # Scripts without capitals join their letters, and two would read as a word.
    if words[0][0].upper() == words[0][0].lower() and not words[0][0].isdigit():
        return words[0][0]
    letters = (word[0] for word in islice(words, 2)) if len(words) > 1 else words[0][:2]
    return "".join(letters).upper()
