"""The page on which a promoter asks whoever could still come: numbers first, then one button."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import PersonRequest, promoter_required
from availability import could_come, prompt_words, words
from availability.actions import nudging
from slomix.lib import clock
from slomix.lib.show import refuse, show

# Why somebody is not asked, to a promoter: how many, never who.
REASONS = {
    "quiet hours": gettext_lazy("in quiet hours"),
    could_come.OFTEN: gettext_lazy("asked often enough this week"),
    "no channel": gettext_lazy("without a channel that works"),
    "the reminder says it": gettext_lazy("hear it from the reminder"),
    "enough for one evening": gettext_lazy("have heard enough from us today"),
    "asked for no more tonight": gettext_lazy("asked for no more tonight"),
}


@promoter_required
def nudge(request: PersonRequest) -> HttpResponse:
    """Show whom a nudge would ask, and ask them at a press."""
    if request.method == "POST":
        return _ask(request)
    at = clock.now()
    seen = nudging.see(promoter=request.user, at=at)
    answered = [one for one in seen.asked if one.status]
    sample = prompt_words.nudge(
        seen.times, seen.quorum.missing, answered[0].status if answered else ""
    )
    rows = prompt_words.nudge_rows(seen.times.day)
    context = {
        "seen": seen,
        "start": clock.named(seen.times.start_at),
        "needed": words.needed(seen.quorum.missing),
        "unanswered": len(seen.asked) - len(answered),
        "could": len(answered),
        "reasons": [(REASONS.get(why, why), n) for why, n in sorted(seen.reasons.items())],
        "sample": sample,
        "buttons": [button["label"] for row in rows for button in row],
        "most": settings.NUDGES_A_WEEK,
    }
    return show(request, "availability/nudge.html", "nudge", context)


def _ask(request: PersonRequest) -> HttpResponse:
    try:
        number = nudging.nudge(promoter=request.user, at=clock.now())
    except nudging.NudgeRefused as refusal:
        return refuse(request, _("Nobody was asked"), str(refusal))
    asked = ngettext(
        "Asked %(n)d person who could come. Once per evening; nobody in quiet hours.",
        "Asked %(n)d people who could come. Once per evening; nobody in quiet hours.",
        number,
    )
    messages.success(request, asked % {"n": number})
    return redirect("/")
