"""What a press in Discord does, and what the presser reads then. Knows nothing of discord.py.

One transaction a press. Everything a button carries is looked at again: who presses, whose message
it is, which evening it means; the button's own word is never trusted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts import actions as people
from accounts.models import User
from availability import actions, queries, words
from availability.actions import AnswerRefused, NotLinked
from availability.models import Door, Status
from availability.words import Rows
from botworker import outbox
from slomix.lib import clock


@dataclass(frozen=True)
class Presser:
    """Who pressed, as Discord says."""

    discord_id: int
    username: str
    display_name: str
    avatar: str


@dataclass(frozen=True)
class Press:
    """One press: Discord's id for it, who, when; and through which door.

    On other channels `person` is known already, and `interaction_id` is nothing: whoever heard the
    press knows whether it is new.
    """

    interaction_id: int
    presser: Presser
    at: datetime
    door: str = Door.DISCORD
    person: User | None = None


@dataclass(frozen=True)
class Reply:
    """What the presser reads, and the buttons that are left. `refused`: nothing was changed."""

    text: str
    rows: Rows = field(default_factory=list)
    refused: bool = False


def refusal(text: str, label: str = "", path: str = "/") -> Reply:
    """Refuse with a sentence and, where it helps, a link to our own page."""
    link = {"label": label, "url": settings.FRONTEND_ORIGIN + path}
    return Reply(text, [[link]] if label else [], refused=True)


def unknown_button() -> Reply:
    """Answer a button that is none of ours, or one that somebody made up."""
    text = _("**This button does nothing any more.** For tonight press here.")
    return refusal(text, _("Tonight"))


def our_fault(interaction_id: int) -> Reply:
    """Say that it is our fault; the code finds the line in the log."""
    text = _(
        "**That did not work, and it is our fault.** Nothing was saved. Try again in a minute. "
        "`%(code)s`"
    )
    return Reply(text % {"code": interaction_id % 10**6}, refused=True)


def by_person(person: User, *, at: datetime, door: str) -> Press:
    """Return a press of somebody whom another channel knows; what it may do is looked at as ever."""
    who = getattr(person, "discord", None)
    presser = Presser(who.discord_id if who else 0, "", "", "")
    return Press(0, presser, at, door, person)


def on_word(press: Press, *, verb: str, evening: date) -> Reply:
    """Answer a reminder in words: what its button of the same verb does, wherever it was sent."""
    if verb not in REMINDER_VERBS:
        return unknown_button()
    day = f"{evening:%Y%m%d}"
    return _guarded(press, day, lambda person, on: REMINDER_VERBS[verb](press, person, on))


def on_post(press: Press, *, day: str, verb: str) -> Reply:
    """Answer an evening from its living post: looking, available, maybe, no, clear."""
    return _guarded(press, day, lambda person, evening: _answer(press, person, evening, verb))


def on_reminder(press: Press, *, marker: str, verb: str, day: str) -> Reply:
    """Answer from a private message; only its recipient can, and only for its own evening."""
    said = outbox.addressed(marker)
    if said is None or verb not in REMINDER_VERBS:
        return unknown_button()
    if said.recipient != outbox.recipient_of(press.presser.discord_id):
        return refusal(_("**This belongs to somebody else.** Yours is in your own messages."))
    if said.evening is None or f"{said.evening:%Y%m%d}" != day:
        return unknown_button()
    reply = _guarded(
        press, day, lambda person, evening: REMINDER_VERBS[verb](press, person, evening)
    )
    if reply.refused:
        return reply
    return Reply(f"{said.body}\n\n{reply.text}", reply.rows)


def _guarded(press: Press, day: str, verb: Callable[[User, date], Reply]) -> Reply:
    evening = _evening(day)
    if evening is None:
        return unknown_button()
    if evening < clock.today(press.at):
        text = _("**That was %(day)s, it is over.** For tonight press here.")
        return refusal(text % {"day": words.long_day(evening)}, _("Tonight"))
    try:
        with transaction.atomic():
            return _once(press, evening, verb)
    except NotLinked:
        text = _("**First tell us who you are in the game.** It takes a minute.")
        return refusal(text, _("Link my player"), "/link/")
    except AnswerRefused as refused:
        return refusal(str(refused))


def _once(press: Press, evening: date, verb: Callable[[User, date], Reply]) -> Reply:
    person = press.person or _met(press)
    if not access.of(person).linked:
        raise NotLinked("person", "")
    if not press.person and not outbox.first_time(press.interaction_id, press.at):
        return _already(person, evening)
    return verb(person, evening)


def _met(press: Press) -> User:
    who = press.presser
    return people.meet(
        discord_id=who.discord_id,
        username=who.username,
        display_name=who.display_name,
        avatar=who.avatar,
        at=press.at,
    )


def _already(person: User, evening: date) -> Reply:
    entry = queries.answer_of(person.pk, evening)
    label = Status(entry.status).label if entry else _("no answer")
    return refusal(_("**Already so: %(status)s.** Nothing changed.") % {"status": label})


def _evening(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def _answer(press: Press, person: User, day: date, verb: str) -> Reply:
    if verb == "clear":
        actions.clear(person=person, day=day, at=press.at, door=press.door)
        return Reply(_("**Your answer for %(day)s is cleared.**") % {"day": words.long_day(day)})
    if verb not in words.VERBS:
        return unknown_button()
    before = queries.answer_of(person.pk, day)
    status = words.VERBS[verb]
    if before and before.status == status and not before.standing:
        return _already(person, day)
    actions.answer(person=person, day=day, status=status, at=press.at, door=press.door)
    text = _("**Your answer for %(day)s: %(status)s.** Press another to change it.")
    return Reply(text % {"day": words.long_day(day), "status": Status(status).label})


def _in(press: Press, person: User, day: date) -> Reply:
    actions.answer(person=person, day=day, status=Status.LOOKING, at=press.at, door=press.door)
    _give_time(press, person, day)
    text = _("**You are in for %(at)s.** See you in voice.") % {"at": _start(day)}
    return Reply(text, _buttons(day, no=_("Can’t make it after all")))


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
    entry = queries.answer_of(person.pk, day)
    status = Status(entry.status).label if entry else _("no answer")
    text = _(
        "**No more reminders tonight.** Your answer stays %(status)s; other evenings are as before."
    )
    return Reply(text % {"status": status}, _buttons(day, resume=_("Remind me again")))


def _resume(press: Press, person: User, day: date) -> Reply:
    actions.resume_reminders(person=person, day=day, at=press.at)
    return Reply(_("**Reminders are on again tonight.**"), _buttons(day, stop=_("Not tonight")))


REMINDER_VERBS: dict[str, Callable[[Press, User, date], Reply]] = {
    "in": _in,
    "late": _late,
    "no": _no,
    "stop": _stop,
    "resume": _resume,
}


def _start(day: date) -> str:
    return clock.named(queries.times(day).start_at)


def _buttons(day: date, **labels: str) -> Rows:
    return [
        [
            {"id": words.reminder_id(day, verb), "label": label, "style": "secondary"}
            for verb, label in labels.items()
        ]
    ]
