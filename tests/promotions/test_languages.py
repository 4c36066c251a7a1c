from django.utils import translation

from accounts import actions as people
from accounts.models import User
from botworker import sweep
from botworker.models import Delivery
from promotions import actions, jobs
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.promotions.after_the_start import AfterTheStart


class LanguageTests(AfterTheStart):
    """ana reads the site in Slovene and so does dana; bor reads English."""

    def setUp(self) -> None:
        super().setUp()
        people.set_preferences(person=self.dana, at=TONIGHT, language="sl")
        Delivery.objects.update(state="cancelled")
        self.campaign.delete()
        with translation.override("sl"):
            self.campaign = self.promote()
        for job_id in jobs.due(make.at("21:00")):
            jobs.run(job_id, at=make.at("21:00"))

    def test_each_reads_their_own_language_whatever_the_promoter_reads(self) -> None:
        self.assertIn("Igra ob 21.00 CET", self.told("reminder", self.dana).body)
        self.assertIn("Game night at 21:00 CET", self.told("reminder", self.bor).body)

    def test_so_does_whoever_is_added_later(self) -> None:
        eva = make.person("Eva", opted_in=True)
        make.entry(eva)
        with translation.override("sl"):
            actions.add_recipients(campaign=self.campaign, by=self.ana, at=make.at("20:50"))

        self.assertIn("It is 21:00 CET", self.told("start", eva).body)

    def test_so_do_the_buttons_and_the_word_to_the_missing(self) -> None:
        dana, bor = self.told("follow_up", self.dana), self.told("follow_up", self.bor)

        self.assertIn("V govornem kanalu te še ni", dana.body)
        self.assertIn("You are not in voice yet", bor.body)
        labels = [one.extras["rows"][0][0]["label"] for one in (dana, bor)]
        self.assertEqual(labels, ["Pridem", "I’m in"])

    def told(self, kind: str, who: User) -> Delivery:
        rows = Delivery.objects.filter(kind=kind, person=who)
        return rows.exclude(state="cancelled").get()


class ChosenSinceTests(SlomixTestCase):
    """ana called when bor had not chosen a language; he chooses Slovene before the reminder."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        people.set_preferences(person=self.bor, at=TONIGHT, language="sl")

    def release(self, wall: str) -> None:
        for job_id in jobs.due(make.at(wall)):
            jobs.run(job_id, at=make.at(wall))

    def test_so_is_the_word_to_the_missing(self) -> None:
        row = Delivery.objects.get(kind="follow_up", person=self.bor)
        self.assertIn("You are not in voice yet", row.body)

        self.release("21:00")

        row.refresh_from_db()
        self.assertIn("V govornem kanalu te še ni", row.extras["missing"])
        self.assertEqual(row.body, row.extras["missing"])
        self.assertIn("Vidimo te na strežniku", row.extras["on_server"])
        self.assertEqual(row.extras["rows"][0][0]["label"], "Pridem")
        self.assertEqual((row.state, row.extras["unless"]), ("scheduled", "unless_in_voice"))

    def test_what_a_drain_released_already_keeps_its_words(self) -> None:
        sweep.sweep(make.at("21:02:05"))

        self.release("21:02:05")

        row = Delivery.objects.get(kind="follow_up", person=self.bor)
        self.assertIn("You are not in voice yet", row.body)

    def test_words_and_buttons_are_in_the_language_chosen_since(self) -> None:
        self.release("20:45")

        row = Delivery.objects.get(kind="reminder", person=self.bor)
        labels = [one["label"] for one in row.extras["rows"][0]]
        self.assertIn("Igra ob 21.00 CET", row.body)
        self.assertEqual(labels, ["Pridem", "Zamujam 10 min", "Ne morem"])
