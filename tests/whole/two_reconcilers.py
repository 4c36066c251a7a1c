"""Two bots keep the same raids, one is killed in the middle of fifty votes: one message each."""

from tests.whole.raiding import LIST, PLANNER, SLOTS, Night

VOTES, PEOPLE = 50, 10
TIMES = (["early"], ["late"], ["early", "late"])


def fifty_votes(night: Night) -> None:
    """Vote fifty times while two bots keep what is shown; whoever is left shows all of it."""
    first = night.start(unelected=True)
    night.start(unelected=True)
    raid = night.hand.do("plan", dungeon="Nanos", least=2)
    night.wait(lambda: night.posts(PLANNER))
    last = {}
    for number in range(VOTES):
        who = number % PEOPLE
        last[who] = TIMES[number % len(TIMES)]
        night.hand.do("vote", raid=raid, who=who, times=last[who])
        if number == VOTES // 2:
            night.wait(lambda: night.posts(SLOTS))
            night.bots.kill(first)
    night.start(unelected=True)

    early = sum("early" in said for said in last.values())
    late = sum("late" in said for said in last.values())
    night.wait(lambda: f"early: {early} votes" in night.text(PLANNER))
    night.wait(lambda: f"late: {late} votes" in night.text(PLANNER))
    night.wait(
        lambda: f" {early} of 2" in night.text(SLOTS) and f" {late} of 2" in night.text(SLOTS)
    )
    night.wait(lambda: "2 slots stand" in night.text(LIST))
    assert [len(night.posts(one)) for one in (PLANNER, SLOTS, LIST)] == [1, 2, 1]
    night.wait(lambda: len(night.roles()) == 1)
    night.each_stands_once()
