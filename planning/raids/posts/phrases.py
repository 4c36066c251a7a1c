"""What Discord reads about raids. Pure: facts in, words out; a phrase with a number is one msgid."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from botworker.plain import plain
from planning.raids import words
from planning.raids.models import Raid
from planning.raids.models.raid import LONGEST_LABEL
from planning.raids.slots import Choice, Slot

Rows = list[list[dict[str, Any]]]
AMBER, GREY, GREEN = 0xF5A623, 0xA7AA9F, 0x3BA55D
MOST_NAMES = 20
# A first post notifies so many; the others read it.
MOST_MENTIONS = 50
# Of the 1024 that Discord takes in a field; the rest is for “and 12 more”, in any language.
MOST_LETTERS = 950


def label(text: str) -> str:
    """Return a day or time as it was written, harmless for a chat."""
    return plain(text, LONGEST_LABEL)


def title(raid: Raid) -> str:
    """“Raid #3: Nanos”; a title has 256 letters at most."""
    name = words.name_of(raid)
    said = _("Raid #%(id)d: %(raid)s") % {"id": raid.display_id, "raid": name}
    return said if len(said) <= 256 else f"{said[:254].rstrip(chr(92))}…"


def votes(number: int) -> str:
    """“5 votes”."""
    return ngettext("%(n)d vote", "%(n)d votes", number) % {"n": number}


def person(number: int) -> str:
    """“5 people”."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}


def slots_stand(number: int) -> str:
    """“2 slots stand”."""
    return ngettext("%(n)d slot stands", "%(n)d slots stand", number) % {"n": number}


def needed(number: int) -> str:
    """“2 are needed”."""
    return ngettext("%(n)d is needed", "%(n)d are needed", number) % {"n": number}


def moment(at: datetime | None) -> str:
    """Return Discord's own time in brackets, for whoever lives in another zone; or nothing."""
    return f" (<t:{int(at.timestamp())}:f>)" if at else ""


def cut(pieces: Sequence[str], *, between: str, most: int, letters: int = MOST_LETTERS) -> str:
    """Join pieces as far as they fit, and say how many more there are."""
    shown: list[str] = []
    for piece in pieces[:most]:
        if len(between.join([*shown, piece])) > letters:
            break
        shown.append(piece)
    rest = len(pieces) - len(shown)
    said = between.join(shown)
    return _("%(names)s and %(k)d more") % {"names": said, "k": rest} if rest else said


def names(people: Iterable[str]) -> str:
    """Name people, harmless for a chat: twenty at most, then how many more."""
    return cut([plain(one) for one in people], between=", ", most=MOST_NAMES)


def mentions(people: Sequence[User]) -> str:
    """Mention people; whoever has no Discord account is named."""
    said = [f"<@{discord_id(one)}>" if discord_id(one) else plain(one.name) for one in people]
    return cut(said, between=" ", most=MOST_MENTIONS, letters=1300)


def discord_id(person: User) -> int:
    """Return somebody's Discord id; 0 for nobody's."""
    account = getattr(person, "discord", None)
    return account.discord_id if account else 0


def tally(counted: Iterable[tuple[Choice, int]]) -> str:
    """Return what has votes, a line each, for a field."""
    lines = [f"{label(one.label)}: {votes(number)}" for one, number in counted if number]
    return cut(lines, between="\n", most=25)


def slot_text(raid: Raid, slot: Slot, who: str) -> str:
    """“Nanos: Friday 27 November, 20:00 CET. 3 of 2. …”"""
    facts = {
        "raid": words.name_of(raid),
        "day": words.slot_day(slot),
        "at": words.slot_time(slot, raid.guild.zone) + moment(slot.starts_at),
        "n": len(slot.members),
        "least": slot.threshold,
        "names": who,
    }
    return _("🎯 **%(raid)s: %(day)s, %(at)s.** %(n)d of %(least)d. %(names)s") % facts


def slot_gone(raid: Raid, slot: Slot) -> str:
    """“Friday 27 November, 20:00 CET no longer stands. 1 is needed.”"""
    facts = {
        "day": words.slot_day(slot),
        "at": words.slot_time(slot, raid.guild.zone),
        "needed": needed(slot.missing),
    }
    return _("**%(day)s, %(at)s no longer stands.** %(needed)s.") % facts


def vote_here(least: int) -> str:
    """Say how a vote works."""
    said = ngettext(
        "**Choose every day and every time that suits you.** A slot stands from %(n)d person on.",
        "**Choose every day and every time that suits you.** A slot stands from %(n)d people on.",
        least,
    )
    return said % {"n": least}


def finished(raid: Raid, counted: int) -> str:
    """“Nanos is done. 5 people counted. Thank you.”"""
    said = ngettext(
        "✅ **%(raid)s is done.** %(n)d person counted. Thank you.",
        "✅ **%(raid)s is done.** %(n)d people counted. Thank you.",
        counted,
    )
    return said % {"raid": words.name_of(raid), "n": counted}


def cancelled(raid: Raid) -> str:
    """“Nanos is cancelled. Nobody is counted.”"""
    return _("**%(raid)s is cancelled.** Nobody is counted.") % {"raid": words.name_of(raid)}


def stale(raid: Raid, *, planned: bool) -> str:
    """Say that a raid ended by itself; `planned`: its last planned day was over."""
    if planned:
        said = _(
            "**%(raid)s is closed, its last day is over.** "
            "Who was on it is kept for its maker to confirm."
        )
    else:
        said = _(
            "**%(raid)s is closed, nothing moved for a week.** "
            "Who was on it is kept for its maker to confirm."
        )
    return said % {"raid": words.name_of(raid)}


def open_raids(number: int) -> str:
    """Return the heading of the list."""
    if not number:
        return _("**No open raid.** Plan one with /raidplan.")
    return _("**Open raids, %(n)d**") % {"n": number}


def line(raid: Raid, standing: int, link: str) -> str:
    """“#3 Nanos, 2 slots stand, …” for the list; `link` may be empty."""
    facts = {"id": raid.display_id, "raid": words.name_of(raid), "slots": slots_stand(standing)}
    said = _("#%(id)d %(raid)s, %(slots)s") % facts
    return f"{said}, {link}" if link else said
