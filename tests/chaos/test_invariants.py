"""The judge of a run says what is wrong; a judge that calls everything right proves nothing."""

from dataclasses import replace
from datetime import timedelta

from tests.chaos.facts import DUE, WHO, asked, broken, judged, tried, way


def test_one_message_and_one_row_hold() -> None:
    assert broken(judged([asked()], [tried()])) == set()


def test_a_message_that_never_came_is_lost() -> None:
    assert {"I1", "I4"} <= broken(judged([], [tried()]))


def test_a_second_message_is_doubled() -> None:
    found = judged([asked(), asked(number=1)], [tried()])

    assert broken(found) == {"I2"}
    assert found["I2"].broken == ["CHAOS:T-15:0 to rson:bor (sent): 2 messages"]


def test_the_same_message_twice_is_one() -> None:
    assert broken(judged([asked(), asked()], [tried()])) == set()


def test_early_and_late_are_told_by_the_providers_clock() -> None:
    assert "I3" in broken(judged([asked(-1)], [tried(after=-1)]))
    assert "I3" in broken(judged([asked(721)], [tried(after=721)]))


def test_a_message_in_another_channel_is_a_difference() -> None:
    assert broken(judged([asked(channel_id=8)], [tried()])) == {"I4"}


def test_a_message_that_the_ledger_calls_expired_is_a_difference() -> None:
    found = judged([asked()], [tried("unknown")], state="expired", reason="too late")

    assert broken(found) == {"I4", "share"}


def test_a_delivery_that_is_still_open_is_unsettled() -> None:
    assert "I5" in broken(judged([asked()], [tried("pending")], state="sending"))


def test_nothing_is_asked_in_quiet_hours() -> None:
    quiet = replace(WHO, mind="quiet", quiet_until=DUE + timedelta(minutes=5))

    assert broken(judged([asked()], [tried()], quiet)) == {"I6"}


def test_no_try_begins_after_a_no() -> None:
    no = replace(WHO, mind="says no", at=DUE.timestamp())

    found = judged([asked()], [tried()], no)

    assert broken(found) == {"I6"}


def test_nobody_who_was_seen_in_voice_is_asked() -> None:
    there = replace(WHO, mind="comes to voice", at=DUE.timestamp() - 60)

    assert broken(judged([asked()], [tried()], there)) == {"voice"}
    assert broken(judged([asked()], [tried()], replace(there, at=DUE.timestamp() + 5))) == set()


def test_nobody_is_asked_before_they_come() -> None:
    comes = replace(
        WHO,
        mind="says they come",
        at=DUE.timestamp() - 60,
        comes_at=DUE + timedelta(minutes=8),
    )

    assert broken(judged([asked()], [tried()], comes)) == {"I6"}
    assert broken(judged([asked(481)], [tried(after=481)], comes)) == set()


def test_a_request_under_way_may_land_after_a_no() -> None:
    no = replace(WHO, mind="says no", at=(DUE + timedelta(seconds=1)).timestamp())

    assert broken(judged([asked(2)], [tried(after=0.5, message=asked(2).message_id)], no)) == set()


def test_tries_without_a_gap_in_their_numbers() -> None:
    assert broken(judged([asked()], [tried(n=2)])) == {"I7"}


def test_a_change_that_nobody_wrote_down() -> None:
    gap = [(1, "", "scheduled"), (3, "sending", "sent")]

    assert broken(judged([asked()], [tried()], changes=gap)) == {"I7"}


def test_a_change_that_the_state_machine_does_not_have() -> None:
    found = judged([asked()], [tried()], changes=way("scheduled", "sent"))

    assert broken(found) == {"I7"}
    assert found["I7"].broken[0].endswith("from scheduled to sent")


def test_expiring_everything_is_no_success() -> None:
    found = judged([], [], state="expired", reason="too late", attempts=0)

    assert broken(found) == {"share"}


def test_zeros_come_with_their_bound() -> None:
    found = judged([asked()], [tried()])["I2"]

    assert (found.trials, found.bound) == (1, 3.0)
