"""One evening by command: /avail, /avail_clear, /tonight, /queue."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts.limits import Limit
from accounts.models import User
from availability import actions, phrases, presses, queries, words
from availability.board import Day
from availability.commands import common, days, question
from availability.models import Door, Entry, Status
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
    said = say(press, person, days.read(press, day), status, days.read_time(from_time))
    return question.below(press, said)


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
    today, before = clock.today(press.at), queries.answer_of(person.pk, day)
    common.limit(ANSWERS, press, before, about=True)
    planned = outbox.planned_for(person, day)
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
    if entry is None:  # the same message twice, and the answer was taken back in between
        return Reply(phrases.cleared(day, today, cleared=False, left=None), common.buttons(day))
    if phrases.same(before, entry):
        return Reply(phrases.already(entry), common.buttons(day))
    told = [phrases.answered(day, today, entry)]
    if entry.status == Status.NOT_PLAYING and planned:
        told.append(phrases.withdrawn(planned))
    told.append(_("Press another to change it."))
    return Reply(" ".join(told), common.buttons(day))


def clear(press: Press, *, day: str) -> Reply:
    """Take the answer for an evening back."""
    return take_back(press, common.linked(press), days.read(press, day))


def take_back(press: Press, person: User, day: date) -> Reply:
    """Take an answer back for somebody who is linked, and say what holds without it."""
    common.limit(ANSWERS, press, queries.answer_of(person.pk, day), about=True)
    gone = actions.clear(person=person, day=day, at=press.at, door=Door.DISCORD)
    left = queries.answer_of(person.pk, day)
    usual = queries.is_usual(person.pk, day)
    told = phrases.cleared(day, clock.today(press.at), cleared=gone, left=left, usual=usual)
    return Reply(told, common.buttons(day))


def tonight(press: Press) -> Reply:
    """Say what holds tonight: one's own answer, the counts, how many are missing."""
    person = common.meet(press)
    today = clock.today(press.at)
    here = queries.days(today, today, viewer=person)[today]
    numbers = common.counted(here.counts.looking, here.counts.could_come)
    if access.of(person).linked:
        return Reply(f"{phrases.holds(today, today, here.mine)} {numbers}", common.buttons(today))
    text = _("**Tonight, %(at)s.**") % {"at": common.start_of(press.at)}
    way_in = common.not_linked()
    return Reply(f"{text} {numbers}\n{way_in.text}", way_in.rows)


def status(press: Press, person: User, day: date | None = None) -> Reply:
    """Say what somebody answered for a day, or for tonight and tomorrow."""
    today = clock.today(press.at)
    first, last = (day, day) if day else (today, today + timedelta(days=1))
    found = queries.days(first, last, viewer=person)
    told = [phrases.holds(first, today, found[first].mine)]
    if day is None:
        told.append(phrases.holds_tomorrow(found[last].mine))
    counts = found[first].counts
    told.append(common.counted(counts.looking, counts.could_come))
    return Reply(" ".join(told), common.buttons(first))


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
    today = clock.today(press.at)
    if undone.entry is None:
        told = phrases.cleared(undone.day, today, cleared=True, left=None)
    else:
        told = phrases.answered(undone.day, today, undone.entry)
    return Reply(told, common.buttons(undone.day))


def as_pressed(press: Press, person: User, day: date, verb: str) -> Reply:
    """Do in words what a reminder's button does: in, late, no, stop, resume."""
    if verb in ("in", "late", "no"):
        common.limit(ANSWERS, press, queries.answer_of(person.pk, day), about=True)
    reply = presses.on_word(press, verb=verb, evening=day)
    # Its own buttons belong below a reminder, whose marker they carry.
    return reply if reply.refused else Reply(reply.text, common.buttons(day))
