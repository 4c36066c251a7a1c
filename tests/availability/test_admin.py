"""The admin: answers are found by their player, and answered for somebody by the same verb."""

from typing import Any

from accounts.models import AuditEntry
from availability import actions
from availability.models import Change, Entry
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

LIST = "/admin/availability/entry/"
FORM = f"{LIST}answer/"
TODAY = TONIGHT.date().isoformat()


class FindingTests(SlomixTestCase):
    def test_answers_are_found_by_any_name_of_their_player(self) -> None:
        self.sign_in(self.ana)
        dora = make.person("Dora")
        dora.link.player.aliases.create(name="^1wilddora")
        make.entry(dora)
        make.entry(self.bor)

        for text in ("Dora", "wilddora", dora.link.player.guid, dora.discord.username):
            with self.subTest(text):
                page = self.client.get(LIST, {"q": text})
                self.assertContains(page, "1 result")
                self.assertContains(page, "Dora")

    def test_the_history_is_there_for_admins_and_names_who_it_was(self) -> None:
        admin = make.person("Admin")
        type(admin).objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
        actions.answer(person=self.bor, day=TONIGHT.date(), status="MAYBE", at=TONIGHT, by=self.ana)
        self.sign_in(admin)

        page = self.client.get("/admin/availability/change/", {"q": "Bor"})

        self.assertContains(page, "Ana Dinamit")


class AnsweringTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.ana)

    def say(self, status: str = "LOOKING", day: str = TODAY, who: Any = None) -> Any:
        form = {"who": who or self.bor.pk, "day": day, "status": status}
        return self.client.post(FORM, form, follow=True)

    def test_a_promoter_answers_for_a_player_and_is_told_what_holds(self) -> None:
        said = self.say()

        self.assertContains(said, "Bazooka Bor, 2026-11-20: Looking. They see that it was you.")
        entry = Entry.objects.get()
        self.assertEqual((entry.person, entry.status, entry.door), (self.bor, "LOOKING", "admin"))
        self.assertEqual(Change.objects.get().by, self.ana)
        written = AuditEntry.objects.get(action="answered_for")
        self.assertEqual(
            (written.actor, written.subject, written.door), (self.ana, self.bor, "admin")
        )

    def test_an_answer_is_taken_back(self) -> None:
        make.entry(self.bor)

        self.assertContains(self.say("nothing"), "no answer")

        self.assertFalse(Entry.objects.exists())

    def test_what_the_verb_refuses_is_said_beside_its_field(self) -> None:
        for form, why in (
            ({"day": "2026-11-19"}, "is over"),
            ({"day": "2027-02-19"}, "90 days ahead"),
            ({"day": "2026-02-29"}, "Enter a valid date"),
            ({"status": "x"}, "Select a valid choice"),
            ({"who": self.cene.pk}, "Select a valid choice"),
        ):
            with self.subTest(form):
                self.assertContains(self.say(**form), why, status_code=400)
        self.assertFalse(Entry.objects.exists() or AuditEntry.objects.filter(action="answered_for"))

    def test_a_row_leads_to_the_form_filled_in(self) -> None:
        make.entry(self.bor)
        link = f"{FORM}?who={self.bor.pk}&amp;day={TODAY}"
        self.assertContains(self.client.get(LIST), link)

        page = self.client.get(f"{FORM}?who={self.bor.pk}&day={TODAY}")

        self.assertContains(page, f'<option value="{self.bor.pk}" selected>')
        self.assertContains(page, f'value="{TODAY}"')

    def test_an_operator_without_a_role_answers_for_nobody(self) -> None:
        type(self.bor).objects.filter(pk=self.bor.pk).update(is_staff=True)
        self.sign_in(self.bor)

        self.assertEqual(self.say(who=self.ana.pk).status_code, 403)
        self.assertFalse(Entry.objects.exists())

    def test_the_page_that_the_person_sees_names_the_promoter(self) -> None:
        self.say()
        self.sign_in(self.bor)

        page = self.client.get("/you/week/")

        self.assertContains(page, "an admin answered for you (<bdi>Ana Dinamit</bdi>)")
