"""The game server as a whole: who plays there, on which map, and whether it is up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from botworker.standin.log import Log
from botworker.standin.refused import Impossible
from botworker.standin.world import Json, World

from . import words

SLOTS = 24
# ioquake3 and ET: Legacy keep a bucket for each address (`SVC_RateLimitAddress`).
QUERIES, REFILL = 10.0, 10.0


@dataclass(slots=True)
class Player:
    """Somebody on the server; colours in the name are `^` and one character."""

    person: int
    name: str
    score: int = 0
    ping: int = 48
    team: int = 3


class Game:
    """The server that the world's people play on; it answers while it is up."""

    def __init__(self, world: World, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        self.people = {one.id: one for one in world.people}
        self.players: dict[int, Player] = {}
        self.map = "supply"
        self.hostname = f"^1{world.guild.name} ^7Game Night"
        self.up = True
        self.address = ""
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._log = log
        self._doers: dict[str, Callable[[Json], None]] = {
            "join": self._do_join,
            "leave": self._do_leave,
            "map": lambda change: setattr(self, "map", change["map"]),
            "up": lambda change: setattr(self, "up", change["up"]),
        }
        for change in log.read():
            self._doers[change["do"]](change)
        log.open()

    # --- what people do ----------------------------------------------------------------------

    def join(
        self, person: int, name: str = "", *, score: int = 0, ping: int = 48, team: int = 3
    ) -> Player:
        """Come onto the server under a name, by default one's own in colour; teams 1 and 2, 3 looks on."""
        if person not in self.people:
            raise Impossible(f"There is nobody with the id {person}.")
        if person not in self.players and len(self.players) >= SLOTS:
            raise Impossible("The server is full.")
        shown = name or f"^3{self.people[person].name}"
        player = Player(person, shown, score, ping, team)
        self._write("join", player=asdict(player))
        return player

    def leave(self, person: int) -> None:
        """Leave the server; nothing happens when one is not there."""
        self._write("leave", person=person)

    def change_map(self, name: str) -> None:
        self._write("map", map=name)

    def switch(self, *, up: bool) -> None:
        """Switch the server off, or on again."""
        self._write("up", up=up)

    # --- questions ---------------------------------------------------------------------------

    def allows(self, address: str) -> bool:
        """Take one query of an address: ten at once, then ten a second."""
        now = self._clock()
        left, at = self._buckets.get(address, (QUERIES, now))
        left = min(QUERIES, left + (now - at) * REFILL)
        self._buckets[address] = (left - (left >= 1), now)
        return left >= 1

    def answer(self, command: str, challenge: str) -> bytes | None:
        """Give the answer to a question, or nothing for one that the server does not know."""
        if command == "getstatus":
            settings = {"challenge": challenge} if challenge else {}
            lines = [(one.score, one.ping, one.name) for one in self.players.values()]
            return words.status(settings | self._settings(), lines)
        return words.info(self._summary(challenge)) if command == "getinfo" else None

    def _settings(self) -> dict[str, str]:
        teams = "".join(str(one.team) for one in self.players.values())
        return {
            "P": teams.ljust(SLOTS, "-"),
            "version": "ET Legacy v2.83.2 linux-x86_64",
            "protocol": "84",
            "gamename": "legacy",
            "mapname": self.map,
            "sv_hostname": self.hostname,
            "sv_maxclients": str(SLOTS),
            "sv_privateClients": "0",
            "g_gametype": "2",
            "g_needpass": "0",
            "timelimit": "20",
        }

    def _summary(self, challenge: str) -> dict[str, str]:
        told = {
            "protocol": "84",
            "hostname": self.hostname,
            "serverload": "0",
            "mapname": self.map,
            "clients": str(len(self.players)),
            "humans": str(len(self.players)),
            "sv_maxclients": str(SLOTS),
            "gametype": "2",
            "pure": "1",
            "game": "legacy",
        }
        return told | ({"challenge": challenge} if challenge else {})

    # --- state -------------------------------------------------------------------------------

    def _write(self, do: str, **change: object) -> None:
        line = {"do": do, **change}
        self._log.write(line)
        self._doers[do](line)

    def _do_join(self, change: Json) -> None:
        player = Player(**change["player"])
        self.players[player.person] = player

    def _do_leave(self, change: Json) -> None:
        self.players.pop(change["person"], None)

    def close(self) -> None:
        self._log.close()
