"""The page of the parts: there for whoever builds pages, and for nobody else."""

from django.test import override_settings

from slomix.pages.parts import CROWDS
from tests.cast import SlomixTestCase


class PartsTests(SlomixTestCase):
    def test_players_and_visitors_find_no_such_page(self) -> None:
        for who in (None, self.cene, self.bor, self.ana):
            with self.subTest(who):
                if who:
                    self.sign_in(who)

                self.assertContains(self.client.get("/parts/"), "Off the map", status_code=404)

    @override_settings(DEBUG=True)
    def test_it_is_there_where_the_site_is_built(self) -> None:
        self.assertContains(self.client.get("/parts/"), "Every part in its states")

    def test_it_is_there_for_admins_and_staff(self) -> None:
        with override_settings(ADMIN_DISCORD_IDS={self.bor.discord.discord_id}):
            self.sign_in(self.bor)
            self.assertEqual(self.client.get("/parts/").status_code, 200)
        self.cene.is_staff = True
        self.cene.save()
        self.sign_in(self.cene)

        self.assertEqual(self.client.get("/parts/").status_code, 200)

    @override_settings(DEBUG=True)
    def test_every_number_of_people_can_be_seen(self) -> None:
        said = [self.client.get(f"/parts/?looking={n}").content.decode() for n in CROWDS]

        self.assertEqual([page.count('class="place taken') for page in said], [*CROWDS[:-1], 12])

    @override_settings(DEBUG=True)
    def test_what_is_no_choice_changes_nothing(self) -> None:
        page = self.client.get("/parts/?looking=-1&light=<b>")

        self.assertContains(page, '<div class="scheme ">')

    @override_settings(DEBUG=True)
    def test_the_samples_ask_the_database_nothing(self) -> None:
        with self.assertNumQueries(0):
            self.client.get("/parts/")

    @override_settings(DEBUG=True)
    def test_a_press_on_a_sample_changes_nothing(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.post("/evenings/2003-05-29/", {"status": "LOOKING"})

        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.bor.entries.exists())
