"""What a room has in Discord, promised as it comes to be: the thread, the post, what is followed."""

from datetime import datetime

from planning.rooms.chat import calls, offers, post, threads
from planning.rooms.models import Room
from slomix.lib import clock


def promise(at: datetime) -> None:
    """Promise whatever tonight's room has in Discord by now, and write down how its thread stands.

    Called every second by the bot that leads; late, twice or by several at once does no harm.
    """
    room = Room.objects.on(clock.today(at)).first()
    if room is None:
        return
    threads.promise(room, at)
    post.promise(room, at)
    offers.promise(room, at)
    calls.promise(room, at)
