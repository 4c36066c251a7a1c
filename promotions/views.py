from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest, promoter_required
from availability.words import long_day
from promotions import actions, adding, phrases, post, report, soundness
from promotions.forms import CallForm, wish
from promotions.models import Campaign
from slomix.lib import clock
from slomix.lib.show import go, refuse, show


@promoter_required
def promote(request: PersonRequest) -> HttpResponse:
    return _confirm(request) if request.method == "POST" else _preview(request)


def _preview(request: PersonRequest) -> HttpResponse:
    chosen = wish(request)
    at = clock.now()
    try:
        seen = actions.preview(
            promoter=request.user,
            include_available=chosen["include_available"],
            include_maybe=chosen["include_maybe"],
            at=at,
        )
    except actions.PromoteRefused as refusal:
        return refuse(request, _("Nobody was called"), str(refusal))
    parts = soundness.parts(at)
    context = {
        "wish": chosen,
        "preview": seen,
        "lead": phrases.lead(seen),
        "once": phrases.once(seen),
        "called": actions.latest(seen.day),
        "parts": parts,
        "fine": [part for part in parts if part.fine],
        "left": phrases.what_is_left(seen),
        "asked": phrases.looking_and_asked(seen),
        "in_force": phrases.in_force(seen),
        "share": phrases.share_link(),
        "voice_check": settings.VOICE_CHECK_ENABLED,
        "buttons": [button["label"] for row in seen.sample_rows for button in row],
    }
    return show(request, "promotions/promote.html", "preview", context)


def _confirm(request: PersonRequest) -> HttpResponse:
    form = CallForm(request.POST)
    form.is_valid()
    try:
        campaign = actions.promote(promoter=request.user, at=clock.now(), **form.cleaned_data)
    except actions.AlreadyCalled as already:
        messages.info(request, str(already))
        return go(request, f"/calls/{already.campaign.pk}/")
    except actions.PromoteRefused as refusal:
        return refuse(request, _("Nobody was called"), str(refusal))
    return go(request, f"/calls/{campaign.pk}/")


@promoter_required
@require_safe
def call(request: PersonRequest, pk: int) -> HttpResponse:
    calls = Campaign.objects.select_related("promoter__discord", "promoter__link__player")
    campaign = get_object_or_404(calls, pk=pk)
    return show(request, "promotions/call.html", "progress", _report(campaign))


def _report(campaign: Campaign) -> dict[str, Any]:
    at = clock.now()
    found = report.of(campaign, at)
    return {
        "report": found,
        "reasons": found.reasons.most_common(),
        "perhaps": phrases.perhaps(found.perhaps),
        "campaign": campaign,
        "to_add": adding.number(campaign, at),
        "post": post.offer(campaign, at),
        "day": long_day(campaign.day),
        "called_at": clock.named(campaign.created_at.replace(second=0)),
        "now": clock.named(at.replace(second=0)),
    }


@promoter_required
@require_POST
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    stopped = actions.cancel(campaign=campaign, by=request.user, at=clock.now())
    messages.info(request, phrases.off(stopped))
    return redirect("call", pk=pk)


@promoter_required
@require_POST
def add(request: PersonRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    try:
        added = actions.add_recipients(campaign=campaign, by=request.user, at=clock.now())
    except actions.PromoteRefused as refusal:
        return refuse(request, _("Nobody was added"), str(refusal))
    messages.success(request, phrases.added(added))
    return redirect("call", pk=pk)


@promoter_required
@require_POST
def say_in_channel(request: PersonRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    try:
        post.say(campaign=campaign, by=request.user, at=clock.now())
    except actions.PromoteRefused as refusal:
        return refuse(request, _("Nothing was posted"), str(refusal))
    messages.success(request, _("It is on its way into the channel."))
    return redirect("call", pk=pk)


@promoter_required
@require_POST
def sample(request: PersonRequest) -> HttpResponse:
    kind = request.POST.get("kind", "")
    try:
        channel = actions.send_sample(promoter=request.user, kind=kind, at=clock.now())
    except actions.PromoteRefused as refusal:
        return refuse(request, _("No sample was sent"), str(refusal))
    messages.success(request, phrases.sample_sent(channel))
    return go(request, reverse("promote"))
