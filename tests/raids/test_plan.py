"""A raid begins."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from planning.raids import actions, labels
from planning.raids.models import Dungeon, Option, Raid, Template
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import FRIDAY, RaidTestCase


class PlanTests(RaidTestCase):
    def refused(self, **other: Any) -> actions.RaidRefused:
        """Plan it wrong; nothing is stored."""
        with self.assertRaises(actions.RaidRefused) as refused:
            self.plan(**other)
        self.assertFalse(Raid.objects.exists() or Option.objects.exists())
        self.assertFalse(Template.objects.exists())
        return refused.exception

    def test_it_has_a_number_its_choices_and_a_place(self) -> None:
        raid = self.plan()

        self.assertEqual((raid.display_id, raid.dungeon_name, raid.min_players), (1, "Nanos", 2))
        self.assertEqual((raid.creator, raid.channel_id), (self.ana, stage.PLANNER))
        kept = [(one.kind, one.label) for one in raid.options.order_by("kind", "position")]
        self.assertEqual(
            kept,
            [("day", "Fri 27.11."), ("day", "Sat 28.11."), ("time", "20:00"), ("time", "21:00")],
        )

    def test_a_label_that_says_when_is_also_a_moment(self) -> None:
        raid = self.plan(days="Fri 27.11., some day", times="20.00, late")

        said = {one.label: one.date or one.wall for one in raid.options.all()}
        self.assertEqual(said["Fri 27.11."], FRIDAY)
        self.assertEqual(f"{said['20.00']:%H:%M}", "20:00")
        self.assertEqual((said["some day"], said["late"]), (None, None))

    def test_it_stores_the_catalogues_own_spelling(self) -> None:
        """R16: what somebody typed was stored, so one dungeon had many names."""
        self.assertEqual(self.plan(dungeon="  nANOS ").dungeon_name, "Nanos")

    def test_numbers_count_up_on_each_server_by_itself(self) -> None:
        other = stage.server(stage.KAVARNA + 100, "Drugje")

        numbers = [
            self.plan().display_id,
            self.plan().display_id,
            self.plan(guild=other).display_id,
        ]

        self.assertEqual(numbers, [1, 2, 1])

    def test_a_number_is_never_given_twice(self) -> None:
        """R1: after a restart the numbers of raids that had ended were given again."""
        first, last = self.plan(), self.plan()
        for raid in (last, first):
            actions.finish(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

        # The counter is a row of the server's and not what is left of its raids.
        Raid.objects.all().delete()

        self.assertEqual(self.plan().display_id, 3)

    def test_every_raid_has_a_number_and_no_two_the_same(self) -> None:
        """R16: old rows had none; two of them broke every later change."""
        self.plan()
        other = self.plan()

        for wrong in (None, 1):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Raid.objects.filter(pk=other.pk).update(display_id=wrong)

    def test_without_channels_it_is_refused(self) -> None:
        bare = actions.guild_joined(discord_id=5, name="Novi", at=TONIGHT)

        refused = self.refused(guild=bare)

        self.assertIsInstance(refused, actions.NotSetUp)
        self.assertIn("/settings", str(refused))

    def test_what_cannot_be_taken_is_refused_in_words_and_changes_nothing(self) -> None:
        for field, other, words in (
            ("dungeon", {"dungeon": "Moria"}, "There is no such raid. Choose one from the list."),
            ("days", {"days": " ,; "}, "There is no day."),
            ("times", {"times": ""}, "There is no time."),
            ("days", {"days": "Fri 27.11., 2026-11-19"}, "Thursday 19 November is over."),
            ("min_players", {"min_players": "many"}, "“many” is not a number of players."),
        ):
            with self.subTest(ascii(words)):
                refused = self.refused(**other)
                self.assertEqual(refused.field, field)
                self.assertIn(words, str(refused))

    def test_a_dungeon_that_is_switched_off_is_not_taken(self) -> None:
        Dungeon.objects.filter(name="Nanos").update(is_active=False)

        self.assertEqual(self.refused().field, "dungeon")

    def test_it_says_what_a_vote_has_no_room_for(self) -> None:
        planned = actions.plan(
            guild=self.guild,
            actor=Actor(self.ana),
            dungeon="Nanos",
            days=", ".join(f"day {n}" for n in range(27)),
            times="20:00",
            min_players=0,
            at=TONIGHT,
        )

        self.assertEqual(planned.dropped_days, ("day 25", "day 26"))
        self.assertEqual(planned.raid.options.filter(kind="day").count(), 25)

    def test_one_form_makes_one_raid_however_often_it_is_told(self) -> None:
        raids = {self.plan(interaction_id=77).pk for _time in range(3)}

        self.assertEqual((len(raids), Raid.objects.count()), (1, 1))

    def test_whoever_plans_without_end_is_stopped_for_an_hour(self) -> None:
        """R11: anybody could fill a server's channels with raids."""
        for _time in range(20):
            self.plan()

        with self.assertRaisesMessage(actions.TooMuch, "Plan the next raid in 60 min."):
            self.plan()
        self.plan(by=self.bor)
        self.plan(at=TONIGHT + timedelta(hours=1))

    def test_whoever_has_no_player_plans_as_well(self) -> None:
        self.assertEqual(self.plan(by=self.cene).creator, self.cene)


