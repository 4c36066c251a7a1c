"""The first Slomix's people: who they are, which player, what they allowed."""

import json
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from accounts import actions, importing
from accounts.models import CHANNELS, DiscordAccount, Erasure, Player, PlayerLink, User
from availability.first_slomix.reading import Rows
from availability.first_slomix.report import Report
from botworker import outbox

LARGEST = 2**63
QUIET = ("quiet_start", "quiet_end")
# A role there, and who may do about the same here.
HERE = {"root": "admin", "admin": "promoter"}


def players(tables: dict[str, Rows], report: Report) -> None:
    """Make the players that we do not have; those we have stay as they are."""
    found = _named(tables)
    for row in tables["player_aliases"]:
        facts = found.get(str(row["guid"]).upper())
        if facts and row["alias"]:
            facts["aliases"].append(row["alias"])
    for row in tables["player_skill_ratings"]:
        found.get(str(row["guid"]).upper(), {})["rating"] = row["rating"]
    known = set(Player.objects.filter(guid__in=found).values_list("guid", flat=True))
    report.count("players here already", len(known))
    for guid, facts in sorted(found.items()):
        if guid not in known:
            _player(facts, report)


def _named(tables: dict[str, Rows]) -> dict[str, dict[str, Any]]:
    """Return the players that somebody is, by guid; the newer table has the last word."""
    found: dict[str, dict[str, Any]] = {}
    for table in ("player_links", "user_player_links"):
        for row in tables[table]:
            guid = str(row["guid"] or "").upper()
            facts = found.setdefault(guid, {"guid": guid, "aliases": []})
            facts["name"] = row["name"] or facts.get("name") or row.get("username")
            facts["discord_id"] = row["discord_id"]
    return found


def _player(facts: dict[str, Any], report: Report) -> None:
    try:
        importing.save(importing.read("players.json", json.dumps([facts], default=str)))
    except importing.ImportRefused as refused:
        report.skip(f"player {facts['guid']!r}", refused.problems[0].partition(": ")[2])
    else:
        report.count("players added")


def accounts(tables: dict[str, Rows], report: Report, at: datetime) -> set[int]:
    """Meet everybody who had an account, a player or an answer; returns who is new here.

    Whoever has come in through one of our own doors is as they left it.
    """
    named: dict[int, dict[str, str]] = {}
    for table in ("availability_entries", "website_users", "player_links", "discord_accounts"):
        for row in tables[table]:
            facts = named.setdefault(row["discord_id"], {})
            facts.update(
                {key: row[key] for key in ("username", "display_name", "avatar") if row.get(key)}
            )
            facts.setdefault("display_name", row.get("name") or "")
    known = set(
        DiscordAccount.objects.filter(discord_id__in=_possible(named)).values_list(
            "discord_id", flat=True
        )
    )
    report.count("people here already", len(known))
    new = set()
    for discord_id in sorted(set(named) - known):
        if discord_id not in _possible(named):
            report.skip(f"person {discord_id}", "is no Discord id")
            continue
        facts = named[discord_id]
        actions.meet(
            discord_id=discord_id,
            username=_clean(facts.get("username")) or str(discord_id),
            display_name=_clean(facts.get("display_name")),
            avatar=_clean(facts.get("avatar")),
            at=at,
        )
        new.add(discord_id)
    report.count("people added", len(new))
    return new


def _possible(ids: Iterable[int]) -> set[int]:
    return {one for one in ids if 0 < one < LARGEST}


def forgotten(tables: dict[str, Rows], report: Report) -> dict[str, Rows]:
    """Leave out whoever was erased here: an import brings nobody back."""
    ids = {row["discord_id"] for rows in tables.values() for row in rows if row.get("discord_id")}
    keys = {outbox.recipient_of(one): one for one in ids}
    gone = {keys[key] for key in Erasure.objects.values_list("key", flat=True) if key in keys}
    report.count("people who were erased here", len(gone))
    return {
        table: [row for row in rows if row.get("discord_id") not in gone]
        for table, rows in tables.items()
    }


def _clean(text: str | None) -> str:
    return "".join(letter for letter in text or "" if letter.isprintable()).strip()


def links(tables: dict[str, Rows], people: dict[int, User], report: Report, at: datetime) -> None:
    """Tie the players. Where the two tables name different players the person chooses again."""
    wanted: dict[int, set[str]] = {}
    for table in ("user_player_links", "player_links"):
        for row in tables[table]:
            wanted.setdefault(row["discord_id"], set()).add(str(row["guid"]).upper())
    linked = set(PlayerLink.objects.values_list("user__discord__discord_id", flat=True))
    for discord_id, guids in sorted(wanted.items()):
        person = people.get(discord_id)
        if person is None or discord_id in linked:
            report.count("links here already" if person else "links of nobody")
        elif len(guids) > 1:
            report.skip(f"link of person {discord_id}", f"two players: {', '.join(sorted(guids))}")
        else:
            _link(person, guids.pop(), report, at)


