"""Who was at the raids that ended in the old bot, which kept nothing else of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import AuditEntry, Guild
from planning.raids import labels
from planning.raids.actions import ending
from planning.raids.models import Attendance, Brought, Raid
from planning.raids.old_bot import planned
from planning.raids.old_bot.cells import display_id, instant, text
from planning.raids.old_bot.load import Load, in_order
from planning.raids.old_bot.numbers import Numbers
from planning.raids.old_bot.reading import Rows

# A raid that ended: its server, the number it had or none, the dungeon's name without case.
Place = tuple[int, int | None, str]


def bring(load: Load, numbers: dict[int, Numbers]) -> set[int]:
    """Make an ended raid of each number and dungeon, with who was there.

    The old bot gave numbers twice after a restart: a number with two dungeons was two raids. What
    was corrected here since stays. Returns the servers, by our number, that have a new raid.
    """
    changed = set()
    groups = _groups(load)
    over = _over_there(load)
    for done, (place, rows) in enumerate(groups.items(), start=1):
        if _bring(place, rows, load, numbers, over):
            changed.add(load.guilds[place[0]].pk)
        load.show("raids that ended", done, len(groups))
    for one in over.values():
        load.report.skip(
            _called(one), "is over in the old bot and open here: finish or cancel it here"
        )
    return changed


def _groups(load: Load) -> dict[Place, Rows]:
    found: dict[Place, Rows] = {}
    for row in in_order(load.old["raid_attendance"]):
        guild = load.guild(row.get("guild_id"))
        if guild is None:
            load.report.skip(f"attendance {row.get('id')}", "its server cannot be read")
            continue
        folded = labels.fold(text(row.get("dungeon"), 100))
        place = (guild.discord_id, display_id(row.get("raid_display_id")), folded)
        found.setdefault(place, []).append(row)
    # Whose rows are older had the number first.
    return dict(sorted(found.items(), key=lambda one: (_when(one[1], load.at), str(one[0]))))


def _when(rows: Rows, at: datetime) -> datetime:
    known = [found for row in rows if (found := instant(row.get("created_at")))]
    return min([*known, at])


def _over_there(load: Load) -> dict[Place, Brought]:
    """Return the raids that were brought open, are open here still and are not there any more."""
    there = planned.still_open(load)
    found: dict[Place, Brought] = {}
    for key, one in load.brought.items():
        if ":raid:" not in key or key in there or one.raid is None or not one.raid.is_open:
            continue
        raid = one.raid
        if raid.guild.discord_id in load.guilds:
            place = (raid.guild.discord_id, raid.display_id, labels.fold(raid.dungeon_name))
            found[place] = one
    return found


def _called(one: Brought) -> str:
    assert one.raid is not None  # `_over_there` looked
    return f"raid #{one.raid.display_id} of server {one.raid.guild.discord_id}"


def _bring(
    place: Place,
    rows: Rows,
    load: Load,
    numbers: dict[int, Numbers],
    over: dict[Place, Brought],
) -> bool:
    guild = load.guilds[place[0]]
    key = f"{place[0]}:attended:{place[1] or 0}:{place[2]}"
    known, mine = load.brought.get(key), over.get(place)
    if known is not None:
        if known.raid is not None:
            load.report.count("attendance added", _add(known.raid, rows, load))
        load.report.count("ended raids here already")
        return False
    if mine is not None and mine.raid is not None:
        if mine.raid.last_activity_at > mine.at:
            load.report.skip(f"attendance of {_called(mine)}", "the raid went on here")
            return False
        _end(mine.raid, rows, load)
        load.note(key, guild=guild, raid=mine.raid)
        del over[place]
        return True
    raid = _make(guild, place, rows, load, numbers[guild.pk])
    load.note(key, guild=guild, raid=raid)
    return True


def _end(raid: Raid, rows: Rows, load: Load) -> None:
    """End a raid that was brought while it was open: it was finished there since."""
    load.report.count("attendance added", _add(raid, rows, load))
    ending.end(raid, Raid.Status.FINISHED, by=None, at=load.at)
    AuditEntry.write(
        "raid_ended",
        at=load.at,
        actor=None,
        subject=raid.creator,
        door="import",
        raid=raid.pk,
        status=str(raid.status),
    )
    load.report.count("raids that ended there since")


def _make(guild: Guild, place: Place, rows: Rows, load: Load, numbers: Numbers) -> Raid:
    number, folded = place[1], place[2]
    when = _when(rows, load.at)
    dungeon = load.dungeons.get(folded)
    given = numbers.take(number)
    raid = Raid.objects.create(
        guild=guild,
        display_id=given,
        channel_id=numbers.settings.planner_channel_id or 0,
        dungeon=dungeon,
        dungeon_name=dungeon.name if dungeon else text(rows[0].get("dungeon"), 100) or "?",
        status=Raid.Status.FINISHED,
        created_at=when,
        last_activity_at=when,
        ended_at=when,
    )
    load.report.count("ended raids added")
    load.report.count("attendance added", _add(raid, rows, load))
    if given != number:
        what = f"an ended raid of server {guild.discord_id} is #{given} now"
        why = f"#{number} was given to another one, too" if number else "it had no number"
        load.report.count("ended raids with a new number")
        load.report.behind.append(f"  {what}: {why}")
    return raid


def _add(raid: Raid, rows: Iterable[dict[str, Any]], load: Load) -> int:
    """Write down who was there and is not written down yet; returns how many."""
    seen = set(raid.attendance.values_list("person", flat=True))
    new = []
    for row in rows:
        person, status = load.person(row.get("user_id")), str(row.get("status") or "pending")
        if person is None:
            load.report.count("attendance of people who are not here")
        elif status not in Attendance.Status.values:
            load.report.skip(f"attendance {row.get('id')}", f"{text(status, 20)} is no status")
        elif person not in seen:
            seen.add(person)
            new.append(_row(raid, person, status, row, load))
    Attendance.objects.bulk_create(new)
    return len(new)


def _row(raid: Raid, person: int, status: str, row: dict[str, Any], load: Load) -> Attendance:
    made = min(instant(row.get("created_at")) or load.at, load.at)
    return Attendance(
        raid=raid,
        person_id=person,
        status=status,
        marked_by_id=load.person(row.get("marked_by_user_id")),
        created_at=made,
        updated_at=min(instant(row.get("updated_at")) or made, load.at),
    )
