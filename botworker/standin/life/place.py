"""Where verbs happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from botworker.standin.store import Store

from .looks import PRIVATE_THREAD, may, rank, sees

if TYPE_CHECKING:
    from botworker.standin.gateway.hub import Hub

__all__ = ["PRIVATE_THREAD", "Place", "may", "rank", "sees"]


class Place(Protocol):
    """What a verb needs: the facts, and the bots to tell. `Parts` is one, `Posting` is another."""

    @property
    def store(self) -> Store: ...

    @property
    def hub(self) -> Hub: ...
