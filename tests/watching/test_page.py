"""Is tonight safe? What the page says, to whom, and what “Seen” does."""

from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts import actions
from botworker import workers
from botworker.models import Alert, Breaker, Delivery, State
from promotions.models import Job
from slomix.lib import clock
from slomix.operations import watch
from slomix.operations.judging import Level, readiness
from slomix.operations.readiness import Readiness
from slomix.operations.watch import look
from tests import make
from tests.watching.watched import WatchedCase


class PageTests(WatchedCase):
    """ana, who may promote, looks; bor and dora are called."""

    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.ana)

    def page(self) -> str:
        answer = self.client.get("/operations/")
        self.assertEqual(answer.status_code, 200)
        return " ".join(answer.content.decode().split())

    def test_a_good_evening_is_a_yes(self) -> None:
        page = self.page()

        self.assertIn("Yes. Go and play.", page)
        self.assertIn("Everything that sends is alive. 2 people are called.", page)
        self.assertIn("2 people, until 20:57", page)
        self.assertIn("host-a leads", page)
        self.assertNotIn('id="hand"', page)

    def test_a_silent_bot_is_a_no_with_the_first_step(self) -> None:
        self.silence("bot", 240)

        page = self.page()

        self.assertIn("<em>No.</em> The bot is silent", page)
        self.assertIn("2 messages wait for 20:45.", page)
        self.assertIn("systemctl restart slomix-bot", page)
        self.assertIn("75 min left", page)

    def test_a_run_that_waits_names_how_long_it_is_worth_sending(self) -> None:
        self.travel("20:47")
        self.all_live()
        Job.objects.filter(kind=Job.Kind.REMINDER).update(done_at=clock.now())

        page = self.page()

        self.assertIn("<em>No.</em> The 20:45 run is not finished", page)
        self.assertIn("Reminders that still wait: 2 of 2.", page)
        self.assertIn("0 of 2 sent, 2 waiting", page)
        self.assertIn("10 min left", page)

    def test_a_breaker_that_is_open_is_named(self) -> None:
        until = clock.now() + timedelta(minutes=5)
        Breaker.objects.create(
            channel="discord", since=clock.now(), open_until=until, reason="no clear answers"
        )

        page = self.page()

        self.assertIn("<em>No.</em> Discord is left alone", page)
        self.assertIn("left alone until 19:35: no clear answers", page)

    def test_who_cannot_be_reached_is_no_reason_to_stay_at_home(self) -> None:
        self.travel("20:47")
        self.all_live()
        self.all_sent()
        Job.objects.filter(kind=Job.Kind.REMINDER).update(done_at=clock.now())
        Delivery.objects.filter(kind="reminder", person=self.bor).update(state=State.FAILED)

        page = self.page()

        self.assertIn("Yes. Go and play.", page)
        self.assertIn("1 person got no message on any channel tonight.", page)
        self.assertIn("See the call", page)
        self.assertNotIn(self.bor.name, page)

    def test_what_the_watchers_found_out_is_shown(self) -> None:
        """Migrations and grants are looked at by the site's watcher, and not for a page."""
        look(clock.now(), ready=Readiness(["grants.missing"], ["schema.slow"]))

        page = self.page()

        self.assertIn("<em>No.</em> The site is not ready", page)
        self.assertIn("It says: grants.missing.", page)
        self.assertIn("The site says: schema.slow.", page)

    def test_seen_stays_until_it_is_over(self) -> None:
        self.silence("bot", 240)
        answer = self.client.post("/operations/seen/", {"key": "bot.silent"}, follow=True)
        self.assertContains(answer, "Noted. It stays here until it is over.")

        self.assertIn("seen at 19:30", self.page())

        self.all_live()
        self.travel(clock.now() + timedelta(seconds=30))
        self.all_live()
        watch.look(clock.now())
        self.silence("bot", 240)
        self.assertNotIn("seen at", self.page())

    def test_what_nobody_found_cannot_be_seen(self) -> None:
        self.client.post("/operations/seen/", {"key": "bot.silent"})
        self.client.post("/operations/seen/", {"key": "x" * 5000})
        self.client.post("/operations/seen/")

        self.assertEqual(Alert.objects.count(), 0)

    def test_only_operators_see_it(self) -> None:
        self.sign_in(self.bor)
        self.assertEqual(self.client.get("/operations/").status_code, 403)
        refused = self.client.post("/operations/seen/", {"key": "bot.silent"})
        self.assertEqual(refused.status_code, 403)

        self.client.logout()
        answer = self.client.get("/operations/")
        self.assertRedirects(
            answer, "/accounts/sign-in/?next=%2Foperations%2F", fetch_redirect_response=False
        )

    @override_settings(ADMIN_SECOND_FACTOR=True)
    def test_the_second_factor_is_asked_for_as_in_the_admin(self) -> None:
        answer = self.client.get("/operations/")

        self.assertRedirects(
            answer, "/accounts/second-factor/?next=%2Foperations%2F", fetch_redirect_response=False
        )
        self.assertEqual(self.client.post("/operations/seen/", {"key": "x"}).status_code, 302)

    def test_it_looks_again_by_itself_and_asks_for_the_part_alone(self) -> None:
        page = self.page()
        self.assertIn('hx-trigger="every 10s, click"', page)

        part = self.client.get("/operations/", headers={"HX-Request": "true"}).content.decode()

        self.assertTrue(part.strip().startswith('<div id="safe"'))
        self.assertNotIn("<html", part)

    def test_a_larger_evening_costs_no_more_questions(self) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                self.page()
            return len(asked)

        self.page()
        before = questions()
        for number in range(6):
            make.told(make.person(f"Guest {number}", opted_in=True), 3)
            workers.note(f"work {number}", seconds=1, error="it broke", at=clock.now())
        admin = make.person("Admin", opted_in=True)
        actions.grant(person=admin, role="promoter", by=None, at=clock.now())
        self.ana, promoter = admin, self.ana
        make.entry(promoter)
        self.call_once_more()
        look(clock.now())

        self.assertLessEqual(questions(), before)
        self.assertLess(before, 40)

    def call_once_more(self) -> None:
        """A second promoter calls the same evening."""
        from accounts.models import User
        from promotions import actions as calls

        calls.promote(
            promoter=User.objects.get(pk=self.ana.pk),
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )

    def test_an_admin_comes_upon_it_in_the_admin(self) -> None:
        self.assertContains(self.client.get("/admin/"), 'href="/operations/"')


class WordTests(WatchedCase):
    """Every code has words in both places."""

    def test_each_cause_can_be_said_in_every_language(self) -> None:
        from slomix.operations import saying

        values: dict[str, object] = dict.fromkeys(("at", "since", "until"), clock.now())
        values |= dict.fromkeys(("channel", "reason", "name", "code", "state"), "x")
        values |= dict.fromkeys(("number", "late", "all", "seconds"), 2)
        for code in saying.CODES:
            for language in ("en", "sl"):
                with self.subTest(code, language=language), translation.override(language):
                    (cause,) = readiness(["x"])
                    made = type(cause)(code, Level.TELL, "", values)
                    self.assertNotIn("%(", saying.title(made) + saying.words(made))
