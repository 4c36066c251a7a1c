"""Bringing players in from a file: everything or nothing, and every bad row by its line."""

import csv
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Player, PlayerAlias

COLUMNS = ("guid", "name", "aliases", "rating", "discord_id")
GUID = re.compile(r"[0-9A-Za-z]{4,32}")
SNOWFLAKE = re.compile(r"[0-9]{17,20}")
LONGEST_NAME = 64


class ImportRefused(Exception):
    """The file is not imported; `problems` says why, a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One player as the file names them."""

    guid: str
    name: str
    aliases: tuple[str, ...]
    rating: float | None
    discord_id: int | None


@dataclass(frozen=True)
class Outcome:
    """What an import did."""

    added: int
    changed: int
    same: int


def read(name: str, text: str) -> list[Row]:
    """Read a .csv or .json file; raises ImportRefused naming every bad row."""
    rows: list[Row] = []
    problems: list[str] = []
    for line, raw in _raw_rows(name, text):
        try:
            rows.append(_row(raw))
        except ValueError as wrong:
            problems.append(_("line %(line)d: %(why)s") % {"line": line, "why": wrong})
    problems += _repeated(rows)
    if problems:
        raise ImportRefused(problems)
    return rows


def _raw_rows(name: str, text: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """Return the rows with their line (in JSON: their number), not looked at yet."""
    if name.lower().endswith(".json"):
        return enumerate(_json_rows(text), start=1)
    if name.lower().endswith(".csv"):
        reader = csv.DictReader(StringIO(text))
        missing = {"guid", "name"} - set(reader.fieldnames or [])
        if missing:
            need = ",".join(COLUMNS)
            raise ImportRefused([_("line 1: the columns must be %(need)s") % {"need": need}])
        return [(reader.line_num, row) for row in reader]
    raise ImportRefused([_("The file must end in .csv or .json.")])


def _json_rows(text: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise ImportRefused([_("This is no JSON: %(why)s") % {"why": wrong}]) from wrong
    if not isinstance(found, list):
        raise ImportRefused([_("The file must hold a list of players.")])
    return [row if isinstance(row, dict) else {"guid": None} for row in found]


def _row(raw: Mapping[str, Any]) -> Row:
    unknown = sorted(str(key) for key in raw if key not in COLUMNS)
    if unknown:
        raise ValueError(_("unknown column %(name)s") % {"name": unknown[0][:40]})
    return Row(
        guid=_guid(raw.get("guid")),
        name=_name(raw.get("name")),
        aliases=_aliases(raw.get("aliases")),
        rating=_rating(raw.get("rating")),
        discord_id=_discord_id(raw.get("discord_id")),
    )


def _guid(value: object) -> str:
    text = str(value or "").strip()
    if not GUID.fullmatch(text):
        raise ValueError(_("guid must be 4 to 32 letters and figures"))
    return text.upper()


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("name is missing"))
    name = value.strip()
    if len(name) > LONGEST_NAME:
        raise ValueError(_("name is longer than %(n)d letters") % {"n": LONGEST_NAME})
    if not name.isprintable():
        raise ValueError(_("name holds a control character"))
    return name


def _aliases(value: object) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list):
        raise ValueError(_("aliases must be a list, or names with ; between them"))
    return tuple(dict.fromkeys(_name(name) for name in names if name != ""))


def _rating(value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        rating = float(str(value))
    except ValueError as wrong:
        text = _("rating is “%(text)s”; write a number") % {"text": str(value)[:40]}
        raise ValueError(text) from wrong
    if not math.isfinite(rating):
        raise ValueError(_("rating must be a finite number"))
    return rating


def _discord_id(value: object) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if not SNOWFLAKE.fullmatch(text) or int(text) >= 2**63:
        raise ValueError(_("discord_id must be 17 to 20 figures"))
    return int(text)


def _repeated(rows: list[Row]) -> list[str]:
    guids = [row.guid for row in rows]
    twice = dict.fromkeys(guid for guid in guids if guids.count(guid) > 1)
    return [_("guid %(guid)s stands in the file twice") % {"guid": guid} for guid in twice]


@transaction.atomic
def save(rows: list[Row], *, dry_run: bool = False) -> Outcome:
    """Add the players that are new, update the others by guid; a second import changes nothing.

    With `dry_run` the same is done and taken back.
    """
    known = {
        player.guid: player
        for player in Player.objects.filter(guid__in=[row.guid for row in rows]).prefetch_related(
            "aliases"
        )
    }
    added = [_add(row) for row in rows if row.guid not in known]
    changed = [_update(known[row.guid], row) for row in rows if row.guid in known]
    if dry_run:
        transaction.set_rollback(True)
    return Outcome(len(added), sum(changed), len(changed) - sum(changed))


def _add(row: Row) -> Player:
    player = Player.objects.create(
        guid=row.guid, name=row.name, rating=row.rating, imported_discord_id=row.discord_id
    )
    PlayerAlias.objects.bulk_create(PlayerAlias(player=player, name=name) for name in row.aliases)
    return player


def _update(player: Player, row: Row) -> bool:
    facts = (row.name, row.rating, row.discord_id)
    worn = {alias.name for alias in player.aliases.all()}
    new = [name for name in row.aliases if name not in worn]
    if facts == (player.name, player.rating, player.imported_discord_id) and not new:
        return False
    player.name, player.rating, player.imported_discord_id = facts
    player.save(update_fields=["name", "rating", "imported_discord_id"])
    # Names that somebody once wore stay; the file only adds to them.
    PlayerAlias.objects.bulk_create(PlayerAlias(player=player, name=name) for name in new)
    return True
