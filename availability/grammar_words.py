"""The words of `availability.grammar`, in small letters and without carons, and the shapes of days."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from availability.models import Status

T = TypeVar("T")


class Verb(StrEnum):
    """What somebody wants."""

    ANSWER = "answer"  # say `status` about a day
    CLEAR = "clear"  # take back what was said about a day
    STATUS = "status"  # show what holds
    IN = "in"  # the three answers to a reminder
    LATE = "late"
    NO = "no"
    STOP = "stop"  # with a day: no more reminders for it; without one: none at all
    RESUME = "resume"  # be reminded of an evening again
    LEAVE = "leave"  # the answer stays as it is
    NO_DAILY = "nodaily"  # be asked no more every day
    DAILY = "daily"  # be asked again
    UNDO = "undo"
    HELP = "help"


def _by_word(said: Mapping[T, str]) -> dict[str, T]:
    return {word: meant for meant, words in said.items() for word in words.split()}


PUNCTUATION = ",;:?!()[]\"'`“”„»«’‘*…"
# `avail` says that an answer follows; the words for days are commands themselves.
COMMANDS = {"avail"}
FILLERS = set(_by_word({"": "i im am on for the this v za ta please prosim sem bom"}))
FROM = set(_by_word({"": "from after at od po ob"}))
DAYS = _by_word(
    {
        0: "today tonight danes nocoj drevi",
        1: "tomorrow jutri",
        2: "pojutrisnjem",
        -1: "yesterday vceraj",
    }
)
# Written together: “not playing”, “not-playing” and “NOT_PLAYING” are one.
STATUSES: dict[str, str] = _by_word(
    {
        str(Status.LOOKING): "looking lookingtoplay l iscem iscemigro",
        str(Status.AVAILABLE): "available a lahko lahkopridem",
        str(Status.MAYBE): "maybe tentative m morda mogoce",
        str(Status.NOT_PLAYING): "notplaying no n ne neigram nemorem nepridem cantmakeit",
    }
)
CLEARS = set(
    _by_word({"": "remove delete clear unset none pocisti izbrisi pobrisi odstrani"}),
)
# What is said without a day.
ALONE = _by_word(
    {
        Verb.IN: "in imin iamin pridem",
        Verb.LATE: "late imlate 10minlate zamujam zamujam10min",
        Verb.NO: "no ne nothanks nothankyou nehvala nemorem nepridem cantmakeit icantmakeit",
        Verb.STOP: "stop konec",
        Verb.RESUME: "remind remindme remindmeagain opominjaj spetmeopominjaj",
        Verb.LEAVE: "leave leaveit ostane ostanetako",
        Verb.NO_DAILY: "stopdaily stopaskingmedaily nesprasuj nesprasujmevecvsakdan",
        Verb.DAILY: "askdaily askmeagain sprasuj spetmesprasuj",
        Verb.STATUS: "status stanje",
        Verb.UNDO: "undo razveljavi",
        Verb.HELP: "help pomoc",
    }
)
WEEKDAYS = _by_word(
    {
        0: "monday mon ponedeljek pon",
        1: "tuesday tue tues torek tor",
        2: "wednesday wed sreda sredo sre",
        3: "thursday thu thur thurs cetrtek cet",
        4: "friday fri petek pet",
        5: "saturday sat sobota soboto sob",
        6: "sunday sun nedelja nedeljo ned",
    }
)
MONTHS = _by_word(
    {
        1: "january jan januar januarja",
        2: "february feb februar februarja",
        3: "march mar marec marca",
        4: "april apr aprila",
        5: "may maj maja",
        6: "june jun junij junija",
        7: "july jul julij julija",
        8: "august aug avgust avgusta avg",
        9: "september sep sept septembra",
        10: "october oct oktober oktobra okt",
        11: "november nov novembra",
        12: "december dec decembra",
    }
)
TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})|h)?")
_DAY, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})"
_NAME = rf"(?P<month>{'|'.join(MONTHS)})"
DATES = [
    re.compile(rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"),
    re.compile(rf"{_DAY}\. ?(?P<month>[0-9]{{1,2}})(?:\.? ?(?:(?<=[. ]){_YEAR})?)"),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.? ?{_NAME}\.?(?: {_YEAR})?"),
    re.compile(rf"{_NAME}\.? {_DAY}(?:st|nd|rd|th)?(?: {_YEAR})?"),
]
