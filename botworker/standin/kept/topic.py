"""One kind of facts the stand-in keeps: how they change, and how they are told anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Protocol

from botworker.standin.snowflakes import Snowflakes
from botworker.standin.world import Json, World

Doer = Callable[[Json], object]


class Ledger(Protocol):
    """What a topic may ask of the store: the world, new ids, and to write a change down."""

    world: World
    snowflakes: Snowflakes

    def write(self, change: Json) -> None:
        """Append a change to the log and apply it."""


class Topic:
    """Facts of one kind.

    A subclass names its changes in `DOES`: the change `{"do": "post", ...}` is applied by the
    method that stands beside "post" there, now and when the log is replayed. `told` gives the
    changes that would make the same facts again. To add a topic, write one and add it to `Store`.
    """

    DOES: ClassVar[dict[str, str]] = {}

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.snowflakes = ledger.snowflakes

    def doers(self) -> dict[str, Doer]:
        """Give what applies each change of this topic."""
        return {do: getattr(self, method) for do, method in self.DOES.items()}

    def write(self, do: str, **facts: object) -> None:
        """Make one change, for good."""
        self.ledger.write({"do": do, **facts})

    def told(self) -> Iterator[Json]:
        """Give the changes that lead from nothing to the facts of now."""
        yield from ()