class TemplateTests(RaidTestCase):
    def form(self, guild: Any = None, at: Any = TONIGHT) -> actions.Prefill:
        guild = guild or self.guild
        return actions.prepare(guild=guild, actor=Actor(self.ana), dungeon="NANOS", at=at)

    def test_at_first_the_form_has_the_servers_minimum_alone(self) -> None:
        self.set(default_min_players=5)

        self.assertEqual(self.form(), actions.Prefill("", "", 5))

    def set(self, **wanted: Any) -> None:
        actions.set_settings(guild=self.guild, actor=self.admin, at=TONIGHT, **wanted)

    def test_what_was_put_in_last_is_filled_in(self) -> None:
        self.plan(days="whenever, Sat", times="late", min_players=4)
        self.plan(days="Fri; Sat", times="20:00\n21:00", min_players=3)

        self.assertEqual(self.form(), actions.Prefill("Fri, Sat", "20:00, 21:00", 3))
        self.assertEqual(Template.objects.count(), 1)

    def test_a_day_that_is_over_is_not_offered_again(self) -> None:
        self.plan(days="Fri 27.11., Sat 28.11., whenever")

        later = self.form(at=TONIGHT + timedelta(days=8))

        self.assertEqual(later.days, "Sat 28.11., whenever")

    def test_each_dungeon_and_each_server_has_its_own(self) -> None:
        other = stage.server(stage.KAVARNA + 100, "Drugje")
        self.plan(dungeon="Skull", days="Sat")

        self.assertEqual((self.form().days, self.form(other).days), ("", ""))

    def test_switched_off_nothing_is_filled_in_nor_remembered(self) -> None:
        self.plan(days="Fri")
        actions.template_config(guild=self.guild, actor=self.admin, enabled=False, at=TONIGHT)

        self.plan(days="Sat")

        self.assertEqual(self.form().days, "")
        actions.template_config(guild=self.guild, actor=self.admin, enabled=True, at=TONIGHT)
        self.assertEqual(self.form().days, "Fri")

    def test_the_form_holds_400_characters_of_whole_labels(self) -> None:
        self.plan(days=", ".join(f"{n} " + "x" * 90 for n in range(10)))

        self.assertEqual(len(labels.read(self.form().days, field="days").kept), 4)

    def test_the_form_is_refused_before_anybody_fills_it_in(self) -> None:
        bare = actions.guild_joined(discord_id=5, name="Novi", at=TONIGHT)

        with self.assertRaises(actions.NotSetUp):
            self.form(bare)
        self.set(planner_role_id=9)
        with self.assertRaisesMessage(actions.NotYours, "Only some roles can plan raids here."):
            self.form()


class CatalogueTests(RaidTestCase):
    def test_two_are_there_from_the_start(self) -> None:
        found = Dungeon.objects.listed().values_list("name", "short_code", "sort_order")

        self.assertEqual(list(found), [("Nanos", "NAN", 1), ("Skull", "SKL", 2)])

    def test_names_are_found_by_any_part_whatever_the_case(self) -> None:
        actions.save_dungeon(name="Črna jama", short_code="čj", sort_order=0)

        self.assertEqual(actions.names_like("N"), ["Črna jama", "Nanos"])
        self.assertEqual(actions.names_like("JAMA"), ["Črna jama"])
        self.assertEqual(actions.names_like("čr"), ["Črna jama"])

    def test_at_most_25_are_offered_and_none_that_is_switched_off(self) -> None:
        for number in range(30):
            actions.save_dungeon(name=f"Cave {number:02}", short_code=f"C{number}", sort_order=9)
        actions.save_dungeon(name="Cave", short_code="C", is_active=False)

        found = actions.names_like("cave")

        self.assertEqual((len(found), found[0]), (25, "Cave 00"))
        self.assertEqual(len(actions.all_active()), 32)

    def test_two_names_that_differ_in_case_alone_are_one(self) -> None:
        with self.assertRaisesMessage(actions.BadInput, "There is a dungeon of this name already."):
            actions.save_dungeon(name="NANOS", short_code="X")
        with self.assertRaisesMessage(actions.BadInput, "Another dungeon has this short code."):
            actions.save_dungeon(name="Nanos II", short_code="nan")

    def test_a_raid_keeps_the_name_it_was_planned_with(self) -> None:
        raid = self.plan(by=make.person("Dora"))
        assert raid.dungeon is not None

        actions.save_dungeon(name="Nanos 2", short_code="NA2", dungeon_id=raid.dungeon.pk)

        raid.refresh_from_db()
        self.assertEqual(raid.dungeon_name, "Nanos")
