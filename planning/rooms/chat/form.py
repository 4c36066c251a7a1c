"""The form that a team name is written into. Knows nothing of discord.py."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from availability.presses import Press
from planning.rooms.names import LONGEST, SHORTEST

__all__ = ["FIELD", "LONGEST", "SHORTEST", "labels", "text_of"]

FIELD = "name"


def labels(press: Press) -> tuple[str, str]:
    """Return the form's title and what stands above its field, in the presser's language."""
    with translation.override(language.on_discord(press.presser.discord_id)):
        return _("Suggest a name"), _("Team name, 2 to 48 letters")


def text_of(data: Mapping[str, Any]) -> str:
    """Return what was written, as Discord sends it; empty for a form that is none of ours."""
    written = (one for one in _parts(data) if one.get("custom_id") == FIELD)
    return next((str(one.get("value") or "") for one in written), "")


def _parts(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in data.get("components") or []:
        yield from one.get("components") or []
        if one.get("component"):
            yield one["component"]
