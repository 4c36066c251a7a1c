"""Calling from Discord: what /promote and the buttons below it answer. Knows nothing of discord.py.

Whoever asks is looked up again at every press, and the day on a button decides nothing but that it
is today's.
"""

from collections import Counter
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts.models import User
from availability.commands import common
from availability.presses import Press, Reply, refusal, unknown_button
from availability.words import Rows, long_day
from botworker.plain import plain
from promotions import actions, adding, phrases, post, report, soundness
from promotions.models import Campaign
from promotions.preview import Preview
from slomix.lib import clock

DOOR = "discord"
# `what`: the choices of a preview as two digits (Available, Maybe), the number of a call, or the
# place of a sample.
BUTTON = r"promote:(?P<day>[0-9]{8}):(?P<deed>call|dry|not|add|off|sure|keep|post|show):(?P<what>[0-9]{1,18})"
MOST_NAMES = 3
SAMPLES = ("reminder", "follow_up")


def promote(press: Press, *, available: bool = True, maybe: bool = True) -> Reply:
    """Show whom a call would reach, with the buttons that make it; or tonight's call, if there is one."""
    person = _promoter(press)
    called = _live(clock.today(press.at))
    if called:
        return _progress(called, press.at)
    seen = _asked(person, press.at, available=available, maybe=maybe)
    if seen.too_late:
        raise common.Refused(_refused(actions.too_late(seen)))
    return Reply(_shown(seen), _buttons(seen))


def pressed(press: Press, *, day: str, deed: str, what: str) -> Reply:
    """Answer a button of ours: call, dry run, not now, a sample; add, post, call off and whether really."""
    today = clock.today(press.at)
    if day != f"{today:%Y%m%d}":
        return _of_another_day(day)
    person = _promoter(press)
    if deed == "not":
        return Reply(_("**Nobody was called.** /promote shows it again."))
    if deed == "keep":
        return Reply(_("**The call goes on.** /promote shows how far it is."))
    if deed in ("call", "dry"):
        return _call(press, person, what, dry_run=deed == "dry")
    if deed == "show":
        return _sample(press, person, what)
    campaign = Campaign.objects.on(today).filter(pk=int(what)).first()
    return unknown_button() if campaign is None else _of_call(press, person, campaign, deed)


def _of_call(press: Press, person: User, campaign: Campaign, deed: str) -> Reply:
    if deed == "add":
        return _add(press, person, campaign)
    if deed == "post":
        return _post(press, person, campaign)
    return _really(campaign) if deed == "off" else _cancel(press, person, campaign)


def _promoter(press: Press) -> User:
    person = common.linked(press)
    if not access.of(person).promoter:
        raise common.Refused(_not_allowed())
    return person


def _not_allowed() -> Reply:
    found = User.objects.linked().with_identity().filter(is_promoter=True).order_by("pk")
    names = ", ".join(plain(one.name) for one in found[:MOST_NAMES])
    if not names:
        return refusal(_("**Only promoters can call the others.** Ask an admin."))
    text = _("**Only promoters can call the others.** Ask %(names)s or an admin.")
    return refusal(text % {"names": names})


def _refused(refused: actions.PromoteRefused) -> Reply:
    return refusal(common.first_sentence_bold(str(refused)))


def _of_another_day(day: str) -> Reply:
    try:
        meant = date.fromisoformat(day)
    except ValueError:
        return unknown_button()
    text = _("**That was %(day)s, it is over.** For tonight: /promote.")
    return refusal(text % {"day": long_day(meant)})


def _live(day: date) -> Campaign | None:
    found = actions.latest(day)
    return found if found and not found.dry_run else None


def _asked(person: User, at: datetime, *, available: bool, maybe: bool) -> Preview:
    try:
        return actions.preview(
            promoter=person, include_available=available, include_maybe=maybe, at=at
        )
    except actions.PromoteRefused as refused:
        raise common.Refused(_refused(refused)) from refused


def _shown(seen: Preview) -> str:
    """Counts, times and reasons; names are on the page."""
    times = ", ".join(clock.wall(slot.due_at) for slot in seen.slots)
    hear = ngettext(
        "**Call %(n)d person for %(at)s?** They hear it at %(times)s.",
        "**Call %(n)d people for %(at)s?** They hear it at %(times)s.",
        len(seen.will_hear),
    )
    at = clock.named(seen.times.start_at)
    told = [hear % {"n": len(seen.will_hear), "at": at, "times": times}]
    if seen.channels:
        told[0] += " " + ", ".join(f"{n} {one.title()}" for one, n in seen.channels.items()) + "."
    told.append(f"{phrases.in_force(seen)} {phrases.looking_and_asked(seen)}")
    if left := phrases.what_is_left(seen):
        told.append(left)
    if seen.left_out:
        told.append(_left_out(seen))
    # Whoever reads this is answered by the bot: it lives.
    ill = [one for one in soundness.parts(seen.at) if not one.fine and one.name != "bot"]
    told += [f"⚠️ {part.words}" for part in ill]
    return "\n".join(told)


def _left_out(seen: Preview) -> str:
    reasons = Counter(line.reason for line in seen.left_out)
    counted = ", ".join(f"{why} ({n})" for why, n in reasons.most_common())
    text = ngettext("%(n)d will not: %(why)s.", "%(n)d will not: %(why)s.", len(seen.left_out))
    return text % {"n": len(seen.left_out), "why": counted}


