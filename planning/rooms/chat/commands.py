"""What /plan and /teams answer, and the buttons below them. Knows nothing of discord.py."""

from django.utils.translation import gettext as _

from accounts.models import User
from availability.commands import common
from availability.models import Status
from availability.presses import Press, Reply
from planning.rooms import actions, fairness, measure, page_words, reading, tally
from planning.rooms.actions import lineups, opening
from planning.rooms.actions import teams as verbs
from planning.rooms.chat import even, phrases, post, presses, trouble
from planning.rooms.models import Room, Side
from planning.rooms.reading import State
from slomix.lib import clock


def plan(press: Press) -> Reply:
    """Open tonight's room where enough are looking, or show the one that is there."""
    person = common.linked(press)
    try:
        actions.open_room(person=person, at=press.at, door=press.door)
    except actions.Refused as refused:
        return presses.said_no(refused)
    state = reading.of(clock.today(press.at), viewer_id=person.pk)
    assert state.room is not None
    told = [
        _("**The planning room is open.**"),
        page_words.here(state.committed_count, state.standby_count),
        _thread(state.room),
    ]
    return Reply(" ".join(one for one in told if one), _plan_rows(state, person))


def _thread(room: Room) -> str:
    if room.thread_id:
        # Discord shows it as a link, and nobody is pinged.
        return _("Thread: %(thread)s.") % {"thread": f"<#{room.thread_id}>"}
    if room.thread_trouble:
        return _("Its thread is not there: %(why)s.") % {"why": trouble.said(room.thread_trouble)}
    return ""


def _plan_rows(state: State, person: User) -> phrases.Rows:
    assert state.room is not None
    day = phrases.day_number(state.room.day)
    said = next((one.status for one in state.day.named(*Status.values) if one.person == person), "")
    way = ("out", _("Step out")) if said in opening.STAYS else ("in", _("Step in"))
    row = [phrases.button(phrases.button_id(way[0], day, marked=False), way[1])]
    if not state.quorum.ready:
        more = phrases.button_id("more", day, marked=False)
        row.append(phrases.button(more, _("Need more")))
    return [row, [phrases.page()]]


def teams(press: Press) -> Reply:
    """Show tonight's teams; whoever may change them gets a button that balances them."""
    person = common.linked(press)
    state = reading.of(clock.today(press.at), viewer_id=person.pk)
    if state.room is None:
        return presses.said_no(actions.NoRoom(_("There is no planning room yet. Open it first.")))
    return Reply(_teams(state), _teams_rows(state, person))


def balance(press: Press, *, number: str) -> Reply:
    """Balance tonight's teams anew; `number` is the evening and the line-up that was seen."""
    if other_day := presses.not_tonight(press, number[:8]):
        return other_day
    person, token = common.linked(press), int(number[8:] or 0)
    try:
        verbs.balance(person=person, token=token, seed=None, at=press.at, door=press.door)
    except actions.Refused as refused:
        return presses.said_no(refused)
    return teams(press)


def _teams(state: State) -> str:
    sides = post.present(state)
    if not any(sides):
        return _("**There are no teams yet.**")
    found = measure.standing(even.players(state.day), *([p.pk for p in side] for side in sides))
    called = tally.winners(state.names)
    lines = [
        f"**{phrases.heading(side, name, measure.points(total))}**\n{phrases.named(inside) or '–'}"
        for side, name, total, inside in zip(Side.values, called, found.sums, sides, strict=True)
    ]
    if all(sides):
        lines.append(fairness.apart(found))
    return "\n".join(lines)


def _teams_rows(state: State, person: User) -> phrases.Rows:
    assert state.room is not None
    rows: phrases.Rows = [[phrases.page()]]
    if lineups.edits(person, state.room):
        token = state.lineup.number if state.lineup else 0
        label = _("Balance again") if state.lineup else _("Balance the teams")
        number = f"{phrases.day_number(state.room.day)}{token:05}"
        again = phrases.button_id("balance", number, marked=False)
        rows[0].insert(0, phrases.button(again, label, "primary"))
    return rows
