"""The people of a run: a crowd made at once, and what some of them do while it runs."""

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts import actions as people
from accounts.models import CHANNELS, DiscordAccount, Player, PlayerLink, Preferences, User
from availability import actions as evenings
from availability import words
from availability.models import Status
from botworker import conditions, outbox
from botworker.outbox import Event, Message
from slomix.lib import clock
from slomix.management.chaos import elsewhere
from slomix.management.chaos.journal import Door
from slomix.management.chaos.plan import Plan
from slomix.management.chaos.races import together

UNUSABLE = "!"
TEXT = "Game night tonight."
# So often does the job of a ready check run at the same instant.
RUNS = 3
# What somebody does, and how often among those who do anything.
MINDS = {"opts out": 3, "says no": 3, "no and yes": 2, "quiet": 3, "quiet at first": 1}
IN_VOICE, COMES, COMING = "in voice", "comes to voice", "says they come"
READY_MINDS = {**MINDS, IN_VOICE: 12, COMES: 12, COMING: 6}
# From the word to the missing until ten minutes after the start, in seconds at scale 1.
GRACE = 480.0


@dataclass
class Person:
    """Somebody with one delivery."""

    user: User
    discord_id: int
    mind: str = ""
    wave: int = 0
    # When what they did was committed, by time.time(); their quiet hours' end.
    at: float = 0.0
    quiet_until: datetime | None = None
    # Whoever says that they come is asked nothing before that.
    comes_at: datetime | None = None

    @property
    def recipient(self) -> str:
        """The ledger's name for them."""
        return outbox.recipient_of(self.discord_id)


def gather(plan: Plan, dms: dict[int, int], dice: random.Random, door: Door) -> list[Person]:
    """Make everybody: Discord account, player, reminders on, channel open."""
    at = clock.now()
    users = User.objects.bulk_create(
        User(username=str(one), date_joined=at, password=UNUSABLE) for one in dms
    )
    players = Player.objects.bulk_create(
        Player(guid=f"{one:032X}", name=f"player {place}") for place, one in enumerate(dms)
    )
    DiscordAccount.objects.bulk_create(
        DiscordAccount(user=user, discord_id=one, username=f"p{one}", dm_channel_id=dms[one])
        for user, one in zip(users, dms, strict=True)
    )
    PlayerLink.objects.bulk_create(
        PlayerLink(user=user, player=player) for user, player in zip(users, players, strict=True)
    )
    Preferences.objects.bulk_create(
        Preferences(user=user, allow_promotions=True, channel_order=_order(plan)) for user in users
    )
    if plan.elsewhere:
        elsewhere.link(door, dict(zip(dms, users, strict=True)))
    return [Person(user, one, _mind(plan, dice)) for user, one in zip(users, dms, strict=True)]


def _order(plan: Plan) -> list[str]:
    return [*plan.channels, *(one for one in CHANNELS if one not in plan.channels)]


def _mind(plan: Plan, dice: random.Random) -> str:
    if dice.random() >= plan.minds:
        return ""
    minds = READY_MINDS if plan.ready else MINDS
    return dice.choices(list(minds), list(minds.values()))[0]


@dataclass
class Wave:
    """One event and the people it is for."""

    number: int
    event: Event
    people: list[Person]

    @property
    def key(self) -> str:
        """The event's key."""
        return self.event.key


def promise(plan: Plan, number: int, crowd: list[Person], due_at: datetime) -> Wave:
    """Promise one event to some people through the product's own verb."""
    expires_at = due_at + timedelta(seconds=plan.seconds(plan.window))
    day = clock.today(clock.now())
    what, kind = ("FOLLOWUP", "follow_up") if plan.ready else ("T-15", "reminder")
    event = Event(f"CHAOS:{what}:{number}", kind, due_at, expires_at, day)
    for one in crowd:
        one.wave = number
        one.comes_at = due_at + timedelta(seconds=plan.seconds(GRACE))
        _be_quiet(one, event)
    extras: dict[str, Any] = {"rows": words.reminder_rows(day)}
    if plan.ready:
        extras |= conditions.extras(on_server="You play.", missing=TEXT)
    messages = [Message(one.recipient, TEXT, one.user.pk, plan.channels, extras) for one in crowd]
    if plan.ready:
        _promise_again_and_again(messages, event)
        return Wave(number, event, crowd)
    # A planned row is one that no worker released: a drain does it, a little late.
    half = len(messages) // 2
    outbox.enqueue(messages[:half], event, at=clock.now(), planned=False)
    outbox.enqueue(messages[half:], event, at=clock.now(), planned=True)
    return Wave(number, event, crowd)


def _promise_again_and_again(messages: list[Message], event: Event) -> None:
    """Let two calls promise the same, and the job of half of it run several times at once."""
    for _call in range(2):
        outbox.enqueue(messages, event, at=clock.now(), planned=True)
    half = [one.recipient for one in messages[: len(messages) // 2]]
    for found in together(RUNS, lambda _number: outbox.release(event.key, half)):
        if isinstance(found, Exception):
            raise found


def _be_quiet(one: Person, event: Event) -> None:
    if not one.mind.startswith("quiet"):
        return
    ends = event.expires_at + timedelta(hours=1)
    if one.mind == "quiet at first":
        ends = event.due_at + (event.deadline_at - event.due_at) / 4
    begins = event.due_at - timedelta(hours=1)
    start, end = (at.astimezone(UTC).time() for at in (begins, ends))
    people.set_preferences(
        person=one.user, at=clock.now(), timezone="UTC", quiet_start=start, quiet_end=end
    )
    one.quiet_until = ends


def act(one: Person) -> None:
    """Do what this person does while the messages go out."""
    at = clock.now()
    if one.mind == "opts out":
        people.set_preferences(person=one.user, at=at, allow_promotions=False)
    elif one.mind == "says no":
        _answer(one, Status.NOT_PLAYING)
    elif one.mind == "no and yes":
        _answer(one, Status.NOT_PLAYING)
        _answer(one, Status.LOOKING)
    elif one.mind == COMING and one.comes_at:
        outbox.postpone(one.user, clock.today(at), one.comes_at, at=at)
    one.at = time.time()


def _answer(one: Person, status: str) -> None:
    at = clock.now()
    evenings.answer(person=one.user, day=clock.today(at), status=status, at=at)
