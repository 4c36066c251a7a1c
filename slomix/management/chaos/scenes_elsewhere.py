"""F11 to F13 and F15 of the fault plan: what we hear, Telegram and Signal, falling back, new versions."""

from typing import TYPE_CHECKING

from slomix.management.chaos.addresses import SAYING, SIGNAL, TELEGRAM
from slomix.management.chaos.mix import SAYING as DISCORD
from slomix.management.chaos.plan import FALLING_BACK, Plan

if TYPE_CHECKING:
    from slomix.management.chaos.scenes import Wish

# What the local services say of a request whose sender died in the middle of it.
CUT_OFF = ("ConnectionResetError: Connection lost",)
# So many of the first messages are refused for good.
REFUSED = 0.8


def told_again(wish: "Wish") -> list[Plan]:
    """F11: presses and messages come several times, at once and late; as many as asked for."""
    return [wish.plan("F11", hearsay=True)]


def unclear(wish: "Wish") -> list[Plan]:
    """F12: as many faulted messages as asked for on each, and as many that nothing happens to."""
    return [
        wish.plan(
            f"F12 {channel}",
            deliveries=2 * wish.deliveries,
            channels=(channel,),
            alone=True,
            minds=0.0,
            least_sent=1.0,
        )
        for channel in (TELEGRAM, SIGNAL)
    ]


def falling_back(wish: "Wish") -> list[Plan]:
    """F13: killed between the refusal of one channel and the words on the next, both ways."""
    each = max(1, wish.deliveries // 60)
    on_telegram = {"route": SAYING[TELEGRAM], "fault": "closed_dms", "times": None}
    on_discord = {"route": DISCORD, "fault": "closed_dms", "times": None}
    ways = {
        ("telegram", "discord"): ({**on_telegram, "chance": REFUSED},),
        ("signal", "discord"): (
            {"route": SAYING[SIGNAL], "fault": "closed_dms", "times": None, "chance": REFUSED},
        ),
        ("discord", "telegram", "signal"): (
            {**on_discord, "chance": REFUSED},
            {**on_telegram, "chance": 0.5},
        ),
    }
    return [
        wish.plan(
            f"F13 {' to '.join(channels)}",
            channels=channels,
            faults=faults,
            kills_each=each,
            boundaries=FALLING_BACK,
            drains=5,
            tolerates=CUT_OFF,
        )
        for channels, faults in ways.items()
    ]


def rolled_out(wish: "Wish") -> list[Plan]:
    """F15: versions are brought to work while a campaign is said, on Discord and on Telegram, which
    has nothing that hides a message said twice. Answers are slow, so that many are under way when
    their drain is told to end."""
    slow = {"fault": "slow", "seconds": 6 / wish.scale, "times": None, "chance": 0.5}
    return [
        wish.plan(
            f"F15 {channels[0]}",
            rollouts=min(10, max(1, wish.deliveries // 50)),
            bots=1,
            drains=2,
            channels=channels,
            faults=({**slow, "route": {"discord": DISCORD, **SAYING}[channels[0]]},),
        )
        for channels in (("discord", TELEGRAM), (TELEGRAM, "discord"))
    ]
