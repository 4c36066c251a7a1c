"""The old bot's servers: how each plans, what there is to raid, and what the form remembers."""

import json
from typing import Any

from accounts.models import AuditEntry, Guild
from planning.raids import actions, labels
from planning.raids.actions import common
from planning.raids.errors import BadInput
from planning.raids.models import Dungeon, GuildSettings, Template
from planning.raids.old_bot.cells import discord_id, instant, switch, text, whole
from planning.raids.old_bot.load import Load, in_order

TABLES = ("guild_settings", "raids", "raid_templates", "raid_attendance", "user_levels")
CHANNELS = ("planner_channel_id", "participants_channel_id", "raidlist_channel_id")
# The one name that the old bot gave.
AUTOMATIC = "_auto_dungeon_default"


def know(load: Load) -> None:
    """Know every server that the old bot kept something of."""
    names: dict[int, str] = {}
    for table in TABLES:
        for row in load.old[table]:
            one = discord_id(row.get("guild_id"))
            if one is not None:
                names[one] = text(row.get("guild_name"), 100) or names.get(one, "")
    load.guilds = {one.discord_id: one for one in Guild.objects.filter(discord_id__in=names)}
    load.report.count("servers here already", len(load.guilds))
    for one in sorted(set(names) - set(load.guilds)):
        load.guilds[one] = actions.guild_joined(discord_id=one, name=names[one], at=load.at)
        load.report.count("servers added")
        load.report.behind.append(
            f"  server {one} ({names[one] or 'no name'}) was not known here: invite the bot there,"
            " for it forgets servers that it is not on"
        )


def settings(load: Load) -> None:
    """Take over how each server plans, once, and only what nobody has chosen here."""
    rows = load.old["guild_settings"]
    # Held in one order, as everywhere.
    for row in sorted(rows, key=lambda row: getattr(load.guild(row.get("guild_id")), "pk", 0)):
        guild = load.guild(row.get("guild_id"))
        if guild is None:
            load.report.skip(f"settings of server {text(row.get('guild_id'), 40)}", "no such id")
            continue
        key = f"{guild.discord_id}:settings"
        if key in load.brought:
            load.report.count("servers’ settings here already")
            continue
        load.note(key, guild=guild)
        changed = _settle(common.hold_settings(guild), row, load)
        load.report.count("servers’ settings taken over" if changed else "servers’ settings empty")
        if changed:
            _note(guild, changed, load)


def _note(guild: Guild, changed: list[str], load: Load) -> None:
    AuditEntry.write(
        "guild_changed", at=load.at, actor=None, door="import", guild=guild.pk, changed=changed
    )


def _settle(mine: GuildSettings, row: dict[str, Any], load: Load) -> list[str]:
    wanted: dict[str, Any] = {name: discord_id(row.get(name)) for name in CHANNELS}
    try:
        wanted["default_min_players"] = labels.minimum(row.get("default_min_players") or 0)
    except BadInput as wrong:
        load.report.skip(f"minimum of server {mine.guild.discord_id}", str(wrong))
    changed = [name for name, value in wanted.items() if value and not getattr(mine, name)]
    for name in changed:
        setattr(mine, name, wanted[name])
    if mine.templates_enabled and not switch(row.get("templates_enabled"), default=True):
        mine.templates_enabled = False
        changed.append("templates_enabled")
    if changed:
        mine.version += 1
        mine.save(update_fields=[*changed, "version"])
    return sorted(changed)


def dungeons(load: Load) -> None:
    """Take over what there is to raid, each once: one that was renamed here is not added again."""
    load.dungeons = {one.folded: one for one in Dungeon.objects.all()}
    for row in in_order(load.old["dungeons"]):
        name = text(row.get("name"), 100)
        folded = labels.fold(name)
        key = f"dungeon:{folded}"
        if not name:
            load.report.skip(f"dungeon {row.get('id')}", "has no name")
        elif folded in load.dungeons or key in load.brought:
            load.report.count("dungeons here already")
        else:
            load.dungeons[folded] = _dungeon(row, name, load)
            load.report.count("dungeons added")
        if name and key not in load.brought:
            load.note(key)


def _dungeon(row: dict[str, Any], name: str, load: Load) -> Dungeon:
    wanted = text(row.get("short_code"), 16).upper() or name[:3].upper()
    taken = set(Dungeon.objects.values_list("short_code", flat=True))
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted[:12]}{number}"
    if code != wanted:
        load.report.count("dungeons with another short code, for theirs is taken")
    order = whole(row.get("sort_order")) or 0
    return actions.save_dungeon(
        name=name,
        short_code=code,
        is_active=switch(row.get("is_active"), default=True),
        sort_order=min(max(order, -(2**31)), 2**31 - 1),
    )


def templates(load: Load) -> None:
    """Take over what the form remembers, the newest where there are several; once each."""
    named = {whole(one.get("id")): text(one.get("name"), 100) for one in load.old["dungeons"]}
    rows = sorted(load.old["raid_templates"], key=lambda row: str(row.get("updated_at") or ""))
    there = set(Template.objects.values_list("guild", "dungeon"))
    for row in reversed(rows):
        guild = load.guild(row.get("guild_id"))
        folded = labels.fold(named.get(whole(row.get("dungeon_id"))) or "")
        dungeon = load.dungeons.get(folded)
        key = f"{guild.discord_id if guild else 0}:template:{folded}"
        what = f"template {row.get('id')} of server {text(row.get('guild_id'), 40)}"
        if guild is None or dungeon is None:
            load.report.skip(what, "its server or its dungeon is not there")
        elif row.get("template_name") not in (None, AUTOMATIC):
            load.report.skip(what, "there is one template for a dungeon here, without a name")
        elif key in load.brought or (guild.pk, dungeon.pk) in there:
            load.report.count("templates here already")
        elif _template(guild, dungeon, row, what, load):
            load.note(key, guild=guild)


def _template(
    guild: Guild, dungeon: Dungeon, row: dict[str, Any], what: str, load: Load
) -> Template | None:
    said = row.get("template_data")
    try:
        data: Any = json.loads(said) if isinstance(said, str | bytes) else said
        days, times = (_list(data, name) for name in ("days", "times"))
        least = labels.minimum(data.get("min_players") or 0)
    except (ValueError, AttributeError, RecursionError):
        load.report.skip(what, "is no JSON of a template")
        return None
    except BadInput as wrong:
        load.report.skip(what, str(wrong))
        return None
    load.report.count("templates added")
    return Template.objects.create(
        guild=guild,
        dungeon=dungeon,
        data={"days": days, "times": times, "min_players": least},
        updated_at=instant(row.get("updated_at")) or load.at,
    )


def _list(data: Any, name: str) -> list[str]:
    found = data.get(name)
    if not isinstance(found, list):
        raise ValueError(name)
    return list(labels.read([str(one) for one in found], field=name).kept)
