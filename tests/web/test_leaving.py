"""Untying player and Discord, seeing one's data, taking it along, being erased."""

import json

from accounts import actions
from accounts.models import AuditEntry, PlayerLink, User
from accounts.sessions import SIGNED_IN_AT
from slomix import belongings
from slomix.pages.leaving import KNOWN
from tests import make
from tests.cast import SlomixTestCase


class LeavingCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def just_signed_in(self) -> None:
        session = self.client.session
        session[SIGNED_IN_AT] = self.now.timestamp()
        session.save()


class UnlinkTests(LeavingCase):
    def test_the_player_is_untied_after_a_second_press(self) -> None:
        make.entry(self.bor)
        self.assertContains(self.client.get("/you/"), "Yes, I am not")

        answer = self.client.post("/you/player/unlink/", follow=True)

        self.assertContains(answer, "You are Bazooka Bor no more.")
        self.assertContains(answer, "Find my player")
        self.assertFalse(PlayerLink.objects.filter(user=self.bor).exists())
        self.assertFalse(self.bor.entries.exists())

    def test_without_one_it_says_so(self) -> None:
        self.sign_in(self.cene)

        answer = self.client.post("/you/player/unlink/", follow=True)

        self.assertContains(answer, "You have no player linked.")

    def test_discord_is_untied_only_soon_after_a_sign_in(self) -> None:
        self.assertContains(self.client.get("/you/"), "Sign in again")
        refused = self.client.post("/you/discord/unlink/", follow=True)
        self.assertContains(refused, "Sign in again first")

        self.just_signed_in()
        self.assertContains(self.client.get("/you/"), "Yes, unlink Discord")
        answer = self.client.post("/you/discord/unlink/", follow=True)

        self.assertRedirects(answer, "/")
        self.assertContains(answer, "Your Discord account is unlinked")
        self.assertFalse(hasattr(User.objects.get(pk=self.bor.pk), "discord"))


class DataTests(LeavingCase):
    def test_every_table_of_the_export_is_named_on_the_page(self) -> None:
        self.assertEqual(set(KNOWN), set(belongings.EXPORT))

    def test_the_page_counts_what_is_kept(self) -> None:
        make.entry(self.bor)

        page = self.client.get("/you/data/")

        self.assertContains(
            page, "<td>Your answers</td><td>1</td><td>until you leave</td>", html=True
        )
        self.assertNotContains(page, "Calls you made")

    def test_the_file_holds_it_all_and_is_written_down(self) -> None:
        answer = self.client.post("/you/data/export/")

        found = json.loads(answer.content)
        self.assertEqual(found["person"], self.bor.pk)
        self.assertEqual(set(found["tables"]), set(belongings.EXPORT))
        self.assertIn("attachment", answer["Content-Disposition"])
        self.assertEqual(answer["Cache-Control"], "no-store")
        self.assertTrue(AuditEntry.objects.filter(action="exported", actor=self.bor).exists())

    def test_opening_an_address_hands_out_nothing(self) -> None:
        self.assertEqual(self.client.get("/you/data/export/").status_code, 405)


class EraseTests(LeavingCase):
    def test_the_word_must_be_typed(self) -> None:
        self.just_signed_in()
        for typed in ("", "yes", "erase me"):
            with self.subTest(typed):
                answer = self.client.post("/you/erase/", {"word": typed})

                self.assertContains(answer, "Write the word erase", status_code=400)
                self.assertContains(answer, 'aria-invalid="true"', status_code=400)
        self.assertTrue(User.objects.get(pk=self.bor.pk).is_active)

    def test_the_sign_in_must_be_fresh(self) -> None:
        self.assertContains(self.client.get("/you/erase/"), "First show that it is you")

        answer = self.client.post("/you/erase/", {"word": "erase"})

        self.assertContains(answer, "Sign in again first", status_code=400)
        self.assertTrue(User.objects.get(pk=self.bor.pk).is_active)

    def test_then_nothing_leads_back(self) -> None:
        self.just_signed_in()

        answer = self.client.post("/you/erase/", {"word": " Erase "}, follow=True)

        self.assertRedirects(answer, "/")
        self.assertContains(answer, "You are erased.")
        gone = User.objects.get(pk=self.bor.pk)
        self.assertFalse(gone.is_active)
        self.assertFalse(hasattr(gone, "discord"))


class NameTests(LeavingCase):
    def rename(self, **form: str) -> str:
        return self.client.post("/you/name/", form, follow=True).content.decode()

    def called(self) -> str:
        return User.objects.with_identity().get(pk=self.bor.pk).name

    def test_a_name_of_ones_own_and_back(self) -> None:
        self.assertIn("The others see you as Borči now.", self.rename(how="custom", name="Borči"))
        self.assertEqual(self.called(), "Borči")

        self.rename(how="reset")

        self.assertEqual(self.called(), "Bazooka Bor")

    def test_one_that_the_player_wore(self) -> None:
        self.bor.link.player.aliases.create(name="^1Bor^7ko")

        self.rename(how="alias", name="^1Bor^7ko")

        self.assertEqual(self.called(), "Borko")

    def test_a_wrong_one_is_said_beside_the_field(self) -> None:
        answer = self.client.post("/you/name/", {"how": "custom", "name": "Ana Dinamit"})

        self.assertContains(answer, "A player is called Ana Dinamit.", status_code=400)
        self.assertContains(answer, 'aria-describedby="name-note"', status_code=400)
        self.assertContains(answer, '<details class="fold" id="called" open>', status_code=400)


class StopTests(LeavingCase):
    def test_one_press_stops_every_kind(self) -> None:
        actions.set_preferences(person=self.bor, at=self.now, allow_raids=True)

        answer = self.client.post("/you/stop/", follow=True)

        self.assertContains(answer, "No more messages, from now on, also tonight.")
        kept = actions.preferences_of(self.bor)
        self.assertFalse(any(kept[kind] for kind in actions.KINDS))
