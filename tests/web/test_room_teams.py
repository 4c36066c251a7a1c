"""Teams on the room's page: every press is saved at once, and nobody overwrites anybody."""

from html import unescape

from django.http import HttpResponse

from accounts.models import User
from planning.rooms.actions import lineups, wishes
from planning.rooms.models import Lineup
from tests import make
from tests.cast import TONIGHT
from tests.gone import take_away
from tests.rooms.evening import RoomTestCase


class Teams(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.save_teams()
        self.sign_in(self.ana)

    def press(self, token: int = 1, **button: str) -> HttpResponse:
        answer = self.client.post("/room/teams/", {"token": str(token), **button}, follow=True)
        return answer  # type: ignore[return-value]


class MovingTests(Teams):
    def test_one_press_moves_somebody_to_the_other_side(self) -> None:
        self.press(move=f"{self.jan.pk}:B")

        a, b = self.teams()
        self.assertEqual(a, [self.ana.pk, self.fran.pk])
        self.assertEqual(b, [self.bor.pk, self.eva.pk, self.gaja.pk, self.jan.pk])

    def test_or_out_of_the_teams_and_in_again(self) -> None:
        page = self.press(move=f"{self.jan.pk}:")
        self.assertContains(page, "1 in no team yet")

        self.press(2, move=f"{self.jan.pk}:A")

        self.assertEqual(self.teams()[0], [self.ana.pk, self.fran.pk, self.jan.pk])

    def test_every_move_has_a_button_that_says_whom_it_moves_where(self) -> None:
        page = unescape(self.client.get("/room/").content.decode())

        self.assertIn('aria-label="Move Jan to team B"', page)
        self.assertIn('aria-label="Move Gaja to team A"', page)

    def test_a_star_makes_somebody_captain(self) -> None:
        self.press(captain=str(self.jan.pk))

        sides = lineups.sides_of(Lineup.objects.latest("number"))
        self.assertEqual((sides.captain_a, sides.captain_b), (self.jan.pk, self.bor.pk))

    def test_undo_brings_the_teams_before_back(self) -> None:
        before = self.teams()
        self.press(move=f"{self.jan.pk}:B")

        page = self.press(2, do="undo")

        self.assertContains(page, "The teams are as they were before.")
        self.assertEqual(self.teams(), before)

    def test_balancing_says_how_far_apart_they_are_and_why(self) -> None:
        wishes.wish(
            person=self.jan,
            first=self.jan.pk,
            second=self.eva.pk,
            kind="together",
            at=TONIGHT,
        )

        page = unescape(self.press(do="balance").content.decode())

        self.assertRegex(page, r"Even\.|points? apart, in favour of [AB]\.")
        self.assertRegex(page, "splits that keep (Jan and Eva|Eva and Jan) together")
        self.assertRegex(page, r"Seed \d+\.")
        self.assertIn("with Eva", page)

    def test_the_bubble_leans_to_the_stronger_side(self) -> None:
        page = self.client.get("/room/").content.decode()

        # 2400 against 2250 points: 6.5 % of what a player has, of the 10 that the level shows.
        self.assertIn("150 points apart, in favour of A.", page)
        self.assertIn('x="17.7%"', page)


class StrangeNamesTests(Teams):
    def test_what_somebody_is_called_stays_text_in_every_button(self) -> None:
        strange = make.person('"><img onerror=x>')
        self.say(strange, "LOOKING")
        self.press(move=f"{strange.pk}:A")

        page = self.client.get("/room/").content.decode()

        self.assertNotIn("<img onerror", page)
        self.assertIn("Move &quot;&gt;&lt;img onerror=x&gt; to team B", page)


class EditorTests(Teams):
    def test_others_see_the_teams_and_no_buttons(self) -> None:
        self.sign_in(self.bor)

        page = self.client.get("/room/").content.decode()

        self.assertNotIn("teams-form", page)
        self.assertNotIn('name="move"', page)
        self.assertIn("<bdi>Ana Dinamit</bdi> and the promoters arrange the teams.", page)

    def test_and_are_refused_in_words(self) -> None:
        self.sign_in(self.bor)

        page = self.press(move=f"{self.jan.pk}:B")

        self.assertContains(page, "Only whoever opened the room or a promoter", status_code=400)
        self.assertEqual(Lineup.objects.count(), 1)

    def test_a_promoter_may_though_somebody_else_opened_it(self) -> None:
        promoter = make.person("Prim", promoter=True)
        self.sign_in(promoter)

        self.press(move=f"{self.jan.pk}:B")

        self.assertEqual(Lineup.objects.count(), 2)


class StaleTests(Teams):
    def setUp(self) -> None:
        super().setUp()
        self.save((self.bor, self.jan), (self.ana, self.eva))

    def test_the_second_of_two_editors_is_told_who_saved_and_shown_what_holds(self) -> None:
        page = self.press(1, move=f"{self.jan.pk}:B")

        self.assertContains(page, "Your change was not saved.", status_code=409)
        self.assertContains(page, "Ana Dinamit saved the teams at 19:30", status_code=409)
        self.assertContains(page, 'name="token" value="2"', status_code=409)
        self.assertEqual(Lineup.objects.count(), 2)

    def test_so_is_htmx_as_a_part(self) -> None:
        form = {"token": "1", "do": "balance"}
        page = self.client.post("/room/teams/", form, headers={"HX-Request": "true"})

        self.assertContains(page, "Your change was not saved.")
        self.assertNotContains(page, "<html")


class StrangeFormTests(Teams):
    def refused(self, **form: str) -> None:
        page = self.client.post("/room/teams/", form)

        self.assertEqual(page.status_code, 400, form)
        self.assertEqual(Lineup.objects.count(), 1)

    def test_whatever_no_button_sends_is_refused_and_changes_nothing(self) -> None:
        jan = self.jan.pk
        for form in (
            {},
            {"token": "1"},
            {"token": "", "do": "undo"},
            {"token": "one", "do": "undo"},
            {"token": "-1", "do": "undo"},
            {"token": "9" * 40, "do": "undo"},
            {"token": "1", "do": "everything"},
            {"token": "1", "do": "undo", "captain": str(jan)},
            {"token": "1", "move": f"{jan}:C"},
            {"token": "1", "move": "B"},
            {"token": "1", "move": "٣:B"},
            {"token": "1", "move": f"{10**18}:B"},
            {"token": "1", "captain": str(self.dana.pk)},
            {"token": "1", "captain": ""},
        ):
            with self.subTest(form):
                self.refused(**form)

    def test_so_is_a_stranger(self) -> None:
        stranger: User = make.person("Nobody here")

        self.refused(token="1", move=f"{stranger.pk}:A")


class ErasedTests(Teams):
    def test_whoever_left_slomix_leaves_a_place_and_no_name(self) -> None:
        take_away(self.eva)

        page = self.client.get("/room/")

        self.assertContains(page, "Place free")
        self.assertNotContains(page, "<bdi>Eva")
