"""The get-ready sound: what may ring on one viewer's page. Pure; the page's script decides when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from availability.board import Day, Times
from availability.models import Status
from availability.quorum import Quorum

STILL_NEWS = timedelta(minutes=10)


@dataclass(frozen=True)
class Sound:
    """What has happened by now, each under a key of its own, and how long it is quiet between.

    A page rings once for each key that it has not seen yet, in whichever tab.
    """

    happened: str
    cooldown_seconds: int


def wanted(viewer: User | None) -> bool:
    """Tell whether somebody left the sound switched on."""
    return (
        viewer is not None and hasattr(viewer, "preferences") and viewer.preferences.sound_enabled
    )


def of(
    viewer: User | None, day: Day, quorum: Quorum, times: Times, *, called: bool, at: datetime
) -> Sound | None:
    """Return what may ring for a viewer; None for who switched it off or is not coming.

    Ten minutes after the start nothing is left to get ready for. `called` says that somebody called and nothing was only rehearsed.
    """
    if viewer is None or not wanted(viewer):
        return None
    if at > times.start_at + STILL_NEWS:
        return None
    if day.mine is None or day.mine.status == Status.NOT_PLAYING:
        return None
    happened = []
    if quorum.ready:
        happened.append("ready")
    if called and at >= times.reminder_at:
        happened.append("call")
    if called and at >= times.start_at:
        happened.append("start")
    keys = " ".join(f"{what}:{day.day.isoformat()}" for what in happened)
    return Sound(keys, viewer.preferences.sound_cooldown_seconds)
