"""What balancing needs to know of an evening: who plays, how good they are, what was before."""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import OuterRef, Subquery

from accounts.models import User
from availability.models import Entry, Status
from planning.rooms import balance
from planning.rooms.balance import Player
from planning.rooms.models import Lineup, Member, Room, Team, Wish

PLAYS = (Status.LOOKING, Status.AVAILABLE)
# Evenings back that captains take turns over, and whose team mates are mixed anew.
TURNS, MIXED = 20, 3
# A rating of 0.902 is shown as 902 points.
SHOWN_DIGITS = 3
Pairs = list[tuple[int, int]]
Evening = tuple[Collection[int], Collection[int]]


def people(day: date) -> list[User]:
    """Return who said yes to an evening: LOOKING first, then AVAILABLE, longest standing first."""
    entries = Entry.objects.on(day).filter(status__in=PLAYS, person__is_active=True).with_people()
    said = sorted(entries, key=lambda one: (PLAYS.index(Status(one.status)), one.since, one.pk))
    return [one.person for one in said]


def players(who: Iterable[User]) -> list[Player]:
    """Return people with their ratings; whoever has no player, or no rating, has none."""
    return [Player(one.pk, _rating(one)) for one in who]


def _rating(person: User) -> float | None:
    rating = person.link.player.rating if hasattr(person, "link") else None
    if rating is None or not math.isfinite(rating):
        return None
    # As it is shown: splits that look alike are alike, and the sums on the page add up.
    return round(rating, SHOWN_DIGITS)


def wishes(day: date) -> tuple[Pairs, Pairs]:
    """Return the pairs that should play together, and those that should not."""
    rows = Wish.objects.filter(room__day=day).order_by("pk").values_list("kind", "first", "second")
    found = list(rows)
    return (
        [(one, two) for kind, one, two in found if kind == Wish.Kind.TOGETHER],
        [(one, two) for kind, one, two in found if kind == Wish.Kind.APART],
    )


def captains(
    day: date, sides: tuple[Sequence[int], Sequence[int]]
) -> tuple[int | None, int | None]:
    """Choose the captains of two sides: whose turn it is by the evenings before."""
    everybody = User.objects.filter(pk__in=[*sides[0], *sides[1]]).with_identity()
    rated = {one.key: one for one in players(everybody)}
    first, second = ([rated[who] for who in side] for side in sides)
    return balance.captains((first, second), history(day))


def history(day: date) -> list[set[int]]:
    """Return the captains of the evenings before one, the latest last."""
    found: dict[date, set[int]] = {}
    led = Team.objects.filter(lineup__in=_last_ones(day, TURNS), captain__isnull=False)
    rows = led.order_by("lineup__room__day").values_list("lineup__room__day", "captain")
    for evening, captain in rows:
        found.setdefault(evening, set()).add(captain)
    return list(found.values())


def earlier(day: date) -> list[Evening]:
    """Return the sides of the evenings just before one, the latest last."""
    found: dict[date, tuple[list[int], list[int]]] = {}
    members = Member.objects.filter(lineup__in=_last_ones(day, MIXED), person__isnull=False)
    rows = members.order_by("lineup__room__day").values_list(
        "lineup__room__day", "team__side", "person"
    )
    for evening, side, who in rows:
        a, b = found.setdefault(evening, ([], []))
        (a if side == "A" else b).append(who)
    return list(found.values())


def _last_ones(day: date, evenings: int) -> list[int]:
    """Return the line-ups that held at the end of the last evenings before one."""
    newest = Lineup.objects.filter(room=OuterRef("room")).order_by("-number").values("number")[:1]
    rooms = Room.objects.filter(day__lt=day, lineups__isnull=False).distinct().order_by("-day")
    last = list(rooms.values_list("pk", flat=True)[:evenings])
    held = Lineup.objects.filter(room__in=last, number=Subquery(newest))
    return list(held.values_list("pk", flat=True))
