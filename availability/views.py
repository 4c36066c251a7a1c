from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import limits
from accounts.access import PersonRequest, linked_required, public
from availability import actions, board, feeds, queries, saying
from slomix.lib import clock, conditional
from slomix.lib.show import back, refuse

# A calendar program asks every few minutes at most; whoever tries addresses asks more often.
READS = limits.Limit("calendar_read", 60, timedelta(hours=1))
MISSES = limits.Limit("calendar_miss", 30, timedelta(minutes=10))


@linked_required
def answer(request: PersonRequest, day: date) -> HttpResponse:
    if request.method != "POST":
        return redirect(f"/?day={day.isoformat()}")
    return _answered(
        request, day, request.POST.get("status", ""), begin=request.POST.get("from", "")
    )


@linked_required
@require_POST
def following(request: PersonRequest, day: date) -> HttpResponse:
    # The button says what it follows, so a double click is one step and not two.
    status = board.following(request.POST.get("after", ""))
    return _answered(request, day, status) if status else _cleared(request, day)


@linked_required
@require_POST
def clear(request: PersonRequest, day: date) -> HttpResponse:
    return _cleared(request, day)


@linked_required
@require_POST
def undo(request: PersonRequest, day: date) -> HttpResponse:
    try:
        undone = actions.undo(person=request.user, at=clock.now(), day=day)
    except actions.NothingToUndo as refusal:
        return refuse(request, _("Too late to undo"), str(refusal))
    except actions.AnswerRefused as refusal:
        return refuse(request, _("This answer does not count"), str(refusal))
    messages.success(request, saying.undone(undone.day, undone.entry))
    return redirect(back(request))


def _answered(request: PersonRequest, day: date, status: str, *, begin: str = "") -> HttpResponse:
    try:
        entry = actions.answer(
            person=request.user,
            day=day,
            status=status,
            at=clock.now(),
            come_at=actions.time_of(begin),
        )
    except actions.AnswerRefused as refusal:
        return refuse(request, _("This answer does not count"), str(refusal))
    return _done(request, day, saying.answered(entry))


def _cleared(request: PersonRequest, day: date) -> HttpResponse:
    try:
        cleared = actions.clear(person=request.user, day=day, at=clock.now())
    except actions.AnswerRefused as refusal:
        return refuse(request, _("This answer does not count"), str(refusal))
    if not cleared:
        return redirect(back(request))
    left, usual = queries.answer_of(request.user.pk, day), queries.is_usual(request.user.pk, day)
    return _done(request, day, saying.cleared(day, left, usual=usual))


def _done(request: PersonRequest, day: date, said: str) -> HttpResponse:
    # The tag lets the toast offer to undo this very evening's answer.
    messages.success(request, said, extra_tags=f"undo {day.isoformat()}")
    return redirect(back(request))


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    feed = actions.feed_of(token)
    if feed is None:
        wait = limits.take(MISSES, limits.address_of(request), at=at)
    else:
        wait = limits.take(READS, feed.digest, at=at)
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    if feed is None:
        raise Http404
    file = HttpResponse(feeds.render(feed, at), content_type="text/calendar; charset=utf-8")
    file.headers["Content-Disposition"] = 'inline; filename="game-nights.ics"'
    return conditional.tagged(request, file)
