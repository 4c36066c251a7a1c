"""From votes to slots, without a database."""

from datetime import date, time
from zoneinfo import ZoneInfo

from planning.raids import slots
from planning.raids.slots import Choice, Slot

FRI, SAT = Choice(1, "Fri", date(2026, 11, 27)), Choice(2, "Sat", date(2026, 11, 28))
EIGHT, NINE = Choice(3, "20:00", None, time(20)), Choice(4, "late")
ANA, BOR, CENE = 30, 20, 10
LJUBLJANA = ZoneInfo("Europe/Ljubljana")


def table(
    ticks: list[tuple[int, int]], least: int = 2, **left: list[tuple[int, int, int]]
) -> list[Slot]:
    votes = slots.gather(ticks, left.get("left", []))
    return slots.table([FRI, SAT], [EIGHT, NINE], votes, min_players=least, zone=LJUBLJANA)


def test_there_is_a_slot_for_each_day_and_time_in_their_order() -> None:
    keys = [(slot.day.label, slot.time.label) for slot in table([])]

    assert keys == [("Fri", "20:00"), ("Fri", "late"), ("Sat", "20:00"), ("Sat", "late")]


def test_whoever_voted_for_both_is_in_it_by_number() -> None:
    found = table([(1, ANA), (1, BOR), (1, CENE), (3, ANA), (3, CENE), (2, BOR)])

    assert found[0].members == (CENE, ANA)
    assert [slot.members for slot in found[1:]] == [(), (), ()]


def test_it_stands_from_the_minimum_on() -> None:
    ticks = [(1, ANA), (3, ANA), (1, BOR), (3, BOR)]

    assert [slot.stands for slot in table(ticks)] == [True, False, False, False]
    assert not slots.standing(table(ticks, least=3))
    assert table(ticks, least=3)[0].missing == 1
    assert table(ticks)[0].missing == 0


def test_a_minimum_of_0_means_from_one_on() -> None:
    found = table([(1, ANA), (3, ANA)], least=0)

    assert [slot.stands for slot in found] == [True, False, False, False]
    assert {slot.threshold for slot in found} == {1}


def test_whoever_left_one_slot_is_in_the_others() -> None:
    ticks = [(1, ANA), (2, ANA), (3, ANA)]

    found = table(ticks, least=1, left=[(1, 3, ANA)])

    assert [slot.members for slot in found] == [(), (), (ANA,), ()]


def test_it_begins_where_both_labels_say_so() -> None:
    starts = [slot.starts_at and f"{slot.starts_at:%m-%d %H:%M}" for slot in table([])]

    assert starts == ["11-27 19:00", None, "11-28 19:00", None]


def test_fully_voted_is_who_said_a_day_and_a_time() -> None:
    votes = slots.gather([(1, ANA), (4, ANA), (1, BOR), (2, BOR), (3, CENE)])

    assert slots.fully_voted([FRI, SAT], [EIGHT, NINE], votes) == {ANA}


def test_present_is_everybody_in_a_slot_that_stands_once() -> None:
    ticks = [(1, ANA), (2, ANA), (3, ANA), (1, BOR), (2, BOR), (3, BOR), (4, CENE), (1, CENE)]

    assert slots.present(table(ticks)) == {ANA, BOR}


def test_625_slots_of_200_people_are_quick() -> None:
    days = [Choice(n, f"day {n}") for n in range(25)]
    times = [Choice(100 + n, f"time {n}") for n in range(25)]
    votes = slots.gather((one.pk, who) for one in [*days, *times] for who in range(200))

    found = slots.table(days, times, votes, min_players=200, zone=LJUBLJANA)

    assert len(slots.standing(found)) == 625
