"""The evening after its start: who comes to voice, who plays without it, who is nowhere; and what
the bot made of it."""

from collections.abc import Set
from typing import Any

import httpx

from slomix.management.community import MEMBERS, VOICE_IDS
from slomix.management.rehearsal.evidence import Row, Sent, name_of
from slomix.management.rehearsal.system import System

IN_VOICE = "in voice"
# What the two kinds of question say, and what the summary counts.
SEES_ON_SERVER = "We see you on the server"
NOT_IN_VOICE = "You are not in voice yet"
ON_SERVER_ONLY = "on the server only"


class Gathering:
    """Acts it out on the local Discord and on its game server: half of those called come to voice,
    one falls asleep there, one plays without voice, the others stay away."""

    def __init__(self, system: System, reachable: Set[int]) -> None:
        self.system = system
        # In the club's order, so that every rehearsal is the same.
        people = [one for one in MEMBERS if one.discord_id in reachable]
        half = len(people) // 2
        self.in_voice = frozenset(one.discord_id for one in people[:half])
        self.asleep, self.player = people[half], people[half + 1]
        self.missing = frozenset(reachable) - self.in_voice

    @property
    def words(self) -> str:
        """What was acted out."""
        return (
            f"{len(self.in_voice)} joined voice, {self.asleep.name} fell asleep in AFK, "
            f"{self.player.name} joined the game server, {len(self.missing) - 2} stayed away"
        )

    def come(self) -> None:
        """Let everybody go where they are at the start. Raises httpx.HTTPError."""
        for one in self.in_voice:
            self._join(one, VOICE_IDS["Briefing"])
        self._join(self.asleep.discord_id, VOICE_IDS["AFK"])
        name = f"^1{self.player.player_name}"
        self._do("game/join", {"person": self.player.discord_id, "name": name})

    def look(self) -> None:
        """Do nothing: where everybody is was our own doing."""

    def absent(self, rows: list[Row]) -> frozenset[int]:
        """Return who is to be asked, whatever the ledger says of it."""
        return self.missing

    def _join(self, discord_id: int, channel: int) -> None:
        body = {"act": "join_voice", "person": str(discord_id), "channel": str(channel)}
        self._do("act", body)

    def _do(self, what: str, body: dict[str, Any]) -> None:
        address = f"{self.system.discord}/standin/{what}"
        httpx.post(address, json=body, timeout=5, trust_env=False).raise_for_status()

    def spared(self, rows: list[Row]) -> list[str]:
        """Say who was in voice and is not noted as being there."""
        said = {row.discord_id: (row.state, row.reason) for row in rows}
        return [
            f"{name_of(one)} was in voice, the ledger says {' '.join(said.get(one, ('nothing',)))}"
            for one in sorted(self.in_voice)
            if said.get(one) != ("suppressed", IN_VOICE)
        ]

    def noted(self, asked: list[Sent], summaries: list[str]) -> tuple[str, list[str]]:
        """Return what the server note was, and what speaks against it: who plays without voice
        reads other words than the rest, and the channel reads one summary that names no absence."""
        problems = [
            f"{name_of(one.discord_id)} read {one.text[:60]!r}"
            for one in asked
            if (SEES_ON_SERVER if one.discord_id == self.player.discord_id else NOT_IN_VOICE)
            not in one.text
        ]
        if len(summaries) != 1:
            problems.append(f"{len(summaries)} summaries in the channel")
        text = " ".join(summaries)
        if ON_SERVER_ONLY not in text:
            problems.append("the summary counts nobody on the server only")
        absent = [name for one in self.missing if (name := name_of(one)) in text]
        problems += [f"the summary names {name}, who is not there" for name in absent]
        return f"{self.player.name} read “{SEES_ON_SERVER} …”; the channel: {text!r}", problems
