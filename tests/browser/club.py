"""What was so before somebody opened a page: the demo's club, and small things that changed in it.

These run in the process that serves the pages (`tests.browser.served`), with its clock.
"""

from datetime import time, timedelta

from django.test import override_settings

from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from availability.models import Change, Entry, Status
from botworker import pulse
from botworker.models import Delivery, State
from promotions import actions as calls
from promotions.models import Campaign, Job
from slomix.lib import clock
from slomix.management.community import MEMBERS, Member
from tests import make

Facts = dict[str, int | str]

# The usernames of those whose pages are looked at.
JAZBEC, ANA, VESNA, BOR, LOJZE = "jazbec_bor", "ana.dinamit", "vesna.exe", "bazooka.bor", "lojze73"
STEFK, SANGEETA = "stefk", "sangeeta.k"
MLADA, PEPPERONI, ADMIN = "mlada.smreka", "sgt_pepperoni", "zabar_"
WATCHED = (JAZBEC, ANA, VESNA, BOR, LOJZE, STEFK, SANGEETA, MLADA, PEPPERONI, ADMIN)
STRANGE = (
    "صقر الليل",
    "🐝🍯",
    "Ž" * 32,
    "the_artist_formerly_known_as_Sgt",
    "ab",
    "^1Rdeči ^7baron",
    "‏שלום‏ 12",
    "a b c d e f g h i j k l m n o p q",
)


def member(username: str) -> Member:
    """Return somebody of the demo's club."""
    return next(one for one in MEMBERS if one.username == username)


def person(username: str) -> User:
    """Return them as one of ours; whoever has no player yet signs in now."""
    one = member(username)
    return people.meet(
        discord_id=one.discord_id,
        username=one.username,
        display_name=one.name,
        avatar=one.face or "",
        at=clock.now(),
    )


def _says(username: str, status: str) -> None:
    at = clock.now()
    evenings.answer(person=person(username), day=clock.today(at), status=status, at=at)


def nobody_answered() -> None:
    Entry.objects.all().delete()
    Change.objects.all().delete()


def jazbec_looks() -> None:
    _says(JAZBEC, Status.LOOKING)


def jazbec_was_asked() -> None:
    people.answer_the_question(person=person(JAZBEC), remind=True, at=clock.now())


def some_come_later() -> None:
    at = clock.now()
    late = ((JAZBEC, "LOOKING", 21), (VESNA, "LOOKING", 22), (ANA, "AVAILABLE", 22))
    for username, status, hour in late:
        evenings.answer(
            person=person(username),
            day=clock.today(at),
            status=status,
            at=at,
            come_at=time(hour, 30),
        )


def jazbec_has_a_week() -> None:
    """Thursdays as a rule, away from Friday on, and one evening about which more was said."""
    at, who = clock.now(), person(JAZBEC)
    today = clock.today(at)
    evenings.set_pattern(person=who, week={3: "LOOKING", 6: "MAYBE"}, at=at - timedelta(days=2))
    first, last = today + timedelta(days=7), today + timedelta(days=9)
    evenings.add_away(person=who, first=first, last=last, at=at - timedelta(days=1))
    thursday = today + timedelta(days=13)
    for hours, status, door in ((20, "MAYBE", "discord"), (3, "AVAILABLE", "telegram")):
        evenings.answer(
            person=who, day=thursday, status=status, at=at - timedelta(hours=hours), door=door
        )


def six_look() -> None:
    for username in (VESNA, ANA):
        _says(username, Status.LOOKING)


def all_look() -> None:
    for one in (one for one in MEMBERS if one.linked):
        _says(one.username, Status.LOOKING)


def sixty_more() -> None:
    """Sixty people with names of every kind, on three evenings."""
    today = clock.today(clock.now())
    for number in range(60):
        name = STRANGE[number] if number < len(STRANGE) else f"player {number}"
        who = make.person(name, opted_in=number % 3 != 0)
        for ahead in range(3):
            day = today + timedelta(days=ahead)
            make.entry(who, Status.values[(number + ahead) % 4], day=day, since=clock.now())


def smreka_chose() -> None:
    people.link_player(person=person(MLADA), guid=member(MLADA).guid, at=clock.now())


def somebody_was_quicker() -> None:
    """Somebody else took the player that the open page still offers."""
    people.link_player(person=person(PEPPERONI), guid=member(MLADA).guid, at=clock.now())


def discord_refused() -> None:
    at = clock.now() - timedelta(hours=23)
    people.dm_refused(member(LOJZE).discord_id, "direct messages are closed", at)


def all_is_well() -> None:
    """Bot and worker live."""
    pulse.beat("bot", "connected")
    pulse.beat("worker")


def called() -> Facts:
    return {"call": _call(dry_run=False).pk}


def called_with_the_check() -> Facts:
    with override_settings(VOICE_CHECK_ENABLED=True):
        return called()


def checked() -> None:
    """Every third of those expected was in voice; the others were asked."""
    Job.objects.filter(kind=Job.Kind.FOLLOW_UP).update(outcome="released")
    rows = list(Delivery.objects.filter(kind="follow_up", state=State.PLANNED).order_by("pk"))
    for number, row in enumerate(rows):
        row.settled_at = row.due_at + timedelta(seconds=1)
        row.state, row.reason = (State.SENT, "") if number % 3 else (State.SUPPRESSED, "in voice")
    Delivery.objects.bulk_update(rows, ["state", "reason", "settled_at"])


def rehearsed() -> Facts:
    return {"call": _call(dry_run=True).pk}


def _call(*, dry_run: bool) -> Campaign:
    return calls.promote(
        promoter=person(JAZBEC),
        include_available=True,
        include_maybe=True,
        dry_run=dry_run,
        at=make.at("20:29"),
    )


def reminded() -> None:
    """The reminders went out, as far as they could."""
    _sent("reminder", Job.Kind.REMINDER, seconds=1)


def started() -> None:
    _sent("start", Job.Kind.START, seconds=2)
    Job.objects.filter(done_at=None).update(done_at=clock.now(), outcome="skipped: switched off")


def _sent(kind: str, job: str, *, seconds: int) -> None:
    Job.objects.filter(kind=job).update(done_at=clock.now(), outcome="released")
    rows = list(Delivery.objects.filter(kind=kind, state=State.PLANNED).order_by("pk"))
    for number, row in enumerate(rows):
        row.settled_at = row.due_at + timedelta(seconds=seconds)
        row.state, row.reason = State.SENT, ""
        if number == 1:
            row.state, row.reason = State.FAILED, "direct messages are closed"
        if number == 2 and kind == "start":
            row.state, row.reason = State.UNCONFIRMED, "no clear answer"
        if number == 3 and kind == "reminder" and clock.now() < row.due_at + timedelta(minutes=2):
            row.state, row.settled_at = State.RETRY_WAIT, None
    Delivery.objects.bulk_update(rows, ["state", "reason", "settled_at"])


def cancelled() -> None:
    campaign = Campaign.objects.latest("pk")
    calls.cancel(campaign=campaign, by=person(JAZBEC), at=clock.now())
