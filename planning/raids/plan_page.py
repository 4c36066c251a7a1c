"""A raid is planned on the site, by the verb and within the limits of Discord's form."""

import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import PersonRequest, signed_in
from accounts.models import Guild
from planning.raids import actions, labels, looking, policy, views
from planning.raids.models import Dungeon, Template
from planning.raids.policy import Viewer
from slomix.lib import clock
from slomix.lib.show import show

PAGE = "planning/raids/plan.html"
FIELDS = ("dungeon", "days", "times", "min_players")


@dataclass(frozen=True)
class Written:
    """What stands in the form; `dungeon` by its name."""

    dungeon: str = ""
    days: str = ""
    times: str = ""
    min_players: str = ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """The form, for whoever is linked and on that server; `?dungeon=` begins as last time."""
    viewer = looking.with_servers(looking.viewer_of(request.user))
    guild = next((one for one in looking.servers(viewer) if one.pk == pk), None)
    if guild is None:
        return views.away(request)
    try:
        if not policy.plans_here(viewer, guild.pk):
            raise actions.NotYours("person", policy.not_there(viewer))
        if request.method == "POST":
            return _planned(request, viewer, guild)
        first = _first(request, viewer, guild)
    except actions.RaidRefused as refused:
        # There is nothing to fill in: who could set it right is said instead.
        status = 400 if request.method == "POST" else 200
        context = {"guild": guild, "refused": str(refused)}
        return show(request, PAGE, "plan", context, status=status)
    return _form(request, guild, first)


def _planned(request: PersonRequest, viewer: Viewer, guild: Guild) -> HttpResponse:
    written = Written(**{name: request.POST.get(name, "") for name in FIELDS})
    try:
        planned = actions.plan(
            guild=guild,
            actor=looking.actor_of(request.user, viewer, guild),
            dungeon=written.dungeon,
            days=_short(written.days, "days"),
            times=_short(written.times, "times"),
            min_players=written.min_players,
            at=clock.now(),
            interaction_id=_key(request, guild),
        )
    except (actions.BadInput, actions.TooMuch) as refused:
        return _form(request, guild, written, refused)
    facts = {"n": planned.raid.display_id}
    said = _("Raid %(n)d is planned. Its vote appears in Discord in a moment.") % facts
    if dropped := [*planned.dropped_days, *planned.dropped_times]:
        more = _("A vote holds 25 of each; left out: %(labels)s.")
        said = f"{said} {more % {'labels': ', '.join(dropped)[:200]}}"
    messages.success(request, said)
    return redirect("raid", planned.raid.pk)


def _short(text: str, field: str) -> str:
    """Return a list as Discord's form would take it. Raises BadInput for a longer one."""
    tidy = text.replace("\r\n", "\n")
    if len(tidy) > labels.LONGEST_LIST:
        words = _("That is too much. Write at most %(most)d characters.")
        raise actions.BadInput(field, words % {"most": labels.LONGEST_LIST})
    return tidy


def _key(request: PersonRequest, guild: Guild) -> int | None:
    """Return what makes a form that is sent twice one raid; below 0, where Discord has no numbers."""
    form = request.POST.get("form", "")
    if not form:
        return None
    said = sha256(f"{request.user.pk}:{guild.pk}:{form}".encode()).digest()
    return -1 - (int.from_bytes(said[:8]) >> 2)


def _first(request: PersonRequest, viewer: Viewer, guild: Guild) -> Written:
    """Return what the form shows at first. Raises as `actions.prepare` does."""
    active = list(Dungeon.objects.active().listed().values_list("name", flat=True))
    asked = request.GET.get("dungeon", "")
    chosen = asked if asked in active else ""
    shown = actions.prepare(
        guild=guild,
        actor=looking.actor_of(request.user, viewer, guild),
        dungeon=chosen or next(iter(active), ""),
        at=clock.now(),
    )
    if not chosen:
        return Written(min_players=str(looking.wishes_of(guild).default_min_players))
    return Written(chosen, _lines(shown.days), _lines(shown.times), str(shown.min_players))


def _lines(text: str) -> str:
    return text.replace(", ", "\n")


def _form(
    request: PersonRequest,
    guild: Guild,
    written: Written,
    refused: actions.RaidRefused | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "guild": guild,
        "form": secrets.token_hex(8),
        "written": asdict(written),
        "dungeons": Dungeon.objects.active().listed(),
        "remembered": _remembered(guild),
        "most": labels.LONGEST_LIST,
        "wrong": {},
    }
    if refused:
        field = refused.field if refused.field in FIELDS else "form"
        context["wrong"] = {field: str(refused)}
    return show(request, PAGE, "plan", context, status=400 if refused else 200)


def _remembered(guild: Guild) -> list[str]:
    """Return the dungeons with which a form can begin as last time."""
    if not looking.wishes_of(guild).templates_enabled:
        return []
    kept = Template.objects.filter(guild=guild, dungeon__is_active=True)
    return list(kept.order_by("-updated_at").values_list("dungeon__name", flat=True)[:6])
