"""One message that is kept true, on the ledger's stage."""

from datetime import datetime, timedelta

from django.test import override_settings

from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.models import Tracked
from botworker.tracked_rows import Verb, Work
from tests import kept
from tests.cast import TONIGHT, SlomixTestCase


def after(seconds: float) -> datetime:
    return TONIGHT + timedelta(seconds=seconds)


@override_settings(TRACKED_KINDS=kept.KINDS)
class KeptCase(SlomixTestCase):
    """One message that stands in a channel, looked at when it was posted."""

    def setUp(self) -> None:
        super().setUp()
        kept.forget()
        kept.board("A", 7, TONIGHT, until=after(3600))
        kept.post(self.row, 71, TONIGHT)
        rows.watch(TONIGHT)
        self.assertIsNone(self.look(0))

    @property
    def row(self) -> Tracked:
        return Tracked.objects.get(key="A")

    def claimed(self, seconds: float, owner: str = "one") -> list[Tracked]:
        rows.watch(after(seconds))
        return rows.claim(at=after(seconds), owner=owner, most=9)

    def notice(self, seconds: float) -> None:
        rows.watch(after(seconds))

    def look(self, seconds: float) -> Work | None:
        (row,) = self.claimed(seconds)
        return looks.look(row, at=after(seconds))

    def edit(self, seconds: float) -> None:
        work = self.look(seconds)
        assert work and work.verb is Verb.EDIT
        rows.settle(work.row, shows=work.shows, at=after(seconds), edited=True)
