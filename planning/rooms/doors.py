"""What is pressed in a room: each door translates, and calls one verb."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, linked_required
from availability import actions as answers
from availability import saying
from availability.models import Status
from planning.rooms import actions, views
from planning.rooms.actions import after, drafting, naming, ping, standby, teams, wishes
from planning.rooms.models import Wish
from slomix.lib import clock
from slomix.lib.show import back, refuse

Door = Callable[..., str]
View = Callable[..., HttpResponse]
REFUSALS = (actions.Refused, answers.AnswerRefused, answers.NotLinked)


class Unclear(actions.Refused):
    """A form that none of ours is."""


def pressed(door: Door, fresh: View = views.fresh_room) -> View:
    """Let a linked person press: what the door returns is said, what it refuses, too.

    Whoever pressed on what holds no more is shown what does (`fresh`), with the reason.
    """

    @wraps(door)
    def view(request: PersonRequest, **values: int | date) -> HttpResponse:
        try:
            said = door(request, **values)
        except actions.Stale as stale:
            return fresh(request, str(stale))
        except REFUSALS as refusal:
            return refuse(request, _("That was not done"), str(refusal))
        if said:
            messages.success(request, said)
        return redirect(back(request, "/room/"))

    return linked_required(require_POST(view))


def number(request: PersonRequest, field: str) -> int:
    """Return a number of a form. Raises Unclear for anything else."""
    return _number(request.POST.get(field, ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Unclear(_("That was no press of a button on this page. Load it again."))
    return int(text)


@pressed
def open_room(request: PersonRequest) -> str:
    opened = actions.open_room(person=request.user, at=clock.now())
    return _("The planning room is open.") if opened.created else ""


@pressed
def join(request: PersonRequest) -> str:
    entry = actions.join(person=request.user, at=clock.now())
    if entry.status == Status.MAYBE:
        return _("You said Maybe, so you stay on standby.")
    return saying.answered(entry)


@pressed
def leave(request: PersonRequest) -> str:
    actions.leave(person=request.user, at=clock.now())
    return _("You stepped out. Your place goes to standby.")


@pressed
def suggest(request: PersonRequest) -> str:
    text = request.POST.get("text", "")
    name = naming.suggest(person=request.user, text=text, at=clock.now())
    return _("Suggested: %(name)s. It has your vote.") % {"name": name.text}


@pressed
def vote(request: PersonRequest, pk: int) -> str:
    cast = naming.vote(person=request.user, name_id=pk, at=clock.now())
    return _("Voted for %(name)s. Vote again to change it.") % {"name": cast.name.text}


@pressed
def take_back_vote(request: PersonRequest) -> str:
    gone = naming.take_back_vote(person=request.user, at=clock.now())
    return _("Your vote is taken back.") if gone else ""


@pressed
def withdraw(request: PersonRequest, pk: int) -> str:
    naming.withdraw_name(person=request.user, name_id=pk, at=clock.now())
    return _("The name is gone.")


@pressed
def arrange(request: PersonRequest) -> str:
    """One form with many buttons: whichever was pressed says what is done."""
    token = number(request, "token")
    asked = {name: request.POST[name] for name in ("move", "captain", "do") if name in request.POST}
    if len(asked) != 1:
        raise Unclear(_("That was no press of a button on this page. Load it again."))
    ((name, value),) = asked.items()
    return ARRANGING[name](request, value, token)


def _move(request: PersonRequest, value: str, token: int) -> str:
    who, _colon, side = value.partition(":")
    teams.move(person=request.user, who=_number(who), side=side, token=token, at=clock.now())
    return ""


def _captain(request: PersonRequest, value: str, token: int) -> str:
    teams.make_captain(person=request.user, who=_number(value), token=token, at=clock.now())
    return ""


def _do(request: PersonRequest, value: str, token: int) -> str:
    if value == "balance":
        teams.balance(person=request.user, token=token, seed=None, at=clock.now())
        return _("The teams are balanced and saved.")
    if value == "undo":
        teams.undo(person=request.user, token=token, at=clock.now())
        return _("The teams are as they were before.")
    raise Unclear(_("That was no press of a button on this page. Load it again."))


ARRANGING = {"move": _move, "captain": _captain, "do": _do}


@pressed
def wish(request: PersonRequest) -> str:
    first, second = number(request, "first"), number(request, "second")
    kind = request.POST.get("kind", "")
    made = wishes.wish(person=request.user, first=first, second=second, kind=kind, at=clock.now())
    if made.kind == Wish.Kind.TOGETHER:
        return _("Wished: together. It counts when the teams are balanced.")
    return _("Wished: apart. It counts when the teams are balanced.")


@pressed
def unwish(request: PersonRequest) -> str:
    first, second = number(request, "first"), number(request, "second")
    gone = wishes.unwish(person=request.user, first=first, second=second, at=clock.now())
    return _("The wish is taken back.") if gone else ""


@pressed
def accept(request: PersonRequest, pk: int) -> str:
    standby.accept(person=request.user, offer_id=pk, at=clock.now())
    return _("The place is yours.")


@pressed
def decline(request: PersonRequest, pk: int) -> str:
    standby.decline(person=request.user, offer_id=pk, at=clock.now())
    return _("All right, next in line. You stay on standby tonight.")


@pressed
def take_place(request: PersonRequest) -> str:
    side = request.POST.get("side", "")
    standby.accept_place(person=request.user, side=side, at=clock.now())
    return _("The place is yours.")


@pressed
def need_more(request: PersonRequest) -> str:
    asked = ping.need_more(person=request.user, at=clock.now())
    text = ngettext(
        "Asked %(n)d person who could come.", "Asked %(n)d people who could come.", asked
    )
    return text % {"n": asked}


@pressed
def same_again(request: PersonRequest, day: date) -> str:
    entry = after.same_again(person=request.user, day=day, at=clock.now())
    return saying.answered(entry)


@pressed
def start_draft(request: PersonRequest) -> str:
    drafting.start(
        person=request.user,
        captain_a=number(request, "captain_a"),
        captain_b=number(request, "captain_b"),
        token=number(request, "token"),
        at=clock.now(),
    )
    return ""


def _pick(request: PersonRequest) -> str:
    who, turn = number(request, "who"), number(request, "turn")
    drafting.pick(person=request.user, who=who, turn=turn, at=clock.now())
    return ""


def _take_back(request: PersonRequest) -> str:
    drafting.take_back_pick(person=request.user, turn=number(request, "turn"), at=clock.now())
    return ""


pick = pressed(_pick, views.fresh_draft)
take_back = pressed(_take_back, views.fresh_draft)


@pressed
def stop_draft(request: PersonRequest) -> str:
    drafting.stop(person=request.user, at=clock.now())
    return ""