def _link(person: User, guid: str, report: Report, at: datetime) -> None:
    try:
        actions.link_player(person=person, guid=guid, at=at, door="import")
    except actions.LinkRefused as refused:
        report.skip(f"link of person {person.discord.discord_id}", str(refused))
    else:
        report.count("links added")


def names(
    tables: dict[str, Rows], people: dict[int, User], new: set[int], report: Report, at: datetime
) -> None:
    """Take over the names that new people had chosen for themselves."""
    for row in tables["player_links"]:
        chosen, how = row.get("shown_as"), row.get("shown_by")
        if not chosen or how in (None, "auto") or row["discord_id"] not in new:
            continue
        person = people[row["discord_id"]]
        try:
            actions.set_display_name(person=person, name=chosen, at=at, door="import")
        except actions.NameRefused as refused:
            report.skip(f"name of person {row['discord_id']}", str(refused))
        else:
            report.count("names of their own taken over")


def roles(tables: dict[str, Rows], report: Report) -> None:
    """Give nobody a role: who is admin here is said here. The report names who was one there."""
    for row in sorted(tables["user_permissions"], key=lambda one: str(one["discord_id"])):
        what = f"role {row['tier']!r} of person {row['discord_id']}"
        role = HERE.get(row["tier"])
        if role is None:
            report.skip(what, "there is no such role here")
        else:
            command = f"manage.py people grant {role} {row['discord_id']}"
            report.skip(what, f"where it still holds, {command}")


def preferences(
    tables: dict[str, Rows], people: dict[int, User], new: set[int], report: Report, at: datetime
) -> None:
    """Take over what new people had allowed: promotions if they said yes, quiet hours, sound.

    Reminders that were on by default were never asked for and stay off. Nothing is taken from
    addresses: whoever wants Telegram or Signal links it again, from the account itself.
    """
    asked = {row["discord_id"] for row in tables["subscription_preferences"]}
    sounds = {row["discord_id"]: row for row in tables["availability_user_settings"]}
    for row in tables["subscription_preferences"]:
        for channel in ("telegram", "signal"):
            report.count("addresses left behind", int(bool(row[channel])))
        if row["discord_id"] in new:
            changes = _wishes(row, report)
            _set(people[row["discord_id"]], changes, report, at)
    for discord_id, sound in sounds.items():
        if discord_id in new:
            cooldown = min(max(sound["sound_cooldown_seconds"], 30), 3600)
            changes = {"sound_enabled": sound["sound_enabled"], "sound_cooldown_seconds": cooldown}
            if discord_id not in asked and sound["timezone"] not in (None, "", "UTC"):
                # UTC is what everybody had who chose none.
                changes["timezone"] = sound["timezone"]
            _set(people[discord_id], changes, report, at)
    report.count("addresses left behind", len(tables["availability_channel_links"]))


def _set(person: User, changes: dict[str, Any], report: Report, at: datetime) -> None:
    """Set what can be stored one by one, so that one bad wish does not cost the others."""
    quiet: dict[str, Any] = {name: changes.pop(name) for name in QUIET if name in changes}
    each: list[dict[str, Any]] = [{name: value} for name, value in changes.items()]
    for some in [quiet, *each] if quiet else each:
        try:
            actions.set_preferences(person=person, at=at, door="import", **some)
        except actions.PreferencesRefused as refused:
            report.skip(f"{refused.field} of person {person.discord.discord_id}", str(refused))
        else:
            report.count("preferences taken over")


def _wishes(row: dict[str, Any], report: Report) -> dict[str, Any]:
    changes: dict[str, Any] = {"timezone": row["timezone"]}
    if row["allow_promotions"]:
        changes["allow_promotions"] = True
    if row["preferred_channel"] in CHANNELS:
        first = row["preferred_channel"]
        changes["channel_order"] = [first, *(one for one in CHANNELS if one != first)]
    quiet = row["quiet_hours"] or {}
    if isinstance(quiet, dict) and quiet.get("start") and quiet.get("end"):
        try:
            start, end = (time.fromisoformat(str(quiet[name])) for name in ("start", "end"))
        except ValueError:
            report.skip(f"quiet hours of person {row['discord_id']}", "are no times")
        else:
            changes |= {"quiet_start": start, "quiet_end": end}
    return changes
