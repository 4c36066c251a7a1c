from django.utils import translation

from accounts import actions as people
from accounts.models import User
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

    def test_words_and_buttons_are_in_the_language_chosen_since(self) -> None:
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        people.set_preferences(person=self.bor, at=TONIGHT, language="sl")

        for job_id in jobs.due(make.at("20:45")):
            jobs.run(job_id, at=make.at("20:45"))

        row = Delivery.objects.get(kind="reminder", person=self.bor)
        labels = [one["label"] for one in row.extras["rows"][0]]
        self.assertIn("Igra ob 21.00 CET", row.body)
        self.assertEqual(labels, ["Pridem", "Zamujam 10 min", "Ne morem"])
