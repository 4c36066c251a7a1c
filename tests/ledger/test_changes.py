"""The database writes every change of a delivery down, whoever makes it."""

from django.db import connection

from botworker import changes, claims, outbox, settling
from botworker.channels import Refusal, Said, Verdict
from botworker.models import Change, Delivery, State
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, row


class ChangeTests(SlomixTestCase):
    def path(self) -> list[str]:
        steps = Change.objects.filter(delivery=row(self.bor)).order_by("n")
        self.assertEqual([step.n for step in steps], list(range(1, len(steps) + 1)))
        return [step.after for step in steps]

    def try_it(self, wall: str, answer: Said | Refusal) -> None:
        at = make.at(wall)
        begun = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        settling.settle([(job, answer) for job in begun], at=at)

    def test_a_message_leaves_its_whole_way(self) -> None:
        promise(self.bor)
        self.try_it("20:45", Refusal("busy", Verdict.TRANSIENT, wait=1))
        self.try_it("20:45:05", Said(5, 9))

        retried = ["scheduled", "leased", "sending", "retry_wait", "leased", "sending", "sent"]
        self.assertEqual(self.path(), retried)

    def test_one_update_over_many_rows_leaves_a_line_for_each(self) -> None:
        promise(self.ana, self.bor)
        outbox.cancel(
            {row(self.bor).event_key},
            [row(who).recipient for who in (self.ana, self.bor)],
            reason="cancelled",
            at=make.at("20:00"),
        )

        cancelled = Change.objects.filter(after=State.CANCELLED, reason="cancelled")
        self.assertEqual(cancelled.count(), 2)

    def test_somebody_at_the_database_itself_leaves_a_line_too(self) -> None:
        promise(self.bor)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE notifications_ledger SET state = 'sent'")

        self.assertEqual(self.path(), ["scheduled", "sent"])
        steps = Change.objects.order_by("n").values_list("n", "before", "after")
        self.assertEqual(changes.faults(steps, "sent"), ["from scheduled to sent"])

    def test_what_changes_nothing_leaves_no_line(self) -> None:
        promise(self.bor)
        Delivery.objects.update(state=State.SCHEDULED, reason="said again")

        self.assertEqual(self.path(), ["scheduled"])

    def test_a_gap_and_a_missing_end_are_seen(self) -> None:
        steps = [(1, "", "scheduled"), (3, "leased", "sending")]

        found = changes.faults(steps, "sent")

        self.assertEqual(
            found,
            [
                "change 3 from leased follows scheduled",
                "its last change led to sending, it is sent",
            ],
        )

    def test_a_row_older_than_the_list_begins_where_it_stood(self) -> None:
        self.assertEqual(changes.faults([(1, "earlier", "sent")], "sent"), [])
