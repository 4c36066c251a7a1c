"""What each button does, and what the presser reads then: what now holds, and how to change it.

One function a verb: who presses, for which evening. Who may press what is looked at in `presses`.
"""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import actions as people
from accounts.actions import handles, wishes
from accounts.models import User
from availability import actions, phrases, prompt_words, queries, way_back, words
from availability.models import Door, Entry, Status
from availability.replies import Press, Reply, refusal, unknown_button
from availability.words import Rows
from botworker import outbox, told, voice_name
from slomix.lib import clock, dates

Verb = Callable[[Press, User, date], Reply]


def already(person: User, day: date) -> Reply:
    """Say that nothing changed, and which answer holds."""
    return refusal(
        _("**Already so: %(status)s.** Nothing changed.") % {"status": _held(person, day)}
    )


def on_evening(press: Press, person: User, day: date, verb: str) -> Reply:
    """Do what a button of the living post asks for; its answer has no buttons."""
    if verb != "clear":
        return (
            _status(press, person, day, words.VERBS[verb])
            if verb in words.VERBS
            else unknown_button()
        )
    cleared = actions.clear(person=person, day=day, at=press.at, door=press.door)
    left = queries.answer_of(person.pk, day)
    usual = queries.is_usual(person.pk, day)
    return Reply(
        phrases.cleared(day, clock.today(press.at), cleared=cleared, left=left, usual=usual)
    )


def _status(press: Press, person: User, day: date, status: str) -> Reply:
    before = queries.answer_of(person.pk, day)
    after = actions.answer(person=person, day=day, status=status, at=press.at, door=press.door)
    if phrases.same(before, after):
        return already(person, day)
    text = _("**Your answer for %(day)s: %(status)s.** Press another to change it.")
    return Reply(text % {"day": dates.about(day), "status": Status(status).label})


def _said(status: str) -> Verb:
    """Answer an evening from a private message; the four stay below it."""

    def answered(press: Press, person: User, day: date) -> Reply:
        reply = _status(press, person, day, status)
        if reply.refused:
            return reply
        return Reply(reply.text, prompt_words.status_row(day, queries.answer_of(person.pk, day)))

    return answered


def _in(press: Press, person: User, day: date) -> Reply:
    actions.answer(person=person, day=day, status=Status.LOOKING, at=press.at, door=press.door)
    _give_time(press, person, day)
    facts = {"at": _start(day), "channel": voice_name.known()}
    text = _("**You are in for %(at)s.** See you in voice.")
    if facts["channel"]:
        text = _("**You are in for %(at)s.** See you in %(channel)s.")
    return Reply(text % facts, _buttons(day, no=_("Can’t make it after all")))


def _give_time(press: Press, person: User, day: date) -> None:
    """Whoever said that they come is not asked at once why they are not there."""
    until = queries.times(day).start_at + settings.VOICE_CHECK_GRACE
    outbox.postpone(person, day, until, at=press.at)


def _late(press: Press, person: User, day: date) -> Reply:
    actions.answer(
        person=person,
        day=day,
        status=Status.LOOKING,
        at=press.at,
        door=press.door,
        late=True,
    )
    _give_time(press, person, day)
    at = clock.named(queries.times(day).start_at + actions.LATE)
    text = _("**You are in, at about %(at)s.** Your place is kept; we ask nothing before that.")
    left = {"in": _("I’m on time after all"), "no": _("Can’t make it")}
    return Reply(text % {"at": at}, _buttons(day, **left))


def _no(press: Press, person: User, day: date) -> Reply:
    before = outbox.planned_for(person, day)
    actions.answer(person=person, day=day, status=Status.NOT_PLAYING, at=press.at, door=press.door)
    said = [_("**You are not playing tonight.**")]
    if before:
        counted = ngettext("%(n)d reminder is cancelled.", "%(n)d reminders are cancelled.", before)
        said.append(counted % {"n": before})
    said.append(_("Thanks for telling us."))
    return Reply(" ".join(said), _buttons(day, **{"in": _("I can come after all")}))


def _stop(press: Press, person: User, day: date) -> Reply:
    actions.stop_reminders(person=person, day=day, at=press.at)
    text = _(
        "**No more reminders tonight.** Your answer stays %(status)s; other evenings are as before."
    )
    left = _buttons(day, resume=_("Remind me again"), forever=_("Stop for good"))
    return Reply(text % {"status": _held(person, day)}, left)


def _resume(press: Press, person: User, day: date) -> Reply:
    actions.resume_reminders(person=person, day=day, at=press.at)
    text = _("**Reminders are on again tonight.**")
    if following := told.next_at(person, day, press.at):
        text += " " + _("Next: %(at)s.") % {"at": clock.named(following)}
    return Reply(text, _buttons(day, stop=_("Not tonight")))


def _leave(press: Press, person: User, day: date) -> Reply:
    text = _("**Your answer for tonight stays %(status)s.** We won’t ask again tonight.")
    left = _buttons(day, **{"in": _("I’m in")})
    return Reply(text % {"status": _held(person, day)}, left)


def _no_daily(press: Press, person: User, day: date) -> Reply:
    people.set_preferences(person=person, at=press.at, door=press.door, allow_daily_prompt=False)
    text = _("**The daily question is off.** Back on under *You* on the site.")
    return Reply(text, _buttons(day, daily=_("Ask me again")))


def _daily(press: Press, person: User, day: date) -> Reply:
    people.set_preferences(person=person, at=press.at, door=press.door, allow_daily_prompt=True)
    following = clock.instant(clock.today(press.at), settings.DAILY_REMINDER_TIME)
    text = _("**The daily question is on, at %(at)s.**") % {"at": clock.named(following)}
    return Reply(text, _buttons(day, nodaily=_("Stop asking me daily")))


def _forever(press: Press, person: User, day: date) -> Reply:
    before = wishes.preferences_of(person)
    page = {"label": _("You"), "url": f"{settings.FRONTEND_ORIGIN}/you/"}
    if not handles.stop(person=person, channel=press.door, at=press.at):
        return Reply(_("**Nothing is sent to you.** So nothing to stop."), [[page]])
    text = _(
        "**No more messages anywhere, from now on.** Also not tonight. Your answers stay. "
        "Back: *You* on the site."
    )
    # Elsewhere START brings everything back.
    undo = [way_back.button(before, [], press.at)] if press.door == Door.DISCORD else []
    return Reply(text, [[*undo, page]])


REMINDER_VERBS: dict[str, Verb] = {
    "in": _in,
    "late": _late,
    "no": _no,
    "stop": _stop,
    "resume": _resume,
    "leave": _leave,
    **{verb: _said(status) for verb, status in prompt_words.STATUS_VERBS.items()},
}
# They are about messages and not about an evening: none of them is ever too late.
WISH_VERBS: dict[str, Verb] = {"nodaily": _no_daily, "daily": _daily, "forever": _forever}


def _held(person: User, day: date) -> str:
    entry: Entry | None = queries.answer_of(person.pk, day)
    return str(Status(entry.status).label) if entry else _("no answer")


def _start(day: date) -> str:
    return clock.named(queries.times(day).start_at)


def _buttons(day: date, **labels: str) -> Rows:
    return [
        [
            {"id": words.reminder_id(day, verb), "label": label, "style": "secondary"}
            for verb, label in labels.items()
        ]
    ]
