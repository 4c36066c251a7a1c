"""Answering one evening from a link that works once."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.core import signing
from django.test import Client, override_settings

from accounts import links
from accounts.actions import handles
from availability import actions
from availability.models import Change, Entry
from botworker.models import Delivery
from slomix.lib.redact import redacted
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH, OTHER_PHONE, PHONE

DAY = TONIGHT.date()


@override_settings(**HAVE_BOTH)
class OnceTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.linked(PHONE)
        self.path = self.link()

    def linked(self, phone: str) -> None:
        token = handles.issue_token(person=self.bor, channel="signal", at=self.now).token
        handles.redeem(channel="signal", address=phone, token=token, at=self.now, door="test")

    def link(self) -> str:
        return urlsplit(links.answer_link(self.bor.pk, "signal", DAY, self.now)).path

    def holds(self) -> str | None:
        found = Entry.objects.filter(person=self.bor, day=DAY).first()
        return f"{found.status} by {found.door}" if found else None

    def test_a_scanner_that_opens_it_changes_nothing_and_the_link_stays_good(self) -> None:
        for method in ("get", "head", "options", "get"):
            getattr(self.client, method)(self.path)

        self.assertIsNone(self.holds())
        self.assertContains(self.client.get(self.path), "Are you playing?")

    def test_it_shows_the_evening_and_four_buttons(self) -> None:
        make.entry(self.ana)

        page = self.client.get(self.path)

        self.assertContains(page, 'name="status"', count=4)
        self.assertContains(page, "21:00 CET")
        self.assertContains(page, "1 is looking, 5 more and we play.")
        self.assertNotContains(page, "Ana Dinamit")

    def test_one_press_counts_as_said_on_signal(self) -> None:
        page = self.client.post(self.path, {"status": "MAYBE"})

        self.assertContains(page, "What holds now: Maybe.")
        self.assertEqual(self.holds(), "MAYBE by signal")
        self.assertEqual(Change.objects.get(person=self.bor).door, "signal")

    def test_it_works_once(self) -> None:
        self.client.post(self.path, {"status": "LOOKING"})
        for _again in range(2):
            page = self.client.post(self.path, {"status": "NOT_PLAYING"})

            self.assertContains(page, "This link has been used")
            self.assertContains(page, "What holds now: Looking.")
        self.assertNotContains(self.client.get(self.path), '<button class="answer')
        self.assertEqual(self.holds(), "LOOKING by signal")

    def test_a_refused_answer_does_not_use_it_up(self) -> None:
        for status in ("", "PERHAPS", "looking", "LOOKING\0"):
            with self.subTest(status):
                answer = self.client.post(self.path, {"status": status})
                self.assertEqual(answer.status_code, 400)

        self.client.post(self.path, {"status": "AVAILABLE"})
        self.assertEqual(self.holds(), "AVAILABLE by signal")

    def test_two_links_for_one_evening_each_work_once(self) -> None:
        other = self.link()
        self.client.post(self.path, {"status": "LOOKING"})

        self.client.post(other, {"status": "NOT_PLAYING"})

        self.assertEqual(self.holds(), "NOT_PLAYING by signal")

    def test_it_ends_with_its_evening(self) -> None:
        self.travel(make.at("23:59"))
        self.assertEqual(self.client.get(self.path).status_code, 200)
        self.travel(make.at("00:00", DAY + timedelta(days=1)))

        for answer in (
            self.client.get(self.path),
            self.client.post(self.path, {"status": "MAYBE"}),
        ):
            self.assertContains(answer, "This evening is over", status_code=400)
        self.assertIsNone(self.holds())

    def test_no_link_outlives_the_memory_of_its_use(self) -> None:
        far = DAY + timedelta(days=30)
        path = urlsplit(links.answer_link(self.bor.pk, "signal", far, self.now)).path
        self.travel(self.now + links.ANSWER_LIVES - timedelta(seconds=1))
        self.assertEqual(self.client.get(path).status_code, 200)

        self.travel(self.now + links.ANSWER_LIVES + timedelta(seconds=2))

        self.assertContains(self.client.get(path), "This link does nothing", status_code=400)

    def test_after_unlinking_or_moving_to_another_number_it_is_dead(self) -> None:
        """W28: an unlinked chat could go on changing answers."""
        handles.disconnect(person=self.bor, channel="signal", at=self.now)
        gone = self.client.post(self.path, {"status": "LOOKING"})
        self.travel(self.now + timedelta(minutes=5))
        token = handles.issue_token(person=self.bor, channel="signal", at=self.now).token
        later = self.now + timedelta(minutes=5)
        handles.redeem(channel="signal", address=OTHER_PHONE, token=token, at=later, door="test")
        moved = self.client.post(self.path, {"status": "LOOKING"})

        for answer in (gone, moved):
            self.assertContains(answer, "This link does nothing", status_code=400)
        self.assertIsNone(self.holds())

    def test_without_a_player_it_is_refused(self) -> None:
        self.bor.link.delete()

        answer = self.client.post(self.path, {"status": "LOOKING"})

        self.assertContains(answer, "First tell us who you are", status_code=400)

    def test_what_we_did_not_make_does_nothing(self) -> None:
        token = self.path.split("/")[2]
        for wrong in (
            *("x", token[:-1], token[1:], signing.dumps([1, 2], salt="another")),
            signing.dumps(self.bor.pk, salt=links.STOP),
            urlsplit(links.stop_link(self.bor)).path.split("/")[2],
        ):
            with self.subTest(wrong):
                answer = self.client.post(f"/s/{wrong}/", {"status": "LOOKING"})
                self.assertContains(answer, "This link does nothing", status_code=400)
        self.assertIsNone(self.holds())

    def test_it_is_not_the_signed_in_person_who_answers(self) -> None:
        self.sign_in(self.ana)

        self.client.post(self.path, {"status": "LOOKING"})

        self.assertEqual([one.person for one in Entry.objects.all()], [self.bor])

    def test_a_browser_that_hides_where_it_comes_from_may_press(self) -> None:
        client = Client(enforce_csrf_checks=True)

        answer = client.post(self.path, {"status": "LOOKING"}, headers={"Origin": "null"})

        self.assertContains(answer, "Your answer counts")

    def test_its_address_is_told_to_nobody_and_kept_nowhere(self) -> None:
        for answer in (self.client.get(self.path), self.client.get("/s/x/")):
            self.assertEqual(answer["Referrer-Policy"], "no-referrer")
            self.assertIn("no-store", answer["Cache-Control"])
            self.assertEqual(answer["X-Robots-Tag"], "noindex")
        token = self.path.split("/")[2]
        line = f'127.0.0.1 "GET {self.path} HTTP/1.1" 200 "-"'
        self.assertNotIn(token, redacted(line))
        self.assertEqual(Delivery.objects.filter(body__contains=token).count(), 0)

    def test_an_answer_by_link_withdraws_and_is_undone_like_any_other(self) -> None:
        self.client.post(self.path, {"status": "NOT_PLAYING"})

        actions.undo(person=self.bor, at=self.now, door="web")

        self.assertIsNone(self.holds())
