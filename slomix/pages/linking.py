"""Linking: who somebody is in the game, and how they prove it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, codes, limits, players, reach
from accounts.access import PersonRequest, linked_required, signed_in
from accounts.actions.players import find, proof_of
from accounts.models import Contest, NameCode, Player, PlayerLink
from availability import queries
from availability.board import Times
from botworker import game
from slomix.lib import clock
from slomix.lib.show import go, refuse, show

# As the JSON door does.
SEARCHES = limits.Limit("player_search", 30, timedelta(minutes=1))


@signed_in
@require_safe
def link(request: PersonRequest) -> HttpResponse:
    part = "found" if "q" in request.GET else "link"
    return show(request, "slomix/link.html", part, choices(request))


@signed_in
@require_POST
def choose(request: PersonRequest) -> HttpResponse:
    guid = request.POST.get("player", "")
    try:
        actions.link_player(person=request.user, guid=guid, at=clock.now())
    except actions.PlayerTaken as refusal:
        return _taken(request, find(guid), str(refusal))
    except actions.LinkRefused as refusal:
        return _again(request, {"refusal": str(refusal)})
    return go(request, "linked")


@signed_in
@require_POST
def newcomer(request: PersonRequest) -> HttpResponse:
    """Make a player for somebody who is in no list yet."""
    name = request.POST.get("name", "")
    try:
        actions.add_newcomer(person=request.user, name=name, at=clock.now())
    except actions.LinkRefused as refusal:
        return _again(request, {"name_fault": str(refusal), "name_tried": name[:64]})
    return go(request, "linked")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: PersonRequest) -> HttpResponse:
    """Show who has a player, or say that it is one's own."""
    guid = (request.POST if request.method == "POST" else request.GET).get("player", "")
    try:
        player = find(guid)
    except actions.NoSuchPlayer as refusal:
        return refuse(request, _("No such player"), str(refusal))
    if request.method != "POST":
        return _taken(request, player, "")
    try:
        actions.contest_player(person=request.user, guid=guid, at=clock.now())
    except (actions.ClaimRefused, actions.LinkRefused) as refusal:
        return _taken(request, player, str(refusal))
    return go(request, f"{reverse('proof')}?player={player.guid}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: PersonRequest) -> HttpResponse:
    """Show the code to wear in the game; a press makes a new one."""
    guid = (request.POST if request.method == "POST" else request.GET).get("player", "")
    at = clock.now()
    fault = ""
    if request.method == "POST":
        try:
            actions.start_code(person=request.user, at=at, guid=guid)
        except (actions.ClaimRefused, actions.LinkRefused) as refusal:
            fault = str(refusal)
        else:
            return go(request, f"{reverse('proof')}?player={guid}" if guid else "proof")
    shown = _proof(request, guid, at) | {"fault": fault}
    if shown["player"] is None and not fault:
        return go(request, "link")
    return show(request, "slomix/proof.html", "proof", shown, status=400 if fault else 200)


@signed_in
@require_POST
def withdraw(request: PersonRequest) -> HttpResponse:
    """Take one's own contest back."""
    mine = Contest.objects.filter(challenger=request.user, outcome=Contest.Outcome.OPEN)
    found = mine.filter(player__guid=request.POST.get("player", "")[:64]).first()
    if found:
        try:
            actions.withdraw_contest(contest=found, person=request.user, at=clock.now())
        except actions.ClaimRefused as refusal:
            # Pressed twice at the same instant, or a promoter was quicker.
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Taken back. The player stays where it is."))
    return go(request, "link")


@linked_required
@require_safe
def linked(request: PersonRequest) -> HttpResponse:
    stored = getattr(request.user, "preferences", None)
    if stored and stored.asked_at:
        messages.success(request, _("You play as %(name)s.") % {"name": request.user.name})
        return go(request, "tonight")
    return show(
        request,
        "slomix/linked.html",
        "linked",
        {"times": times_in_words(), "elsewhere": reach.set_up()},
    )


def choices(request: PersonRequest) -> dict[str, Any]:
    """Return what the linking page shows: suggestions, and what a search found."""
    wanted = request.GET.get("q", "").strip()[:64]
    wait = 0
    if wanted:
        wait = limits.take(SEARCHES, f"person {request.user.pk}", at=clock.now())
    account = getattr(request.user, "discord", None)
    return {
        "q": wanted,
        "wait": wait,
        "short": players.too_short(wanted),
        "found": [] if wait else players.search(wanted),
        "suggested": players.suggestions(request.user),
        "name_tried": account.display_name or account.username if account else "",
    }


def times_in_words() -> dict[str, str]:
    """Return tonight's two times as people read them."""
    tonight: Times = queries.times(clock.today(clock.now()))
    return {"call": clock.wall(tonight.reminder_at), "start": clock.named(tonight.start_at)}


def _again(request: PersonRequest, wrong: dict[str, Any]) -> HttpResponse:
    return show(request, "slomix/link.html", "link", choices(request) | wrong, status=400)


def _taken(request: PersonRequest, player: Player, fault: str) -> HttpResponse:
    held = getattr(player, "link", None)
    if held is None or held.user_id == request.user.pk:
        return go(request, "link")
    shown = {
        "player": player,
        "held": held,
        "since": clock.local(held.linked_at),
        "fault": fault if request.method == "POST" else "",
        "certain": proof_of(request.user, player) != PlayerLink.Proof.CLAIMED,
    }
    return show(request, "slomix/taken.html", "taken", shown, status=400 if fault else 200)


def _proof(request: PersonRequest, guid: str, at: datetime) -> dict[str, Any]:
    person = request.user
    link = getattr(person, "link", None)
    code = NameCode.objects.select_related("player").filter(user=person).first()
    contest = None
    player = link.player if link else None
    if guid and not (player and player.guid == guid):
        open_ = Contest.objects.select_related("player").filter(challenger=person)
        contest = open_.filter(player__guid=guid[:64], outcome=Contest.Outcome.OPEN).first()
        player = contest.player if contest else None
    if code and (player is None or code.player_id != player.pk):
        code = None
    fresh = bool(code and code.expires_at > at)
    return {
        "player": player,
        "link": link if not contest else None,
        "contest": contest,
        "seen": code.seen_at if code else None,
        "wear": f"/name {codes.wear(player.name, code.code)}" if player and code and fresh else "",
        "until": clock.named(code.expires_at.replace(second=0)) if code else "",
        "watched": settings.GAME_SERVER is not None,
        "connect": f"/connect {game.address()}" if settings.GAME_SERVER else "",
        "guid": guid,
    }
