"""One evening by command: /avail, /avail_clear, /tonight, /queue."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts.limits import Limit
from accounts.models import User
from availability import actions, queries, words
from availability.board import Day
from availability.commands import common, days
from availability.models import Door, Entry
from availability.presses import Press, Reply
from botworker import outbox
from botworker.plain import plain
from slomix.lib import clock

# As the first Slomix had it.
ANSWERS = Limit("discord_answers", 2, timedelta(seconds=15))
# Discord takes 2000 characters; a name of nothing but markup is twice as long with its escapes.
LONGEST_LIST = 1700


def answer(press: Press, *, day: str, status: str, from_time: str = "") -> Reply:
    """Answer an evening; the day and the time as people write them."""
    person = common.linked(press)
    return say(press, person, days.read(press, day), status, days.read_time(from_time))


def say(
    press: Press,
    person: User,
    day: date,
    status: str,
    come_at: time | None = None,
    *,
    late: bool = False,
) -> Reply:
    """Answer an evening for somebody who is linked, and say what now holds."""
    before = queries.answer_of(person.pk, day)
    common.limit(ANSWERS, press, before, about=True)
    with transaction.atomic():
        if outbox.first_time(press.interaction_id, press.at):
            actions.answer(
                person=person,
                day=day,
                status=status,
                at=press.at,
                door=Door.DISCORD,
                late=late,
                come_at=come_at,
            )
    entry = queries.answer_of(person.pk, day)
    if before and entry and _same(before, entry):
        text = _("**Already so: %(status)s.** Nothing changed.") % {"status": common.said(entry)}
    else:
        text = _("**Your answer for %(day)s: %(status)s.** Press another to change it.")
        text %= {"day": words.long_day(day), "status": common.said(entry)}
    return Reply(text, common.buttons(day))


def _same(before: Entry, after: Entry) -> bool:
    return (before.status, before.door, before.late_until) == (
        after.status,
        after.door,
        after.late_until,
    )


def clear(press: Press, *, day: str) -> Reply:
    """Take the answer for an evening back."""
    return take_back(press, common.linked(press), days.read(press, day))


def take_back(press: Press, person: User, day: date) -> Reply:
    """Take an answer back for somebody who is linked, and say what holds without it."""
    common.limit(ANSWERS, press, queries.answer_of(person.pk, day), about=True)
    gone = actions.clear(person=person, day=day, at=press.at, door=Door.DISCORD)
    facts = {"day": words.long_day(day)}
    if gone:
        told = [_("**Your answer for %(day)s is cleared.**") % facts]
    else:
        told = [_("**There was no answer for %(day)s.**") % facts]
    if usual := queries.answer_of(person.pk, day):
        told.append(_("What holds: %(status)s.") % {"status": common.said(usual)})
    return Reply(" ".join(told), common.buttons(day))


def tonight(press: Press) -> Reply:
    """Say what holds tonight: one's own answer, the counts, how many are missing."""
    person = common.meet(press)
    today = clock.today(press.at)
    here = queries.days(today, today, viewer=person)[today]
    numbers = common.counted(here.counts.looking, here.counts.could_come)
    facts = {"at": common.start_of(press.at), "status": common.said(here.mine)}
    if not access.of(person).linked:
        text = _("**Tonight, %(at)s.**") % facts
        return Reply(f"{text} {numbers}\n{common.not_linked().text}", common.not_linked().rows)
    text = _("**Tonight, %(at)s: %(status)s.**") % facts
    return Reply(f"{text} {numbers}", common.buttons(today))


def status(press: Press, person: User) -> Reply:
    """Say what somebody answered for tonight and tomorrow."""
    today = clock.today(press.at)
    tomorrow = today + timedelta(days=1)
    found = queries.days(today, tomorrow, viewer=person)
    counts = found[today].counts
    facts = {
        "at": common.start_of(press.at),
        "status": common.said(found[today].mine),
        "tomorrow": common.said(found[tomorrow].mine),
    }
    text = _("**Tonight, %(at)s: %(status)s. Tomorrow: %(tomorrow)s.**") % facts
    return Reply(
        f"{text} {common.counted(counts.looking, counts.could_come)}", common.buttons(today)
    )


def queue(press: Press) -> Reply:
    """Show tonight's queue: names to whoever has a player, else how many."""
    person = common.meet(press)
    today = clock.today(press.at)
    here = queries.days(today, today, viewer=person)[today]
    number = here.counts.looking
    if number == 0:
        text = _("**Queue is empty.** Somebody has to be first: /avail today Looking.")
        return Reply(text, common.buttons(today) if access.of(person).linked else [])
    if not access.of(person).linked:
        numbers = common.counted(number, here.counts.could_come)
        text = _("**%(counts)s** Names are for players: first tell us who you are in the game.")
        return Reply(text % {"counts": numbers}, common.not_linked().rows)
    title = _("**Queue for %(at)s: %(n)d.**") % {"at": common.start_of(press.at), "n": number}
    return Reply("\n".join([title, *_lines(here, press.at)]))


def _lines(here: Day, at: datetime) -> list[str]:
    lines: list[str] = []
    for place, entry in enumerate(here.looking[: words.MOST_NAMES], start=1):
        line = f"{place}. {_line(entry, at)}"
        if sum(map(len, lines)) + len(line) > LONGEST_LIST:
            break
        lines.append(line)
    rest = len(here.looking) - len(lines)
    if rest:
        lines.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
    return lines


def _line(entry: Entry, at: datetime) -> str:
    facts = {"name": plain(entry.person.name), "since": _moment(entry.since, at)}
    if entry.late_until is None:
        return _("%(name)s, since %(since)s") % facts
    facts["from"] = clock.named(entry.late_until)
    return _("%(name)s, from %(from)s, since %(since)s") % facts


def _moment(then: datetime, at: datetime) -> str:
    day = clock.today(then)
    return clock.wall(then.replace(second=0)) if day == clock.today(at) else words.long_day(day)


def undo(press: Press, person: User, day: date | None) -> Reply:
    """Take somebody's last change back."""
    common.limit(ANSWERS, press, about=False)
    undone = actions.undo(person=person, at=press.at, door=Door.DISCORD, day=day)
    text = _("**Your answer for %(day)s is as before: %(status)s.**")
    facts = {"day": words.long_day(undone.day), "status": common.said(undone.entry)}
    return Reply(text % facts, common.buttons(undone.day))


def remind(press: Press, person: User, day: date, *, on: bool) -> Reply:
    """Remind somebody of one evening again, or no more; their answer stays."""
    facts = {"day": words.long_day(day)}
    if on:
        actions.resume_reminders(person=person, day=day, at=press.at)
        return Reply(_("**Reminders are on again for %(day)s.**") % facts)
    actions.stop_reminders(person=person, day=day, at=press.at)
    facts["status"] = common.said(queries.answer_of(person.pk, day))
    text = _(
        "**No more reminders for %(day)s.** Your answer stays %(status)s; other evenings are as "
        "before."
    )
    return Reply(text % facts)
