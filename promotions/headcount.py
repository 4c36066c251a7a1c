"""Who of those expected came: counted, and put into the words of the summary. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability import words as evening_words
from availability.models import Entry
from botworker import conditions
from botworker.outbox import Line
from botworker.presence import Evidence
from slomix.lib import clock

# States in which the question may still be put.
OPEN = frozenset({"planned", "scheduled", "leased", "sending", "retry_wait", "unknown"})


@dataclass(frozen=True)
class Expected:
    """Somebody whose answer says that they play, and what became of their question."""

    entry: Entry
    line: Line | None


@dataclass(frozen=True)
class Headcount:
    """How many are where; nobody is in two of these."""

    in_voice: tuple[Entry, ...] = ()
    on_the_way: tuple[Entry, ...] = ()
    on_server: int = 0
    not_seen: int = 0
    asked: int = 0
    # False: no fresh news from voice, now or as somebody would have been asked.
    checked: bool = True


def count(expected: Iterable[Expected], seen: Evidence, at: datetime) -> Headcount:
    """Count who is where.

    Without fresh news the ledger's own word counts: whoever was not asked because they were in
    voice was there.
    """
    everybody = list(expected)
    there = [one for one in everybody if _in_voice(one, seen)]
    rest = [one for one in everybody if one not in there]
    coming = [one for one in rest if _on_the_way(one, at)]
    away = [one for one in rest if one not in coming]
    on_server = sum(one.entry.person_id in seen.on_server for one in away)
    asked = sum(one.line is not None and one.line.state == "sent" for one in everybody)
    return Headcount(
        in_voice=tuple(one.entry for one in there),
        on_the_way=tuple(one.entry for one in coming),
        on_server=on_server,
        not_seen=len(away) - on_server,
        asked=asked,
        checked=bool(seen.voice_fresh or asked or there),
    )


def _in_voice(one: Expected, seen: Evidence) -> bool:
    if seen.voice_fresh:
        return one.entry.person_id in seen.in_voice
    return one.line is not None and one.line.reason == conditions.IN_VOICE


def _on_the_way(one: Expected, at: datetime) -> bool:
    """They named a time that is not over, or answered that they come and were not asked since."""
    if one.entry.late_until and one.entry.late_until > at:
        return True
    line = one.line
    return line is not None and (line.coming or (line.state in OPEN and line.due_at > at))


def summary(found: Headcount, start_at: datetime) -> str:
    """Return the summary for the channel: counts, and names of those alone who agreed to that."""
    if not found.checked:
        return _("**No check tonight:** we have no fresh news from voice. Nobody was asked.")
    there = len(found.in_voice)
    if there and not (found.on_the_way or found.on_server or found.not_seen):
        return _("🎯 **Everyone is here.** %(in_voice)s. Have a good game.") % {
            "in_voice": in_voice(there)
        }
    counted = [
        (there, in_voice),
        (len(found.on_the_way), on_the_way),
        (found.not_seen, not_seen),
    ]
    parts = ", ".join(phrase(number) for number, phrase in counted if number)
    at = clock.named(start_at)
    said = [_("**%(at)s, so far:** %(counted)s.") % {"at": at, "counted": parts}] if parts else []
    named = [
        (found.in_voice, _("In voice: %(names)s.")),
        (found.on_the_way, _("On the way: %(names)s.")),
    ]
    said += [text % {"names": evening_words.names(one)} for one, text in named if _agreed(one)]
    notes = [(found.on_server, on_server), (found.asked, asked)]
    return " ".join([*said, *(f"{phrase(number)}." for number, phrase in notes if number)])


def _agreed(entries: Iterable[Entry]) -> bool:
    """Somebody of them lets their name be shown; the rest is counted beside them."""
    return any(
        hasattr(one.person, "preferences") and one.person.preferences.show_name for one in entries
    )


def in_voice(number: int) -> str:
    """“3 are in voice”."""
    return ngettext("%(n)d is in voice", "%(n)d are in voice", number) % {"n": number}


def on_the_way(number: int) -> str:
    """“2 are on the way”."""
    return ngettext("%(n)d is on the way", "%(n)d are on the way", number) % {"n": number}


def not_seen(number: int) -> str:
    """“2 not seen yet”."""
    return ngettext("%(n)d not seen yet", "%(n)d not seen yet", number) % {"n": number}


def on_server(number: int) -> str:
    """“1 is on the server only”."""
    return ngettext("%(n)d is on the server only", "%(n)d are on the server only", number) % {
        "n": number
    }


def asked(number: int) -> str:
    """“We asked 2 people privately”."""
    return ngettext(
        "We asked %(n)d person privately", "We asked %(n)d people privately", number
    ) % {"n": number}
