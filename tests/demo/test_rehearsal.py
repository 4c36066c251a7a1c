"""The rehearsal judges as a person would: who got it, once, in time, and nobody else."""

from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from slomix.management import community
from slomix.management.commands.rehearse import rows
from slomix.management.rehearsal import evening
from slomix.management.rehearsal.evidence import Row, Sent, direct_messages, posts
from slomix.management.rehearsal.gathering import Gathering
from slomix.management.rehearsal.judge import Promise, judge

DUE = datetime(2026, 11, 20, 19, 45, tzinfo=UTC)
BOR, VESNA, LOJZE, STRANGER = (community.MEMBERS[place].discord_id for place in (11, 13, 8, 0))
PROMISE = Promise("PROMOTE:T-15:2026-11-20", DUE, frozenset({BOR, VESNA, LOJZE}), {LOJZE})


def row(who: int, state: str = "sent") -> Row:
    return Row(who, state, "", DUE, DUE + timedelta(minutes=12), tries=1)


def sent(who: int, after: float = 0.2, message: str = "") -> Sent:
    return Sent(who, message or str(who), DUE + timedelta(seconds=after))


ROWS = [row(BOR), row(VESNA), row(LOJZE, "failed")]
MESSAGES = [sent(BOR), sent(VESNA, 0.4)]


def problems(rows: list[Row], messages: list[Sent]) -> str:
    return "; ".join(judge(PROMISE, rows, messages).problems)


def test_everybody_once_and_nobody_else_holds() -> None:
    verdict = judge(PROMISE, ROWS, MESSAGES)

    assert verdict.problems == ()
    assert "2 sent, 1 failed" in verdict.evidence
    assert "0.20 to 0.40 s after the time" in verdict.evidence


def test_a_second_message_does_not_hold() -> None:
    assert problems(ROWS, [*MESSAGES, sent(BOR, 1, "again")]) == "Bazooka Bor got 2 messages"


def test_a_missing_message_does_not_hold() -> None:
    assert problems(ROWS, MESSAGES[:1]) == "Vesna.exe got 0 messages"


def test_a_message_to_somebody_else_does_not_hold() -> None:
    found = problems(ROWS, [*MESSAGES, sent(STRANGER)])

    assert found == "Jazbec got a message not meant for them"


def test_a_message_before_its_time_does_not_hold() -> None:
    assert "before the time" in problems(ROWS, [sent(BOR, -1), MESSAGES[1]])


def test_a_message_when_it_is_over_does_not_hold() -> None:
    assert "when it was over" in problems(ROWS, [sent(BOR, 720), MESSAGES[1]])


def test_a_ledger_that_says_something_else_does_not_hold() -> None:
    found = problems([replace(ROWS[0], state="unknown"), *ROWS[1:]], MESSAGES)

    assert found == "the ledger says unknown of Bazooka Bor"


ROOM = {
    "method": "POST",
    "path": "/api/v10/users/@me/channels",
    "status": 200,
    "response_json": {"id": "77", "recipients": [{"id": str(BOR)}]},
    "at": "2026-11-20T19:44:00+00:00",
}
SAID = {
    "method": "POST",
    "path": "/api/v10/channels/77/messages",
    "status": 200,
    "response_json": {"id": "1001", "channel_id": "77"},
    "at": "2026-11-20T19:45:00.200000+00:00",
}


def test_a_repeated_nonce_is_one_message() -> None:
    refused = SAID | {"status": 403, "response_json": {"code": 50007}}

    assert [one.discord_id for one in direct_messages([ROOM, SAID, SAID, refused])] == [BOR]


def test_a_message_whose_answer_nobody_was_there_to_hear_counts() -> None:
    unheard = SAID | {"status": 0, "asked": "2026-11-20T19:45:00.100000+00:00"}

    [message] = direct_messages([ROOM, unheard])

    assert message == Sent(BOR, "1001", DUE + timedelta(seconds=0.1))


@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_it_is_evening_somewhere_at_any_hour(month: int) -> None:
    for minutes in range(0, 24 * 60, 7):
        now = datetime(2026, month, 15, tzinfo=UTC) + timedelta(minutes=minutes)
        night = evening.soon(now)
        local = [at.astimezone(night.zone) for at in (now, night.reminder_at, night.start_at)]
        assert all(18 <= one.hour < 22 for one in local)
        assert len({one.date() for one in local}) == 1


def test_at_home_in_the_evening_it_is_our_own_zone() -> None:
    night = evening.soon(datetime(2026, 11, 20, 18, tzinfo=UTC))

    assert night.zone.key == "Europe/Ljubljana"
    assert night.environment["AVAILABILITY_PROMOTION_REMINDER_TIME"] == "19:01:15"
    assert night.environment["AVAILABILITY_PROMOTION_START_TIME"] == "19:02:30"


def test_rows_are_chosen_as_people_write_them() -> None:
    assert rows("1-3,7") == {1, 2, 3, 7}
    for wrong in ("0", "11", "", "a", "3-1", "1;2"):
        with pytest.raises(ArgumentTypeError):
            rows(wrong)


def test_a_message_belongs_to_the_rows_whose_marker_it_carries() -> None:
    said = SAID["response_json"] | {  # type: ignore[operator]
        "content": "Coming?",
        "components": [{"components": [{"custom_id": "dlv:mark:in:20261120"}]}],
    }

    [message] = direct_messages([ROOM, SAID | {"response_json": said}])

    assert message.text == "Coming?"
    assert message.answers([replace(row(BOR), marker="mark")])
    assert not message.answers([replace(row(BOR), marker="another")])


def gathering() -> Gathering:
    people = frozenset(one.discord_id for one in community.MEMBERS[1:9])
    return Gathering(SimpleNamespace(discord=""), people)  # type: ignore[arg-type]


def test_half_come_to_voice_one_sleeps_one_plays_and_the_rest_stay_away() -> None:
    found = gathering()

    assert len(found.in_voice) == 4
    assert {found.asleep.discord_id, found.player.discord_id} < found.missing
    assert "4 joined voice" in found.words
    assert "2 stayed away" in found.words


def test_whoever_was_in_voice_and_was_asked_does_not_hold() -> None:
    found = gathering()
    rows = [replace(row(one, "suppressed"), reason="in voice") for one in found.in_voice]
    assert found.spared(rows) == []

    [problem] = found.spared([replace(rows[0], state="sent", reason=""), *rows[1:]])

    assert "was in voice, the ledger says sent" in problem


def test_the_server_note_is_for_whoever_plays_without_voice_alone() -> None:
    found = gathering()
    good = "**21:00 CET, so far:** 4 are in voice. 1 is on the server only."
    words = {found.player.discord_id: "We see you on the server, but …"}
    asked = [
        replace(sent(one), text=words.get(one, "… You are not in voice yet. …"))
        for one in found.missing
    ]

    assert found.noted(asked, [good])[1] == []
    assert found.noted(asked, [])[1] != []
    assert "2 summaries" in found.noted(asked, [good, good])[1][0]
    naming = f"1 is on the server only. Missing: {found.asleep.name}"
    assert "who is not there" in found.noted(asked, [naming])[1][0]
    swapped = [replace(one, text="… You are not in voice yet. …") for one in asked]
    assert found.player.name in found.noted(swapped, [good])[1][0]


def test_a_channel_is_read_by_what_was_posted_there_once_each() -> None:
    path = f"/api/v10/channels/{community.NOCOJ_ID}/messages"
    said = SAID | {"path": path, "response_json": {"id": "5", "channel_id": "1", "content": "so"}}

    assert posts([ROOM, said, said, SAID], community.NOCOJ_ID) == ["so"]
