"""Who is next in line, and to whom which place is offered: decisions without a database."""

from datetime import datetime, timedelta

from availability.models import Status
from planning.rooms import line
from planning.rooms.line import Offered, Vacancy, Waiting
from planning.rooms.models import Offer
from tests import make

State = Offer.State
START = make.at("21:00")
AT = make.at("20:50")
LASTS = timedelta(minutes=2)


def waiting(who: int, status: str = Status.MAYBE, minutes: int = 0, last: str = "") -> Waiting:
    """Return somebody who waits since so many minutes, and how their last offer ended."""
    return Waiting(who, status, AT - timedelta(minutes=minutes), last, AT if last else None)


def offered(who: int, instead_of: int | None = 9, state: str = State.OPEN) -> Offered:
    """Return an offer of a place of side A, made a minute ago."""
    made = AT - timedelta(minutes=1)
    return Offered(who, who, instead_of, "A", made, made + LASTS, state)


def asking(
    vacancies: list[Vacancy], people: list[int], offers: tuple[Offered, ...] = (), at: datetime = AT
) -> list[tuple[int | None, int]]:
    """Return whose place is offered to whom."""
    found = line.asking(vacancies, people, offers, at=at, lasts=LASTS, start_at=START)
    return [(one.vacancy.who, one.person_id) for one in found]


def test_who_said_yes_comes_before_who_said_maybe_and_the_longest_standing_first() -> None:
    people = [
        waiting(1, Status.MAYBE, minutes=50),
        waiting(2, Status.AVAILABLE, minutes=5),
        waiting(3, Status.LOOKING, minutes=10),
        waiting(4, Status.MAYBE, minutes=60),
    ]

    assert line.order(people) == [3, 2, 4, 1]


def test_whoever_declined_tonight_is_behind_everybody() -> None:
    people = [waiting(1, Status.LOOKING, 50, State.DECLINED), waiting(2, Status.MAYBE)]

    assert line.order(people) == [2, 1]


def test_whoever_lost_a_place_by_a_moment_is_first() -> None:
    people = [
        waiting(1, Status.LOOKING, 50),
        waiting(2, Status.MAYBE, 1, State.FILLED),
        waiting(3, Status.MAYBE, 2, State.RETURNED),
    ]

    assert line.order(people) == [2, 3, 1]


def test_an_offer_that_ran_out_changes_no_place_in_line() -> None:
    people = [waiting(1, Status.MAYBE, 50, State.EXPIRED), waiting(2, Status.MAYBE)]

    assert line.order(people) == [1, 2]


def test_two_places_go_to_the_first_two() -> None:
    assert asking([Vacancy("A", 9), Vacancy("B", 8)], [1, 2, 3]) == [(9, 1), (8, 2)]


def test_a_place_that_is_offered_is_offered_to_nobody_else() -> None:
    assert asking([Vacancy("A", 9)], [1, 2], (offered(1),)) == []


def test_whoever_has_an_offer_is_not_offered_a_second_place() -> None:
    assert asking([Vacancy("A", 9), Vacancy("A", 8)], [1, 2], (offered(1),)) == [(8, 2)]


def test_nobody_is_offered_the_same_place_twice() -> None:
    gone = (offered(1, state=State.EXPIRED), offered(2, state=State.DECLINED))

    assert asking([Vacancy("A", 9)], [1, 2], gone) == []
    assert asking([Vacancy("A", 9)], [1, 2, 3], gone) == [(9, 3)]


def test_a_place_that_was_left_again_is_a_new_one() -> None:
    before = (offered(1, state=State.EXPIRED),)

    assert asking([Vacancy("A", 9, since=AT)], [1], before) == [(9, 1)]


def test_an_offer_ends_ten_minutes_after_the_start_and_is_never_shorter_than_half_a_minute() -> (
    None
):
    last = START + line.LAST_AFTER_START
    place = [Vacancy("A", 9)]

    assert asking(place, [1], at=last - timedelta(seconds=30)) == [(9, 1)]
    assert asking(place, [1], at=last - timedelta(seconds=29)) == []
    found = line.asking(
        place, [1], (), at=last - timedelta(seconds=60), lasts=LASTS, start_at=START
    )
    assert found[0].until == last


def test_what_becomes_of_an_open_offer() -> None:
    place, made = [Vacancy("A", 9)], offered(1)
    soon, later = AT, made.expires_at

    assert line.ended(made, place, [1], [], soon) == ""
    assert line.ended(made, place, [1], [], later) == State.EXPIRED
    assert line.ended(made, place, [], [], soon) == State.DECLINED
    assert line.ended(made, place, [], [1], soon) == State.RETURNED
    assert line.ended(made, [], [1], [], soon) == State.RETURNED
