"""Whether sending is on hold, for those who may call the others and for operators."""

from typing import Any

from django import template
from django.template import Context

from botworker import hold
from slomix.lib import clock, dates

register = template.Library()


@register.inclusion_tag("slomix/on_hold.html", takes_context=True)
def on_hold(context: Context) -> dict[str, Any]:
    """Draw the note that nothing is sent; nothing while all is well, or for others. One query."""
    access = context.get("access")
    if not access or not (access.promoter or access.admin):
        return {}
    held = hold.row()
    if held is None:
        return {}
    local = clock.local(held.since)
    return {"day": dates.brief(local.date()), "time": clock.named(held.since)}
