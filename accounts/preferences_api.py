"""The JSON door to what a person allows, under /api/availability."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any, Literal, TypeVar

from django.http import HttpRequest
from ninja import Body, Router, Schema
from pydantic import ConfigDict, StrictBool, StrictInt, ValidationError

from accounts import actions, auth
from accounts.actions import handles
from accounts.models import CHANNELS, Preferences, User
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["preferences"])
Channel = Literal["discord", "telegram", "signal"]
Shape = TypeVar("Shape", bound=Schema)


class QuietHours(Schema):
    """From and to as 22:00; both empty: none."""

    model_config = ConfigDict(extra="forbid")

    start: str | None = None
    end: str | None = None


class Wishes(Schema):
    """What somebody wants to hear, how and when; what is not named stays as it is."""

    model_config = ConfigDict(extra="forbid")

    allow_promotions: StrictBool | None = None
    allow_session_ready: StrictBool | None = None
    allow_daily_prompt: StrictBool | None = None
    allow_planning: StrictBool | None = None
    allow_raids: StrictBool | None = None
    show_name: StrictBool | None = None
    preferred_channel: Literal["discord", "telegram", "signal", "any"] | None = None
    channel_order: list[Channel] | None = None
    quiet_hours: QuietHours | None = None
    timezone: str | None = None
    language: str | None = None


class Settings(Schema):
    """Sound and notices, by the first Slomix's names; what is not named stays as it is."""

    model_config = ConfigDict(extra="forbid")

    sound_enabled: StrictBool | None = None
    get_ready_sound: StrictBool | None = None
    sound_cooldown_seconds: StrictInt | None = None
    availability_reminders_enabled: StrictBool | None = None
    threshold_notify: StrictBool | None = None
    timezone: str | None = None
    discord_notify: StrictBool | None = None
    telegram_notify: StrictBool | None = None
    signal_notify: StrictBool | None = None


class Subscription(Schema):
    """Use a channel, or use it no more. An address is linked by a code and never named here."""

    model_config = ConfigDict(extra="forbid")

    channel_type: Channel
    enabled: StrictBool = True


