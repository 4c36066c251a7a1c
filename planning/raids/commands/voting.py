"""Votes by the lists below a raid, and one slot left or taken again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from availability.presses import Press, Reply, met
from planning.raids import actions, queries, words
from planning.raids.actions.voting import Mine
from planning.raids.commands.common import Where, button, by_id
from planning.raids.models import Raid
from planning.raids.posts import phrases
from slomix.lib import clock

MOST_LETTERS = 700


def choose(press: Press, where: Where, *, raid: str, kind: str, chosen: Sequence[str]) -> Reply:
    """Tick what is not ticked and untick what is; say what somebody has voted for now."""
    mine = actions.tick(
        raid_id=int(raid),
        guild_id=where.guild_id,
        person=met(press),
        kind=kind,
        numbers=[int(one) for one in chosen if one.isdecimal()],
        at=press.at,
        interaction_id=press.interaction_id,
    )
    return Reply(voted(mine))


def voted(mine: Mine) -> str:
    """“Your days: Fri. Your times: 20:00. Choose again to change it.”"""
    days, times = _said(mine.days), _said(mine.times)
    if mine.counts:
        text = _("**Your days: %(days)s. Your times: %(times)s.** Choose again to change it.")
        return text % {"days": days, "times": times}
    if mine.days:
        text = _("**Your days: %(days)s.** Now choose times, too, then you count.")
        return text % {"days": days}
    if mine.times:
        text = _("**Your times: %(times)s.** Now choose days, too, then you count.")
        return text % {"times": times}
    return _("**You have no vote in this raid.** Choose again to change it.")


def _said(labels: Sequence[str]) -> str:
    shown = [phrases.label(one) for one in labels]
    said = phrases.cut(shown, between=", ", most=25, letters=MOST_LETTERS)
    # “Fri 27.11.” ends the sentence by itself.
    return said.removesuffix(".")


def leave(press: Press, where: Where, *, raid: str, day: str, time: str) -> Reply:
    """Take whoever presses out of one slot; their others stay."""
    found = by_id(where, raid)
    about = {"raid_id": found.pk, "day_id": int(day), "time_id": int(time)}
    left = actions.leave_slot(**about, person=met(press), at=press.at)
    if not left:
        return Reply(_("**You are not in this slot.** Nothing changed."), refused=True)
    text = _("**You are out of %(slot)s.** Your other slots stay.")
    back = button(found, f"back:{day}:{time}", _("I can come after all"))
    return Reply(text % {"slot": _slot(found, int(day), int(time))}, [[back]])


def rejoin(press: Press, where: Where, *, raid: str, day: str, time: str) -> Reply:
    """Put whoever presses into one slot, with the votes that it takes."""
    found = by_id(where, raid)
    about = {"raid_id": found.pk, "day_id": int(day), "time_id": int(time)}
    new = actions.rejoin_slot(**about, person=met(press), at=press.at)
    if new:
        text = _("**You are in %(slot)s, again.**")
    else:
        text = _("**You are in %(slot)s.** Nothing changed.")
    out = button(found, f"out:{day}:{time}", _("Can’t make it"))
    return Reply(text % {"slot": _slot(found, int(day), int(time))}, [[out]])


def _slot(raid: Raid, day: int, time: int) -> str:
    slot = queries.board(raid, names=False).slot(day, time)
    assert slot is not None  # the verb looked
    at = words.slot_time(slot, raid.guild.zone)
    return f"{words.slot_day(slot)}, {at}"


def mine(press: Press, where: Where, *, guild: str) -> Reply:
    """Say in which slots somebody is, over all of a server's open raids."""
    person = met(press)
    raids = list(queries.raids().open().filter(guild=int(guild)))
    boards = queries.boards(raids)
    found = [
        (slot.starts_at or clock.now(), raid, slot)
        for raid in raids
        for slot in boards[raid.pk].standing
        if person.pk in slot.members
    ]
    if not found:
        return Reply(_("**You are in no slot yet.** Vote in a raid, and it stands here."))
    lines = [
        f"#{raid.display_id} {words.name_of(raid)}: {words.slot_day(slot)}, "
        f"{words.slot_time(slot, raid.guild.zone)}{phrases.moment(slot.starts_at)}"
        for _at, raid, slot in sorted(found, key=lambda one: (one[0], one[1].pk))
    ]
    said = phrases.cut(lines, between="\n", most=25, letters=1700)
    return Reply(_("**Your slots:**") + f"\n{said}")
