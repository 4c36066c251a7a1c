"""Promise one thing to several people, each in their own language and on their own channels."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import translation

from accounts import language, reach
from accounts.models import User
from accounts.reach import Reach
from botworker import outbox
from botworker.outbox import Event, Message

# The words and the buttons for one reader, in the language that is spoken as they are made.
Words = Callable[[User], tuple[str, list[list[dict[str, Any]]]]]


def promise(numbers: Iterable[int], words: Words, event: Event, *, at: datetime) -> int:
    """Write one message for each person; returns how many. Call it in the verb's transaction.

    Whether it may be said is looked at as it is sent.
    """
    reached = reach.of_many(numbers)
    people = User.objects.with_identity().filter(pk__in=reached).order_by("pk")
    messages = [message_to(who, reached[who.pk], words) for who in people]
    if messages:
        outbox.enqueue(messages, event, at=at, planned=False)
    return len(messages)


def message_to(who: User, reached: Reach, words: Words) -> Message:
    """Return one message to somebody, fetched `with_identity()`."""
    with translation.override(language.spoken_to(who)):
        body, rows = words(who)
    return Message(
        recipient=outbox.recipient_of(who.discord.discord_id),
        person_id=who.pk,
        channels=tuple(reached.channels),
        body=body,
        extras={"rows": rows},
    )
