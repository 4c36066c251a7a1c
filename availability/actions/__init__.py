"""The verbs of an evening: answer it, take the answer back; and what holds for many of them."""

from availability.actions.answers import (
    UNDO_FOR,
    NothingToUndo,
    Undone,
    answer,
    clear,
    resume_reminders,
    stop_reminders,
    undo,
)
from availability.actions.days import (
    DAY_WORDS,
    ISO_DAY,
    LATE,
    AnswerRefused,
    NotLinked,
    check,
    day_of,
    lock,
    time_of,
    touch,
)
from availability.actions.feeds import DEFAULT_LEAD, feed_of, make_feed, revoke_feed
from availability.actions.once import LinkUsed, answer_once
from availability.actions.standing import (
    NoSuchAbsence,
    add_away,
    end_away,
    fill_ahead,
    set_pattern,
)

__all__ = [
    "DAY_WORDS",
    "DEFAULT_LEAD",
    "ISO_DAY",
    "LATE",
    "UNDO_FOR",
    "AnswerRefused",
    "LinkUsed",
    "NoSuchAbsence",
    "NotLinked",
    "NothingToUndo",
    "Undone",
    "add_away",
    "answer",
    "answer_once",
    "check",
    "clear",
    "day_of",
    "end_away",
    "feed_of",
    "fill_ahead",
    "lock",
    "make_feed",
    "resume_reminders",
    "revoke_feed",
    "set_pattern",
    "stop_reminders",
    "time_of",
    "touch",
    "undo",
]
