"""Many people, one raid, the same instant."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.models import User
from botworker.models import Delivery
from planning.raids import actions
from planning.raids.models import Attendance, GuildSettings, Raid, Vote
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.concurrency.together import together
from tests.raids import stage
from tests.raids.stage import RaidLiveTestCase


def kinds(found: list[object]) -> Counter[str]:
    return Counter(type(one).__name__ for one in found)


@pytest.mark.postgresql
class RaidRaceTests(RaidLiveTestCase):
    def crowd(self, size: int) -> list[User]:
        return [make.person(f"Player {number}", allow_raids=True) for number in range(size)]

    def test_fifty_raids_at_once_have_fifty_numbers(self) -> None:
        """R1: a number was read, counted up and given again."""
        people = self.crowd(50)

        found = together(50, lambda number: self.plan(by=people[number]))

        self.assertEqual(kinds(found), {"Raid": 50})
        numbers = sorted(Raid.objects.values_list("display_id", flat=True))
        self.assertEqual(numbers, list(range(1, 51)))
        self.assertEqual(GuildSettings.objects.get(guild=self.guild).last_display_id, 50)

    def test_one_form_told_twenty_times_makes_one_raid(self) -> None:
        found = together(20, lambda _number: self.plan(interaction_id=4))

        self.assertEqual(kinds(found), {"Raid": 20})
        self.assertEqual((Raid.objects.count(), len({raid.pk for raid in found})), (1, 1))  # type: ignore[attr-defined]

    def test_fifty_votes_at_once_all_count(self) -> None:
        raid, people = self.plan(), self.crowd(50)

        def vote(number: int) -> actions.Mine:
            return actions.set_votes(
                raid_id=raid.pk,
                person=people[number],
                days=["Fri 27.11."],
                times=["20:00"],
                at=TONIGHT,
            )

        found = together(50, vote)

        self.assertEqual(kinds(found), {"Mine": 50})
        self.assertEqual(Vote.objects.count(), 100)
        self.assertEqual(Raid.objects.get(pk=raid.pk).version, raid.version + 50)
        promised = Delivery.objects.filter(kind="raid_reminder", state="scheduled")
        self.assertEqual(promised.values("person").distinct().count(), 50)
        self.assertEqual(promised.count(), 50)

    def test_one_press_told_twenty_times_counts_once(self) -> None:
        raid = self.plan()

        def press(_number: int) -> actions.Mine:
            return actions.vote(
                raid_id=raid.pk,
                person=self.bor,
                kind="day",
                chosen=["Fri 27.11."],
                at=TONIGHT,
                interaction_id=9,
            )

        found = together(20, press)

        self.assertEqual({one.days for one in found}, {("Fri 27.11.",)})  # type: ignore[attr-defined]
        self.assertEqual(Vote.objects.count(), 1)

    def test_a_vote_counts_in_the_attendance_or_is_refused(self) -> None:
        raid = self.plan(min_players=1)
        people = self.crowd(19)

        def either(number: int) -> object:
            if number == 10:
                return actions.finish(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)
            return actions.set_votes(
                raid_id=raid.pk,
                person=people[number - (number > 10)],
                days=["Fri 27.11."],
                times=["20:00"],
                at=TONIGHT,
            )

        found = together(20, either)

        taken = kinds(found)["Mine"]
        self.assertEqual(kinds(found), {"Finished": 1, "Mine": taken, "RaidGone": 19 - taken})
        self.assertEqual(Attendance.objects.count(), taken)
        self.assertFalse(Delivery.objects.filter(state="scheduled").exists())

    def test_twenty_ends_at_once_are_one(self) -> None:
        raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(raid, who, ["Fri 27.11."], ["20:00"])

        def end(number: int) -> object:
            verb = (actions.finish, actions.cancel)[number % 2]
            return verb(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

        found = together(20, end)

        self.assertEqual(kinds(found)["RaidGone"], 19)
        ended = Raid.objects.get(pk=raid.pk).status
        self.assertEqual(Attendance.objects.count(), 2 if ended == "finished" else 0)

    def test_settings_and_votes_and_ends_do_not_wait_for_each_other_for_good(self) -> None:
        raids = [self.plan(by=person) for person in self.crowd(4)]

        def anything(number: int) -> object:
            raid = raids[number % 4]
            if number % 5 == 0:
                return actions.set_settings(
                    guild=self.guild, actor=self.admin, at=TONIGHT, default_min_players=number
                )
            if number % 5 == 1:
                return actions.cancel_all(guild=self.guild, actor=self.admin, at=TONIGHT)
            if number % 5 == 2:
                return self.plan(by=self.ana)
            self.vote(raid, self.bor, ["Fri 27.11."], ["20:00", "21:00"][: number % 3])
            return None

        found = together(30, anything)

        self.assertLessEqual(
            set(kinds(found)), {"GuildSettings", "int", "Raid", "NoneType", "RaidGone"}
        )

    def test_a_server_that_leaves_while_everybody_votes_is_gone(self) -> None:
        raid, people = self.plan(), self.crowd(10)

        def either(number: int) -> object:
            if number == 5:
                return actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT)
            if number == 6:
                return self.plan(by=self.ana)
            self.vote(raid, people[number], ["Fri 27.11."], ["20:00"])
            return None

        found = together(10, either)

        self.assertIs(found[5], True, found)
        self.assertEqual((Raid.objects.count(), Vote.objects.count()), (0, 0))
        self.assertFalse(Delivery.objects.filter(state="scheduled").exists())

    def test_a_slow_server_holds_no_other_up(self) -> None:
        """R8: one lock for the whole bot was held while Discord was asked."""
        other = stage.server(stage.KAVARNA + 100, "Drugje")
        theirs, ours = self.plan(guild=other), self.plan()

        def either(number: int) -> object:
            if number == 0:
                with transaction.atomic():
                    Raid.objects.select_for_update().get(pk=theirs.pk)
                    GuildSettings.objects.select_for_update().get(guild=other)
                    # Held until everybody else is done, or it was held up after all.
                    return done.wait(20)
            if number == 1:
                try:
                    with connection.cursor() as cursor:
                        cursor.execute("SET lock_timeout = '5s'")
                    self.vote(ours, self.bor, ["Fri 27.11."], ["20:00"])
                    return actions.finish(
                        raid_id=ours.pk, actor=Actor(self.ana), at=TONIGHT + timedelta(minutes=1)
                    )
                finally:
                    done.set()
            return None

        done = threading.Event()
        found = together(2, either)

        self.assertEqual((found[0], kinds(found)["Finished"]), (True, 1))
