"""Who is in which voice channel, muted or not."""

from __future__ import annotations

from collections.abc import Iterator

from botworker.standin.world import Json

from .topic import Ledger, Topic


class Voice(Topic):
    """Voice states by guild and user, as Discord's JSON has them, without the member."""

    DOES = {"voice": "_do_voice", "voice gone": "_do_voice_gone"}

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.states: dict[tuple[int, int], Json] = {}

    def put(self, guild: int, user: int, state: Json) -> None:
        self.write("voice", guild=guild, user=user, state=state)

    def drop(self, guild: int, user: int) -> None:
        self.write("voice gone", guild=guild, user=user)

    def in_guild(self, guild: int) -> list[Json]:
        """Give the states of everybody who is in a voice channel of this guild."""
        return [state for (place, _), state in self.states.items() if place == guild]

    def in_channel(self, channel: int) -> list[int]:
        """Give who is in this voice channel, in the order they came."""
        here = str(channel)
        return [user for (_, user), one in self.states.items() if one["channel_id"] == here]

    def told(self) -> Iterator[Json]:
        for (guild, user), state in self.states.items():
            yield {"do": "voice", "guild": guild, "user": user, "state": state}

    def _do_voice(self, change: Json) -> None:
        key = (change["guild"], change["user"])
        before = self.states.get(key)
        if before and before["channel_id"] != change["state"]["channel_id"]:
            del self.states[key]
        self.states[key] = change["state"]

    def _do_voice_gone(self, change: Json) -> None:
        self.states.pop((change["guild"], change["user"]), None)
