"""Untying the player or the Discord account, seeing what we know, and being forgotten."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, sessions
from accounts.access import PersonRequest, signed_in
from slomix import belongings
from slomix import person as people
from slomix.lib import clock
from slomix.lib.show import go, show
from slomix.pages import profile

# What the tables of the export are to the person, and for how long they are kept.
WHILE_HERE = gettext_lazy("until you leave")
A_DAY, A_MONTH, A_YEAR = gettext_lazy("a day"), gettext_lazy("30 days"), gettext_lazy("a year")
KNOWN = {
    "accounts.User": (gettext_lazy("Your name here, and your part in the club"), WHILE_HERE),
    "accounts.DiscordAccount": (gettext_lazy("Discord: id, names, picture"), WHILE_HERE),
    "accounts.PlayerLink": (gettext_lazy("Which player you are"), WHILE_HERE),
    "accounts.Preferences": (gettext_lazy("What you want to hear, and when not"), WHILE_HERE),
    "accounts.Handle": (gettext_lazy("Telegram and Signal, kept encrypted"), WHILE_HERE),
    "accounts.LinkToken": (gettext_lazy("Codes that link a channel"), A_DAY),
    "accounts.NameCode": (gettext_lazy("A code for your name in the game"), A_DAY),
    "accounts.Contest": (
        gettext_lazy("Players you said are yours, or others said are theirs"),
        A_YEAR,
    ),
    "accounts.AuditEntry": (gettext_lazy("What was changed about your account, and when"), A_YEAR),
    "availability.Entry": (gettext_lazy("Your answers"), WHILE_HERE),
    "availability.Change": (gettext_lazy("What was changed about your answers, and when"), A_YEAR),
    "availability.Usual": (gettext_lazy("Your usual week"), WHILE_HERE),
    "availability.Away": (gettext_lazy("When you are away"), WHILE_HERE),
    "availability.Feed": (gettext_lazy("Your calendar feed"), WHILE_HERE),
    "mfa.Authenticator": (gettext_lazy("Your second factor"), WHILE_HERE),
    "promotions.Campaign": (gettext_lazy("Calls you made"), WHILE_HERE),
    "promotions.Recipient": (gettext_lazy("Calls you were meant by"), WHILE_HERE),
    "rooms.Room": (gettext_lazy("Planning rooms you opened"), WHILE_HERE),
    "rooms.Name": (gettext_lazy("Team names you suggested"), WHILE_HERE),
    "rooms.Vote": (gettext_lazy("Your votes for team names"), WHILE_HERE),
    "rooms.Wish": (gettext_lazy("Wishes for the teams, yours or about you"), A_MONTH),
    "rooms.Lineup": (gettext_lazy("Teams you saved"), WHILE_HERE),
    "rooms.Team": (gettext_lazy("Teams you were captain of"), WHILE_HERE),
    "rooms.Member": (gettext_lazy("Teams you were in"), WHILE_HERE),
    "rooms.Draft": (gettext_lazy("Drafts you started or picked in"), WHILE_HERE),
    "rooms.Pick": (gettext_lazy("Drafts you were picked in"), WHILE_HERE),
    "rooms.Offer": (gettext_lazy("Places you were offered, or gave up"), A_MONTH),
    "rooms.Came": (gettext_lazy("Evenings you came to"), A_YEAR),
    "rooms.InThread": (gettext_lazy("Rooms’ threads the bot let you into"), A_MONTH),
    "raids.Raid": (gettext_lazy("Raids you made or ended"), WHILE_HERE),
    "raids.Vote": (gettext_lazy("Your votes for raids’ days and times"), WHILE_HERE),
    "raids.StepOut": (gettext_lazy("Slots of raids you left"), WHILE_HERE),
    "raids.Attendance": (gettext_lazy("Raids you were at, or marked who was"), WHILE_HERE),
    "raids.Objection": (gettext_lazy("What you said was wrong with an attendance"), WHILE_HERE),
    "raids.Unlisted": (gettext_lazy("Leaderboards you are not listed on"), WHILE_HERE),
    "accounts.Membership": (
        gettext_lazy("On which Discord servers of the bot’s you are, and with which roles"),
        WHILE_HERE,
    ),
    "accounts.Level": (gettext_lazy("Points for writing and talking on servers"), WHILE_HERE),
    "accounts.VoiceStay": (
        gettext_lazy("Since when you are in voice, for those points"),
        gettext_lazy("until you leave it"),
    ),
    "botworker.Presence": (
        gettext_lazy("Whether you are in voice or on the game server now"),
        gettext_lazy("until you leave it"),
    ),
    "botworker.Delivery": (
        gettext_lazy("Messages to you"),
        gettext_lazy("the words 30 days, that they were sent until you leave"),
    ),
}


@signed_in
@require_POST
def unlink_player(request: PersonRequest) -> HttpResponse:
    """Untie the player; the form asked whether it is meant."""
    try:
        player = people.unlink_player(person=request.user, at=clock.now())
    except actions.LinkRefused as refusal:
        return profile.back_to(request, "player", str(refusal), good=False)
    text = _("You are %(name)s no more. Your answers ahead are gone, and nothing is sent to you.")
    return profile.back_to(request, "player", text % {"name": player.name})


@signed_in
@require_POST
def unlink_discord(request: PersonRequest) -> HttpResponse:
    """Untie the Discord account, soon after a sign-in."""
    try:
        people.unlink_discord(
            person=request.user, at=clock.now(), signed_in_at=sessions.signed_in_at(request)
        )
    except actions.UnlinkRefused as refusal:
        return profile.back_to(request, "discord", str(refusal), good=False)
    return _gone(request, _("Your Discord account is unlinked, and you are signed out everywhere."))


@signed_in
@require_safe
def data(request: PersonRequest) -> HttpResponse:
    """Say what is kept, how much of it, and until when."""
    return show(request, "slomix/data.html", "data", {"known": _known(request)})


def _known(request: PersonRequest) -> list[dict[str, Any]]:
    counted = {name: len(rows(request.user)) for name, rows in belongings.EXPORT.items()}
    return [
        {"what": KNOWN[name][0], "kept": KNOWN[name][1], "n": n} for name, n in counted.items() if n
    ]


@signed_in
@require_POST
def export(request: PersonRequest) -> HttpResponse:
    """Hand everything out as a file."""
    found = people.export(person=request.user, at=clock.now())
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="slomix-my-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonRequest) -> HttpResponse:
    """Ask for a word, typed by hand, and forget the person."""
    at, word = clock.now(), _("erase")
    shown: dict[str, Any] = {
        "word": word,
        "typed": "",
        "fault": "",
        "stale": profile.stale(request),
    }
    if request.method == "POST":
        shown["typed"] = request.POST.get("word", "")[:32]
        if shown["typed"].strip().casefold() != word.casefold():
            shown["fault"] = _("Write the word %(word)s, then press again.") % {"word": word}
        else:
            try:
                people.erase(
                    person=request.user, at=at, signed_in_at=sessions.signed_in_at(request)
                )
            except actions.NotFresh as stale:
                shown["fault"] = str(stale)
            else:
                return _gone(request, _("You are erased. Nothing leads back to you any more."))
    status = 400 if shown["fault"] else 200
    return show(request, "slomix/erase.html", "erase", shown, status=status)


def _gone(request: PersonRequest, text: str) -> HttpResponse:
    logout(request)
    messages.success(request, text)
    return go(request, "tonight")
