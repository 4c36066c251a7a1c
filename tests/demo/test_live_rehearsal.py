"""A rehearsal with real people reads back what they heard, and judges by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from botworker.standin.standin import StandIn
from slomix.management import community
from slomix.management.rehearsal.cast import Cast
from slomix.management.rehearsal.evidence import Row, Sent
from slomix.management.rehearsal.kill import Kill
from slomix.management.rehearsal.live import AWAY, HIDDEN, LiveKill, People, Watched, snowflake
from slomix.management.rehearsal.rest import Rest
from tests.demo.outside import ANA, BRIEFING, CMRLJ, LOJZE, PLAYED, ZABAR

DUE = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


def people(rest: Rest, discord: StandIn, played: Cast = PLAYED, channel: int = 0) -> People:
    guild = community.GUILD_ID
    system = SimpleNamespace(discord_url=discord.url, guild_id=guild)
    return People(system, played, rest, channel)  # type: ignore[arg-type]


def test_direct_messages_are_read_back_from_discord(rest: Rest, discord: StandIn) -> None:
    began = people(rest, discord)
    room = rest.room(CMRLJ)
    button = {"type": 2, "style": 1, "label": "Yes", "custom_id": "dlv:mark:in:20261120"}
    body: dict[str, object] = {
        "content": "Coming?",
        "components": [{"type": 1, "components": [button]}],
    }
    body["allowed_mentions"] = {"parse": []}
    rest._ask("POST", f"/channels/{room}/messages", json=body)

    [said] = began.heard()

    assert (said.discord_id, said.text) == (CMRLJ, "Coming?")
    assert abs(said.at - datetime.now(UTC)) < timedelta(seconds=30)
    row = Row(CMRLJ, "sent", "", DUE, DUE, tries=1, marker="mark")
    assert said.answers([row])
    assert not said.answers([replace(row, marker="another")])


def test_a_snowflake_is_as_old_as_discord_says() -> None:
    # https://discord.com/developers/docs/reference#convert-snowflake-to-datetime
    at = datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)

    assert snowflake(at) >> 22 == 175928847299117063 >> 22


def row(who: int, state: str = "sent", reason: str = "") -> Row:
    return Row(who, state, reason, DUE, DUE + timedelta(minutes=9), tries=1)


def test_closed_direct_messages_are_what_the_ledger_was_refused(
    rest: Rest, discord: StandIn
) -> None:
    refused = row(LOJZE, "failed", "direct messages are closed (50007)")

    assert people(rest, discord).closed([row(CMRLJ), refused]) == {LOJZE}
    assert people(rest, discord).closed([row(LOJZE, "failed", "expired")]) == frozenset()


def test_whoever_said_no_in_the_meantime_is_promised_nothing(rest: Rest, discord: StandIn) -> None:
    rows = [row(CMRLJ, "suppressed", "said no"), row(ZABAR, "suppressed", "dry run")]

    assert people(rest, discord).excused(rows) == {CMRLJ}


def test_whoever_was_named_and_is_not_called_is_told_of(rest: Rest, discord: StandIn) -> None:
    found = people(rest, discord)

    assert found.called({"Čmrlj"}) == {CMRLJ}
    assert found.left_out({CMRLJ}) == ["Žabar is not among the recipients"]


# --- who was there ---------------------------------------------------------------------------------


def watched(**where: tuple[int, int]) -> Watched:
    ids = {"cmrlj": CMRLJ, "zabar": ZABAR, "ana": ANA}
    names = SimpleNamespace(
        name_of=lambda one: next(name for name, who in ids.items() if who == one),
        excused=lambda _rows: frozenset(),
        channel="",
    )
    found = Watched(names, frozenset(ids[name] for name in where))  # type: ignore[arg-type]
    found.looks = [{ids[name]: looks[n] for name, looks in where.items()} for n in (0, 1)]
    return found


def test_discord_itself_says_who_is_in_voice(rest: Rest, discord: StandIn) -> None:
    there = people(rest, discord)
    discord.call(discord.join_voice(CMRLJ, BRIEFING))
    discord.call(discord.join_voice(ZABAR, community.VOICE_IDS["AFK"]))

    assert there.voice_of(CMRLJ) == BRIEFING
    assert there.voice_of(ZABAR) == AWAY
    assert there.voice_of(ANA) == AWAY


def test_whoever_was_in_voice_is_to_be_spared_and_the_others_asked() -> None:
    found = watched(cmrlj=(BRIEFING, BRIEFING), zabar=(AWAY, AWAY))
    spared = row(CMRLJ, "suppressed", "in voice")

    assert found.absent([spared, row(ZABAR)]) == {ZABAR}
    assert found.spared([spared]) == []
    assert found.spared([row(CMRLJ)]) == ["cmrlj was in voice, the ledger says sent "]
    assert "1 in voice and 1 not" in found.words


def test_of_whoever_was_moving_the_ledger_is_believed() -> None:
    found = watched(cmrlj=(BRIEFING, AWAY), zabar=(HIDDEN, HIDDEN))
    spared = row(CMRLJ, "suppressed", "in voice")

    assert found.absent([spared, row(ZABAR)]) == {ZABAR}
    assert found.absent([row(CMRLJ), row(ZABAR)]) == {CMRLJ, ZABAR}
    assert found.spared([row(CMRLJ)]) == []
    assert "2 came, went or are not shown" in found.words


def test_the_check_is_read_in_words_of_the_check() -> None:
    found = watched(cmrlj=(AWAY, AWAY), zabar=(AWAY, AWAY))
    asked = [
        Sent(CMRLJ, "1", DUE, "… You are not in voice yet. …"),
        Sent(ZABAR, "2", DUE, "We see you on the server, but …"),
    ]

    told, problems = found.noted(asked, [])
    assert problems == []
    assert "1 read “We see you on the server …”, 1 did not; no --channel was named" in told
    assert found.noted([replace(asked[0], text="Game night")], [])[1] == ["cmrlj read 'Game night'"]


def test_with_a_channel_there_is_one_summary() -> None:
    found = watched(cmrlj=(AWAY, AWAY))
    found.people.channel = "channel 5"

    assert found.noted([], ["so far: …"])[1] == []
    assert found.noted([], [])[1] == ["0 summaries in the channel"]


# --- the kill --------------------------------------------------------------------------------------


def test_a_live_kill_says_when_there_was_no_middle() -> None:
    found = LiveKill(SimpleNamespace(), list)  # type: ignore[arg-type]
    found.before.update({"sent": 3})

    assert "shows the coming back alone" in found.words
    assert found.problems == []
    assert Kill(SimpleNamespace(), list).problems != []  # type: ignore[arg-type]


def test_a_live_kill_waits_for_the_middle_or_the_end() -> None:
    found = LiveKill(SimpleNamespace(), list)  # type: ignore[arg-type]
    struck = {}
    for states in ("", "scheduled", "scheduled sent", "sending scheduled", "sent failed"):
        found.before.clear()
        found.before.update(states.split())
        struck[states] = found._now()

    assert [states for states, now in struck.items() if now] == ["sending scheduled", "sent failed"]
