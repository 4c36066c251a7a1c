from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, linked_required
from availability import actions, board
from slomix.lib import clock
from slomix.lib.show import back, refuse


@linked_required
def answer(request: PersonRequest, day: date) -> HttpResponse:
    if request.method != "POST":
        return redirect(f"/?day={day.isoformat()}")
    return _answered(request, day, request.POST.get("status", ""))


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


def _answered(request: PersonRequest, day: date, status: str) -> HttpResponse:
    try:
        actions.answer(person=request.user, day=day, status=status, at=clock.now())
    except actions.AnswerRefused as refusal:
        return refuse(request, _("This answer does not count"), str(refusal))
    return redirect(back(request))


def _cleared(request: PersonRequest, day: date) -> HttpResponse:
    try:
        actions.clear(person=request.user, day=day, at=clock.now())
    except actions.AnswerRefused as refusal:
        return refuse(request, _("This answer does not count"), str(refusal))
    return redirect(back(request))
