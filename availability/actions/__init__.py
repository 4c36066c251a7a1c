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
    touch,
)
from availability.actions.standing import (
    NoSuchAbsence,
    add_away,
    end_away,
    fill_ahead,
    set_pattern,
)

__all__ = [
    "DAY_WORDS",
    "ISO_DAY",
    "LATE",
    "UNDO_FOR",
    "AnswerRefused",
    "NoSuchAbsence",
    "NotLinked",
    "NothingToUndo",
    "Undone",
    "add_away",
    "answer",
    "check",
    "clear",
    "day_of",
    "end_away",
    "fill_ahead",
    "lock",
    "resume_reminders",
    "set_pattern",
    "stop_reminders",
    "touch",
    "undo",
]
