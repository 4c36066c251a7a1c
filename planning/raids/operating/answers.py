"""What is answered about the bot itself. Knows nothing of discord.py.

`owner`: Discord says that whoever asks owns the application. `servers`: where the bot is, by id and
name.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Guild
from availability.presses import Press, Reply
from botworker import tracked_moves, workers
from botworker.plain import plain
from botworker.workers import Line
from planning.raids import actions, keys, policy
from planning.raids.commands.common import Where, actor_of, guild_of
from planning.raids.models import Raid
from planning.raids.operating import targets
from planning.raids.operating.targets import Servers
from planning.raids.policy import Actor, Deed
from planning.raids.posts import phrases

SELF_TEST = "self-test"
MOST_SERVERS = 50
LONGEST = 1900


def status(press: Press, where: Where, *, owner: bool) -> Reply:
    """Say how many raids are open and whether the bot is well; admins also see ids and workers.

    What a worker's fault says may be about other servers: only an owner reads it.
    """
    guild, actor = guild_of(where, press), _actor(press, where, owner)
    found = workers.lines()
    n = Raid.objects.of(guild).open().count()
    text = ngettext("**%(name)s: %(n)d open raid.**", "**%(name)s: %(n)d open raids.**", n)
    said = [text % {"name": plain(guild.name, 100), "n": n}]
    tested = next((one for one in found if one.name == SELF_TEST), None)
    said.append(_self_test(tested))
    owns = policy.is_owner(actor)
    if owns or policy.may(actor, Deed.SEE_IDS):
        said += _ids(guild)
        said += [_worker(one, owns) for one in found]
    return Reply(phrases.cut(said, between="\n", most=60, letters=LONGEST))


def _self_test(tested: Line | None) -> str:
    if tested is None:
        return _("The commands were not checked yet.")
    good = tested.last_good_at
    if not tested.error and good:
        return _("All commands are there, checked %(when)s.") % {"when": _when(good)}
    if good:
        return _("⚠️ Some commands were missing; all were there %(when)s.") % {"when": _when(good)}
    return _("⚠️ Some commands were missing.")


def _ids(guild: Guild) -> list[str]:
    wishes = actions.settings_of(guild)
    listed = tracked_moves.where([keys.raidlist(guild.pk)]).get(keys.raidlist(guild.pk))
    unset = _("not set")
    shown = {
        _("Votes"): wishes.planner_channel_id,
        _("Slots"): wishes.participants_channel_id,
        _("List"): wishes.raidlist_channel_id,
    }
    lines = [f"{name}: " + (f"<#{one}> `{one}`" if one else unset) for name, one in shown.items()]
    said = f"`{listed[1]}`" if listed else unset
    return [*lines, _("The list’s message: %(id)s") % {"id": said}]


def _worker(line: Line, owns: bool) -> str:
    said = f"• {plain(line.name, 48)}: {_when(line.last_run_at)}, {line.seconds:.2f} s"
    if not line.error:
        return said
    return f"{said} ⚠️ {plain(line.error, 200) if owns else _('it failed')}"


def _when(at: datetime) -> str:
    return f"<t:{at.timestamp():.0f}:R>"


def may_purge(press: Press, where: Where) -> None:
    """Refuse whoever is no admin of this server. Raises NotYours."""
    guild_of(where, press)
    policy.check(actor_of(press, where), Deed.PURGE)


def not_here(press: Press, where: Where, *, missing: tuple[str, ...]) -> Reply:
    """Say why nothing can be deleted here: what the bot lacks, or that this is no text channel."""
    if not missing:
        return Reply(_("**This works only in a text channel.**"), refused=True)
    text = _("**I cannot delete messages here:** an admin allows me %(rights)s.")
    return Reply(text % {"rights": ", ".join(missing)}, refused=True)


def purged(press: Press, where: Where, *, number: int) -> Reply:
    """Say how many messages are gone."""
    text = ngettext("**%(n)d message is deleted.**", "**%(n)d messages are deleted.**", number)
    return Reply(text % {"n": number})


def purged_own(
    press: Press, where: Where, *, number: int, channels: int, limit: int, kept: int
) -> Reply:
    """Say how many of the bot's own messages are gone, and that what is kept comes back."""
    text = ngettext(
        "**%(n)d message of mine is deleted**, in %(channels)d of this server’s channels; I looked "
        "at the last %(limit)d of each.",
        "**%(n)d messages of mine are deleted**, in %(channels)d of this server’s channels; I "
        "looked at the last %(limit)d of each.",
        number,
    )
    said = text % {"n": number, "channels": channels, "limit": limit}
    return Reply(f"{said} {_('What still holds comes back in a moment.')}" if kept else said)


def restart(press: Press, where: Where, *, owner: bool) -> Reply:
    """Let an owner restart the bot; the answer comes before it. Raises NotYours."""
    policy.check(_actor(press, where, owner), Deed.RESTART)
    return Reply(_("**I begin anew.** I am back in a few seconds."))


def remote_guilds(press: Press, where: Where, *, owner: bool, servers: Servers) -> Reply:
    """Name the servers that the bot is on, for an owner. Raises NotYours."""
    _remote(press, where, owner)
    names = [f"• {plain(name, 100)}" for name in targets.labels(servers)]
    if not names:
        return Reply(_("**I am on no server.**"))
    return Reply(phrases.cut(names, between="\n", most=MOST_SERVERS, letters=LONGEST))


def remote_cancel_all(
    press: Press, where: Where, *, owner: bool, servers: Servers, guild_name: str
) -> Reply:
    """Call off every open raid of another server, for an owner. Raises NotYours, BadInput."""
    actor = _remote(press, where, owner)
    guild = _target(guild_name, servers)
    n = actions.cancel_all(guild=guild, actor=actor, at=press.at, remote=True)
    text = ngettext(
        "**%(n)d raid on %(name)s is cancelled.**", "**%(n)d raids on %(name)s are cancelled.**", n
    )
    return Reply(text % {"n": n, "name": plain(guild.name, 100)})


def remote_raidlist(
    press: Press, where: Where, *, owner: bool, servers: Servers, guild_name: str
) -> Reply:
    """Have another server's list looked at again, for an owner. Raises NotYours, BadInput."""
    _remote(press, where, owner)
    guild = _target(guild_name, servers)
    tracked_moves.look_soon([keys.raidlist(guild.pk)], at=press.at)
    text = _("**The list on %(name)s is looked at again.**")
    return Reply(text % {"name": plain(guild.name, 100)})


def offered(
    press: Press, where: Where, *, typed: str, owner: bool, servers: Servers
) -> list[tuple[str, str]]:
    """Return what completes a server's name; nothing for whoever is no owner."""
    if not policy.is_owner(_actor(press, where, owner)):
        return []
    return [(one, one) for one in targets.offered(typed, servers)]


def _remote(press: Press, where: Where, owner: bool) -> Actor:
    actor = _actor(press, where, owner)
    policy.check(actor, Deed.REMOTE)
    return actor


def _actor(press: Press, where: Where, owner: bool) -> Actor:
    return replace(actor_of(press, where), owner=owner)


def _target(written: str, servers: Servers) -> Guild:
    found = targets.find(written, servers)
    guild = Guild.objects.filter(discord_id=found).first()
    if guild is None:
        raise actions.BadInput("guild_name", _("Nothing is known of that server yet."))
    return guild
