"""A slot whose labels say when it begins reminds its people."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accounts.models import Preferences, User
from botworker import claims, settling
from botworker.channels import Said
from botworker.models import Delivery
from planning.raids import actions
from planning.raids.models import Raid
from planning.raids.policy import Actor
from tests import fresh, make
from tests.cast import TONIGHT
from tests.raids.stage import FRIDAY, SATURDAY, RaidTestCase

AT_EIGHT = make.at("20:00", FRIDAY)
BEFORE = timedelta(minutes=10)


def test_how_long_before_can_be_chosen() -> None:
    assert fresh.settings(RAID_REMINDER_MINUTES="30").RAID_REMINDER_MINUTES == 30
    with pytest.raises(ImproperlyConfigured, match="choose a number from 1 to 1440"):
        fresh.settings(RAID_REMINDER_MINUTES="0")


class ReminderTestCase(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        everybody = [self.ana, self.bor, self.cene]
        Preferences.objects.filter(user__in=everybody).update(allow_raids=True)
        self.raid = self.plan()
        for who in (self.bor, self.cene):
            self.friday_at_eight(who)

    def friday_at_eight(self, who: User) -> None:
        self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])

    def rows(self, **which: object) -> list[Delivery]:
        return list(Delivery.objects.filter(kind="raid_reminder", **which).order_by("pk"))

    def found(self) -> dict[tuple[User | None, datetime], str]:
        """Return the ledger: for whom, when the slot begins, in which state."""
        return {(row.person, row.due_at + BEFORE): row.state for row in self.rows()}


class PromiseTests(ReminderTestCase):
    def test_each_of_a_slots_people_is_promised_one(self) -> None:
        self.assertEqual(
            self.found(), {(self.bor, AT_EIGHT): "scheduled", (self.cene, AT_EIGHT): "scheduled"}
        )

        row = self.rows()[0]
        self.assertEqual(row.body, "🔔 **Nanos starts at 20:00 CET.**")
        self.assertEqual(
            [one["label"] for one in row.extras["rows"][0]], ["Can’t make it", "Open the raid"]
        )
        self.assertIsNone(row.evening)

    def test_nothing_is_promised_before_a_slot_stands(self) -> None:
        raid = self.plan(min_players=3)
        for who in (self.bor, self.cene):
            self.vote(raid, who, ["Fri 27.11."], ["20:00"])
        self.assertEqual(len(self.rows()), 2)

        self.vote(raid, self.ana, ["Fri 27.11."], ["20:00"])

        self.assertEqual(len(self.rows()), 5)

    def test_labels_that_say_nothing_promise_nothing(self) -> None:
        raid = self.plan(days="whenever, Sat 28.11.", times="late")

        for who in (self.bor, self.cene):
            self.vote(raid, who, ["whenever", "Sat 28.11."], ["late"])

        self.assertEqual(len(self.rows()), 2)

    def test_who_is_in_two_slots_that_begin_together_hears_it_once(self) -> None:
        raid = self.plan(days="Fri 27.11., 2026-11-27", times="20:00, 20.00")

        for who in (self.bor, self.cene):
            self.vote(raid, who, ["Fri 27.11.", "2026-11-27"], ["20:00", "20.00"])

        self.assertEqual(len(self.rows(event_key__startswith=f"RAID:{raid.pk}:")), 2)

    def test_a_slot_that_begins_sooner_promises_nothing(self) -> None:
        raid = self.plan(days="today", times="19:35", min_players=1)

        self.vote(raid, self.bor, ["today"], ["19:35"])

        self.assertEqual(len(self.rows()), 2)

    @override_settings(RAID_REMINDER_MINUTES=60)
    def test_how_long_before_is_a_setting(self) -> None:
        self.vote(self.raid, self.bor, ["Sat 28.11."], ["21:00"])
        self.vote(self.raid, self.cene, ["Sat 28.11."], ["21:00"])

        due = {row.due_at for row in self.rows(state="scheduled")}
        self.assertEqual(due, {make.at("20:00", SATURDAY)})

    def test_the_voice_channel_is_named_where_there_is_one(self) -> None:
        actions.set_settings(guild=self.guild, actor=self.admin, at=TONIGHT, voice_channel_id=77)
        self.friday_at_eight(self.ana)

        self.assertIn("Voice: <#77>.", self.rows()[-1].body)


class WishTests(ReminderTestCase):
    """It is promised to whoever wants to hear of raids, also where they say so later."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        self.friday_at_eight(self.dora)

    def test_nobody_else_is_promised_anything(self) -> None:
        self.assertNotIn((self.dora, AT_EIGHT), self.found())

    def test_whoever_wants_it_later_is_found_in_time(self) -> None:
        Preferences.objects.filter(user=self.dora).update(allow_raids=True)

        self.assertEqual(actions.catch_up(TONIGHT), 0)
        self.assertEqual(actions.catch_up(AT_EIGHT - timedelta(hours=1)), 1)
        self.assertEqual(self.found()[self.dora, AT_EIGHT], "scheduled")

        actions.catch_up(AT_EIGHT - timedelta(minutes=50))
        self.assertEqual(len(self.rows()), 3)

    def test_one_who_comes_or_goes_moves_nobody_elses(self) -> None:
        before = [(row.pk, row.fence) for row in self.rows(person=self.bor)]

        self.friday_at_eight(self.ana)
        self.vote(self.raid, self.ana, [], [])

        self.assertEqual([(row.pk, row.fence) for row in self.rows(person=self.bor)], before)
        self.assertEqual(self.found()[self.ana, AT_EIGHT], "withdrawn")


