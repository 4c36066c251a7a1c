"""The message in which a raid is voted on, and how it stands once the raid is over."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from botworker.claims import MARKER
from botworker.plain import bare
from botworker.tracked import Drawn
from planning.raids import queries, words
from planning.raids.models import Attendance, Kind, Raid
from planning.raids.models.raid import LONGEST_LABEL
from planning.raids.posts import names, phrases
from planning.raids.posts.phrases import Rows
from planning.raids.queries import Board
from planning.raids.slots import Choice

KIND = "raid_planner"
versions = names.versions


def draw(key: str, at: datetime) -> Drawn | None:
    """Return the vote as it should be now, in the server's language; six queries at most."""
    raid = queries.raids().filter(pk=names.raid_of(key)).first()
    if raid is None:
        return None
    with translation.override(language.of_guild(raid.guild)):
        return _open(queries.board(raid), at) if raid.is_open else _over(raid)


def _open(board: Board, at: datetime) -> Drawn:
    raid = board.raid
    embed = {
        "title": phrases.title(raid),
        "description": phrases.vote_here(raid.threshold),
        "color": phrases.AMBER if board.standing else phrases.GREY,
        "fields": [one for one in _fields(board) if one["value"]],
        "footer": {"text": _footer(at, raid)},
    }
    return Drawn(extras={"embed": embed, "rows": rows(board)})


def _footer(at: datetime, raid: Raid) -> str:
    zone = f"{at.astimezone(raid.guild.zone):%Z}"
    return _("Times are %(zone)s. Choosing again takes a vote back.") % {"zone": zone}


def _fields(board: Board) -> list[dict[str, Any]]:
    both = phrases.names(board.names(board.both_answered))
    return [
        _field(_("Days"), phrases.tally(board.tally(Kind.DAY))),
        _field(_("Times"), phrases.tally(board.tally(Kind.TIME))),
        _field(_("Both answered"), both, inline=False),
        _field(_("Slots"), _slots(board), inline=False),
    ]


def _slots(board: Board) -> str:
    standing = len(board.standing)
    return phrases.slots_stand(standing) + phrases.moment(board.next_at) if standing else ""


def _field(name: str, value: str, *, inline: bool = True) -> dict[str, Any]:
    return {"name": name, "value": value, "inline": inline}


def rows(board: Board) -> Rows:
    """Return the two lists, and the buttons; every id is found again by its pattern alone."""
    raid = board.raid
    finish = {"id": f"raid:{raid.pk}:finish:{MARKER}", "label": _("Finish"), "style": "danger"}
    page = {"label": _("The same on the site"), "url": words.page(raid)}
    return [
        [_select(raid, "day", _("Days"), board.days)],
        [_select(raid, "time", _("Times"), board.times)],
        [finish, page],
    ]


def _select(raid: Raid, kind: str, placeholder: str, choices: tuple[Choice, ...]) -> dict[str, Any]:
    options = [{"label": bare(one.label, LONGEST_LABEL), "value": str(one.pk)} for one in choices]
    return {
        "select": {
            "id": f"raid:{raid.pk}:{kind}:{MARKER}",
            "placeholder": placeholder,
            "options": options,
            "min": 1,
            "max": len(options),
        }
    }


def _over(raid: Raid) -> Drawn:
    done = raid.status == Raid.Status.FINISHED
    embed = {
        "title": phrases.title(raid),
        "description": _ending(raid),
        "color": phrases.GREEN if done else phrases.GREY,
    }
    return Drawn(extras={"embed": embed})


def _ending(raid: Raid) -> str:
    if raid.status == Raid.Status.FINISHED:
        counted = Attendance.objects.present().filter(raid=raid).count()
        return phrases.finished(raid, counted)
    if raid.status == Raid.Status.CANCELLED:
        return phrases.cancelled(raid)
    return phrases.stale(raid, planned=raid.options.filter(date__isnull=False).exists())
