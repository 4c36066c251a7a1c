"""Who sees what of raids on the site, and who may vote there."""

from urllib.parse import urlencode

from django.test import Client

from planning.raids import actions, queries
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.at_home import BOTH, AtHome
from tests.raids.stage import KAVARNA


class WhoTests(AtHome):
    """Visitors and whoever has no player see how many, never who; not even in a tooltip."""

    def setUp(self) -> None:
        super().setUp()
        for who in (self.ana, self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        self.vote(self.raid, self.admin.person, ["Fri 27.11."], [])

    def named(self, page: str) -> set[str]:
        names = ("Ana Dinamit", "Bazooka Bor", "Cene", "Aljaž")
        return {name for name in names if name in page}

    def test_nobody_is_named_to_visitors_and_the_unlinked(self) -> None:
        done = self.plan()
        self.vote(done, self.bor, ["Fri 27.11."], ["20:00"])
        self.vote(done, self.ana, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=done.pk, actor=Actor(self.ana), at=TONIGHT)
        stage.server(leaderboard_enabled=True)

        for path in ("/raids/", self.here, f"/raids/{done.pk}/"):
            self.assertEqual(self.named(self.page(None, path)), set())
            # Their own name stands in the masthead.
            self.assertEqual(self.named(self.page(self.cene, path)), {"Cene"})
            self.assertIn("Bazooka Bor", self.page(self.bor, path))

    def test_they_see_how_many(self) -> None:
        for who in (None, self.cene):
            page = self.page(who)

            self.assertIn("4 have voted, 3 for both day and time", page)
            self.assertIn("3 of 2", page)

    def test_a_visitor_votes_nowhere(self) -> None:
        page = self.page(None)
        self.assertNotIn('type="checkbox"', page)

        answer = Client().post(f"{self.here}vote/", BOTH)

        self.assertIn("/accounts/sign-in/", answer["Location"])

    def test_whoever_was_met_on_the_server_votes_without_a_player(self) -> None:
        self.sign_in(self.cene)

        self.client.post(f"{self.here}vote/", {"day": "Sat 28.11."})

        self.assertEqual(self.mine(self.cene), (["Sat 28.11."], []))

    def test_whoever_was_not_is_told_how(self) -> None:
        stranger = make.person("Žan", linked=False)
        self.sign_in(stranger)

        answer = self.client.post(f"{self.here}vote/", BOTH)

        self.assertContains(answer, "We have not met you on this server yet.", status_code=400)
        self.assertEqual(self.mine(stranger), ([], []))


class ElsewhereTests(AtHome):
    """Another server's raids are for whoever was met there; nobody else can tell that there are any."""

    def setUp(self) -> None:
        super().setUp()
        self.elsewhere = stage.server(KAVARNA + 50, "Čajnica")
        self.theirs = stage.plan(guild=self.elsewhere, actor=Actor(self.cene))
        self.there = f"/raids/{self.theirs.pk}/"

    def test_they_are_not_there_for_others(self) -> None:
        self.sign_in(self.bor)

        for path in (self.there, f"/raids/on/{self.elsewhere.pk}/", "/raids/999999/"):
            self.assertContains(self.client.get(path), "Not here", status_code=404)
        answer = self.client.post(f"{self.there}vote/", BOTH)
        self.assertContains(answer, "This raid is no longer there.", status_code=400)
        self.assertNotContains(self.client.get("/raids/"), "Čajnica")

    def test_a_visitor_signs_in_first_for_whatever_is_not_at_home(self) -> None:
        for path in (self.there, "/raids/999999/"):
            answer = Client().get(path)

            self.assertRedirects(answer, f"/accounts/sign-in/?{urlencode({'next': path})}")

    def test_whoever_was_met_there_sees_them_beside_ours(self) -> None:
        self.vote(self.theirs, self.bor, ["Fri 27.11."], ["20:00"])
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/raids/"), "Čajnica")
        self.assertContains(self.client.get(self.there), "Cene")
        self.client.post(f"{self.there}vote/", {"day": "Sat 28.11."})
        self.assertEqual(queries.board(self.theirs).mine(self.bor.pk, "day"), ["Sat 28.11."])
