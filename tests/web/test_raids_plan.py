"""A raid is planned on the site: by the verb of Discord's form, for members who are linked."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse

from accounts.actions.members import Seen, see_members
from accounts.models import User
from planning.raids import actions, keys
from planning.raids.models import Raid
from planning.raids.posts import keeping
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.at_home import AtHome
from tests.raids.stage import KAVARNA

FORM = {
    "dungeon": "Skull",
    "days": "Fri 27.11.\r\nSat 28.11.",
    "times": "20:00",
    "min_players": "3",
}


class PlanTests(AtHome):
    def setUp(self) -> None:
        super().setUp()
        actions.cancel(raid_id=self.raid.pk, actor=self.admin, at=TONIGHT)
        self.form = f"/raids/on/{self.guild.pk}/plan/"
        self.are_here(self.bor)

    def are_here(self, *people: User, at: datetime = TONIGHT, roles: tuple[int, ...] = ()) -> None:
        """Let the bot see people on Kavarna."""
        seen = Seen(roles=frozenset(roles))
        see_members(guild_id=KAVARNA, there=dict.fromkeys([one.pk for one in people], seen), at=at)

    def sends(self, who: User, **other: str) -> HttpResponse:
        self.sign_in(who)
        answer: Any = self.client.post(self.form, FORM | other)
        return answer  # type: ignore[no-any-return]

    def test_a_member_plans_and_the_bot_posts_the_vote(self) -> None:
        answer = self.sends(self.bor)

        raid = Raid.objects.open().get()
        self.assertEqual(answer["Location"], f"/raids/{raid.pk}/")
        self.assertEqual((raid.creator, raid.dungeon_name), (self.bor, "Skull"))
        self.assertEqual((raid.min_players, raid.channel_id), (3, stage.PLANNER))
        labels = raid.options.values_list("label", flat=True)
        self.assertEqual(list(labels), ["Fri 27.11.", "20:00", "Sat 28.11."])
        self.assertIn(keys.planner(raid.pk), keeping.of_guild(self.guild))
        self.assertContains(self.client.get(f"/raids/{raid.pk}/"), f"Raid {raid.display_id} is pl")

    def test_the_list_leads_there_for_whoever_may(self) -> None:
        self.assertIn(self.form, self.page(self.bor, "/raids/"))
        for who in (None, self.cene, make.person("Dora")):
            self.assertNotIn(self.form, self.page(who, "/raids/"))

    def test_it_begins_as_last_time_if_wanted(self) -> None:
        self.sends(self.bor)

        self.assertNotIn("Fri 27.11.\n", self.page(self.bor, self.form))
        page = self.page(self.bor, f"{self.form}?dungeon=Skull")
        self.assertIn("Fri 27.11.\nSat 28.11.</textarea>", page)
        self.assertIn('value="3"', page)
        stage.server(templates_enabled=False)
        self.assertNotIn("Begin as last time", self.page(self.bor, self.form))

    def test_what_is_wrong_is_said_beside_it_and_what_was_written_stays(self) -> None:
        for field, text, said in (
            ("dungeon", "Nowhere", "There is no such raid."),
            ("days", " , ", "There is no day."),
            ("days", "Fri 13.11.2026", "is over"),
            ("days", "ž" * 401, "Write at most 400 characters"),
            ("times", "x" * 101, "is too long"),
            ("min_players", "many", "is not a number of players"),
        ):
            with self.subTest(said):
                answer = self.sends(self.bor, **{field: text})

                self.assertContains(answer, said, status_code=400)
                self.assertContains(answer, 'aria-invalid="true"', status_code=400)
                if field != "dungeon":
                    self.assertContains(answer, text.strip(), status_code=400)
        self.assertFalse(Raid.objects.open().exists())

    def test_a_form_that_is_sent_twice_makes_one_raid(self) -> None:
        for _press in range(2):
            self.sends(self.bor, form="4f1c")
        self.assertEqual(Raid.objects.open().count(), 1)
        self.sends(self.bor, form="4f1d")

        self.assertEqual(Raid.objects.open().count(), 2)

    def test_somebody_elses_form_is_nobodys_key(self) -> None:
        self.are_here(self.ana, self.bor)
        self.sends(self.ana, form="4f1c")

        self.sends(self.bor, form="4f1c")

        makers = Raid.objects.open().values_list("creator", flat=True)
        self.assertEqual(set(makers), {self.ana.pk, self.bor.pk})

    def test_whoever_is_not_linked_or_not_there_is_told_what_to_do(self) -> None:
        self.are_here(self.cene)
        for who, said in ((self.cene, "Link Discord and a player"), (self.bor, "does not see you")):
            self.vote(self.plan(), who, ["Fri 27.11."], [])
            Raid.objects.open().update(status="cancelled", ended_at=TONIGHT)
            self.assertContains(self.sends(who), said, status_code=400)
            self.assertIn(said, self.page(who, self.form))
        self.assertFalse(Raid.objects.open().exists())

    def test_what_the_bot_saw_long_ago_lets_nobody_plan(self) -> None:
        self.are_here(self.bor, at=TONIGHT - timedelta(minutes=6))

        self.assertEqual(self.sends(self.bor).status_code, 400)

        self.assertFalse(Raid.objects.open().exists())

    def test_where_only_a_role_plans_the_role_counts_here_too(self) -> None:
        stage.server(planner_role_id=77)
        self.assertContains(self.sends(self.bor), "Only some roles", status_code=400)
        self.are_here(self.bor, roles=(77,))

        self.assertEqual(self.sends(self.bor).status_code, 302)

    def test_after_twenty_in_an_hour_it_is_enough(self) -> None:
        for n in range(20):
            self.sends(self.bor, form=str(n))

        self.assertContains(self.sends(self.bor, form="21"), "That was a lot", status_code=400)

    def test_a_server_that_is_not_theirs_is_not_there(self) -> None:
        other = stage.server(KAVARNA + 100, "Drugje")
        self.sign_in(self.bor)

        self.assertEqual(self.client.get(f"/raids/on/{other.pk}/plan/").status_code, 404)
