"""What many ask for at once is worked out by one of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Semaphore, Thread
from typing import Any

from django.test import SimpleTestCase

from slomix.lib.keep import Kept

AT = datetime(2026, 5, 1, 18, tzinfo=UTC)


class Watched(Kept[str]):
    """Says when somebody found nothing."""

    def __init__(self) -> None:
        super().__init__(4)
        self.missed = Semaphore(0)

    def _right(self, *asked: Any) -> Any:
        found = super()._right(*asked)
        if found is None:
            self.missed.release()
        return found


class AtOnceTests(SimpleTestCase):
    def setUp(self) -> None:
        self.kept = Watched()
        self.addCleanup(Kept.everything.remove, self.kept)
        self.made: list[str] = []
        self.got: list[str] = []
        self.go = Event()

    def ask(self, stamp: int, word: str) -> Thread:
        """Ask in a thread of its own; returns when nothing was found and it must be made."""

        def make() -> str:
            self.assertTrue(self.go.wait(30))
            self.made.append(word)
            return word

        asking = Thread(target=self._get, args=(stamp, make))
        asking.start()
        self.assertTrue(self.kept.missed.acquire(timeout=30))
        return asking

    def _get(self, stamp: int, make: Callable[[], str]) -> None:
        self.got.append(self.kept.get("tonight", stamp, AT, make))

    def finish(self, *asking: Thread) -> None:
        self.go.set()
        for one in asking:
            one.join(30)

    def test_of_three_who_find_nothing_one_makes_it(self) -> None:
        self.finish(*(self.ask(1, word) for word in ("a", "b", "c")))

        self.assertEqual(len(self.made), 1)
        self.assertEqual(self.got, self.made * 3)

    def test_who_waited_takes_what_was_begun_after_they_asked(self) -> None:
        """Answers came in between: each came with another stamp, and the last is new to all."""
        self.finish(*(self.ask(stamp, f"at {stamp}") for stamp in (1, 2, 3, 4)))

        self.assertEqual(self.made[0], "at 1")
        self.assertEqual(len(self.made), 2)

    def test_who_asks_later_with_another_stamp_is_given_a_new_one(self) -> None:
        self.go.set()
        for stamp, word in ((1, "a"), (2, "b"), (2, "c")):
            self._get(stamp, lambda word=word: word)  # type: ignore[misc]

        self.assertEqual(self.got, ["a", "b", "b"])

    def test_whoever_fails_leaves_it_to_the_next(self) -> None:
        with self.assertRaises(ZeroDivisionError):
            self.kept.get("tonight", 1, AT, lambda: str(1 / 0))

        self.assertEqual(self.kept.get("tonight", 1, AT, lambda: "made"), "made")
