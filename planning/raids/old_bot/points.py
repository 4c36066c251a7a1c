"""The old bot's experience points; levels follow from them, by the formula that both have."""

from accounts import levels
from accounts.models import Level
from planning.raids.old_bot.cells import LARGEST, text, whole
from planning.raids.old_bot.load import Load


def bring(load: Load) -> None:
    """Give everybody at least the points that they had there. Nobody is told of a level again.

    Whoever has more here has gone on here; whoever wants no points here gets none.
    """
    held = Level.objects.select_for_update().filter(guild__in=[*load.guilds.values()])
    mine = {(row.guild_id, row.person_id): row for row in held.order_by("pk")}
    for row in load.each("levels", load.old["user_levels"]):
        guild, person = load.guild(row.get("guild_id")), load.person(row.get("user_id"))
        points = whole(row.get("xp") or 0)
        if guild is None or person is None:
            load.report.count("levels of people who are not here")
            continue
        if points is None or not 0 <= points < LARGEST:
            what = f"points of person {text(row.get('user_id'), 40)}"
            load.report.skip(what, "are no number of points")
            continue
        found = mine.get((guild.pk, person))
        if found is None:
            reached = levels.of(points)
            mine[guild.pk, person] = Level.objects.create(
                guild=guild, person_id=person, xp=points, level=reached, told=reached
            )
            load.report.count("levels added")
        elif found.counts and points > found.xp:
            _raise(found, points)
            load.report.count("levels raised")
        else:
            load.report.count("levels here already")


def _raise(found: Level, points: int) -> None:
    found.xp, found.level = points, levels.of(points)
    found.told = max(found.told, found.level)
    found.save(update_fields=["xp", "level", "told"])
