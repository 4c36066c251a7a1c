"""Answering one evening from a link, without signing in: what Signal has instead of buttons."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import links
from accounts.access import public
from accounts.links import Answering
from accounts.text import language_of
from availability import actions, phrases, queries
from availability.actions import AnswerRefused, LinkUsed
from availability.models import Status
from availability.quorum import Quorum
from botworker import hearing
from slomix.lib import clock
from slomix.lib.show import HtmxRequest, refuse, show

# Nothing that this page loads or leads to is told its address, and no browser keeps it.
HUSHED = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex",
}


# Who holds the address may answer, and no cookie is looked at: there is nothing that another site
# could borrow. With "no-referrer" browsers send "Origin: null", which the CSRF check refuses.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def once(request: HtmxRequest, token: str) -> HttpResponse:
    """Show an evening and four buttons, or do what one of them says.

    Chat programs open every link, so opening it changes nothing.
    """
    found = links.answering(token, clock.now())
    with translation.override(language_of(found.person if found else None)):
        response = _answered(request, found) if found else _dead(request)
    for name, value in HUSHED.items():
        response[name] = value
    return response


def _dead(request: HtmxRequest) -> HttpResponse:
    text = _("It is too old, or you have unlinked the channel. Write STATUS there for a new one.")
    return refuse(request, _("This link does nothing"), text)


def _answered(request: HtmxRequest, found: Answering) -> HttpResponse:
    at = clock.now()
    state = "used" if hearing.seen("link", found.key) else "open"
    if found.day < clock.today(at):
        text = _("An answer counts until midnight. For tonight write STATUS in the chat.")
        return refuse(request, _("This evening is over"), text)
    if request.method == "POST":
        try:
            actions.answer_once(
                person=found.person,
                day=found.day,
                status=request.POST.get("status", ""),
                key=found.key,
                at=at,
                door=found.channel,
            )
            state = "done"
        except LinkUsed:
            state = "used"
        except AnswerRefused as refusal:
            return refuse(request, _("This answer does not count"), str(refusal))
    return show(request, "slomix/once.html", "once", _context(found, state))


def _context(found: Answering, state: str) -> dict[str, Any]:
    entry = queries.answer_of(found.person.pk, found.day)
    return {
        "state": state,
        "name": found.person.name,
        "start_at": clock.named(queries.times(found.day).start_at),
        "day": found.day,
        "today": found.day == clock.today(clock.now()),
        "held": phrases.status(entry) if entry else "",
        "holding": entry.status if entry else "",
        "numbers": _numbers(found.day),
        "statuses": Status.choices,
    }


def _numbers(day: date) -> str:
    counted = queries.counts(day, day).get(day)
    looking = counted.looking if counted else 0
    if Quorum(looking, settings.READY_THRESHOLD).ready:
        return phrases.progress(looking)
    return phrases.numbers(looking)
