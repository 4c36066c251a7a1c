"""The import, from the rows to the report: all of it, or nothing."""

from datetime import datetime

from django.db import transaction

from availability.first_slomix.report import Report
from planning.raids.actions import common
from planning.raids.models import Brought, Raid
from planning.raids.old_bot import attended, numbers, people, planned, points, servers
from planning.raids.old_bot.load import Load, Show
from planning.raids.old_bot.reading import Old

# What stays behind: by table, why. Of these only the rows are counted.
LEFT = {
    "raid_posted_slots": "the old posts stay as they are, and raids get new ones here",
    "debug_mirror_cache": "copies for operators are made anew",
}


def bring(old: Old, *, at: datetime, show: Show, dry_run: bool = False) -> Report:
    """Take everything over that is not here yet, in one transaction; what is here is newer and wins.

    `show` is told how far it is. With `dry_run` the same is done and taken back: the report says
    what would come.
    """
    with transaction.atomic():
        load = Load(old, at, show)
        _everything(load)
        if dry_run:
            transaction.set_rollback(True)
    return load.report


def _everything(load: Load) -> None:
    people.meet(load)
    servers.know(load)
    load.brought = {one.key: one for one in Brought.objects.select_related("raid__guild")}
    _hold_raids(load)
    servers.settings(load)
    servers.dungeons(load)
    servers.templates(load)
    points.bring(load)
    given = numbers.of_all(load)
    changed = planned.bring(load, given) | attended.bring(load, given)
    for pk, one in given.items():
        one.keep()
        if pk in changed:
            common.touch_guild(pk)
    for table in load.old.absent:
        load.report.behind.append(f"  there is no table {table}")
    for table, why in LEFT.items():
        load.report.leave(table, len(load.old[table]), why)


def _hold_raids(load: Load) -> None:
    """Hold what was brought before, as every verb does: raids first, in order, then their servers."""
    numbers_of = [one.raid.pk for one in load.brought.values() if one.raid]
    held = Raid.objects.select_for_update(of=("self",)).select_related("guild").order_by("pk")
    fresh = {raid.pk: raid for raid in held.filter(pk__in=numbers_of)}
    for one in load.brought.values():
        if one.raid:
            one.raid = fresh[one.raid.pk]
