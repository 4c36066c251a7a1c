from accounts.models import Preferences
from botworker import claims, outbox, settling
from botworker.channels import Said
from botworker.models import Delivery
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import event, message, soon


class NotTooMuchTests(SlomixTestCase):
    """Four messages an evening at most; three of them are kept for the calls."""

    told = 0

    def tell(self, kind: str, wall: str = "20:00", key: str = "") -> str:
        # A second after the last one, so that the pace has nothing against it.
        self.told += 1
        at = soon(wall, self.told)
        said = event(key or kind, kind=kind, due_at=at, expires_at=make.at("23:00"))
        outbox.enqueue([message(self.bor)], said, at=at, planned=False)
        jobs = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        settling.settle([(job, Said(1, job.delivery_id)) for job in jobs], at=at)
        row = Delivery.objects.get(event_key=key or kind)
        return row.reason or row.state

    def test_one_other_message_an_evening_is_enough(self) -> None:
        self.assertEqual(self.tell("daily"), "sent")

        self.assertEqual(self.tell("nudge"), "enough for one evening")

    def test_the_calls_have_their_own_places(self) -> None:
        for kind in ("daily", "reminder", "start", "follow_up"):
            self.assertEqual(self.tell(kind), "sent")

    def test_answers_tests_and_notices_do_not_count(self) -> None:
        for kind in ("answer", "test", "security", "reachability", "daily"):
            self.assertEqual(self.tell(kind), "sent")

    def test_a_reminder_within_half_an_hour_covers_the_session_ready_notice(self) -> None:
        Preferences.objects.filter(user=self.bor).update(allow_session_ready=True)
        promised = event("T-15", kind="reminder")
        outbox.enqueue([message(self.bor)], promised, at=make.TONIGHT, planned=True)

        self.assertEqual(self.tell("session_ready", "20:14:50"), "sent")
        self.assertEqual(self.tell("session_ready", "20:16", "again"), "the reminder says it")

    def test_a_session_ready_notice_is_for_those_who_switched_it_on(self) -> None:
        """W23: everybody with a player got it, and nothing they wished was asked."""
        self.assertEqual(self.tell("session_ready", "20:14:50"), "not asked for")

    def test_that_we_are_short_again_corrects_what_took_the_place(self) -> None:
        Preferences.objects.filter(user=self.bor).update(allow_session_ready=True)
        self.assertEqual(self.tell("session_ready"), "sent")

        self.assertEqual(self.tell("fell_apart"), "sent")
        self.assertEqual(self.tell("fell_apart", key="again"), "enough for one evening")

    def test_a_fifth_message_is_never_sent(self) -> None:
        Preferences.objects.filter(user=self.bor).update(allow_session_ready=True)
        for kind in ("session_ready", "fell_apart", "reminder", "start"):
            self.assertEqual(self.tell(kind), "sent")

        self.assertEqual(self.tell("follow_up"), "enough for one evening")

    def test_whoever_does_not_hear_that_we_play_does_not_hear_its_end(self) -> None:
        self.assertEqual(self.tell("fell_apart"), "not asked for")

    def test_a_reminder_within_half_an_hour_covers_a_nudge(self) -> None:
        self.assertEqual(self.tell("reminder", "20:45"), "sent")

        self.assertEqual(self.tell("nudge", "20:50"), "the reminder says it")
