"""A player that somebody else has, a newcomer's, and the code worn in the game."""

from django.test import override_settings

from accounts import actions
from accounts.models import Contest, PlayerLink
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class ClaimingCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.cene)
        self.guid = self.bor.link.player.guid


class TakenTests(ClaimingCase):
    def test_the_list_leads_to_the_contest(self) -> None:
        page = self.client.get("/link/?q=bazooka")

        self.assertContains(page, f"/link/contest/?player={self.guid}")

    def test_a_claimed_one_can_be_contested(self) -> None:
        page = self.client.get(f"/link/contest/?player={self.guid}")
        self.assertContains(page, "claimed 20 Nov, not verified")
        self.assertNotContains(page, self.bor.discord.username)

        answer = self.client.post("/link/contest/", {"player": self.guid}, follow=True)

        contest = Contest.objects.get()
        self.assertEqual((contest.challenger, contest.outcome), (self.cene, "open"))
        self.assertContains(answer, "Prove that")
        self.assertEqual(PlayerLink.objects.get(player__guid=self.guid).user, self.bor)

    def test_a_proved_one_leads_to_an_admin(self) -> None:
        PlayerLink.objects.update(proof="code")

        page = self.client.get(f"/link/contest/?player={self.guid}")
        answer = self.client.post("/link/contest/", {"player": self.guid})

        self.assertContains(page, "write to an admin")
        self.assertContains(answer, "Write to an admin.", status_code=400)
        self.assertFalse(Contest.objects.exists())

    def test_choosing_one_that_was_taken_meanwhile_leads_there(self) -> None:
        answer = self.client.post("/link/player/", {"player": self.guid})

        self.assertContains(answer, "is taken", status_code=400)
        self.assertContains(answer, "It’s mine, I’ll prove it", status_code=400)

    def test_one_that_is_free_or_none_has_no_such_page(self) -> None:
        free = make.player("Frog")

        self.assertRedirects(self.client.get(f"/link/contest/?player={free.guid}"), "/link/")
        nobody = self.client.get("/link/contest/?player=nobody")
        self.assertContains(nobody, "There is no such player", status_code=400)

    def test_a_contest_is_taken_back(self) -> None:
        actions.contest_player(person=self.cene, guid=self.guid, at=TONIGHT)

        answer = self.client.post("/link/contest/withdraw/", {"player": self.guid}, follow=True)

        self.assertEqual(Contest.objects.get().outcome, "withdrawn")
        self.assertContains(answer, "Taken back.")


class NewcomerTests(ClaimingCase):
    def test_nobody_is_at_a_dead_end(self) -> None:
        answer = self.client.post("/link/new/", {"name": "Cene iz Kranja"}, follow=True)

        link = PlayerLink.objects.select_related("player").get(user=self.cene)
        self.assertTrue(link.player.pending)
        self.assertContains(answer, "You are in")
        self.assertContains(answer, "a promoter confirms you soon")

    def test_a_known_players_name_is_refused_beside_the_field(self) -> None:
        answer = self.client.post("/link/new/", {"name": "bazooka bor"})

        self.assertContains(answer, "A player is called bazooka bor already.", status_code=400)
        self.assertContains(answer, 'aria-describedby="new-note"', status_code=400)


@override_settings(GAME_SERVER=("et.example", 27960))
class ProofTests(ClaimingCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def test_the_page_says_what_to_type_in_the_game(self) -> None:
        self.assertContains(self.client.get("/link/proof/"), "Show me a code")

        page = self.client.post("/link/proof/", follow=True)

        self.assertContains(page, f"/name Bazooka Bor-{self.bor.name_code.code}")
        self.assertContains(page, "works until 19:45 CET")
        self.assertContains(page, "/connect et.example:27960")

    @override_settings(GAME_SERVER=None)
    def test_where_no_server_is_watched_it_leads_to_a_promoter(self) -> None:
        page = self.client.get("/link/proof/")

        self.assertContains(page, "nobody would see a code")
        self.assertNotContains(page, "Show me a code")

    def test_once_seen_it_is_verified(self) -> None:
        self.client.post("/link/proof/")
        actions.codes_seen(names=[f"^1Bor-{self.bor.name_code.code}"], at=TONIGHT)

        self.assertContains(self.client.get("/link/proof/"), "is you")
        self.assertContains(self.client.get("/you/"), "verified")

    def test_a_player_that_is_not_contested_gives_no_code(self) -> None:
        answer = self.client.post("/link/proof/", {"player": self.ana.link.player.guid})

        self.assertContains(answer, "This player is not yours.", status_code=400)

    def test_without_a_player_the_way_leads_to_one(self) -> None:
        self.sign_in(self.cene)

        self.assertRedirects(self.client.get("/link/proof/"), "/link/")


class NextStepTests(ClaimingCase):
    def test_an_unlinked_person_sees_one_clear_next_step_everywhere(self) -> None:
        for path in ("/", "/you/"):
            with self.subTest(path):
                page = self.client.get(path)
                self.assertContains(page, '<b class="badge looking">Link</b>', html=True)
                self.assertContains(page, "One step is left", count=1)

    def test_once_linked_the_badge_is_gone(self) -> None:
        self.sign_in(self.bor)

        self.assertNotContains(self.client.get("/"), '<b class="badge looking">Link</b>')

    def test_a_crowd_of_searches_is_slowed_down(self) -> None:
        for _time in range(30):
            self.client.get("/link/?q=bazooka")

        self.assertContains(self.client.get("/link/?q=bazooka"), "That was a lot at once.")
