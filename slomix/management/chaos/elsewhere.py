"""Telegram and Signal in a run: their addresses, their faults, and how people are linked."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts import vault
from accounts.models import Handle, User
from slomix.management.chaos.addresses import SAYING, SIGNAL, TELEGRAM, TOKEN
from slomix.management.chaos.journal import Door
from slomix.management.chaos.plan import Plan

Fault = dict[str, Any]


def kinds(channel: str, scale: float) -> list[Fault]:
    """Return every fault of saying something there, each on its own."""
    unclear: list[Fault] = [
        {"fault": "500_before", "status": 500},
        {"fault": "500_after", "status": 500},
        {"fault": "500_before", "status": 502},
        {"fault": "500_after", "status": 502},
        {"fault": "reset_before"},
        {"fault": "garbage"},
        {"fault": "empty"},
        {"fault": "nothing"},
        {"fault": "slow", "seconds": 13 / scale},
        {"fault": "late", "seconds": 13 / scale},
    ]
    unclear += [{"fault": "reset", "quarters": quarters} for quarters in range(5)]
    # On Signal the last two are failures of the network: as an error, and hidden in a success.
    definite: list[Fault] = [{"fault": "closed_dms"}, {"fault": "left_guild"}]
    definite += [{"fault": "refuse"}, {"fault": "slow", "seconds": 3 / scale}]
    definite += [{"fault": "429", "retry_after": 1}] if channel == TELEGRAM else [{"fault": "gone"}]
    return [{"route": SAYING[channel], **one} for one in unclear + definite]


def each(plan: Plan, people: list[int]) -> list[Fault]:
    """Let each kind hit people of its own, once; of all people every second one is hit."""
    every = kinds(plan.channels[0], plan.scale)
    return [
        {**every[place % len(every)], "person": str(one), "times": 1}
        for place, one in enumerate(hit(people))
    ]


def hit(people: list[int]) -> list[int]:
    """Return those whom a fault hits."""
    return people[1::2]


def link(door: Door, users: Mapping[int, User]) -> None:
    """Let everybody have linked Telegram and Signal some time ago; nothing of it is left to hear."""
    told = door.ask("GET", "/standin/handles")["people"]
    for discord_id in users:
        door.ask("POST", "/standin/telegram/say", {"person": discord_id, "text": "/start"})
    _heard(door)
    Handle.objects.bulk_create(
        Handle(
            user=user,
            channel=channel,
            sealed=vault.seal(address),
            sealed_by=vault.sealing_key(),
            index=vault.index(channel, address),
        )
        for discord_id, user in users.items()
        for channel, address in _addresses(told[str(discord_id)])
    )


def _addresses(told: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    return ((channel, str(told[channel])) for channel in (TELEGRAM, SIGNAL))


def _heard(door: Door) -> None:
    """Take what was written so far, so that no answer of ours meets a fault meant for a message."""
    path, offset = f"/telegram/bot{TOKEN}/getUpdates", 0
    while news := door.ask("POST", path, {"offset": offset, "timeout": 0})["result"]:
        offset = max(one["update_id"] for one in news) + 1
