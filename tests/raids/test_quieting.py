"""Raids that nobody ends."""

from datetime import date, timedelta

from botworker.models import Delivery
from planning.raids import actions, queries
from planning.raids.models import Attendance, Raid
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids.stage import SATURDAY, RaidTestCase

SILENCE, DAY = timedelta(hours=168), timedelta(days=1)


class QuietTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan(days="whenever", times="late", min_players=1)

    def asked(self) -> list[Delivery]:
        return list(Delivery.objects.filter(kind="raid_quiet").order_by("pk"))

    def test_its_maker_is_asked_a_day_before_it_ends(self) -> None:
        ends = TONIGHT + SILENCE

        self.assertEqual(actions.look(ends - DAY - timedelta(minutes=1)), (0, 0))
        self.assertEqual(actions.look(ends - DAY), (1, 0))
        self.assertEqual(actions.look(ends - DAY + timedelta(minutes=15)), (0, 0))

        (row,) = self.asked()
        self.assertEqual(
            (row.person, row.body),
            (
                self.ana,
                "**Raid #1 has been quiet for six days.** Does it go on? "
                "Without an answer it closes on Friday 27 November.",
            ),
        )
        labels = [button["label"] for button in row.extras["rows"][0]]
        self.assertEqual(labels, ["Goes on", "Finish it", "Cancel it"])

    def test_what_nobody_answers_for_ends_and_its_people_are_kept(self) -> None:
        """R9: a raid that went quiet was deleted with everybody who was on it."""
        self.vote(self.raid, self.bor, ["whenever"], ["late"])
        actions.look(TONIGHT + SILENCE - DAY)

        self.assertEqual(actions.look(TONIGHT + SILENCE), (0, 1))

        self.assertEqual(Raid.objects.get(pk=self.raid.pk).status, "stale")
        row = Attendance.objects.get(raid=self.raid)
        self.assertEqual((row.person, row.status), (self.bor, "pending"))
        self.assertEqual(queries.participation(self.guild, self.bor), 0)

    def test_its_maker_confirms_who_was_there(self) -> None:
        self.vote(self.raid, self.bor, ["whenever"], ["late"])
        actions.look(TONIGHT + SILENCE - DAY)
        actions.look(TONIGHT + SILENCE)

        actions.correct_attendance(
            raid_id=self.raid.pk,
            person=self.bor,
            status="present",
            actor=Actor(self.ana),
            at=TONIGHT,
        )

        self.assertEqual(queries.participation(self.guild, self.bor), 1)

    def test_any_activity_puts_it_off(self) -> None:
        """R9: it was counted from the beginning, whatever people did since."""
        later = TONIGHT + timedelta(days=6, hours=12)
        actions.look(TONIGHT + SILENCE - DAY)
        self.vote(self.raid, self.bor, ["whenever"], ["late"], at=later)

        self.assertEqual(actions.look(TONIGHT + SILENCE), (0, 0))
        self.assertEqual(actions.look(later + SILENCE - DAY), (1, 0))
        self.assertEqual(actions.look(later + SILENCE), (0, 1))

    def test_it_goes_on_for_a_week_until_it_is_asked_again(self) -> None:
        said = TONIGHT + SILENCE - DAY
        actions.look(said)

        actions.goes_on(raid_id=self.raid.pk, actor=Actor(self.ana), at=said)

        week = timedelta(days=7)
        self.assertEqual(actions.look(said + week - timedelta(minutes=1)), (0, 0))
        self.assertEqual(actions.look(said + week), (1, 0))
        self.assertEqual(len(self.asked()), 2)

    def test_only_its_maker_or_an_admin_lets_it_go_on(self) -> None:
        with self.assertRaises(actions.NotYours):
            actions.goes_on(raid_id=self.raid.pk, actor=Actor(self.bor), at=TONIGHT)

    def test_a_raid_planned_for_later_is_left_alone(self) -> None:
        """R9: a raid for in two weeks was closed after one."""
        actions.cancel(raid_id=self.raid.pk, actor=self.admin, at=TONIGHT)
        self.plan(days="Fri 27.11., 2026-12-24")

        self.assertEqual(actions.look(TONIGHT + timedelta(days=33)), (0, 0))

        self.assertEqual(actions.look(make.at("12:00", date(2026, 12, 25))), (1, 0))
        self.assertIn("The last day of raid #2 is over.", self.asked()[0].body)
        self.assertEqual(actions.look(make.at("12:00", date(2026, 12, 26))), (0, 1))

    def test_a_bot_that_was_away_still_gives_a_day(self) -> None:
        back = TONIGHT + timedelta(days=60)

        self.assertEqual(actions.look(back), (1, 0))
        self.assertEqual(actions.look(back + timedelta(hours=23)), (0, 0))
        self.assertEqual(actions.look(back + DAY), (0, 1))

    def test_a_raid_without_a_maker_ends_as_well(self) -> None:
        Raid.objects.update(creator=None)

        self.assertEqual(actions.look(TONIGHT + SILENCE - DAY), (1, 0))
        self.assertEqual(actions.look(TONIGHT + SILENCE), (0, 1))
        self.assertEqual(self.asked(), [])

    def test_an_hour_is_an_hour_also_when_the_clocks_change(self) -> None:
        """R15: times without a zone were compared with UTC, an hour or two off."""
        before = make.at("12:00", date(2027, 3, 25))
        actions.cancel(raid_id=self.raid.pk, actor=self.admin, at=TONIGHT)
        self.plan(days="whenever", at=before)

        self.assertEqual(actions.look(before + SILENCE - DAY - timedelta(seconds=1)), (0, 0))
        self.assertEqual(actions.look(before + SILENCE - DAY), (1, 0))

    def test_looking_costs_the_same_for_one_and_for_sixty(self) -> None:
        for _n in range(60):
            self.plan(by=make.person(), days="Sat 28.11.")

        with self.assertNumQueries(2):
            actions.look(TONIGHT)
        self.assertLess(TONIGHT.date(), SATURDAY)
