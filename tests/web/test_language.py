"""The site speaks the language that somebody chose, and the browser's to everybody else."""

from pathlib import Path

from django.conf import settings
from django.test import override_settings

from accounts.models import Preferences
from tests.cast import SlomixTestCase

BOTH = [("en", "English"), ("sl", "slovenščina")]
SLOVENE = {"Accept-Language": "sl-SI,sl;q=0.9,en;q=0.5"}


@override_settings(LANGUAGES=BOTH)
class LanguageTests(SlomixTestCase):
    def chooses(self, language: str) -> None:
        Preferences.objects.filter(user=self.bor).update(language=language)
        self.sign_in(self.bor)

    def spoken(self, path: str = "/you/", **headers: str) -> str:
        answer = self.client.get(path, headers=headers)
        self.assertContains(answer, f'<html lang="{answer["Content-Language"]}">')
        return answer["Content-Language"]

    def test_a_visitor_is_spoken_to_as_their_browser_asks(self) -> None:
        self.assertEqual(self.spoken("/", **SLOVENE), "sl")
        self.assertEqual(self.spoken("/"), "en")

    def test_what_somebody_chose_counts_more_than_their_browser(self) -> None:
        self.chooses("en")
        self.assertEqual(self.spoken(**SLOVENE), "en")

        self.chooses("sl")
        self.assertEqual(self.spoken(), "sl")

    def test_the_next_visitor_is_not_spoken_to_in_their_language(self) -> None:
        self.chooses("sl")
        self.spoken()

        self.client.logout()

        self.assertEqual(self.spoken("/"), "en")

    def test_whoever_chose_nothing_hears_their_browsers(self) -> None:
        self.chooses("")

        self.assertEqual(self.spoken(**SLOVENE), "sl")

    def test_it_is_chosen_on_the_page_and_counts_at_once(self) -> None:
        self.sign_in(self.bor)
        self.assertContains(self.client.get("/you/"), '<option value="sl">slovenščina</option>')

        form = {"timezone": "Europe/Ljubljana", "language": "sl"}
        saved = self.client.post("/you/preferences/", form, follow=True)

        self.assertEqual(saved["Content-Language"], "sl")
        self.assertEqual(Preferences.objects.get(user=self.bor).language, "sl")

    def test_a_language_that_we_do_not_speak_is_no_choice(self) -> None:
        self.chooses("de")

        self.assertEqual(self.spoken(), "en")

    def test_a_visitor_switches_with_one_press_and_stays_where_they_are(self) -> None:
        page = self.client.get("/?day=2026-11-25")
        self.assertContains(page, 'value="sl" lang="sl">Slovenščina</button>')

        back = self.client.post("/language/", {"language": "sl", "next": "/?day=2026-11-25"})

        self.assertRedirects(back, "/?day=2026-11-25", fetch_redirect_response=False)
        self.assertEqual(self.spoken("/"), "sl")
        self.assertContains(self.client.get("/"), 'value="en" lang="en">English</button>')

    def test_whoever_is_signed_in_has_the_choice_under_you_alone(self) -> None:
        self.sign_in(self.bor)

        self.assertNotContains(self.client.get("/"), 'action="/language/"')

    def test_the_switch_leads_nowhere_else(self) -> None:
        form = {"language": "sl", "next": "https://elsewhere.example/"}

        self.assertRedirects(
            self.client.post("/language/", form), "/", fetch_redirect_response=False
        )

    def test_it_asks_the_database_nothing_more(self) -> None:
        self.chooses("")
        with self.assertNumQueries(2):  # the session, and whoever is signed in
            self.client.get("/nowhere/")

        self.chooses("sl")
        with self.assertNumQueries(2):
            self.client.get("/nowhere/")


def test_only_languages_with_a_catalogue_are_offered() -> None:
    there = {file.parts[-3] for file in Path(settings.BASE_DIR).glob("locale/*/LC_MESSAGES/*.mo")}

    assert {code for code, _name in settings.LANGUAGES} == there
