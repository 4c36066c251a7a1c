"""The button that takes an unsubscription back; it holds in its id what was on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions.wishes import KINDS
from accounts.models import CHANNELS


def button(before: Mapping[str, Any], rest: list[str], at: datetime) -> dict[str, Any]:
    """Return the button that brings back what was: its id says which kinds, or which order."""
    if rest:
        held = "o" + "".join(str(CHANNELS.index(one)) for one in before["channel_order"])
    else:
        held = "k" + "".join(str(n) for n, kind in enumerate(KINDS) if before[kind])
    stamp = f"{int(at.timestamp()):010}"
    return {"id": f"back:{held}:{stamp}", "label": _("That was a mistake")}
