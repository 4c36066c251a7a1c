"""A raid begins or changes: the form, and what becomes of it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.presses import Press, Reply, met
from botworker.plain import bare
from planning.raids import actions, labels, policy, queries, words
from planning.raids.commands.common import (
    Form,
    Text,
    Where,
    actor_of,
    by_id,
    by_number,
    guild_of,
)
from planning.raids.models import Dungeon, GuildSettings, Kind, Raid
from planning.raids.posts import phrases

# https://docs.discord.com/developers/components/reference
LONGEST_TITLE = 45


def ask(press: Press, where: Where, *, dungeon: str) -> Form:
    """Return the form for a new raid, filled in with what was planned last."""
    guild, actor = guild_of(where, press), actor_of(press, where)
    shown = actions.prepare(guild=guild, actor=actor, dungeon=dungeon, at=press.at)
    chosen = actions.dungeon_named(dungeon)
    title = _("Plan a raid: %(raid)s") % {"raid": chosen.name}
    least = str(shown.min_players)
    return _form(f"raidform:plan:{chosen.pk}", title, shown.days, shown.times, least)


def ask_edit(press: Press, where: Where, *, raid_id: int) -> Form:
    """Return the form with a raid's days, times and minimum as they are."""
    raid = by_number(press, where, raid_id)
    policy.check(actor_of(press, where), policy.Deed.EDIT, raid=raid)
    board = queries.board(raid, names=False)
    title = _("Change raid #%(id)d: %(raid)s") % {"id": raid.display_id, "raid": raid.dungeon_name}
    days, times = (labels.joined(one.label for one in kind) for kind in (board.days, board.times))
    return _form(f"raidform:edit:{raid.pk}", title, days, times, str(raid.min_players))


def _form(custom_id: str, title: str, days: str, times: str, least: str) -> Form:
    most = labels.LONGEST_LIST
    return Form(
        custom_id,
        bare(title, LONGEST_TITLE),
        (
            Text("days", _("Days"), days, "Fri 20.11., Sat 21.11.", most, long=True),
            Text("times", _("Times"), times, "20:00, 21:30", most, long=True),
            Text("least", _("Players a slot needs"), least, _("0 means from one"), 3),
        ),
    )


def plan(press: Press, where: Where, *, number: str, days: str, times: str, least: str) -> Reply:
    """Plan the raid that was filled in; say where its vote stands, and what the bot lacks for it."""
    guild, actor = guild_of(where, press), actor_of(press, where)
    chosen = Dungeon.objects.filter(pk=int(number)).first()
    planned = actions.plan(
        guild=guild,
        actor=actor,
        dungeon=chosen.name if chosen else "",
        days=days,
        times=times,
        min_players=least,
        at=press.at,
        interaction_id=press.interaction_id,
    )
    facts = {"channel": f"<#{planned.raid.channel_id}>", "title": phrases.title(planned.raid)}
    said = [_("**%(title)s is planned.** Everybody votes in %(channel)s.") % facts]
    said += _dropped(planned.dropped_days, planned.dropped_times)
    said += lacking(planned.raid, where)
    return Reply(" ".join(said), _page(planned.raid))


def edit(press: Press, where: Where, *, number: str, days: str, times: str, least: str) -> Reply:
    """Change a raid as it was filled in. A list that the form could not show whole stays whole."""
    raid, actor = by_id(where, number), actor_of(press, where)
    board = queries.board(raid, names=False)
    edited = actions.edit(
        raid_id=raid.pk,
        actor=actor,
        at=press.at,
        days=_whole(days, [one.label for one in board.choices(Kind.DAY)]),
        times=_whole(times, [one.label for one in board.choices(Kind.TIME)]),
        min_players=least,
    )
    said = [_("**%(title)s is changed.** Votes for what stayed count on.")]
    said = [said[0] % {"title": phrases.title(raid)}]
    said += _dropped(edited.dropped_days, edited.dropped_times)
    return Reply(" ".join(said), _page(raid))


def _whole(written: str, there: Sequence[str]) -> str | None:
    """Return what was written; None where it is what the form could show of a longer list."""
    return None if written.strip() == labels.joined(there).strip() else written


def _page(raid: Raid) -> list[list[dict[str, str]]]:
    return [[{"label": _("Open the raid"), "url": words.page(raid)}]]


def _dropped(days: Sequence[str], times: Sequence[str]) -> list[str]:
    gone = len(days) + len(times)
    if not gone:
        return []
    said = ngettext(
        "A vote holds 25 days and 25 times: %(n)d was left out.",
        "A vote holds 25 days and 25 times: %(n)d were left out.",
        gone,
    )
    return [said % {"n": gone}]


def lacking(raid: Raid, where: Where) -> list[str]:
    """Say what the bot lacks for a raid, and who can give it; nothing where it lacks nothing."""
    said = []
    wishes = GuildSettings.objects.filter(guild=raid.guild_id).first()
    channels = [raid.channel_id, wishes.participants_channel_id if wishes else None]
    for channel in dict.fromkeys(one for one in channels if one):
        said += rights(channel, where)
    if raid.min_players and not where.makes_roles:
        text = _("I may not make a role here: an admin allows me *Manage Roles*, or there is none.")
        said.append(text)
    return said


def rights(channel: int, where: Where) -> list[str]:
    """Say what the bot lacks in one channel; nothing where it lacks nothing."""
    missing = where.rights.get(channel)
    if missing is None:
        text = _("The channel %(channel)s is not there any more: an admin chooses another one.")
        return [text % {"channel": f"<#{channel}>"}]
    if not missing:
        return []
    text = _("I cannot write in %(channel)s: an admin allows me %(rights)s there.")
    return [text % {"channel": f"<#{channel}>", "rights": ", ".join(missing)}]


def hand_over(press: Press, where: Where, *, raid_id: int, to: Press) -> Reply:
    """Give a raid to somebody else on the server; `to` is who, as Discord tells it."""
    raid = by_number(press, where, raid_id)
    actor = actor_of(press, where)
    policy.check(actor, policy.Deed.HAND_OVER, raid=raid)
    person = met(to)
    actions.hand_over(raid_id=raid.pk, actor=actor, to=person, at=press.at)
    text = _("**%(title)s belongs to %(name)s now.** They finish it, or an admin does.")
    return Reply(text % {"title": phrases.title(raid), "name": phrases.names([person.name])})


def not_to_bots(press: Press, where: Where, *, raid_id: int, to: Press) -> Reply:
    """Refuse to give a raid to a program."""
    raise actions.BadInput("to", _("A bot cannot lead a raid. Choose a person."))
