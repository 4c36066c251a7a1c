"""What raids should have in Discord, compared with what is kept there; the difference is written.

Verbs know nothing of messages: whatever they committed is noticed here by a raid's version. Done
twice, late, or by two bots at once it comes to the same.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.models import Guild
from botworker import tracked, tracked_moves
from botworker.tracked_moves import Kept
from planning.raids import keys, queries
from planning.raids.models import GuildSettings, Raid
from planning.raids.posts import mirrors, names, planner, raidlist, role, slot

log = logging.getLogger(__name__)

KINDS = (planner.KIND, slot.KIND, raidlist.KIND, role.KIND, mirrors.KIND)
# Votes that come together are one change; the keeper waits a moment more before it edits.
QUIET_FOR = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=3)
# Raids a look: presses are answered in between.
AT_ONCE = 10


@dataclass(frozen=True)
class Seen:
    """What was last looked at: a raid's version, and whether it was open."""

    version: int
    is_open: bool


@dataclass
class Change:
    """A raid that changed and was not looked at since."""

    first: datetime
    last: datetime
    seen: Seen


@dataclass
class Keeping:
    """Remembers what it has looked at. A new one, after a restart, looks at everything once."""

    seen: dict[int, Seen] = field(default_factory=dict)
    changed: dict[int, Change] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()

    def look(self, at: datetime) -> int:
        """Write what is to be kept and what no more; returns how many raids wanted it.

        Three queries when nothing changed. One raid that fails is logged and holds no other.
        """
        kept = tracked_moves.kept(KINDS)
        now = _raids(kept)
        _settle_lists(kept, at)
        due = [number for number, seen in now.items() if self._is_due(number, seen, at)]
        # What just changed comes before what a restart has to look through, and the new before the old.
        due.sort(key=lambda number: (number not in self.seen, -number))
        mine = _by_raid(kept)
        for number in due[:AT_ONCE]:
            if _carefully(f"raid {number}", _settle_raid, number, mine.get(number, []), at):
                self.seen[number] = now[number]
                self.changed.pop(number, None)
        self.seen = {number: seen for number, seen in self.seen.items() if number in now}
        self._link(kept, at)
        _let_go(kept, now, at)
        return len(due)

    def _is_due(self, number: int, seen: Seen, at: datetime) -> bool:
        """A raid that is new or over is looked at at once, votes when they pause."""
        before = self.seen.get(number)
        if before == seen:
            return False
        if before is None or not seen.is_open:
            return True
        change = self.changed.setdefault(number, Change(at, at, seen))
        if change.seen != seen:
            change.last, change.seen = at, seen
        return at - change.last >= QUIET_FOR or at - change.first >= LONGEST_WAIT

    def _link(self, kept: list[Kept], at: datetime) -> None:
        """Have the lists looked at when a vote came to stand, or elsewhere: they lead to it."""
        linked = frozenset(
            f"{one.key}@{one.message_id}" for one in kept if one.kind == planner.KIND
        )
        if linked != self.linked:
            self.linked = linked
            lists = (one.key for one in kept if one.kind == raidlist.KIND)
            tracked_moves.look_soon(lists, at=at)


def _raids(kept: list[Kept]) -> dict[int, Seen]:
    """Return the raids that are open, and those that something is still kept of."""
    shown = {names.raid_of(one.key) for one in kept}
    found = Raid.objects.filter(Q(status=Raid.Status.OPEN) | Q(pk__in=shown))
    columns = found.values_list("pk", "version", "status").order_by("pk")
    return {pk: Seen(version, status == Raid.Status.OPEN) for pk, version, status in columns}


def _by_raid(kept: list[Kept]) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = {}
    for one in kept:
        found.setdefault(names.raid_of(one.key), []).append(one)
    return found


def _carefully(what: str, verb: object, *given: object) -> bool:
    assert callable(verb)
    try:
        with transaction.atomic():
            verb(*given)
    except Exception:
        log.exception("what Discord shows of %s was not settled; tried again", what)
        return False
    return True


