"""/settings: three channels that are chosen, looked at, and saved together; and what else an admin says.

What is chosen and not saved stands in the message itself, so a restart in between forgets nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Guild
from availability.presses import Press, Reply
from planning.raids import actions, policy
from planning.raids.actions.guilds import CHANNELS
from planning.raids.commands import planning, troubles
from planning.raids.commands.common import Where, actor_of, guild_of
from planning.raids.models import GuildSettings

# As ids name them, in the order of CHANNELS.
WHICH = ("planner", "slots", "list")
Chosen = tuple[int, ...]


def show(press: Press, where: Where, **wanted: Any) -> Reply:
    """Show a server's settings; what is named with the command is saved at once."""
    guild, actor = guild_of(where, press), actor_of(press, where)
    policy.check(actor, policy.Deed.SETTINGS)
    said = {name: value for name, value in wanted.items() if value is not None}
    if said:
        wishes = actions.set_settings(guild=guild, actor=actor, at=press.at, **said)
    else:
        wishes = actions.settings_of(guild)
    chosen = tuple(getattr(wishes, name) or 0 for name in CHANNELS)
    guild = Guild.objects.get(pk=guild.pk)
    text = "\n".join(
        [_("**Raids on this server.**"), *_facts(guild, wishes), *troubles.of_guild(guild)]
    )
    return Reply(f"{text}\n" + _("Choose the channels below, then save."), _rows(chosen))


def _facts(guild: Guild, wishes: GuildSettings) -> list[str]:
    on, off = _("on"), _("off")
    return [
        *_channels(tuple(getattr(wishes, name) or 0 for name in CHANNELS)),
        _("Players a slot needs, at first: %(n)d") % {"n": wishes.default_min_players},
        _("Templates: %(state)s") % {"state": on if wishes.templates_enabled else off},
        _("Language: %(language)s") % {"language": guild.language or _("the community’s")},
        _("Zone: %(zone)s") % {"zone": guild.timezone},
        _("Levels: %(state)s") % {"state": on if guild.counts_levels else off},
        _("Words about new levels: %(state)s") % {"state": on if guild.tells_levels else off},
        _("Leaderboard on the site: %(state)s")
        % {"state": on if wishes.leaderboard_enabled else off},
    ]


def _channels(chosen: Chosen) -> list[str]:
    unset = _("not set")
    shown = [f"<#{one}>" if one else unset for one in chosen]
    return [
        _("Votes: %(channel)s") % {"channel": shown[0]},
        _("Slots: %(channel)s") % {"channel": shown[1]},
        _("List: %(channel)s") % {"channel": shown[2]},
    ]


def choose(press: Press, where: Where, *, which: str, chosen: str, picked: Sequence[str]) -> Reply:
    """Note a channel that is chosen, and say at once what the bot lacks there."""
    policy.check(actor_of(press, where), policy.Deed.SETTINGS)
    now = _read(chosen)
    if which in WHICH:
        place = WHICH.index(which)
        one = int(picked[0]) if picked and picked[0].isdecimal() else 0
        now = (*now[:place], one, *now[place + 1 :])
    said = [_("**Chosen, not saved yet.**"), *_channels(now)]
    said += [f"⚠️ {line}" for line in _lacking(now, where)]
    return Reply("\n".join(said), _rows(now))


def save(press: Press, where: Where, *, chosen: str) -> Reply:
    """Save the three channels together; what stands in other ones moves.

    A channel in which the bot cannot write is refused.
    """
    guild, actor = guild_of(where, press), actor_of(press, where)
    policy.check(actor, policy.Deed.SETTINGS)
    now = _read(chosen)
    if lacking := _lacking(now, where):
        text = _("**Nothing was saved.**")
        return Reply(" ".join([text, *lacking]), refused=True)
    wanted: dict[str, Any] = dict(zip(CHANNELS, (one or None for one in now), strict=True))
    actions.set_settings(guild=guild, actor=actor, at=press.at, **wanted)
    said = [_("**Saved.** What stood elsewhere moves in a moment."), *_channels(now)]
    return Reply("\n".join(said), _rows(now))


def _lacking(chosen: Chosen, where: Where) -> list[str]:
    return [line for one in dict.fromkeys(chosen) if one for line in planning.rights(one, where)]


def _read(chosen: str) -> Chosen:
    return tuple(int(one) for one in chosen.split("-"))


def channels_in(chosen: str, picked: Sequence[str]) -> set[int]:
    """Return the channels that a press is about, to be looked at before it is answered."""
    return {*_read(chosen), *(int(one) for one in picked if one.isdecimal())} - {0}


def _rows(chosen: Chosen) -> list[list[dict[str, Any]]]:
    state = "-".join(map(str, chosen))
    said = (_("Where votes stand"), _("Where slots stand"), _("Where the list stands"))
    lists = [
        [{"channels": {"id": f"raidset:{which}:{state}", "placeholder": text, "chosen": one}}]
        for which, text, one in zip(WHICH, said, chosen, strict=True)
    ]
    save_button = {"id": f"raidset:save:{state}", "label": _("Save"), "style": "success"}
    return [*lists, [save_button]]


def templates(press: Press, where: Where, *, enabled: bool) -> Reply:
    """Switch templates on or off."""
    guild, actor = guild_of(where, press), actor_of(press, where)
    on = actions.template_config(guild=guild, actor=actor, enabled=enabled, at=press.at)
    if on:
        return Reply(_("**Templates are on.** The form begins with what was planned last."))
    return Reply(_("**Templates are off.** What they remember stays."))
