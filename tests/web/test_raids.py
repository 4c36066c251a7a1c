"""The raids' pages: what is open and what was, votes that count as in Discord, ends."""

import re

from django.conf import settings

from accounts.models import User
from planning.raids import actions, queries
from planning.raids.models import Raid, StepOut, Vote
from planning.raids.policy import Actor
from planning.raids.posts import planner, raidlist
from tests import make
from tests.cast import TONIGHT
from tests.raids.at_home import BOTH, AtHome


class ListTests(AtHome):
    def test_it_shows_what_is_open_and_what_was(self) -> None:
        self.vote(self.raid, self.bor, ["Fri 27.11."], ["20:00"])
        self.vote(self.raid, self.cene, ["Fri 27.11."], [])
        over = self.plan(dungeon="Skull")
        actions.finish(raid_id=over.pk, actor=Actor(self.ana), at=TONIGHT)
        self.sign_in(self.bor)

        page = self.client.get("/raids/")

        self.assertContains(page, f'<a href="/raids/{self.raid.pk}/"><b><bdi>Nanos</bdi>')
        self.assertContains(page, "2 have voted</small>")
        self.assertContains(page, "until Mon 30 Nov")
        self.assertContains(page, "0 were there")

    def test_without_any_it_says_how_one_is_planned(self) -> None:
        actions.cancel(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)

        page = self.page(None, "/raids/")

        self.assertIn("No open raid", page)
        self.assertIn("/raidplan", page)
        self.assertIn("cancelled, nobody is counted", page)

    def test_without_a_server_it_is_friendly_too(self) -> None:
        with self.settings(DISCORD_GUILD_ID=0):
            self.assertIn("chooses the channels with /settings", self.page(None, "/raids/"))

    def test_the_tab_leads_there(self) -> None:
        self.assertIn('<a href="/raids/"', self.page(None, "/"))

    def test_the_buttons_in_discord_lead_to_the_pages(self) -> None:
        board = queries.board(self.raid)
        buttons = [one for row in planner.rows(board) for one in row if "url" in one]
        buttons += raidlist.page(self.guild, 0)[1][0]
        led = [one["url"] for one in buttons if "url" in one]

        self.assertEqual(len(led), 2)
        for url in led:
            path = url.removeprefix(settings.FRONTEND_ORIGIN)
            self.assertEqual(self.client.get(path).status_code, 200)

    def test_it_looks_again_and_gets_nothing_while_nothing_changed(self) -> None:
        for path in ("/raids/", self.here):
            again = re.search(r'hx-get="([^"]+)"', self.page(self.bor, path))
            assert again
            self.sign_in(self.bor)
            self.assertEqual(self.client.get(again[1]).status_code, 204)
            self.vote(self.raid, self.bor, ["Fri 27.11."], ["21:00"])

            self.assertEqual(self.client.get(again[1]).status_code, 200)
            self.vote(self.raid, self.bor, [], [])


