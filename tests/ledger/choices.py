"""What the machine may choose from: events, people, answers, work."""

from datetime import time

from hypothesis import strategies as st

from botworker.channels import Refusal, Said
from botworker.claims import Job
from botworker.models import State
from botworker.outbox import Event
from tests import make

DAY = make.TONIGHT.date()
EVENTS = {
    "PROMOTE:T-15": Event(
        "PROMOTE:T-15", "reminder", make.at("20:45"), make.at("20:57"), evening=DAY
    ),
    "PROMOTE:T0": Event("PROMOTE:T0", "start", make.at("21:00"), make.at("21:10"), evening=DAY),
}
WHO = st.integers(0, 2)
KEYS = st.sampled_from(sorted(EVENTS))
# The second channel can never tell whether a message of unclear fate arrived.
CHANNELS, PROVABLE = ("discord", "second"), ("discord",)
OFTEN_DISCORD = st.sampled_from(["discord", "discord", "discord", "second"])
SELDOM = st.sampled_from([False, False, True])
PLANS = st.sampled_from([("discord",), ("discord", "second")])
PASSES = st.sampled_from([0, 0, 0, 0.3, 1, 2, 2.5, 5, 9, 13, 31])
LONGER = st.sampled_from([0, 1, 31, 60, 121, 300])
DRAINS = st.sampled_from(["one", "two"])
QUIET = st.sampled_from(
    [
        (time(20, 40), time(20, 46)),
        (time(20, 50), time(21, 2)),
        (time(20, 59), time(23, 0)),
        (time(22, 0), time(8, 0)),
        (time(21, 30), time(20, 56, 50)),
    ]
)
ANSWERS = st.sampled_from(["taken", "refused", "busy", "lost", "silent", "late"])
# What a drain does in one go; other things may happen between any two of the single verbs.
WORK = st.sampled_from(
    [
        ("claim", "begin", "send", "settle"),
        ("claim", "begin", "send", "settle"),
        ("claim", "begin", "send"),
        ("claim", "begin"),
        ("claim",),
        ("begin",),
        ("begin", "send"),
        ("send",),
        ("send", "settle"),
        ("settle",),
        ("look", "conclude"),
        ("look",),
        ("conclude",),
    ]
)
IN_FLIGHT = (State.LEASED, State.SENDING, State.UNKNOWN)
END = make.at("21:10")


class Hands:
    """What one drain holds in its memory; a kill empties it."""

    def __init__(self) -> None:
        self.claimed: list[Job] = []
        self.begun: list[Job] = []
        self.answered: list[tuple[Job, Said | Refusal]] = []
        self.looked: list[tuple[Job, int | None]] = []
