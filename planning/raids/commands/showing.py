"""What is only shown: the list, the catalogue, how raids work."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from availability.presses import Press, Reply
from botworker import tracked_moves
from botworker.plain import plain
from planning.raids import actions, keys, policy, queries
from planning.raids.commands.common import Where, actor_of, guild_of
from planning.raids.posts import phrases, raidlist

MOST_CHOICES = 25
LONGEST = 1900


def raidlist_page(press: Press, where: Where, *, number: int = 0) -> Reply:
    """Show the open raids, a page at a time; the list in its channel is looked at again."""
    guild = guild_of(where, press)
    tracked_moves.look_soon([keys.raidlist(guild.pk)], at=press.at)
    text, rows = raidlist.page(guild, number)
    return Reply(text, rows)


def dungeons(press: Press, where: Where) -> Reply:
    """List what can be raided."""
    found = [f"• {phrases.label(name)}" for name in actions.all_active()]
    if not found:
        return Reply(_("**There is nothing to raid yet.** An admin adds it on the site."))
    return Reply(phrases.cut(found, between="\n", most=200, letters=LONGEST - 100))


def help_with(press: Press, where: Where, *, commands: Iterable[tuple[str, str]]) -> Reply:
    """List the commands of this server, by their names."""
    lines = [f"• `/{name}`: {plain(about, 100)}" for name, about in sorted(commands)]
    return Reply(phrases.cut(lines, between="\n", most=100, letters=LONGEST - 100))


def how_it_works(press: Press, where: Where) -> Reply:
    """Return the six steps that are posted for everybody; an admin may."""
    guild_of(where, press)
    policy.check(actor_of(press, where), policy.Deed.SETTINGS)
    steps = (
        _("**How raids work here**"),
        _("1. An admin chooses the channels with /settings."),
        _("2. Whoever wants to raid types /raidplan and says which days and times are possible."),
        _("3. Everybody chooses what suits them below the vote; choosing again takes it back."),
        _("4. A day and time with enough people becomes a slot, and its people are told."),
        _("5. /raidlist shows what is open."),
        _("6. Whoever made the raid finishes it, with the button or /raid_finish."),
    )
    return Reply("\n".join(steps))


def posted(press: Press, where: Where) -> Reply:
    """Say that the steps are posted."""
    return Reply(_("**It is posted.**"))


def not_posted(press: Press, where: Where) -> Reply:
    """Say that they could not be posted, and who can change that."""
    text = _("**I cannot write here.** An admin allows me to send messages in this channel.")
    return Reply(text, refused=True)


def offered_dungeons(press: Press, where: Where, *, typed: str) -> list[tuple[str, str]]:
    """Return what completes a dungeon's name."""
    return [(name, name) for name in actions.names_like(typed)]


def offered_raids(press: Press, where: Where, *, typed: str) -> list[tuple[str, int]]:
    """Return the open raids that somebody may mean, by number or name."""
    guild = guild_of(where, press)
    wanted = typed.strip().lstrip("#").casefold()
    return [
        (f"#{raid.display_id} {raid.dungeon_name}"[:100], raid.display_id)
        for raid in queries.open_raids(guild)
        if wanted in f"{raid.display_id} {raid.dungeon_name}".casefold()
    ][:MOST_CHOICES]
