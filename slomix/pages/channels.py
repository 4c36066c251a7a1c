"""Linking a channel, testing it, its place in the order, and letting it go."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, reach
from accounts.access import PersonRequest, linked_required, signed_in
from accounts.actions import handles
from accounts.models import CHANNELS, Handle
from botworker import pulse
from slomix import person as people
from slomix.lib import clock
from slomix.lib.show import refuse, show
from slomix.pages import profile, reached

SIGNS = {"telegram": "plane", "signal": "wave"}


@linked_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: PersonRequest, channel: str) -> HttpResponse:
    """Say how a channel is linked; a press makes the code, which is shown this once.

    While it waits the page asks with ?since=, and is told when the message has arrived.
    """
    if channel not in reach.set_up():
        raise Http404
    shown = _context(request, channel)
    status = 200
    if request.method == "POST":
        try:
            issued = handles.issue_token(person=request.user, channel=channel, at=clock.now())
        except handles.HandleRefused as refusal:
            shown["fault"], status = str(refusal), 400
        else:
            shown |= _code(issued, channel, shown["address"])
    part = "waiting" if "since" in request.GET else "channel"
    return show(request, "slomix/channel.html", part, shown, status=status)


def _context(request: PersonRequest, channel: str) -> dict[str, Any]:
    handle = Handle.objects.filter(user=request.user, channel=channel).first()
    asked = request.GET.get("since", "")[:12]
    since = int(asked) if asked.isdecimal() else 0
    done = bool(since and handle and handle.verified_at.timestamp() >= since)
    return {
        "channel": channel,
        "title": reached.TITLES[channel],
        "sign": SIGNS[channel],
        "address": _address(channel),
        "handle": handle,
        "masked": handles.masked(handle) if handle else "",
        "minutes": int(settings.LINK_TOKEN_TTL.total_seconds()) // 60,
        "since": since,
        "done": done,
    }


def _code(issued: handles.Issued, channel: str, address: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": issued.token,
        "spelt": spelt(issued.token),
        "until": clock.named(issued.expires_at.replace(second=0, microsecond=0)),
        "since": int(clock.now().timestamp()),
    }
    if channel == "telegram" and address:
        shown["door"] = f"https://t.me/{address.removeprefix('@')}?start={issued.token}"
    return shown


def spelt(token: str) -> str:
    """Write a code in groups, as people read them aloud; whoever hears it leaves the dashes out."""
    return "-".join(token[at : at + 4] for at in range(0, len(token), 4))


def _address(channel: str) -> str:
    """Return what people write to: the bot's name once it has told us, or our number."""
    return settings.SIGNAL_SENDER if channel == "signal" else pulse.detail("telegram")


@linked_required
@require_POST
def test(request: PersonRequest, channel: str) -> HttpResponse:
    """Send the person a test."""
    _known(channel)
    try:
        people.send_test(person=request.user, channel=channel, at=clock.now())
    except people.NothingToTest as refusal:
        return profile.back_to(request, "channels", str(refusal), good=False)
    text = _("A test is on its way, %(channel)s. What became of it stands below.")
    text %= {"channel": reached.TITLES[channel]}
    return profile.back_to(request, "channels", text)


@signed_in
@require_POST
def disconnect(request: PersonRequest, channel: str) -> HttpResponse:
    """Forget a channel's address."""
    _known(channel)
    handles.disconnect(person=request.user, channel=channel, at=clock.now())
    text = _("%(channel)s is disconnected. We have forgotten the address.")
    return profile.back_to(request, "channels", text % {"channel": reached.TITLES[channel]})


@signed_in
@require_POST
def order(request: PersonRequest) -> HttpResponse:
    """Try a channel earlier, use it no more, or use it again."""
    channel, move = request.POST.get("channel", ""), request.POST.get("move", "")
    _known(channel)
    person, at = request.user, clock.now()
    if move == "earlier":
        before = profile.stored(request)
        shown = [way.channel for way in reached.ways(person, before, at)]
        wanted = reached.moved(before.channel_order, shown, channel)
        actions.set_preferences(person=person, at=at, channel_order=wanted)
        text = _("%(channel)s is tried earlier now.")
    elif move in ("on", "off"):
        actions.use_channel(person=person, channel=channel, on=move == "on", at=at)
        if move == "on" and channel != "discord":
            handles.switch_on(person.pk, channel)
        text = _("We use %(channel)s again.") if move == "on" else _("We use %(channel)s no more.")
    elif move == "start":
        handles.start(person=person, channel=channel, at=at)
        text = _("%(channel)s is on again, and so is what STOP took away.")
    else:
        return refuse(request, _("Please choose"), _("Press one of the buttons of a channel."))
    return profile.back_to(request, "channels", text % {"channel": reached.TITLES[channel]})


def _known(channel: str) -> None:
    if channel not in CHANNELS:
        raise Http404