def _settle_raid(number: int, kept: list[Kept], at: datetime) -> None:
    raid = queries.raids().filter(pk=number).first()
    if raid is None:
        return
    if raid.is_open:
        _keep(raid, kept, at)
    else:
        _end(kept, at)


def _end(kept: Iterable[Kept], at: datetime) -> None:
    """Slots go with the raid; its vote says a last time how it ended."""
    for one in kept:
        if one.kind == slot.KIND:
            tracked_moves.remove(one.key, at=at)
        else:
            tracked_moves.end(one.key, at=at)


def _keep(raid: Raid, kept: list[Kept], at: datetime) -> None:
    board = queries.board(raid, names=False)
    there = {one.key: one for one in kept}
    _keep_in(there, keys.planner(raid.pk), planner.KIND, raid.channel_id, at)
    wishes = GuildSettings.objects.filter(guild=raid.guild_id).first()
    channel = wishes.participants_channel_id if wishes else None
    if channel:
        _keep_slots(board, there, channel, at)
    name = names.role(raid.pk)
    if raid.min_players and board.standing and name not in there:
        guild_id = raid.guild.discord_id
        tracked_moves.keep_role(name, kind=role.KIND, guild_id=guild_id, at=at)
    if mirror := settings.MEMBERLIST_DEBUG_CHANNEL_ID:
        _keep_in(there, names.slots_mirror(raid.pk), mirrors.KIND, mirror, at)


def _keep_in(there: dict[str, Kept], key: str, kind: str, channel: int, at: datetime) -> None:
    """Keep a message in a channel; what is known to be kept there is not asked about again."""
    if key not in there or there[key].channel_id != channel:
        tracked_moves.keep(key, kind=kind, channel_id=channel, at=at)


def _keep_slots(board: queries.Board, kept: dict[str, Kept], channel: int, at: datetime) -> None:
    """Keep what stands where it belongs. What stands no longer says so where it is; what cannot be
    any more, and what says so elsewhere, goes."""
    raid = board.raid
    standing = {keys.slot(raid.pk, *one.key) for one in board.standing}
    planned = {keys.slot(raid.pk, *one.key) for one in board.slots}
    for key in sorted(standing):
        _keep_in(kept, key, slot.KIND, channel, at)
    for key in {one.key for one in kept.values() if one.kind == slot.KIND} - standing:
        if key not in planned or kept[key].channel_id != channel:
            tracked_moves.remove(key, at=at)


def _settle_lists(kept: list[Kept], at: datetime) -> None:
    """Keep each server's list where its admins want it, and the operators' copy of it."""
    there = {one.key: one.channel_id for one in kept}
    mirror = settings.RAIDLIST_DEBUG_CHANNEL_ID
    columns = ("guild", "raidlist_channel_id")
    for guild, channel in GuildSettings.objects.order_by("guild").values_list(*columns):
        for key, kind, wanted in (
            (keys.raidlist(guild), raidlist.KIND, channel or 0),
            (names.list_mirror(guild), mirrors.KIND, mirror if channel else 0),
        ):
            if there.get(key, 0) != wanted:
                _carefully(key, _settle_list, key, kind, wanted, at)


def _settle_list(key: str, kind: str, channel: int, at: datetime) -> None:
    if channel:
        tracked_moves.keep(key, kind=kind, channel_id=channel, at=at)
    else:
        tracked_moves.remove(key, at=at)


def _let_go(kept: list[Kept], raids: dict[int, Seen], at: datetime) -> None:
    """Keep nothing of what went with a server: there is nobody to show it to."""
    guilds = {names.guild_of(one.key) for one in kept} - {0}
    known = set(Guild.objects.filter(pk__in=guilds).values_list("pk", flat=True))
    for one in kept:
        raid, guild = names.raid_of(one.key), names.guild_of(one.key)
        if (raid and raid not in raids) or (guild and guild not in known):
            tracked.leave(one.key, at=at)


def of_guild(guild: Guild) -> set[str]:
    """Return the names of what is kept of a server, its copies left out."""
    open_ones = Raid.objects.of(guild).open().values_list("pk", flat=True)
    mine = {keys.raidlist(guild.pk)}
    for number in open_ones:
        mine |= {keys.planner(number), names.role(number)}
    return mine
