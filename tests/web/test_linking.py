"""Choosing the player that is yours."""

from accounts.models import AuditEntry, PlayerLink
from tests import make
from tests.cast import SlomixTestCase

HTMX = {"HX-Request": "true"}


class SuggestionTests(SlomixTestCase):
    def suggested(self) -> str:
        return self.client.get("/link/").content.decode()

    def test_a_name_like_yours_comes_first(self) -> None:
        make.player("Cenetov brat")
        make.player("Cene")
        self.sign_in(self.cene)

        page = self.suggested()

        self.assertLess(page.index("<bdi>Cene</bdi></b>\n"), page.index("Cenetov brat"))

    def test_an_alias_like_yours_is_enough(self) -> None:
        make.player("Neznanec", aliases=("cene85",))
        self.sign_in(self.cene)

        self.assertIn("Neznanec", self.suggested())

    def test_the_imported_account_is_certain(self) -> None:
        make.player("Nekdo drug", discord_id=self.cene.discord.discord_id)
        self.sign_in(self.cene)

        self.assertIn("Nekdo drug", self.suggested())

    def test_what_is_taken_is_not_suggested(self) -> None:
        make.person("Cene Drugi")
        self.sign_in(self.cene)

        self.assertNotIn("Cene Drugi", self.suggested())


class SearchTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.cene)

    def test_two_letters_of_any_name_are_enough(self) -> None:
        make.player("Vesna.exe", aliases=("^1Ves^7na",))

        self.assertContains(self.client.get("/link/?q=ve"), "Vesna.exe")
        self.assertContains(self.client.get("/link/?q=%5E1Ves"), "Vesna.exe")

    def test_carons_capitals_and_colours_do_not_matter(self) -> None:
        make.player("^1Ž^7ABAR")

        for text in ("žabar", "zabar", "ŽA", "^4zab"):
            with self.subTest(text):
                self.assertContains(self.client.get("/link/", {"q": text}), "^1Ž^7ABAR")

    def test_one_letter_is_too_little(self) -> None:
        make.player("Vesna.exe")

        page = self.client.get("/link/?q=v")

        self.assertContains(page, "Write 2 letters or more")
        self.assertNotContains(page, "Vesna.exe")

    def test_it_shows_twenty_and_the_best_first(self) -> None:
        for number in range(25):
            make.player(f"a frog {number}")
        make.player("Frog")

        page = self.client.get("/link/?q=frog").content.decode()

        self.assertEqual(page.count("That’s me"), 20)
        self.assertLess(page.index("<bdi>Frog</bdi>"), page.index("a frog"))

    def test_nothing_found_says_what_to_do(self) -> None:
        self.assertContains(self.client.get("/link/?q=xyzzy"), "Try a shorter piece")

    def test_signs_of_the_database_are_letters_like_others(self) -> None:
        make.player("Vesna.exe")

        for text in ("%%", "__", "'; --", "\\"):
            with self.subTest(text):
                self.assertNotContains(self.client.get("/link/", {"q": text}), "Vesna.exe")

    def test_htmx_gets_the_list_alone(self) -> None:
        answer = self.client.get("/link/?q=frog", headers=HTMX)

        self.assertTrue(answer.content.strip().startswith(b'<div id="found"'))


class ChoosingTests(SlomixTestCase):
    def test_that_is_me_and_then_the_one_question(self) -> None:
        player = make.player("Cene")
        self.sign_in(self.cene)

        answer = self.client.post("/link/player/", {"player": player.guid}, follow=True)

        self.assertEqual(PlayerLink.objects.get(user=self.cene).player, player)
        self.assertContains(answer, "Remind you at 20:45 and 21:00 CET?")
        self.assertTrue(AuditEntry.objects.filter(action="player_linked").exists())

    def test_whoever_was_asked_goes_on_to_tonight(self) -> None:
        frog = make.player("Frog")
        make.person()
        self.bor.preferences.asked_at = self.now
        self.bor.preferences.save()
        self.sign_in(self.bor)

        answer = self.client.post("/link/player/", {"player": frog.guid}, follow=True)

        self.assertRedirects(answer, "/")
        self.assertContains(answer, "You play as Frog.")

    def test_a_taken_player_stays_with_who_has_it(self) -> None:
        self.sign_in(self.cene)

        answer = self.client.post("/link/player/", {"player": self.bor.link.player.guid})

        self.assertContains(answer, "Somebody already plays as Bazooka Bor", status_code=400)
        self.assertFalse(PlayerLink.objects.filter(user=self.cene).exists())

    def test_without_discord_nobody_is_linked(self) -> None:
        operator = make.person("Operator", discord=False, linked=False)
        player = make.player("Frog")
        self.sign_in(operator)

        answer = self.client.post("/link/player/", {"player": player.guid})

        self.assertContains(answer, "Sign in with Discord first", status_code=400)
        self.assertFalse(PlayerLink.objects.filter(player=player).exists())

    def test_a_player_that_does_not_exist_is_refused(self) -> None:
        """W7: any id and any name could be linked."""
        self.sign_in(self.cene)

        for guid in ("", "nobody", "x" * 5000):
            with self.subTest(guid[:10]):
                answer = self.client.post("/link/player/", {"player": guid})

                self.assertContains(answer, "There is no such player", status_code=400)
