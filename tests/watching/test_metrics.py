"""The figures: for whom, which, from how many questions, and without anybody's name."""

from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from accounts import actions
from botworker import counting, hold, workers
from botworker.models import Attempt, Delivery, Identify, PageTime, State
from slomix.lib import clock
from slomix.operations import page_times
from tests import make
from tests.watching.watched import WatchedCase

TOKEN = "only-for-the-tests-0123456789-abcdef"


@override_settings(METRICS_TOKEN=TOKEN)
class MetricsTests(WatchedCase):
    """bor and dora are called; every part lives."""

    def read(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
        answer = self.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        self.assertEqual(answer.status_code, 200)
        return {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(answer.content.decode())
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float:
        return self.read()[name, tuple(sorted(labels.items()))]

    def test_a_program_shows_its_token(self) -> None:
        def status(**headers: str) -> int:
            return self.client.get("/metrics", headers=headers).status_code

        self.assertEqual(status(Authorization=f"Bearer {TOKEN}"), 200)
        self.assertEqual(status(Authorization=f"bearer {TOKEN}"), 200)
        self.assertEqual(status(Authorization=f"Bearer {TOKEN}x"), 404)
        self.assertEqual(status(Authorization=f"Basic {TOKEN}"), 404)
        self.assertEqual(status(Authorization="Bearer "), 404)
        self.assertEqual(status(), 404)

    @override_settings(METRICS_TOKEN="")
    def test_without_a_token_an_empty_one_is_not_the_right_one(self) -> None:
        for header in ("Bearer ", "Bearer", ""):
            answer = self.client.get("/metrics", headers={"Authorization": header})
            self.assertEqual(answer.status_code, 404)

    def test_staff_read_it_with_their_second_factor(self) -> None:
        admin = make.person("Admin")
        actions.grant(person=admin, role="admin", by=None, at=clock.now())
        self.sign_in(admin)
        self.assertEqual(self.client.get("/metrics").status_code, 200)

        with override_settings(ADMIN_SECOND_FACTOR=True):
            self.assertEqual(self.client.get("/metrics").status_code, 404)

    def test_states_are_counted_by_kind_and_channel(self) -> None:
        Delivery.objects.filter(kind="start", person=self.bor).update(state=State.EXPIRED)

        found = self.read()

        waiting = (("channel", "discord"), ("kind", "reminder"), ("state", "planned"))
        self.assertEqual(found["slomix_delivery_state", waiting], 2)
        self.assertEqual(found["slomix_expired_total", (("kind", "start"),)], 1)

    def test_the_lag_is_from_the_hour_to_the_answer(self) -> None:
        due_at = Delivery.objects.filter(kind="reminder", person=self.bor).get().due_at
        for who, seconds in ((self.bor, 0.4), (self.dora, 7)):
            rows = Delivery.objects.filter(kind="reminder", person=who)
            rows.update(state=State.SENT, settled_at=due_at + timedelta(seconds=seconds))

        found = self.read()

        def within(le: str) -> float:
            return found["slomix_dispatch_lag_seconds_bucket", (("kind", "reminder"), ("le", le))]

        self.assertEqual([within(le) for le in ("0.5", "5.0", "10.0", "+Inf")], [1, 1, 2, 2])
        kind = (("kind", "reminder"),)
        self.assertAlmostEqual(found["slomix_dispatch_lag_seconds_sum", kind], 7.4)

    def test_providers_are_timed_by_channel_and_answer(self) -> None:
        row = Delivery.objects.filter(kind="reminder", person=self.bor).get()
        Attempt.objects.create(
            delivery=row,
            n=1,
            channel="discord",
            nonce="n",
            fence=1,
            started_at=clock.now() - timedelta(seconds=2),
            ended_at=clock.now(),
            outcome=Attempt.Outcome.TRANSIENT,
            http_status=429,
        )

        found = self.read()

        labels = {"channel": "discord", "class": "transient"}
        self.assertEqual(found["slomix_provider_seconds_sum", tuple(labels.items())], 2)
        self.assertEqual(found["slomix_invalid_requests_10m", ()], 1)

    def test_what_is_counted_is_shown(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            counting.count(counting.STOLEN, 2)
            counting.count(counting.REJECTED)
        Identify.objects.create(at=clock.now(), epoch=1)
        hold.put_on(reason="restored", at=clock.now())
        workers.note("backup", seconds=1, at=clock.now() - timedelta(hours=2))

        found = self.read()

        self.assertEqual(found["slomix_lease_steals_total", ()], 2)
        self.assertEqual(found["slomix_fence_rejects_total", ()], 1)
        self.assertEqual(found["slomix_gateway_identify_24h", ()], 1)
        self.assertEqual(found["slomix_hold", ()], 1)
        self.assertEqual(found["slomix_backup_age_seconds", ()], 7200)
        self.assertEqual(found["slomix_part_age_seconds", (("part", "bot"),)], 0)

    def test_the_oldest_that_waits_has_an_age(self) -> None:
        self.travel("20:45:20")

        self.assertEqual(self.value("slomix_oldest_due_seconds"), 20)

    def test_pages_of_every_process_are_added_up(self) -> None:
        """Two processes of the site write what each counted; a third shows the sum."""
        page_times.write()  # what earlier tests looked at
        PageTime.objects.all().delete()
        for seconds, status in ((0.04, 200), (0.2, 200), (2.0, 500)):
            page_times.note("tonight", seconds, status)
            page_times.write()

        found = self.read()

        page = ("page", "tonight")
        self.assertEqual(found["slomix_page_seconds_count", (page,)], 3)
        self.assertEqual(found["slomix_page_seconds_bucket", (("le", "0.3"), page)], 2)
        self.assertEqual(found["slomix_page_errors_total", (page,)], 1)

    def test_an_address_that_nobody_named_makes_no_label(self) -> None:
        """Or whoever asks for a million addresses would make a million rows."""
        page_times.write()
        for number in range(3):
            self.client.get(f"/nowhere/{number}/")
        page_times.write()

        pages = {dict(labels).get("page") for _name, labels in self.read()}

        self.assertIn("nowhere", pages)
        self.assertFalse([page for page in pages if page and "/" in page])

    def test_nobody_is_named(self) -> None:
        answer = self.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

        said = answer.content.decode()
        for who in (self.ana, self.bor, self.dora):
            self.assertNotIn(who.name, said)
            self.assertNotIn(str(who.discord.discord_id), said)
        self.assertNotIn("person:", said)

    def test_a_larger_club_costs_no_more_questions(self) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                self.read()
            return len(asked)

        self.read()
        before = questions()
        for number in range(5):
            who = make.person(f"Guest {number}", opted_in=True)
            make.told(who, 3)
            workers.note(f"work {number}", seconds=1, at=clock.now())

        self.assertEqual(questions(), before)
        self.assertLess(before, 25)
