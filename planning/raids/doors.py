"""What is pressed on a raid's page: each door translates, and calls one verb."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, signed_in
from accounts.models import Guild, User
from planning.raids import actions, looking, page_words, policy, views
from planning.raids.actions.common import gone
from planning.raids.models import Attendance, Objection, Raid
from planning.raids.policy import Viewer
from slomix.lib import clock
from slomix.lib.show import back, refuse

Door = Callable[[PersonRequest, Viewer, Raid], str]
View = Callable[..., HttpResponse]
WEB = "web"


def pressed(door: Door) -> View:
    """Let somebody press on a raid that they see: what the door returns is said, and a refusal too."""

    @wraps(door)
    def view(request: PersonRequest, pk: int) -> HttpResponse:
        viewer = looking.with_servers(looking.viewer_of(request.user))
        try:
            raid = views.seen_raid(viewer, pk)
            if raid is None:
                raise gone()
            said = door(request, viewer, raid)
        except actions.RaidRefused as refusal:
            return refuse(request, _("That was not done"), str(refusal))
        if said:
            messages.success(request, said)
        return redirect(back(request, reverse("raid", args=(pk,))))

    return signed_in(require_POST(view))


def taking_part(door: Door) -> Door:
    """Refuse whoever is not known on the raid's server."""

    @wraps(door)
    def guarded(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
        if not looking.takes_part(viewer, raid.guild):
            raise actions.NotYours("person", policy.not_met())
        return door(request, viewer, raid)

    return guarded


def _actor(request: PersonRequest, viewer: Viewer, raid: Raid) -> policy.Actor:
    return looking.actor_of(request.user, viewer, raid.guild)


def _number(request: PersonRequest, field: str) -> int:
    """Return a number of a form. Raises BadInput for anything else."""
    text = request.POST.get(field, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise _unclear()
    return int(text)


def _unclear() -> actions.BadInput:
    text = _("That was no press of a button on this page. Load it again.")
    return actions.BadInput("form", text)


@pressed
@taking_part
def vote(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    """The whole vote as it stands in the form; what holds is said beside it."""
    actions.set_votes(
        raid_id=raid.pk,
        person=request.user,
        days=request.POST.getlist("day"),
        times=request.POST.getlist("time"),
        at=clock.now(),
    )
    return ""


def _slot(request: PersonRequest, raid: Raid) -> dict[str, int]:
    day, time = _number(request, "day"), _number(request, "time")
    return {"raid_id": raid.pk, "day_id": day, "time_id": time}


@pressed
@taking_part
def leave(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    left = actions.leave_slot(**_slot(request, raid), person=request.user, at=clock.now())
    return _("You are out of this slot. Your other slots stay.") if left else ""


@pressed
@taking_part
def rejoin(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    new = actions.rejoin_slot(**_slot(request, raid), person=request.user, at=clock.now())
    return _("You are in this slot, again.") if new else ""


@pressed
def finish(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    done = actions.finish(
        raid_id=raid.pk, actor=_actor(request, viewer, raid), at=clock.now(), door=WEB
    )
    return _("The raid is done. %(there)s. Thank you.") % {
        "there": page_words.outcome(done.raid, done.counted)
    }


@pressed
def cancel(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    actions.cancel(raid_id=raid.pk, actor=_actor(request, viewer, raid), at=clock.now(), door=WEB)
    return _("The raid is cancelled. Nobody is counted.")


@pressed
def edit(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    done = actions.edit(
        raid_id=raid.pk,
        actor=_actor(request, viewer, raid),
        at=clock.now(),
        days=request.POST.get("days", ""),
        times=request.POST.get("times", ""),
        min_players=request.POST.get("min_players", ""),
    )
    dropped = [*done.dropped_days, *done.dropped_times]
    if dropped:
        text = _("The raid is changed. A vote holds 25 of each; left out: %(labels)s.")
        return text % {"labels": ", ".join(dropped)[:200]}
    return _("The raid is changed. Votes for what stayed are kept.")


@pressed
def hand_over(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    """To somebody who is on the server now: nobody else could look after it."""
    actor = _actor(request, viewer, raid)
    policy.check(actor, policy.Deed.HAND_OVER, raid=raid)
    number = _number(request, "to")
    heir = next((one for one in looking.heirs(raid) if one.pk == number), None)
    if heir is None:
        raise actions.BadInput("to", _("Choose somebody who is on this server."))
    actions.hand_over(raid_id=raid.pk, actor=actor, to=heir, at=clock.now(), door=WEB)
    return _("%(name)s leads the raid now.") % {"name": heir.name}


@pressed
@taking_part
def objects(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    says = request.POST.get("says", "")
    actions.object_to(raid_id=raid.pk, person=request.user, says=says, at=clock.now())
    return _("It is said. Whoever leads the raid decides.")


@pressed
def correct(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    actor = _actor(request, viewer, raid)
    policy.check(actor, policy.Deed.CORRECT, raid=raid)
    who = User.objects.filter(pk=_number(request, "who"), is_active=True).first()
    if who is None or not _belongs(raid, who):
        raise _unclear()
    row = actions.correct_attendance(
        raid_id=raid.pk,
        person=who,
        status=request.POST.get("status", ""),
        actor=actor,
        at=clock.now(),
        door=WEB,
    )
    facts = {"name": who.name}
    if row.status == Attendance.Status.PRESENT:
        return _("Written down: %(name)s was there.") % facts
    return _("Written down: %(name)s was not there.") % facts


def _belongs(raid: Raid, who: User) -> bool:
    """Nobody is counted by chance: it is somebody of this raid or of its server."""
    if Attendance.objects.filter(raid=raid, person=who).exists():
        return True
    return looking.takes_part(looking.viewer_of(who), raid.guild)


@pressed
def settle(request: PersonRequest, viewer: Viewer, raid: Raid) -> str:
    accept = request.POST.get("accept", "")
    number = _number(request, "objection")
    if accept not in ("yes", "no") or not Objection.objects.filter(pk=number, raid=raid).exists():
        raise _unclear()
    actions.settle_objection(
        objection_id=number,
        accept=accept == "yes",
        actor=_actor(request, viewer, raid),
        at=clock.now(),
        door=WEB,
    )
    return _("It is settled.")


@signed_in
@require_POST
def listed(request: PersonRequest, pk: int) -> HttpResponse:
    """Stand on a server's leaderboard, or not: everybody's own wish."""
    viewer = looking.viewer_of(request.user)
    guild = Guild.objects.filter(pk=pk).first() if pk < 2**63 else None
    if guild is None or not looking.takes_part(viewer, guild):
        return refuse(request, _("That was not done"), policy.not_met())
    wish = request.POST.get("listed", "")
    if wish not in ("yes", "no"):
        return refuse(request, _("That was not done"), str(_unclear()))
    actions.set_listed(guild=guild, person=request.user, listed=wish == "yes")
    return redirect(back(request, reverse("raids_of", args=(pk,))))
