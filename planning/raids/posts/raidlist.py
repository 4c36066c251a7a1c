"""The list of a server's open raids: one message, and pages for whoever wants to see more."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from accounts.models import Guild
from botworker import tracked_moves
from botworker.claims import MARKER
from botworker.tracked import Drawn
from planning.raids import keys, queries
from planning.raids.models import Raid
from planning.raids.posts import names, phrases
from planning.raids.posts.phrases import Rows

KIND = "raid_list"
versions = names.versions
# Of the 2000 that a message holds.
LONGEST_PAGE = 1850


def draw(key: str, at: datetime) -> Drawn | None:
    """Return the list as it should be now, in the server's language; six queries, however many."""
    guild = Guild.objects.filter(pk=names.guild_of(key)).first()
    if guild is None:
        return None
    with translation.override(language.of_guild(guild)):
        text, rows = page(guild, 0, marked=True)
        return Drawn(text, {"rows": rows})


def page(guild: Guild, number: int, *, marked: bool = False) -> tuple[str, Rows]:
    """Return one page of the list, from 0 on, with its buttons; one that is not there any more is
    the last one."""
    found = pages(guild)
    at = min(max(number, 0), len(found) - 1)
    return found[at], _rows(guild, at, len(found), marked=marked)


def pages(guild: Guild) -> list[str]:
    """Return the whole list, cut where a message would be too long; at least one page."""
    raids = queries.open_raids(guild)
    boards = queries.boards(raids)
    there = tracked_moves.where(keys.planner(raid.pk) for raid in raids)
    lines = [
        phrases.line(raid, len(boards[raid.pk].standing), _link(guild, raid, there))
        for raid in raids
    ]
    cut = [phrases.open_raids(len(raids))]
    for line in lines:
        if len(cut[-1]) + len(line) + 1 > LONGEST_PAGE:
            cut.append(line)
        else:
            cut[-1] += f"\n{line}"
    return cut


def _link(guild: Guild, raid: Raid, there: dict[str, tuple[int, int]]) -> str:
    found = there.get(keys.planner(raid.pk))
    return f"https://discord.com/channels/{guild.discord_id}/{found[0]}/{found[1]}" if found else ""


def _rows(guild: Guild, at: int, pages: int, *, marked: bool) -> Rows:
    mark = f":{MARKER}" if marked else ""
    buttons: list[dict[str, Any]] = []
    if at > 0:
        buttons.append(_button(guild, f"page:{at - 1}{mark}", _("Back")))
    if at + 1 < pages:
        buttons.append(_button(guild, f"page:{at + 1}{mark}", _("More raids")))
    if marked:
        buttons.append(_button(guild, f"mine:0{mark}", _("My slots")))
    site = {"label": _("All on the site"), "url": f"{settings.FRONTEND_ORIGIN}/raids/"}
    return [[*buttons, site]]


def _button(guild: Guild, verb: str, label: str) -> dict[str, Any]:
    return {"id": f"raidlist:{guild.pk}:{verb}", "label": label}