class ChangingTests(ReminderTestCase):
    """What was promised follows what people say."""

    def test_whoever_leaves_is_not_reminded_and_comes_back_to_the_same_promise(self) -> None:
        self.friday_at_eight(self.ana)
        self.vote(self.raid, self.bor, [], ["20:00"])
        self.assertEqual(self.found()[self.bor, AT_EIGHT], "withdrawn")
        self.assertEqual(self.found()[self.ana, AT_EIGHT], "scheduled")

        self.friday_at_eight(self.bor)

        self.assertEqual(set(self.found().values()), {"scheduled"})
        self.assertEqual(len(self.rows()), 3)

    def test_when_too_few_are_left_nobody_is_reminded_until_enough_are(self) -> None:
        self.vote(self.raid, self.bor, [], [])
        self.assertEqual(set(self.found().values()), {"withdrawn"})

        self.friday_at_eight(self.ana)

        self.assertEqual(
            self.found(),
            {
                (self.bor, AT_EIGHT): "withdrawn",
                (self.cene, AT_EIGHT): "scheduled",
                (self.ana, AT_EIGHT): "scheduled",
            },
        )

    def test_leaving_one_slot_leaves_its_reminder_alone(self) -> None:
        self.vote(self.raid, self.bor, ["Fri 27.11.", "Sat 28.11."], ["20:00"])
        self.vote(self.raid, self.cene, ["Fri 27.11.", "Sat 28.11."], ["20:00"])
        self.friday_at_eight(self.ana)
        day, hour = self.option(self.raid, "Fri 27.11."), self.option(self.raid, "20:00")

        actions.leave_slot(
            raid_id=self.raid.pk, day_id=day.pk, time_id=hour.pk, person=self.bor, at=TONIGHT
        )

        self.assertEqual(self.found()[self.bor, AT_EIGHT], "withdrawn")
        self.assertEqual(self.found()[self.bor, make.at("20:00", SATURDAY)], "scheduled")

    def test_a_slot_that_moves_reminds_at_its_new_time(self) -> None:
        actions.edit(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT, times="20:30")
        self.assertEqual(set(self.found().values()), {"withdrawn"})

        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:30"])

        new = make.at("20:30", FRIDAY)
        self.assertEqual(self.found()[self.bor, new], "scheduled")

    def test_another_zone_moves_them_as_well(self) -> None:
        actions.set_settings(
            guild=self.guild, actor=self.admin, at=TONIGHT, timezone="Europe/London"
        )

        self.assertEqual(self.found()[self.bor, AT_EIGHT], "withdrawn")
        self.assertEqual(self.found()[self.bor, AT_EIGHT + timedelta(hours=1)], "scheduled")
        self.assertIn("20:00 GMT", self.rows()[-1].body)

    def test_another_minimum_counts_at_once(self) -> None:
        actions.edit(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT, min_players=3)
        self.assertEqual(set(self.found().values()), {"withdrawn"})

        actions.edit(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT, min_players=2)
        self.assertEqual(set(self.found().values()), {"scheduled"})

    def test_a_raid_that_is_over_reminds_nobody(self) -> None:
        for end in (actions.finish, actions.cancel):
            raid = self.plan()
            for who in (self.bor, self.cene):
                self.vote(raid, who, ["Fri 27.11."], ["20:00"])

            end(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

            rows = self.rows(event_key__startswith=f"RAID:{raid.pk}:")
            self.assertEqual(
                {(row.state, row.reason) for row in rows}, {("withdrawn", "the raid is over")}
            )


class SendingTests(ReminderTestCase):
    """As it is sent everything is asked once more."""

    def send(self, at: datetime) -> dict[User | None, str]:
        jobs = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        settling.settle([(job, Said(1, job.delivery_id)) for job in jobs], at=at)
        return {row.person: row.reason or row.state for row in self.rows()}

    def wish(self, who: User, **wishes: object) -> None:
        Preferences.objects.filter(user=who).update(**wishes)

    def test_it_is_for_those_who_still_want_it_with_a_player_or_without(self) -> None:
        self.wish(self.bor, allow_raids=False)

        found = self.send(AT_EIGHT - BEFORE)

        self.assertEqual(found, {self.bor: "not asked for", self.cene: "sent"})

    def test_quiet_hours_hold(self) -> None:
        make.quiet(self.cene, "19:00", "23:00")

        self.assertEqual(self.send(AT_EIGHT - BEFORE)[self.cene], "quiet hours")

    def test_late_is_never(self) -> None:

        self.assertNotEqual(self.send(AT_EIGHT - timedelta(minutes=2))[self.cene], "sent")

    def test_whoever_was_reminded_is_not_reminded_again(self) -> None:
        self.send(AT_EIGHT - BEFORE)

        self.vote(self.raid, self.cene, [], [], at=AT_EIGHT - BEFORE)
        self.friday_at_eight(self.cene)

        self.assertEqual([row.state for row in self.rows(person=self.cene)], ["sent"])

    def test_that_it_is_off_is_for_the_same_people(self) -> None:
        self.wish(self.bor, allow_raids=False)

        actions.cancel(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)
        self.send(TONIGHT)

        rows = Delivery.objects.filter(kind="raid_cancelled")
        found = {row.person: row.reason or row.state for row in rows}
        self.assertEqual(found, {self.bor: "not asked for", self.cene: "sent"})

    def test_whether_it_goes_on_is_asked_without_a_wish(self) -> None:
        raid = self.plan(by=self.cene, days="whenever", times="late")
        at = TONIGHT + timedelta(days=6)
        actions.look(at)

        self.send(at)

        self.assertEqual(Delivery.objects.get(kind="raid_quiet", person=self.cene).state, "sent")
        self.assertTrue(Raid.objects.get(pk=raid.pk).is_open)
