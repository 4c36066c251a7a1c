"""What is kept of the Tonight page is never old, and never somebody else's."""

import re
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts import access
from accounts import actions as accounts
from accounts.models import Player, User
from availability import actions
from promotions import actions as calls
from slomix.lib import pieces
from slomix.lib.pieces import piece
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Pages(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        for day in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=3)):
            actions.answer(person=self.dora, day=day, status="LOOKING", at=TONIGHT)

    def page(self, who: User | None, *, part: bool = False, language: str = "en") -> str:
        client = Client(headers={"Accept-Language": language})
        if who:
            client.force_login(who)
        answer = client.get("/", headers={"HX-Request": "true"} if part else {})
        return answer.content.decode()

    def pressed(self, page: str) -> list[str]:
        return re.findall(r'id="([\w-]+)" name="status" value="\w+" aria-pressed="true"', page)


class QueueTests(Pages):
    """Rows are shared by all who see the same; each sees which one is their own."""

    def mine(self, who: User) -> list[str]:
        row = r"<b><bdi>([^<]+)</bdi></b><small>you</small>"
        return re.findall(row, self.page(who))

    def test_each_finds_their_own_row_whoever_looked_before(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)

        for _again in range(2):
            self.assertEqual(self.mine(self.dora), ["Dora"])
            self.assertEqual(self.mine(self.bor), [self.bor.name])
            self.assertEqual(self.mine(self.ana), [])

    def test_rows_stand_in_the_order_of_the_queue(self) -> None:
        later = TONIGHT + timedelta(minutes=1)
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=later)

        queue = self.page(self.ana).partition('id="queue"')[2].partition("</ol>")[0]

        self.assertEqual(re.findall(r"<b>(?:<bdi>)?([^<]+)", queue), ["Dora", self.bor.name])


class WhoSeesWhatTests(Pages):
    def test_no_name_is_left_for_a_visitor_or_the_unlinked_by_who_looked_before(self) -> None:
        for part in (False, True):
            self.assertIn("Dora", self.page(self.bor, part=part))

            for who in (None, self.cene):
                self.assertNotIn("Dora", self.page(who, part=part))

    def test_nor_are_names_missing_after_a_visitor(self) -> None:
        self.page(None)

        self.assertIn("Dora", self.page(self.bor))

    def test_whoever_loses_their_player_sees_no_name_any_more(self) -> None:
        self.page(self.bor)

        accounts.unlink_player(person=self.bor, at=TONIGHT, door="web")

        self.assertNotIn("Dora", self.page(self.bor))

    def test_pressed_buttons_and_undo_are_ones_own(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)

        pages = [self.page(who) for who in (self.bor, self.ana, self.dora, self.bor)]

        said = [self.pressed(page) for page in pages]
        hers = ["today-looking", "tomorrow-looking"]
        self.assertEqual(said, [["today-maybe"], [], hers, ["today-maybe"]])
        undo = ["today-undo" in page for page in pages]
        self.assertEqual(undo, [True, False, True, True])

    def test_a_place_on_the_line_is_you_for_that_person_alone(self) -> None:
        mine = f'mine" id="who-{self.dora.pk}"'
        pages = [self.page(who) for who in (self.dora, self.bor, self.dora)]

        self.assertEqual([mine in page for page in pages], [True, False, True])

    def test_only_promoters_are_offered_to_call(self) -> None:
        pages = [self.page(who) for who in (self.bor, self.ana, self.bor)]

        offered = ['href="/promote/">' in page.partition("</header>")[2] for page in pages]
        self.assertEqual(offered, [False, True, False])


class NeverOldTests(Pages):
    def test_an_answer_is_there_at_once_for_everybody(self) -> None:
        for who in (self.bor, None):
            self.page(who)

        actions.answer(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT)

        self.assertIn(f"who-{self.ana.pk}", self.page(self.bor))
        self.assertIn("2 people are looking", self.page(None))

    def test_so_is_ones_own_name_and_a_second_later_somebody_elses(self) -> None:
        for who in (self.bor, self.dora):
            self.page(who)

        Player.objects.filter(link__user=self.dora).update(name="Dinamo")

        self.assertNotIn("Dora", self.page(self.dora))
        self.travel(TONIGHT + timedelta(seconds=1))
        page = self.page(self.bor)
        self.assertIn("Dinamo", page)
        self.assertNotIn("Dora", page)

    def test_nobody_else_looks_for_names_within_the_second(self) -> None:
        """Two hundred pages that look at once would compare hundreds of names each."""
        self.page(self.bor)

        with CaptureQueriesContext(connection) as asked:
            self.page(self.ana)

        self.assertEqual([one for one in asked if "json" in one["sql"]], [])

    def test_so_is_a_call(self) -> None:
        self.assertIn("Nobody has called yet", self.page(self.bor))

        calls.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

        self.assertNotIn("Nobody has called yet", self.page(self.bor))

    def test_the_minute_goes_on(self) -> None:
        left = re.compile(r'<p class="left">([^<]+)')
        before = left.findall(self.page(self.bor))

        self.travel(TONIGHT + timedelta(minutes=1))

        self.assertNotEqual(left.findall(self.page(self.bor)), before)

    def test_each_language_has_its_own(self) -> None:
        words = {"en": "Looking now", "sl": "Naslednji dnevi"}
        for language in ("en", "sl", "en", "sl"):
            page = self.page(self.bor, language=language)

            found = [one for one, word in words.items() if word in page]
            self.assertEqual(found, [language])


class TokenTests(Pages):
    def test_every_answer_has_one_token_of_its_own_and_no_mark_is_left(self) -> None:
        people = (self.bor, self.ana, self.bor, None)
        for part in (False, True):
            pages = [self.page(who, part=part) for who in people]

            for page in pages:
                self.assertNotIn(pieces.TOKEN, page)
            tokens = [set(TOKEN.findall(page)) for page in pages]
            self.assertEqual(len(set.union(*tokens)), sum(map(len, tokens)))
            self.assertTrue(all(tokens))

    def test_a_token_from_a_kept_page_is_good_for_whom_it_was_made(self) -> None:
        self.page(self.ana)
        client, other = (Client(enforce_csrf_checks=True) for _n in range(2))
        for one, who in ((client, self.bor), (other, self.dora)):
            one.force_login(who)
        token = TOKEN.findall(client.get("/").content.decode())[-1]
        other.get("/")
        form = {"status": "MAYBE", "csrfmiddlewaretoken": token}

        answers = [one.post(f"/evenings/{TODAY}/", form) for one in (other, client)]

        self.assertEqual([answer.status_code for answer in answers], [403, 302])


class PieceTests(SlomixTestCase):
    def test_the_same_values_are_said_in_the_language_that_is_spoken(self) -> None:
        visitor = access.of(AnonymousUser())
        said = []
        for language in ("en", "sl", "en"):
            with translation.override(language):
                said.append(piece("slomix/invite.html", access=visitor, times=None))

        self.assertIn("Link Discord", said[0])
        self.assertEqual([one == said[0] for one in said], [True, False, True])

    def test_what_cannot_be_compared_is_refused(self) -> None:
        with self.assertRaises(TypeError):
            piece("slomix/room.html", room={"badge": "opens at 6"})
