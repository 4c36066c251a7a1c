"""Being reached, by command: a code for Telegram or Signal, and no more messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import actions as people
from accounts.actions import handles, wishes
from accounts.actions.wishes import KINDS
from accounts.limits import Limit
from accounts.models import CHANNELS, HandleChannel
from availability import way_back
from availability.commands import common
from availability.presses import Press, Reply, refusal
from botworker import pulse
from botworker.plain import plain

DOOR = "discord"
EVERYWHERE = "all"
TITLES: dict[str, str] = {"discord": "Discord", **dict(HandleChannel.choices)}
# As the first Slomix had it.
CODES = Limit("discord_codes", 1, timedelta(seconds=20))
STOPS = Limit("discord_stops", 1, timedelta(seconds=10))
TAKEN_BACK_FOR = timedelta(minutes=10)
# The id of the button below an unsubscription: what was on (kinds, or the order), and since when.
WAY_BACK = r"back:(?P<held>[ko][0-9]{0,6}):(?P<stamp>[0-9]{10})"
Button = dict[str, Any]


def code(press: Press, *, channel: str) -> Reply:
    """Make a code and return the words that show it: for the person's direct messages alone.

    A refusal holds no code and may be shown where the command was written.
    """
    person = common.linked(press)
    channel = channel.strip().lower()
    if channel not in HandleChannel.values:
        raise common.Refused(_which(HandleChannel.values))
    common.limit(CODES, press, about=False)
    try:
        issued = handles.issue_token(person=person, channel=channel, at=press.at)
    except handles.TooSoon as early:
        raise common.Refused(common.too_much(early.seconds)) from early
    minutes = int((issued.expires_at - press.at).total_seconds()) // 60
    within = ngettext("within %(n)d minute", "within %(n)d minutes", minutes) % {"n": minutes}
    text = _(
        "**Link %(channel)s.** Send this to **%(address)s** %(within)s, from the account you want "
        "to link: `LINK %(token)s`. It works once. Show it to nobody."
    )
    name = _address(channel)
    facts = {
        "channel": TITLES[channel],
        "address": plain(name) if name else _("our bot"),
        "within": within,
        "token": issued.token,
    }
    door = f"https://t.me/{name.removeprefix('@')}?start={issued.token}"
    open_it = {"label": _("Open Telegram"), "url": door}
    return Reply(text % facts, [[open_it]] if channel == "telegram" and name else [])


def _address(channel: str) -> str:
    return settings.SIGNAL_SENDER if channel == "signal" else pulse.detail("telegram")


def handed(press: Press) -> Reply:
    """Say that the code stands in the direct messages, which are open then."""
    people.dm_worked([press.presser.discord_id])
    return Reply(_("**I wrote to you privately.** The code stands there and nowhere else."))


def closed(press: Press, *, channel: str, reason: str) -> Reply:
    """Say that the direct messages are closed; the code that nobody saw is void."""
    people.dm_refused(press.presser.discord_id, reason, press.at)
    handles.forget_token(person=common.meet(press), channel=channel.strip().lower())
    text = _(
        "**I could not write to you privately.** Allow messages from this server, or use the site: "
        "the code is shown only there."
    )
    return refusal(text, _("Channels"), "/you/")


def unsubscribe(press: Press, *, channel: str) -> Reply:
    """Send nothing more on one channel, or `all`; this works for everybody, and at any time.

    What stops something is never refused: the limit is for commands that stop nothing.
    """
    person = common.meet(press)
    before = wishes.preferences_of(person)
    channel = channel.strip().lower()
    if channel not in (*CHANNELS, EVERYWHERE):
        raise common.Refused(_which([*CHANNELS, EVERYWHERE]))
    rest: list[str] | None = None
    if channel != EVERYWHERE:
        rest = handles.leave(person=person, channel=channel, at=press.at, door=DOOR)
    elif handles.stop(person=person, channel=DOOR, at=press.at):
        rest = []
    if rest is None:
        common.limit(STOPS, press, about=False)
        return _nothing(channel)
    return _stopped(channel, rest, way_back.button(before, rest, press.at))


def _nothing(channel: str) -> Reply:
    if channel == DOOR:
        return Reply(_("**Nothing is sent to you here.** So nothing to stop."))
    if channel == EVERYWHERE:
        return Reply(_("**Nothing is sent to you.** So nothing to stop."))
    text = _("**Nothing is sent to you on %(channel)s.** So nothing to stop.")
    return Reply(text % {"channel": TITLES[channel]})


def _stopped(channel: str, rest: list[str], way_back: Button) -> Reply:
    page = {"label": _("You"), "url": f"{settings.FRONTEND_ORIGIN}/you/"}
    if not rest:
        text = _(
            "**No more messages anywhere, from now on.** Also not tonight. Your answers stay. "
            "Back: *You* on the site."
        )
        return Reply(text, [[way_back, page]])
    text = _(
        "**No more messages on %(channel)s, from now on.** Also not tonight. Still used: %(rest)s. "
        "Back: *You* on the site."
    )
    facts = {"channel": TITLES[channel], "rest": ", ".join(TITLES[one] for one in rest)}
    return Reply(text % facts, [[way_back, page]])


def back(press: Press, *, held: str, stamp: str) -> Reply:
    """Bring back what an unsubscription took, within ten minutes of it.

    It concerns whoever presses and nobody else, so an id that somebody made up gains nothing.
    """
    if not timedelta(0) <= press.at - datetime.fromtimestamp(int(stamp), UTC) <= TAKEN_BACK_FOR:
        text = _("**That was more than ten minutes ago.** You can change it on the site.")
        return refusal(text, _("You"), "/you/")
    names = KINDS if held[0] == "k" else CHANNELS
    found = [names[int(one)] for one in held[1:] if int(one) < len(names)]
    person = common.linked(press)
    if held[0] == "k":
        on: dict[str, Any] = dict.fromkeys(found, True)
    else:
        on = {"channel_order": list(dict.fromkeys(found))}
    wishes.set_preferences(person=person, at=press.at, door=DOOR, **on)
    return Reply(_("**Messages are on again, as before.**"))


def _which(channels: list[str]) -> Reply:
    return refusal(_("**Which channel?** Write %(names)s.") % {"names": ", ".join(channels)})
