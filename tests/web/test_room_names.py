"""Team names on the room's page."""

from html import unescape

from planning.rooms.actions import naming
from planning.rooms.models import Name, Vote
from tests.cast import TONIGHT
from tests.corpus import TEXTS
from tests.rooms.evening import RoomTestCase


class Names(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.ours = naming.suggest(person=self.jan, text="Ajdova četa", at=TONIGHT)
        self.other = naming.suggest(person=self.eva, text="Potica Panzer", at=TONIGHT)
        self.sign_in(self.bor)

    def page(self) -> str:
        return unescape(self.client.get("/room/").content.decode())


class VotingTests(Names):
    def test_a_vote_is_one_press_and_another_moves_it(self) -> None:
        for name in (self.ours, self.other):
            answer = self.client.post(f"/room/names/{name.pk}/vote/", follow=True)
            self.assertContains(answer, f"Voted for {name.text}. Vote again to change it.")

        self.assertEqual(Vote.objects.get(person=self.bor).name, self.other)

    def test_the_pressed_button_takes_it_back(self) -> None:
        naming.vote(person=self.bor, name_id=self.ours.pk, at=TONIGHT)
        self.assertIn("Take back the vote for Ajdova četa", self.page())

        self.client.post("/room/names/back/")

        self.assertFalse(Vote.objects.filter(person=self.bor).exists())
        self.assertIn("Vote for Ajdova četa", self.page())

    def test_ties_are_shown_as_ties(self) -> None:
        self.assertEqual(self.page().count("1 vote · tie"), 2)

        naming.vote(person=self.bor, name_id=self.ours.pk, at=TONIGHT)

        page = self.page()
        self.assertIn("2 votes<", page)
        self.assertNotIn("tie<", page)

    def test_the_two_best_are_what_the_teams_are_called(self) -> None:
        naming.vote(person=self.bor, name_id=self.other.pk, at=TONIGHT)
        self.save_teams()

        page = self.page()

        self.assertIn('id="team-A"><span class="team-name"><bdi>Potica Panzer</bdi>', page)
        self.assertIn('id="team-B"><span class="team-name"><bdi>Ajdova četa</bdi>', page)

    def test_a_name_of_nowhere_is_refused(self) -> None:
        answer = self.client.post("/room/names/987654/vote/")

        self.assertContains(answer, "There is no such name", status_code=400)


class SuggestingTests(Names):
    def test_a_suggestion_has_ones_vote(self) -> None:
        answer = self.client.post("/room/names/", {"text": "  Nočna izmena "}, follow=True)

        self.assertContains(answer, "Suggested: Nočna izmena. It has your vote.")
        self.assertEqual(Vote.objects.get(person=self.bor).name.text, "Nočna izmena")

    def test_a_twin_is_refused_with_the_name_that_is_there(self) -> None:
        answer = self.client.post("/room/names/", {"text": "AJDOVA ČETA"})

        words = unescape(answer.content.decode())
        self.assertIn("Ajdova četa is already there. Vote for it instead?", words)
        self.assertEqual(Name.objects.count(), 2)

    def test_too_short_and_too_long_are_refused(self) -> None:
        for text in ("", "x", "x" * 49, "   ", "\u200b\u200b\u200b"):
            with self.subTest(text):
                answer = self.client.post("/room/names/", {"text": text})

                self.assertContains(answer, "2 to 48 characters", status_code=400)

    def test_whatever_people_write_stays_text(self) -> None:
        for text in TEXTS:
            if "\ud800" in text:
                continue  # nobody can send it
            Name.objects.all().delete()
            self.client.post("/room/names/", {"text": text})

            page = self.client.get("/room/").content.decode()

            with self.subTest(text):
                self.assertNotIn("<script>", page)
                self.assertNotIn("<img onerror", page)


class WithdrawingTests(Names):
    def test_ones_own_goes_while_nobody_else_voted(self) -> None:
        self.sign_in(self.jan)
        self.assertIn(f'id="withdraw-{self.ours.pk}"', self.page())

        self.client.post(f"/room/names/{self.ours.pk}/withdraw/")

        self.assertFalse(Name.objects.filter(pk=self.ours.pk).exists())

    def test_with_other_votes_it_stays(self) -> None:
        naming.vote(person=self.bor, name_id=self.ours.pk, at=TONIGHT)
        self.sign_in(self.jan)
        self.assertNotIn(f'id="withdraw-{self.ours.pk}"', self.page())

        answer = self.client.post(f"/room/names/{self.ours.pk}/withdraw/")

        self.assertContains(answer, "Others have voted for it", status_code=400)

    def test_somebody_elses_is_not_ones_own_to_take(self) -> None:
        self.assertNotIn(f'id="withdraw-{self.ours.pk}"', self.page())

        answer = self.client.post(f"/room/names/{self.ours.pk}/withdraw/")

        self.assertEqual(answer.status_code, 400)
        self.assertEqual(Name.objects.count(), 2)
