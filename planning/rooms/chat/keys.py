"""What a room's things are kept under, and when they have to be drawn anew."""

from collections.abc import Iterable, Mapping
from datetime import date

from availability.models import Evening
from planning.rooms.models import Room


def thread(day: date) -> str:
    """Return what an evening's thread is kept under."""
    return f"ROOM-THREAD:{day}"


def post(day: date) -> str:
    """Return the ledger's key for the post in the thread."""
    return f"ROOM-POST:{day}"


def day_of(key: str) -> date:
    """Return the evening that a key is about; it stands second in each."""
    return date.fromisoformat(key.split(":")[1])


def versions(keys: Iterable[str]) -> Mapping[str, int]:
    """Return what rises with every change of a room or of its evening's answers; two queries."""
    by_key = {key: day_of(key) for key in keys}
    days = set(by_key.values())
    rooms = dict(Room.objects.filter(day__in=days).values_list("day", "version"))
    evenings = dict(Evening.objects.filter(day__in=days).values_list("day", "version"))
    return {key: rooms.get(day, 0) + evenings.get(day, 0) for key, day in by_key.items()}
