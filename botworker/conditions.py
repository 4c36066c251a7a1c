"""What is said only if something is so as it is sent: the word to the missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botworker.presence import Evidence

UNLESS_IN_VOICE = "unless_in_voice"
# Why somebody is not asked; promotions.words puts them into words.
IN_VOICE = "in voice"
NO_NEWS = "no fresh news from voice"
COMES_LATER = "comes later"
# How often we look for fresh news, and for how long: a bot that was just started brings some.
AGAIN = timedelta(seconds=10)
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Verdict:
    """What to do with one message now: say these words, or say nothing, or look again later."""

    body: str = ""
    silent: str = ""
    again_at: datetime | None = None


def extras(*, on_server: str, missing: str) -> dict[str, str]:
    """Return what a row carries so that the drain can choose its words."""
    return {"unless": UNLESS_IN_VOICE, "on_server": on_server, "missing": missing}


def on(extras: Mapping[str, Any]) -> bool:
    """Say whether a message has a condition."""
    return extras.get("unless") == UNLESS_IN_VOICE


def coming(extras: Mapping[str, Any], until: datetime) -> dict[str, Any]:
    """Return what a row carries whose person said, while it was under way, that they come at `until`."""
    comes_at = max(until, _comes_at(extras) or until)
    return {**extras, "coming": True, "comes_at": comes_at.isoformat()}


def _comes_at(extras: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(extras["comes_at"]) if "comes_at" in extras else None


def judge(
    extras: Mapping[str, Any], person_id: int | None, due_at: datetime, seen: Evidence, at: datetime
) -> Verdict:
    """Decide about one message that has a condition.

    Nobody is asked on old evidence: news are awaited for two minutes, then nothing is said. Whoever
    said meanwhile that they come is asked nothing before that.
    """
    comes_at = _comes_at(extras)
    if comes_at and at < comes_at:
        return Verdict(silent=COMES_LATER, again_at=comes_at)
    if not seen.voice_fresh:
        late = at + AGAIN > due_at + PATIENCE
        return Verdict(silent=NO_NEWS) if late else Verdict(again_at=at + AGAIN)
    if person_id in seen.in_voice:
        return Verdict(silent=IN_VOICE)
    return Verdict(body=extras["on_server" if person_id in seen.on_server else "missing"])
