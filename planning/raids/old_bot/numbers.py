"""The numbers that people call raids by: kept where they are free, else above all there ever were."""

from collections.abc import Iterable

from accounts.models import Guild
from planning.raids.actions import common
from planning.raids.models import Raid
from planning.raids.old_bot.cells import HIGHEST, display_id, whole
from planning.raids.old_bot.load import Load


class Numbers:
    """One server's numbers. Its settings are held, so that nobody plans a raid in between."""

    def __init__(self, guild: Guild, old: Iterable[object]) -> None:
        self.settings = common.hold_settings(guild)
        self.taken = set(Raid.objects.filter(guild=guild).values_list("display_id", flat=True))
        seen = {number for one in old if (number := display_id(one))}
        self.highest = max({self.settings.last_display_id, 0} | self.taken | seen)

    def take(self, wanted: int | None) -> int:
        """Return the number that a raid had, or a new one."""
        number = wanted if wanted and wanted not in self.taken else 0
        if not number:
            self.highest += 1
            number = self.highest
        self.taken.add(number)
        return number

    def keep(self) -> None:
        """Let the next raid that is planned here have the number above."""
        if self.highest > self.settings.last_display_id:
            self.settings.last_display_id = self.highest
            self.settings.save(update_fields=["last_display_id"])


def of_all(load: Load) -> dict[int, Numbers]:
    """Hold every server's numbers, in one order, by our own number of the server."""
    old: dict[int, list[object]] = {guild.pk: [] for guild in load.guilds.values()}
    for table, column in (("raids", "display_id"), ("raid_attendance", "raid_display_id")):
        for row in load.old[table]:
            if guild := load.guild(row.get("guild_id")):
                _check(row.get(column), f"{table} of server {guild.discord_id}", load)
                old[guild.pk].append(row.get(column))
    by_pk = {guild.pk: guild for guild in load.guilds.values()}
    return {pk: Numbers(by_pk[pk], old[pk]) for pk in sorted(old)}


def _check(value: object, where: str, load: Load) -> None:
    number = whole(value)
    if number is not None and number > HIGHEST:
        load.report.skip(
            f"number {number} in {where}", "leaves no room above it; a new one is given"
        )
