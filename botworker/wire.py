"""What really happened on the wire while one message was being sent.

An exception does not tell whether a request was ever written, and discord.py tries again by
itself; aiohttp's trace does. One `Wire` per send, found through a context variable: every send runs in
a task of its own, and a task has a context of its own.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any

import aiohttp


class Again(Exception):
    """A request was not made, because an earlier one of the same send may have done its work."""


@dataclass
class Wire:
    """The requests of one send, so far."""

    # What carries no nonce is asked for once; discord.py alone would repeat it after a 5xx.
    once: bool = False

    # The request under way was written, at least in part, and has no answer yet.
    written: bool = False
    # An earlier one may have done its work: a 5xx, or a connection that broke after writing.
    unclear: bool = False
    status: int | None = None
    retry_after: float | None = None

    def forget(self) -> None:
        """Start anew: what came before was no attempt to say anything."""
        self.written = self.unclear = False
        self.status = self.retry_after = None

    @property
    def may_have_arrived(self) -> bool:
        """Nobody can say that the provider did not take it."""
        return self.unclear or self.written


current: ContextVar[Wire | None] = ContextVar("wire", default=None)
# What the provider's clock said, to the second, and our count of seconds when we read it.
_heard: list[tuple[datetime, float]] = []


def provider_time() -> datetime | None:
    """Return what the provider's clock shows now, half a second more or less; None: never heard."""
    if not _heard:
        return None
    said, here = _heard[0]
    # The header tells whole seconds, rounded down.
    return said + timedelta(seconds=0.5 + time.monotonic() - here)


def forget_time() -> None:
    """Know nothing of the provider's clock, as a new process does."""
    _heard.clear()


def begin(*, once: bool = False) -> Wire:
    """Watch the requests that this task makes from now on.

    With `once` the next one after an unclear answer is refused with Again.
    """
    wire = Wire(once)
    current.set(wire)
    return wire


def trace() -> aiohttp.TraceConfig:
    """Return the trace that the client's session is made with."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_begun)
    config.on_request_headers_sent.append(_written)
    config.on_request_chunk_sent.append(_written)
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broke)
    return config


async def _begun(_session: Any, _context: SimpleNamespace, _what: Any) -> None:
    wire = current.get()
    if wire and wire.once and wire.may_have_arrived:
        raise Again


async def _written(_session: Any, _context: SimpleNamespace, _what: Any) -> None:
    wire = current.get()
    if wire:
        wire.written = True


async def _answered(
    _session: Any, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
) -> None:
    if said := _date(end.response.headers.get("Date")):
        _heard[:] = [(said, time.monotonic())]
    wire = current.get()
    if not wire:
        return
    wire.status = end.response.status
    wire.retry_after = _seconds(end.response.headers.get("Retry-After"))
    # A 2xx is unclear until its body was understood.
    wire.unclear = wire.unclear or wire.status >= 500 or wire.status < 300
    wire.written = False


async def _broke(_session: Any, _context: SimpleNamespace, _what: Any) -> None:
    wire = current.get()
    if wire:
        wire.unclear = wire.unclear or wire.written
        wire.written = False


def _seconds(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