class VoteTests(AtHome):
    def test_the_form_is_the_whole_vote(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.post(f"{self.here}vote/", BOTH, follow=True)

        self.assertEqual(self.mine(self.bor), (["Fri 27.11."], ["20:00", "21:00"]))
        self.assertContains(answer, "Your days: Fri 27.11. Your times: 20:00, 21:00.")
        self.client.post(f"{self.here}vote/", {"day": ["Sat 28.11."]})
        self.assertEqual(self.mine(self.bor), (["Sat 28.11."], []))
        self.client.post(f"{self.here}vote/", {})
        self.assertEqual(self.mine(self.bor), ([], []))

    def test_a_day_alone_asks_for_a_time(self) -> None:
        self.sign_in(self.bor)

        answer = self.client.post(f"{self.here}vote/", {"day": "Fri 27.11."}, follow=True)

        self.assertContains(answer, "Now choose times, too, then you count.")

    def test_what_was_ticked_in_discord_is_ticked_here(self) -> None:
        self.vote(self.raid, self.bor, ["Sat 28.11."], ["20:00"])

        ticked = re.findall(r'value="([^"]+)" autocomplete="off" checked', self.page(self.bor))

        self.assertEqual(ticked, ["20:00", "Sat 28.11."])

    def test_a_choice_that_is_gone_is_refused_in_words_and_changes_nothing(self) -> None:
        self.sign_in(self.bor)
        self.client.post(f"{self.here}vote/", BOTH)

        answer = self.client.post(f"{self.here}vote/", {"day": "Sun 29.11."})

        self.assertContains(answer, "is not among the choices any more", status_code=400)
        self.assertEqual(self.mine(self.bor), (["Fri 27.11."], ["20:00", "21:00"]))

    def test_a_raid_that_is_over_takes_no_vote(self) -> None:
        actions.finish(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)
        self.sign_in(self.bor)

        answer = self.client.post(f"{self.here}vote/", BOTH)

        self.assertContains(answer, "This raid is no longer there.", status_code=400)
        self.assertFalse(Vote.objects.exists())

    def test_labels_are_text_and_nothing_else(self) -> None:
        raid = self.plan(days='<b>Fri</b>, "<script>x</script>', times="*8* @everyone")
        self.sign_in(self.bor)

        page = self.client.get(f"/raids/{raid.pk}/")

        self.assertContains(page, "<bdi>&lt;b&gt;Fri&lt;/b&gt;</bdi>")
        self.assertNotContains(page, "<script>x")
        said = {"day": "<b>Fri</b>", "time": "*8* @everyone"}
        self.client.post(f"/raids/{raid.pk}/vote/", said)
        self.assertEqual(Vote.objects.filter(option__raid=raid).count(), 2)

    def test_many_choices_are_two_lists(self) -> None:
        times = ", ".join(f"{hour}:00" for hour in range(10, 20))
        days = ", ".join(f"{day}. 12." for day in range(1, 11))
        raid = self.plan(days=days, times=times)

        page = self.page(self.bor, f"/raids/{raid.pk}/")

        self.assertNotIn('<table class="grid">', page)
        self.assertEqual(page.count('type="checkbox"'), 20)


class SlotTests(AtHome):
    def setUp(self) -> None:
        super().setUp()
        for who in (self.ana, self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        self.sign_in(self.bor)

    def test_it_names_who_is_in(self) -> None:
        page = self.client.get(self.here)

        self.assertContains(page, "<bdi>Fri 27 Nov, 20:00 CET</bdi>")
        self.assertContains(page, "3 of 2")
        for name in ("Ana Dinamit", "Bazooka Bor", "Cene"):
            self.assertContains(page, name)

    def test_one_slot_is_left_and_taken_again(self) -> None:
        slot = {
            "day": self.option(self.raid, "Fri 27.11.").pk,
            "time": self.option(self.raid, "20:00").pk,
        }

        answer = self.client.post(f"{self.here}leave/", slot, follow=True)

        self.assertContains(answer, "You are out of this slot. Your other slots stay.")
        self.assertContains(answer, "I can come after all")
        self.assertEqual(StepOut.objects.get().person, self.bor)
        answer = self.client.post(f"{self.here}rejoin/", slot, follow=True)
        self.assertContains(answer, "You are in this slot, again.")
        self.assertFalse(StepOut.objects.exists())

    def test_a_strange_slot_is_refused(self) -> None:
        for slot in ({}, {"day": "x", "time": "1"}, {"day": "9", "time": "9" * 18}):
            self.assertEqual(self.client.post(f"{self.here}leave/", slot).status_code, 400)

    def test_the_readers_own_time_stands_beside_it(self) -> None:
        away = make.person("Gal", timezone="America/New_York")

        self.assertIn("14:00 EST for you", self.page(away))
        self.assertNotIn("for you", self.page(self.bor))


class EndTests(AtHome):
    def test_its_maker_finishes_it(self) -> None:
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        self.sign_in(self.ana)
        self.assertContains(self.client.get(self.here), "In its slots: 2 people.")

        answer = self.client.post(f"{self.here}finish/", follow=True)

        self.assertContains(answer, "The raid is done. 2 were there. Thank you.")
        self.assertEqual(Raid.objects.get(pk=self.raid.pk).status, "finished")

    def test_an_admin_of_the_site_cancels_it(self) -> None:
        chief = make.person("Chief")
        User.objects.filter(pk=chief.pk).update(is_superuser=True)
        self.sign_in(chief)

        self.client.post(f"{self.here}cancel/")

        self.assertEqual(Raid.objects.get(pk=self.raid.pk).status, "cancelled")

    def test_others_are_told_who_may(self) -> None:
        self.sign_in(self.bor)
        self.assertNotContains(self.client.get(self.here), 'id="finish"')

        for verb, said in (("finish", "finish"), ("cancel", "cancel"), ("edit", "change")):
            answer = self.client.post(f"{self.here}{verb}/")

            words = f"Only Ana Dinamit or an admin can {said} this raid."
            self.assertContains(answer, words, status_code=400)
        self.assertTrue(Raid.objects.get(pk=self.raid.pk).is_open)

    def test_its_maker_changes_it_and_votes_stay(self) -> None:
        self.vote(self.raid, self.bor, ["Fri 27.11."], ["20:00"])
        self.sign_in(self.ana)
        changed = {"days": "Fri 27.11.\nSun 29.11.", "times": "20:00", "min_players": "1"}

        answer = self.client.post(f"{self.here}edit/", changed, follow=True)

        self.assertContains(answer, "The raid is changed.")
        self.assertContains(answer, "Sun 29.11.")
        self.assertEqual(self.mine(self.bor), (["Fri 27.11."], ["20:00"]))
        wrong = self.client.post(f"{self.here}edit/", changed | {"days": "Fri 13.11."})
        self.assertContains(wrong, "is over. Choose today or later.", status_code=400)
