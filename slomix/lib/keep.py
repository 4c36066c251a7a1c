"""What many ask for and few change, worked out once in each process.

A database says cheaply whether anything changed (the stamp); only then it is worked out anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import get_language

T = TypeVar("T")
# Whoever writes past our verbs (an operator's own client, a restored backup) is seen after this.
LONGEST = timedelta(minutes=1)


class Kept(Generic[T]):
    """The last few things that were worked out, by what was asked.

    Each holds while its stamp is the same, for a minute at most. What depends on who asks must be
    in the key, or stay out of here.
    """

    everything: ClassVar[list["Kept[Any]"]] = []

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[Hashable, tuple[Hashable, datetime, T]] = OrderedDict()
        self._lock = Lock()
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

        Both are asked outside the lock; two requests at once may make the same twice.
        """
        with self._lock:
            kept = self._found.get(key)
        if kept and kept[0] == stamp and timedelta() <= at - kept[1] < LONGEST and still(kept[2]):
            return kept[2]
        made = make()
        with self._lock:
            self._found[key] = (stamp, at, made)
            self._found.move_to_end(key)
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return made

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
