"""What many ask for and few change, worked out once in each process.

A database says cheaply whether anything changed (the stamp); only then it is worked out anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from threading import Lock
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import get_language

T = TypeVar("T")
# Whoever writes past our verbs (an operator's own client, a restored backup) is seen after this.
LONGEST = timedelta(minutes=1)
MAKERS = 16


@dataclass(frozen=True)
class _Made(Generic[T]):
    """Something that was worked out: for which stamp, when, and when that began (monotonic)."""

    stamp: Hashable
    at: datetime
    began: float
    thing: T


class Kept(Generic[T]):
    """The last few things that were worked out, by what was asked.

    Each holds while its stamp is the same, for a minute at most. What depends on who asks must be
    in the key, or stay out of here.
    """

    everything: ClassVar[list["Kept[Any]"]] = []

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[Hashable, _Made[T]] = OrderedDict()
        self._lock = Lock()
        # One maker for a key: what costs a processor is not worked out by every thread that waits.
        self._makers = tuple(Lock() for _number in range(MAKERS))
        Kept.everything.append(self)

    def get(
        self,
        key: Hashable,
        stamp: Hashable,
        at: datetime,
        make: Callable[[], T],
        still: Callable[[T], bool] = lambda kept: True,
    ) -> T:
        """Return what `make` made for this key and stamp, unless it is not `still` right.

        Of several threads that miss the same, one makes it and the others take it: what was begun
        after they asked is at least as new as the stamp that they came with. `make` may not ask
        the same `Kept`.
        """
        asked = monotonic()
        if kept := self._right(key, stamp, at, still):
            return kept.thing
        with self._makers[hash(key) % MAKERS]:
            with self._lock:
                found = self._found.get(key)
            if found and found.began > asked:
                return found.thing
            if kept := self._right(key, stamp, at, still):
                return kept.thing
            began = monotonic()
            made = make()
            self._keep(key, _Made(stamp, at, began, made))
        return made

    def _right(
        self, key: Hashable, stamp: Hashable, at: datetime, still: Callable[[T], bool]
    ) -> "_Made[T] | None":
        with self._lock:
            kept = self._found.get(key)
        # Either way: whoever looked at the clock first may come here last.
        right = kept and kept.stamp == stamp and abs(at - kept.at) < LONGEST
        return kept if kept and right and still(kept.thing) else None

    def _keep(self, key: Hashable, made: "_Made[T]") -> None:
        with self._lock:
            self._found[key] = made
            self._found.move_to_end(key)
            while len(self._found) > self.most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._found.clear()


_forgotten: list[Callable[[], None]] = []


def forget_too(clear: Callable[[], None]) -> None:
    """Have something else forgotten with everything that is kept here."""
    _forgotten.append(clear)


def in_words(most: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Keep what a pure function makes of its values in each language; they are hashable."""

    def keeping(work: Callable[..., T]) -> Callable[..., T]:
        @lru_cache(maxsize=most)
        def made(_language: str | None, *values: Any) -> T:
            return work(*values)

        @wraps(work)
        def spoken(*values: Any) -> T:
            return made(get_language(), *values)

        forget_too(made.cache_clear)
        return spoken

    return keeping


def forget_everything() -> None:
    """Forget what this process keeps: between tests, whose databases all begin at version 1."""
    for kept in Kept.everything:
        kept.clear()
    for clear in _forgotten:
        clear()
