"""The room's private thread: promised with the room, with whoever is in the room inside.

The keeper (`botworker.tracked`) begins it once and moves people; the room never waits for it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import language
from accounts.models import DiscordAccount
from availability import queries
from availability.models import Entry, Status
from botworker import tracked
from botworker.thread_words import REMOVED
from botworker.tracked import DrawnThread
from planning.rooms.actions import opening
from planning.rooms.chat import keys
from planning.rooms.models import InThread, Room
from slomix.lib import dates

KIND = "room_thread"
# Whoever stepped out reads “Step back in” in the thread, so they are not put out at once.
STAYS_FOR = timedelta(minutes=2)
versions = keys.versions


def promise(room: Room, at: datetime) -> None:
    """Keep the room's thread if that is wanted, and write down how it stands."""
    parent = settings.PLANNING_THREAD_PARENT_ID
    if not settings.PLANNING_THREAD_ENABLED or not parent:
        return
    key = keys.thread(room.day)
    found = tracked.stands(key)
    if found is None:
        until = queries.times(room.day).ends_at
        tracked.keep_thread(key, kind=KIND, channel_id=parent, at=at, until=until)
        return
    gone = found.closed and found.error == REMOVED
    thread_id, trouble = None if gone else found.id, found.error[:80]
    if (room.thread_id, room.thread_trouble) != (thread_id, trouble):
        Room.objects.filter(pk=room.pk).update(thread_id=thread_id, thread_trouble=trouble)
        opening.touch(room)
        room.refresh_from_db()


@language.ours()
def draw(key: str, at: datetime) -> DrawnThread:
    """Return what the thread is called, and who has to come in or to go out."""
    day = keys.day_of(key)
    here = Entry.objects.on(day).filter(status__in=opening.STAYS, person__is_active=True)
    wanted = DiscordAccount.objects.filter(user__in=here.values("person"))
    want = frozenset(wanted.values_list("discord_id", flat=True))
    inside = InThread.objects.filter(room__day=day)
    left_now = Entry.objects.on(day).filter(status=Status.NOT_PLAYING, since__gt=at - STAYS_FOR)
    there = frozenset(inside.values_list("discord_id", flat=True))
    leaving = inside.exclude(person__in=left_now.values("person"))
    name = _("Planning room, %(day)s") % {"day": dates.long(day)}
    out = frozenset(leaving.values_list("discord_id", flat=True)) - want
    return DrawnThread(name, add=want - there, remove=out)


def moved(key: str, added: Iterable[int], removed: Iterable[int], at: datetime) -> None:
    """Write down who was let in and who was taken out."""
    room = Room.objects.get(day=keys.day_of(key))
    people = DiscordAccount.objects.filter(discord_id__in=list(added))
    InThread.objects.bulk_create(
        [
            InThread(room=room, person_id=who, discord_id=discord_id, since=at)
            for who, discord_id in people.values_list("user", "discord_id")
        ],
        ignore_conflicts=True,
    )
    InThread.objects.filter(room=room, discord_id__in=list(removed)).delete()
