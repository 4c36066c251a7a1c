"""The message of one slot: who is in it. Its first post notifies them, later changes nobody."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from accounts.models import User
from botworker import tracked_moves
from botworker.claims import MARKER
from botworker.tracked import Drawn
from planning.raids import keys, queries, words
from planning.raids.models import Raid
from planning.raids.posts import names, phrases
from planning.raids.posts.phrases import Rows
from planning.raids.queries import Board
from planning.raids.slots import Slot

KIND = "raid_slot"
versions = names.versions


def draw(key: str, at: datetime) -> Drawn | None:
    """Return the slot as it should be now, in the server's language; ten queries at most."""
    number, options = names.raid_of(key), keys.slot_of(key)
    raid = queries.raids().filter(pk=number).first()
    if raid is None or options is None:
        return None
    with translation.override(language.of_guild(raid.guild)):
        board = queries.board(raid)
        slot = board.slot(*options)
        if slot is None:
            return Drawn(_("**This slot is not planned any more.**"), {"rows": _rows(raid, key)})
        if not slot.stands:
            text = phrases.slot_gone(raid, slot)
            return Drawn(text, {"rows": _rows(raid, key, "back")})
        return _standing(key, board, slot)


def _standing(key: str, board: Board, slot: Slot) -> Drawn:
    people = [board.people[one] for one in slot.members if one in board.people]
    wanted = [one for one in map(phrases.discord_id, people[: phrases.MOST_MENTIONS]) if one]
    rows = _rows(board.raid, key, "out")
    if _as_first_posted(key, wanted):
        text = phrases.slot_text(board.raid, slot, phrases.mentions(people))
        return Drawn(text, {"rows": rows, "ping": wanted})
    return Drawn(phrases.slot_text(board.raid, slot, _named(people)), {"rows": rows})


def _as_first_posted(key: str, wanted: list[int]) -> bool:
    """Say whether it is about to be said for the first time, or is still as it was said then."""
    if not tracked_moves.was_promised(key):
        return True
    return tracked_moves.pinged(key) == wanted


def _named(people: list[User]) -> str:
    return phrases.names(sorted((one.name for one in people), key=str.casefold))


def _rows(raid: Raid, key: str, verb: str = "") -> Rows:
    """Return the buttons. One that leads nowhere is there to find the message by."""
    labels = {"out": _("Can’t make it"), "back": _("I can come after all")}
    day, time = keys.slot_of(key) or (0, 0)
    button = {
        "id": f"raid:{raid.pk}:{verb or 'back'}:{day}:{time}:{MARKER}",
        "label": labels[verb or "back"],
        "disabled": not verb,
    }
    return [[button, {"label": _("Open the raid"), "url": words.page(raid)}]]
