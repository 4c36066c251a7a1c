"""What the game server says when it is asked who plays (`getstatus`, engines of the Quake 3 family).

The answer is `statusResponse`, the server's settings with our challenge among them, and one line
`score ping "name"` a player (ioquake3 `sv_main.c`, SVC_Status; ET: Legacy writes the same). Anybody
can send a datagram, so what does not hold the challenge is nobody's answer.
"""

import asyncio
import logging
import re
import secrets
from dataclasses import dataclass
from typing import cast

from django.conf import settings

from accounts import actions as people
from accounts.players import COLOUR
from botworker import presence
from botworker.timing import Timing
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

EVERY = 5.0  # a server answers about ten questions a second to an address
WITHIN = 2.0
OUT_OF_BAND = b"\xff\xff\xff\xff"
LONGEST = 16_384  # MAX_MSGLEN, where a server stops writing
MOST_PLAYERS = 64  # MAX_CLIENTS
LONGEST_NAME = 64
LINE = re.compile(r'-?\d{1,9} -?\d{1,9} "([^"\n]*)"')


def address() -> str:
    """Return the server as the game's `/connect` takes it, or an empty text where there is none."""
    if not settings.GAME_SERVER:
        return ""
    host, port = settings.GAME_SERVER
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class GameError(Exception):
    """The server said nothing that can be used; the text says why."""


class Malformed(GameError):
    """This is no answer to our question."""


@dataclass(frozen=True)
class Status:
    """Who plays now, without colours in the names, and on which map."""

    map: str
    players: tuple[str, ...]


def read(datagram: bytes, challenge: str) -> Status:
    """Read the answer to `getstatus <challenge>`. Raises Malformed for anything else."""
    if len(datagram) > LONGEST:
        raise Malformed("the answer is too long")
    head, _, rest = datagram.partition(b"\n")
    if head != OUT_OF_BAND + b"statusResponse":
        raise Malformed("the answer is to no question of ours")
    told, *lines = rest.decode("utf-8", errors="replace").split("\n")
    # Whole lines alone: one that was cut could end in anything.
    if not lines or lines.pop():
        raise Malformed("the answer is cut off")
    values = _settings(told)
    if not secrets.compare_digest(values.get("challenge", "").encode(), challenge.encode()):
        raise Malformed("the answer holds another challenge")
    if len(lines) > MOST_PLAYERS:
        raise Malformed("the answer names too many players")
    return Status(COLOUR.sub("", values.get("mapname", "")), tuple(map(_name, lines)))


def _settings(told: str) -> dict[str, str]:
    first, *pairs = told.split("\\")
    if first or len(pairs) % 2:
        raise Malformed("the server's settings are no pairs")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def _name(line: str) -> str:
    found = LINE.fullmatch(line)
    if not found or len(found[1]) > LONGEST_NAME:
        raise Malformed("a player's line is none")
    return COLOUR.sub("", found[1]).strip()


async def ask(host: str, port: int, *, within: float = WITHIN) -> Status:
    """Ask a server who plays. Raises GameError when nothing useful comes within some seconds."""
    loop = asyncio.get_running_loop()
    question = _Question(loop.create_future(), secrets.token_hex(16))
    try:
        async with asyncio.timeout(within):
            # Connected: the system drops what comes from another address.
            await loop.create_datagram_endpoint(lambda: question, remote_addr=(host, port))
            return await question.answer
    except TimeoutError:
        raise question.refused or GameError("no answer") from None
    except OSError as fault:
        raise GameError(fault.strerror or type(fault).__name__) from fault
    finally:
        question.end()


class _Question(asyncio.DatagramProtocol):
    """One question; datagrams that are no answer to it are passed over until the time is up."""

    def __init__(self, answer: "asyncio.Future[Status]", challenge: str) -> None:
        self.answer, self.challenge = answer, challenge
        self.refused: Malformed | None = None
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's own class is none of asyncio.DatagramTransport.
        self._transport = cast("asyncio.DatagramTransport", transport)
        self._transport.sendto(OUT_OF_BAND + f"getstatus {self.challenge}".encode())

    def datagram_received(self, data: bytes, addr: object) -> None:
        if self.answer.done():
            return
        try:
            self.answer.set_result(read(data, self.challenge))
        except Malformed as refused:
            self.refused = refused

    def error_received(self, exc: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(exc)

    def end(self) -> None:
        self.answer.cancel()
        if self._transport:
            self._transport.close()


class GameNews:
    """Looks who plays while somebody may be wearing a code in their name, and while somebody may be
    missing after the start; not otherwise."""

    def __init__(self, timing: Timing, every: float = EVERY) -> None:
        self.timing, self.every = timing, every
        self._silent = ""

    def begin_anew(self) -> None:
        """Nothing is kept between two looks."""

    async def look(self) -> None:
        """Take one look, and the pause after it."""
        await self.look_once()
        await asyncio.sleep(self.every)

    async def look_once(self) -> None:
        """Ask the server if a code is open or the ready check is on: prove whoever wears theirs, and
        note who is there. A server that is silent or talks nonsense proves nobody and tells no news.
        """
        address, at = settings.GAME_SERVER, self.timing.now()
        if address is None:
            return
        watched = await call(presence.server_is_watched, at=at)
        if not watched and not await call(people.code_is_open, at=at):
            return
        try:
            status = await ask(*address)
        except GameError as fault:
            self._tell(str(fault))
            return
        self._tell("")
        if watched:
            await call(presence.note_server, status.players, at=at)
        for seen in await call(people.codes_seen, names=status.players, at=self.timing.now()):
            log.info("person %d wore their code on the game server", seen.person.pk)

    def _tell(self, fault: str) -> None:
        """Write a fault once, not every five seconds."""
        if fault and fault != self._silent:
            log.warning("the game server cannot be asked: %s", fault)
        elif self._silent and not fault:
            log.info("the game server answers again")
        self._silent = fault
