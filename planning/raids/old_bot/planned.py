"""The raids that are open in the old bot: their days, times and votes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import Guild
from planning.raids import labels, moments, reminders
from planning.raids.actions import common
from planning.raids.errors import BadInput
from planning.raids.models import Kind, Option, Raid, Vote
from planning.raids.models.raid import LONGEST_LABEL, MOST_OPTIONS
from planning.raids.old_bot.cells import discord_id, display_id, instant, text, whole
from planning.raids.old_bot.load import Load, in_order
from planning.raids.old_bot.numbers import Numbers
from planning.raids.old_bot.reading import Rows

# A day or a time by its kind and its label without case.
Key = tuple[str, str]


@dataclass
class Wanted:
    """One raid as the old bot has it, in our terms."""

    row: dict[str, Any]
    guild: Guild
    created_at: datetime
    # By what they are looked for: the labels as they were written.
    options: dict[Key, str] = field(default_factory=dict)
    # By the same, who voted and when.
    votes: dict[Key, dict[int, datetime]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.guild.discord_id}:raid:{whole(self.row.get('id'))}"

    def option(self, key: Key, position: int) -> Option:
        """Return a day or time, not stored yet; what it says was said on the day it was written."""
        kind, folded = key
        label = self.options[key]
        today = self.created_at.astimezone(self.guild.zone).date()
        return Option(
            kind=kind,
            label=label,
            folded=folded,
            position=position,
            date=moments.date_of(label, today=today) if kind == Kind.DAY else None,
            wall=moments.wall_of(label) if kind == Kind.TIME else None,
        )


def bring(load: Load, numbers: dict[int, Numbers]) -> set[int]:
    """Add the raids that are not here, and follow the votes of those that nobody went on with here.

    Returns the servers, by our number, on which something changed.
    """
    changed = set()
    for wanted in _wanted(load):
        known = load.brought.get(wanted.key)
        if known is None:
            if _make(wanted, load, numbers[wanted.guild.pk]):
                changed.add(wanted.guild.pk)
        elif known.raid is None or not known.raid.is_open or known.raid.last_activity_at > known.at:
            load.report.count("raids that went on here, left as they are")
        elif _follow(known.raid, wanted, load):
            changed.add(wanted.guild.pk)
    return changed


def still_open(load: Load) -> set[str]:
    """Return what the raids that are open in the old bot are remembered by."""
    rows = [row for row in load.old["raids"] if _is_open(row)]
    return {f"{discord_id(row.get('guild_id'))}:raid:{whole(row.get('id'))}" for row in rows}


def _is_open(row: dict[str, Any]) -> bool:
    return str(row.get("status") or "open") == "open"


def _wanted(load: Load) -> Iterator[Wanted]:
    options, votes = (_by_raid(load.old[table]) for table in ("raid_options", "raid_votes"))
    rows = in_order(load.old["raids"])
    for row in load.each("raids", rows):
        number, guild = whole(row.get("id")), load.guild(row.get("guild_id"))
        mine = options.pop(number, []), votes.pop(number, [])
        what = f"raid {text(row.get('id'), 20)} of server {text(row.get('guild_id'), 40)}"
        if guild is None or number is None:
            load.report.skip(what, "its server or its number cannot be read")
        elif not _is_open(row):
            load.report.skip(what, f"is {text(row.get('status'), 20)}; only who was there is kept")
        elif found := _read(row, guild, mine, what, load):
            yield found
    load.report.count("days and times of no raid", sum(len(some) for some in options.values()))
    load.report.count("votes in no raid", sum(len(some) for some in votes.values()))


def _by_raid(rows: Rows) -> dict[int | None, Rows]:
    found: dict[int | None, Rows] = {}
    for row in in_order(rows):
        found.setdefault(whole(row.get("raid_id")), []).append(row)
    return found


def _read(
    row: dict[str, Any], guild: Guild, mine: tuple[Rows, Rows], what: str, load: Load
) -> Wanted | None:
    created_at = min(instant(row.get("created_at")) or load.at, load.at)
    wanted = Wanted(row, guild, created_at)
    for one in mine[0]:
        _read_option(one, wanted, what, load)
    if {kind for kind, _folded in wanted.options} != {Kind.DAY, Kind.TIME}:
        load.report.skip(what, "has no day or no time to vote on")
        return None
    for one in mine[1]:
        _read_vote(one, wanted, what, load)
    return wanted


def _key(kind: object, label: object) -> tuple[Key, str]:
    shown = text(label, LONGEST_LABEL)
    return (str(kind).strip().casefold(), labels.fold(shown)), shown


def _read_option(one: dict[str, Any], wanted: Wanted, what: str, load: Load) -> None:
    key, label = _key(one.get("kind"), one.get("label"))
    if key[0] not in Kind.values or not label:
        load.report.skip(
            f"{text(one.get('kind'), 20)} of {what}", "is no day and no time, or empty"
        )
    elif key in wanted.options:
        load.report.count("days and times that differed in case alone, now one")
    elif sum(kind == key[0] for kind, _folded in wanted.options) >= MOST_OPTIONS:
        load.report.skip(f"“{label}” of {what}", f"a vote holds {MOST_OPTIONS}")
    else:
        wanted.options[key] = label


def _read_vote(one: dict[str, Any], wanted: Wanted, what: str, load: Load) -> None:
    key, label = _key(one.get("kind"), one.get("option_label"))
    person = load.person(one.get("user_id"))
    if key not in wanted.options:
        load.report.skip(f"vote for “{label}” of {what}", "there is no such choice")
    elif person is None:
        load.report.count("votes of people who are not here")
    else:
        voted = wanted.votes.setdefault(key, {})
        at = instant(one.get("created_at")) or wanted.created_at
        voted.setdefault(person, min(at, load.at))


def _make(wanted: Wanted, load: Load, numbers: Numbers) -> bool:
    row, guild = wanted.row, wanted.guild
    name = text(row.get("dungeon"), 100)
    dungeon = load.dungeons.get(labels.fold(name))
    old = display_id(row.get("display_id"))
    what = f"raid {row.get('id')} of server {guild.discord_id}"
    # Where votes belong now, and not where they did as it was made.
    channel = numbers.settings.planner_channel_id or discord_id(row.get("channel_id"))
    if channel is None:
        load.report.skip(what, "there is no channel for its vote")
        return False
    number = numbers.take(old)
    raid = Raid.objects.create(
        guild=guild,
        display_id=number,
        channel_id=channel,
        creator_id=load.person(row.get("creator_id")),
        dungeon=dungeon,
        dungeon_name=dungeon.name if dungeon else name or "?",
        min_players=_minimum(row, what, load),
        created_at=wanted.created_at,
        # A raid without dates has a week from now on, and not from a day that is over.
        last_activity_at=load.at,
    )
    options = [wanted.option(key, place) for place, key in enumerate(wanted.options)]
    _store(raid, options, wanted, load)
    load.note(wanted.key, guild=guild, raid=raid)
    load.report.count("raids added")
    if number != old:
        why = f"#{old} is taken" if old else "it had no number"
        load.report.count("raids with a new number")
        load.report.behind.append(f"  {what} is #{number} now: {why}")
    if role := discord_id(row.get("temp_role_id")):
        load.report.behind.append(f"  role {role} of {what} stays behind: delete it by hand")
    return True


def _minimum(row: dict[str, Any], what: str, load: Load) -> int:
    said = row.get("min_players")
    try:
        # 4 is what the old column had where nothing was said.
        return labels.minimum(4 if said is None else said)
    except BadInput as wrong:
        load.report.skip(f"minimum of {what}", str(wrong))
        return 0


def _store(raid: Raid, options: list[Option], wanted: Wanted, load: Load) -> int:
    """Add options that are new, and write the votes as they are there; returns how many changed."""
    for option in options:
        option.raid = raid
    Option.objects.bulk_create(options)
    known = {(one.kind, one.folded): one.pk for one in Option.objects.filter(raid=raid)}
    there = Vote.objects.filter(option__raid=raid, person__isnull=False)
    mine = set(there.values_list("option", "person"))
    votes = {
        (known[key], person): at
        for key, voted in wanted.votes.items()
        for person, at in voted.items()
    }
    new = [
        Vote(option_id=option, person_id=person, at=at)
        for (option, person), at in votes.items()
        if (option, person) not in mine
    ]
    Vote.objects.bulk_create(new)
    # Who is not known there can have taken nothing back there.
    known_there = set(load.people.values())
    gone = {one for one in mine - set(votes) if one[1] in known_there}
    for number, person in gone:
        Vote.objects.filter(option=number, person=person).delete()
    load.report.count("votes added", len(new))
    load.report.count("votes taken back", len(gone))
    done = len(options) + len(new) + len(gone)
    if done:
        reminders.settle(raid, at=load.at)
    return done


def _follow(raid: Raid, wanted: Wanted, load: Load) -> bool:
    """Bring what was voted there since; True where something was."""
    load.report.count("raids here already")
    there = set(Option.objects.filter(raid=raid).values_list("kind", "folded"))
    new = [key for key in wanted.options if key not in there]
    options = [wanted.option(key, len(there) + place) for place, key in enumerate(new)]
    if not _store(raid, options, wanted, load):
        return False
    # No `at`: nobody did anything about it here, so the next run may follow it as well.
    common.touch(raid, None)
    return True