def _buttons(seen: Preview) -> Rows:
    wish = f"{seen.include_available:d}{seen.include_maybe:d}"
    verbs = [("call", _("Call them")), ("dry", _("Dry run"))]
    if settings.PROMOTION_DRY_RUN_DEFAULT:
        verbs.reverse()
    first, second = (_button(seen.day, verb, wish, label) for verb, label in verbs)
    row = [first | {"style": "primary"}, second, _button(seen.day, "not", wish, _("Not now"))]
    labels = (_("Sample of the reminder"), _("Sample of the follow-up"))
    samples = [
        _button(seen.day, "show", place, label)
        for place, label in enumerate(labels[: 1 + settings.VOICE_CHECK_ENABLED])
    ]
    return [row, [*samples, _page(_("See everyone"), "/promote/")]]


def _button(
    day: date, verb: str, what: str | int, label: str, style: str = "secondary"
) -> dict[str, str]:
    return {"id": f"promote:{day:%Y%m%d}:{verb}:{what}", "label": label, "style": style}


def _page(label: str, path: str) -> dict[str, str]:
    return {"label": label, "url": settings.FRONTEND_ORIGIN + path}


def _call(press: Press, person: User, wish: str, *, dry_run: bool) -> Reply:
    try:
        campaign = actions.promote(
            promoter=person,
            include_available=int(wish) // 10 % 10 == 1,
            include_maybe=int(wish) % 10 == 1,
            dry_run=dry_run,
            at=press.at,
            door=DOOR,
        )
    except actions.AlreadyCalled as already:
        shown = _progress(already.campaign, press.at)
        bold = common.first_sentence_bold(str(already))
        return Reply(f"{bold}\n{shown.text}", shown.rows, refused=True)
    except actions.PromoteRefused as refused:
        return _refused(refused)
    return _progress(campaign, press.at)


def _progress(campaign: Campaign, at: datetime) -> Reply:
    """Say how far a call is, and what may still be done about it."""
    found = report.of(campaign, at, named=False)
    facts = {
        "n": found.reached,
        "all": len(found.people),
        "name": plain(campaign.promoter.name),
        "at": clock.named(campaign.created_at.replace(second=0, microsecond=0)),
    }
    if campaign.dry_run:
        text = _("**A dry run, nothing is sent.** A real call would reach %(all)d.") % facts
        return Reply(text, [[_page(_("See who and how"), f"/calls/{campaign.pk}/")]])
    text = _("**%(n)d of %(all)d reached.** Called by %(name)s at %(at)s.") % facts
    return Reply(f"{text}\n{phrases.sums(found)}", _verbs(campaign, done=found.done, at=at))


def _verbs(campaign: Campaign, *, done: bool, at: datetime) -> Rows:
    row: list[dict[str, str]] = []
    number = adding.number(campaign, at)
    if number:
        label = ngettext("Add the %(n)d since", "Add the %(n)d since", number) % {"n": number}
        row.append(_button(campaign.day, "add", campaign.pk, label, "primary"))
    if post.offer(campaign, at).to_say:
        row.append(_button(campaign.day, "post", campaign.pk, _("Post it in the channel")))
    if not done:
        row.append(_button(campaign.day, "off", campaign.pk, _("Call it off"), "danger"))
    return [[*row, _page(_("See who and how"), f"/calls/{campaign.pk}/")]]


def _add(press: Press, person: User, campaign: Campaign) -> Reply:
    try:
        added = actions.add_recipients(campaign=campaign, by=person, at=press.at, door=DOOR)
    except actions.PromoteRefused as refused:
        return _refused(refused)
    shown = _progress(campaign, press.at)
    return Reply(f"**{phrases.added(added)}**\n{shown.text}", shown.rows)


def _post(press: Press, person: User, campaign: Campaign) -> Reply:
    try:
        post.say(campaign=campaign, by=person, at=press.at, door=DOOR)
    except actions.PromoteRefused as refused:
        return _refused(refused)
    shown = _progress(campaign, press.at)
    text = _("It is on its way into the channel.")
    return Reply(f"**{text}**\n{shown.text}", shown.rows)


def _sample(press: Press, person: User, what: str) -> Reply:
    if int(what) >= len(SAMPLES):
        return unknown_button()
    try:
        channel = actions.send_sample(
            promoter=person, kind=SAMPLES[int(what)], at=press.at, door=DOOR
        )
    except actions.PromoteRefused as refused:
        return _refused(refused)
    return Reply(f"**{phrases.sample_sent(channel)}**")


def _really(campaign: Campaign) -> Reply:
    text = _(
        "**Call it off?** What was sent stays sent; everything else is dropped and cannot be "
        "taken up again."
    )
    sure = _button(campaign.day, "sure", campaign.pk, _("Yes, call it off"), "danger")
    return Reply(text, [[sure, _button(campaign.day, "keep", campaign.pk, _("Let it go on"))]])


def _cancel(press: Press, person: User, campaign: Campaign) -> Reply:
    stopped = actions.cancel(campaign=campaign, by=person, at=press.at, door=DOOR)
    return Reply(common.first_sentence_bold(phrases.off(stopped)))