# Two names for one thing, as the first Slomix had them.
ALIASES = {
    "sound_enabled": "sound_enabled",
    "get_ready_sound": "sound_enabled",
    "sound_cooldown_seconds": "sound_cooldown_seconds",
    "availability_reminders_enabled": "allow_daily_prompt",
    "threshold_notify": "allow_session_ready",
    "timezone": "timezone",
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        yield
    except actions.PreferencesRefused as refused:
        raise Refused(400, str(refused), refused.field) from refused


def read(shape: type[Shape], body: dict[str, Any], person: User) -> Shape:
    """Check a body by hand, because a no in it counts even where the rest is refused."""
    try:
        return shape.model_validate(body)
    except ValidationError as wrong:
        renamed = {ALIASES.get(name, name): value for name, value in body.items()}
        actions.opt_out(person=person, kinds=actions.noes(renamed), at=clock.now(), door="api")
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Refused(400, f"{first['msg']}.", field) from wrong


@router.get("/promotion-preferences", auth=auth.session)
def wishes(request: HttpRequest) -> dict[str, Any]:
    return _wishes(auth.person(request))


@router.post("/promotion-preferences", auth=auth.session)
def wish(request: HttpRequest, body: Body[dict[str, Any]]) -> dict[str, Any]:
    person = auth.person(request)
    named = read(Wishes, body, person).model_dump(exclude_unset=True)
    changes = {name: value for name, value in named.items() if value is not None}
    preferred = changes.pop("preferred_channel", None)
    if preferred and "channel_order" not in changes:
        changes["channel_order"] = _order(_stored(person).channel_order, preferred)
    if "quiet_hours" in named:
        changes.pop("quiet_hours", None)
        changes |= _quiet(named["quiet_hours"] or {}, person, changes)
    with refusals():
        actions.set_preferences(person=person, at=clock.now(), door="api", **changes)
    return _wishes(person)


def _order(before: list[str], preferred: str) -> list[str]:
    """Put one channel first; "any" is the order that holds for whoever chose none."""
    if preferred == "any":
        return list(CHANNELS)
    return [preferred, *(channel for channel in before if channel != preferred)]


def _quiet(hours: dict[str, str | None], person: User, others: dict[str, Any]) -> dict[str, Any]:
    ends: dict[str, time | None] = {}
    for name in ("start", "end"):
        text = hours.get(name)
        try:
            ends[f"quiet_{name}"] = time.fromisoformat(text) if text else None
        except ValueError:
            actions.opt_out(person=person, kinds=actions.noes(others), at=clock.now(), door="api")
            wrong = f"{name} is {str(text)[:20]!r}; write it as 22:00."
            raise Refused(400, wrong, f"quiet_hours.{name}") from None
    return ends


def _stored(person: User) -> Preferences:
    return Preferences.objects.filter(user=person).first() or Preferences(user=person)


def _wishes(person: User) -> dict[str, Any]:
    stored = _stored(person)
    order = stored.channel_order
    quiet = {}
    if stored.quiet_start and stored.quiet_end:
        quiet = {"start": f"{stored.quiet_start:%H:%M}", "end": f"{stored.quiet_end:%H:%M}"}
    return {
        "user_id": auth.user_id(person),
        **{kind: getattr(stored, kind) for kind in actions.KINDS},
        "show_name": stored.show_name,
        "preferred_channel": order[0] if order else None,
        "channel_order": order,
        "quiet_hours": quiet,
        "timezone": stored.timezone,
        "language": stored.language,
    }


@router.get("/settings", auth=auth.session)
@router.get("/preferences", auth=auth.session, operation_id="preferences_alias")
def sounds(request: HttpRequest) -> dict[str, Any]:
    return _settings(auth.person(request))


@router.post("/settings", auth=auth.session)
@router.post("/preferences", auth=auth.session, operation_id="set_preferences_alias")
def sound(request: HttpRequest, body: Body[dict[str, Any]]) -> dict[str, Any]:
    person = auth.person(request)
    named = read(Settings, body, person).model_dump(exclude_unset=True, exclude_none=True)
    changes = {ALIASES[name]: value for name, value in named.items() if name in ALIASES}
    with refusals():
        actions.set_preferences(person=person, at=clock.now(), door="api", **changes)
    for channel in CHANNELS:
        if f"{channel}_notify" in named:
            _use(person, channel, named[f"{channel}_notify"], f"{channel}_notify")
    return _settings(person)


def _settings(person: User) -> dict[str, Any]:
    stored = _stored(person)
    channels = _subscriptions(person)
    return {
        "user_id": auth.user_id(person),
        **{name: getattr(stored, field) for name, field in ALIASES.items()},
        **{f"{one['channel_type']}_notify": one["enabled"] for one in channels},
        "subscriptions": channels,
    }


@router.get("/subscriptions", auth=auth.session)
def subscriptions(request: HttpRequest) -> dict[str, Any]:
    person = auth.person(request)
    return {"user_id": auth.user_id(person), "subscriptions": _subscriptions(person)}


@router.post("/subscriptions", auth=auth.session)
def subscribe(request: HttpRequest, wish: Subscription) -> dict[str, Any]:
    person = auth.person(request)
    _use(person, wish.channel_type, wish.enabled, "channel_type")
    (shown,) = [one for one in _subscriptions(person) if one["channel_type"] == wish.channel_type]
    return {"success": True, "user_id": auth.user_id(person), **shown}


def _use(person: User, channel: str, on: bool, field: str) -> None:
    """Switch a channel; one that nobody proved cannot be switched on, any can be switched off."""
    if on and channel != "discord" and not person.handles.filter(channel=channel).exists():
        raise Refused(403, "Link this channel first, with a code from the page /you/.", field)
    actions.use_channel(person=person, channel=channel, on=on, at=clock.now(), door="api")
    if on and channel != "discord":
        handles.switch_on(person.pk, channel)


def _subscriptions(person: User) -> list[dict[str, Any]]:
    order = _stored(person).channel_order
    linked = {handle.channel: handle for handle in handles.handles_of(person)}
    found = []
    for channel in CHANNELS:
        handle = linked.get(channel)
        known = hasattr(person, "discord") if channel == "discord" else handle is not None
        found.append(
            {
                "channel_type": channel,
                "enabled": known and channel in order and (handle is None or handle.on),
                "verified": known,
                "channel_address": handles.masked(handle) if handle else None,
            }
        )
    return found
