"""Everybody who stands in the old bot's tables, as people of ours."""

from accounts import actions
from accounts.models import DiscordAccount, Erasure, User
from botworker import outbox
from planning.raids.old_bot.cells import discord_id, text
from planning.raids.old_bot.load import Load

# Where people stand, by table.
COLUMNS = {
    "raids": ("creator_id",),
    "raid_votes": ("user_id",),
    "raid_attendance": ("user_id", "marked_by_user_id"),
    "user_levels": ("user_id",),
}


def meet(load: Load) -> None:
    """Meet whoever we do not know yet; those we know are as they left themselves here.

    Nobody comes back who was erased here, or who took their Discord account away.
    """
    named = _named(load)
    erased = set(Erasure.objects.values_list("key", flat=True))
    gone = {one for one in named if outbox.recipient_of(one) in erased}
    known = set(DiscordAccount.objects.values_list("discord_id", flat=True))
    without = User.objects.filter(discord__isnull=True).values_list("username", flat=True)
    untied = {int(name) for name in without if name.isascii() and name.isdecimal()} - known
    new = sorted(set(named) - gone - known - untied)
    for done, one in enumerate(new, start=1):
        actions.meet(
            discord_id=one,
            username=named[one] or str(one),
            display_name="",
            avatar="",
            at=load.at,
        )
        load.show("people", done, len(new))
    load.report.count("people added", len(new))
    load.report.count("people here already", len(known & set(named)))
    load.report.count("people who were erased here", len(gone))
    load.report.count("people who unlinked Discord here", len(untied & set(named)))
    active = DiscordAccount.objects.filter(user__is_active=True)
    load.people = dict(active.values_list("discord_id", "user_id"))
    for one in gone:
        load.people.pop(one, None)


def _named(load: Load) -> dict[int, str]:
    """Return everybody's Discord id, with the name that the old bot knew or none."""
    found: dict[int, str] = {}
    strange: set[str] = set()
    for table, columns in COLUMNS.items():
        for row in load.old[table]:
            for column in columns:
                value = row.get(column)
                one = discord_id(value)
                if one is not None:
                    name = text(row.get("username"), 64) if table == "user_levels" else ""
                    found[one] = name or found.get(one, "")
                elif value is not None:
                    strange.add(text(value, 40))
    for value_text in sorted(strange):
        load.report.skip(f"person {value_text}", "is no Discord id")
    return found
