"""The JSON door to calls, at /api/availability/promotions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, StrictBool

from accounts import access, auth
from availability.actions import ISO_DAY
from promotions import actions, adding, followup, phrases, post, report, soundness
from promotions.models import Campaign, Job
from promotions.preview import Line, Preview
from promotions.soundness import Part
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["promotions"])
CHANNELS = ("discord", "telegram", "signal")


class Call(Schema):
    """Whom to call beside those who are looking; a dry run writes everything and sends nothing."""

    model_config = ConfigDict(extra="forbid")

    include_available: StrictBool = False
    include_maybe: StrictBool = False
    dry_run: StrictBool | None = None


class Which(Schema):
    """The evening that is asked for; today without one."""

    day: str | None = Field(None, alias="date")


class Sample(Schema):
    """Which message somebody wants to see: the reminder, the start or the follow-up."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["reminder", "start", "follow_up"]


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        yield
    except actions.NotAPromoter as refused:
        raise Refused(403, str(refused)) from refused
    except actions.PromoteRefused as refused:
        raise Refused(409, str(refused)) from refused


@router.get("/preview", auth=auth.session)
def preview(
    request: HttpRequest, include_available: bool = False, include_maybe: bool = False
) -> dict[str, Any]:
    person = auth.linked(request)
    with refusals():
        seen = actions.preview(
            promoter=person,
            include_available=include_available,
            include_maybe=include_maybe,
            at=clock.now(),
        )
    return {
        "campaign_date": seen.day,
        "timezone": clock.zone().key,
        "target_time_cet": clock.plain(seen.times.start_at),
        "reminder_time_cet": clock.plain(seen.times.reminder_at),
        "include_available": seen.include_available,
        "include_maybe": seen.include_maybe,
        "will_be_sent": [clock.plain(slot.due_at) for slot in seen.slots],
        "too_late_for": [clock.plain(slot.due_at) for slot in seen.over],
        "looking_count": seen.counts.looking,
        "asked_count": seen.asked,
        "share_url": phrases.share_link(),
        "parts": [_part(part) for part in soundness.parts(seen.at)],
        "recipient_count": len(seen.will_hear),
        "channels_summary": _channels(seen),
        "recipients_preview": [_line(line) for line in seen.will_hear],
        "left_out": [_line(line) | {"reason": line.words} for line in seen.left_out],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"name": part.name, "fine": part.fine, "detail": part.words}


def _channels(seen: Preview) -> dict[str, int]:
    return {channel: seen.channels.get(channel, 0) for channel in CHANNELS}


def _line(line: Line) -> dict[str, Any]:
    return {
        "display_name": line.person.name,
        "status": line.status,
        "selected_channel": line.channel,
        "times": line.times,
    }


@router.post("/campaigns", auth=auth.session)
def create(request: HttpRequest, call: Call) -> dict[str, Any]:
    person = auth.linked(request)
    dry_run = settings.PROMOTION_DRY_RUN_DEFAULT if call.dry_run is None else call.dry_run
    with refusals():
        campaign = actions.promote(
            promoter=person,
            include_available=call.include_available,
            include_maybe=call.include_maybe,
            dry_run=dry_run,
            at=clock.now(),
            door="api",
        )
    found = report.of(campaign, clock.now())
    return {
        "success": True,
        "campaign_id": campaign.pk,
        "campaign_date": campaign.day,
        "status": found.status,
        "recipient_count": len(found.people),
        "channels_summary": found.channels,
        "scheduled_times": _times(campaign),
        "dry_run": campaign.dry_run,
    }


def _times(campaign: Campaign) -> dict[str, Any]:
    names = {
        Job.Kind.REMINDER: "reminder_2045_cet",
        Job.Kind.START: "start_2100_cet",
        Job.Kind.FOLLOW_UP: "voice_check_after_start",
    }
    return {names[Job.Kind(job.kind)]: clock.local(job.run_at) for job in campaign.jobs.all()}


@router.get("/campaign", auth=auth.session)
def current(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    campaign = actions.latest(_day(which.day))
    if campaign is None:
        return {"campaign": None}
    promoter = access.of(auth.person(request)).promoter
    at = clock.now()
    may: dict[str, int | None] = {"to_add": None, "to_post": None}
    if promoter:
        may = {"to_add": adding.number(campaign, at), "to_post": post.offer(campaign, at).to_say}
    return {"campaign": _shown(campaign) | may}


def _day(text: str | None) -> date:
    if text is None:
        return clock.today(clock.now())
    try:
        if ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 2026-02-29 looks like a day and is none
    raise Refused(422, f"date is {text[:40]!r}; write it as 2026-11-24.", "date")


def _shown(campaign: Campaign) -> dict[str, Any]:
    """Show counts and times; never a recipient."""
    found = report.of(campaign, clock.now())
    return {
        "id": campaign.pk,
        "campaign_date": campaign.day,
        "target_timezone": campaign.timezone,
        "target_start_time": clock.plain(campaign.start_at),
        "include_maybe": campaign.include_maybe,
        "include_available": campaign.include_available,
        "dry_run": campaign.dry_run,
        "status": found.status,
        "recipient_count": len(found.people),
        "channels_summary": found.channels,
        "messages": found.counts,
        "created_at": campaign.created_at,
        "jobs": found.jobs,
        "ready_check": followup.status(campaign, at=clock.now()),
    }


@router.post("/campaigns/{campaign_id}/cancel", auth=auth.session)
def cancel(request: HttpRequest, campaign_id: int) -> dict[str, Any]:
    person = auth.linked(request)
    campaign = _campaign(campaign_id)
    with refusals():
        stopped = actions.cancel(campaign=campaign, by=person, at=clock.now(), door="api")
    return {"success": True, "campaign_id": campaign.pk, "stopped": stopped}


@router.post("/campaigns/{campaign_id}/add", auth=auth.session)
def add(request: HttpRequest, campaign_id: int) -> dict[str, Any]:
    person = auth.linked(request)
    campaign = _campaign(campaign_id)
    with refusals():
        added = actions.add_recipients(campaign=campaign, by=person, at=clock.now(), door="api")
    return {"success": True, "campaign_id": campaign.pk, "added": added}


@router.post("/campaigns/{campaign_id}/post", auth=auth.session)
def say_in_channel(request: HttpRequest, campaign_id: int) -> dict[str, Any]:
    person = auth.linked(request)
    campaign = _campaign(campaign_id)
    with refusals():
        unreached = post.say(campaign=campaign, by=person, at=clock.now(), door="api")
    return {"success": True, "campaign_id": campaign.pk, "unreached": unreached}


@router.post("/sample", auth=auth.session)
def sample(request: HttpRequest, wish: Sample) -> dict[str, Any]:
    person = auth.linked(request)
    with refusals():
        channel = actions.send_sample(promoter=person, kind=wish.kind, at=clock.now(), door="api")
    return {"success": True, "kind": wish.kind, "channel": channel}


def _campaign(number: int) -> Campaign:
    found = Campaign.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Refused(404, "There is no such call.", "campaign_id")
    return found
