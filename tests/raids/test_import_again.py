"""The import runs again while both bots are used: what is new there comes, what is here stays."""

from datetime import timedelta

from accounts import actions as accounts
from accounts.actions import levels
from accounts.models import DiscordAccount, Level
from planning.raids import actions, queries
from planning.raids.models import Attendance, Dungeon, GuildSettings, Option, Raid
from planning.raids.policy import Actor
from tests.cast import TONIGHT, SlomixTestCase
from tests.raids.old_bot import ANA, BOR, CENE, KAVARNA, OnSqlite

LATER = TONIGHT + timedelta(hours=1)
DONE_WITH_17 = """
DELETE FROM raid_posted_slots; DELETE FROM raid_votes WHERE raid_id = 17; DELETE FROM raid_options WHERE raid_id = 17;
DELETE FROM raids WHERE id = 17;
"""
ATTENDED_17 = """
INSERT INTO raid_attendance (id, guild_id, raid_display_id, dungeon, user_id, status) VALUES
  (50, KAVARNA, 3, 'Nanos', BOR, 'present');
"""


class AgainTests(OnSqlite, SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.bring()
        self.travel(LATER)

    def members(self, number: int) -> set[int]:
        return set(queries.board(self.number(number)).members)

    def test_votes_there_come_as_long_as_nobody_went_on_here(self) -> None:
        self.there(
            "INSERT INTO raid_votes (id, raid_id, kind, option_label, user_id) VALUES"
            " (20, 17, 'day', 'Fri 27.11.', CENE), (21, 17, 'time', '20:00', CENE);"
            "DELETE FROM raid_votes WHERE raid_id = 17 AND user_id = ANA"
        )
        before = self.number(3).version

        self.bring()

        self.assertEqual(self.members(3), {self.who(BOR).pk, self.who(CENE).pk})
        self.assertGreater(self.number(3).version, before)

    def test_a_raid_that_went_on_here_stays_as_it_is_here(self) -> None:
        raid = self.number(3)
        actions.set_votes(raid_id=raid.pk, person=self.who(BOR), days=[], times=[], at=LATER)

        counts = self.counts()

        self.assertFalse(queries.board(raid).mine(self.who(BOR).pk, "day"))
        self.assertEqual(counts["raids that went on here, left as they are"], 1)

    def test_a_raid_that_ended_here_stays_ended(self) -> None:
        raid = self.number(3)
        actions.finish(raid_id=raid.pk, actor=Actor(self.who(ANA)), at=LATER)

        self.bring()

        self.assertEqual(self.number(3).status, "finished")
        self.assertEqual(Raid.objects.filter(guild=self.server()).count(), 7)
        self.assertEqual(Option.objects.filter(raid=raid).count(), 3)

    def test_a_raid_that_was_finished_there_since_ends_here(self) -> None:
        self.there(DONE_WITH_17 + ATTENDED_17)

        counts = self.counts()

        raid = self.number(3)
        self.assertEqual((raid.status, raid.ended_at), ("finished", LATER))
        self.assertEqual(queries.attendance_of(raid)[0].person, self.who(BOR))
        self.assertEqual(counts["raids that ended there since"], 1)
        self.assertNotIn("raids that ended there since", self.counts())

    def test_finished_there_and_gone_on_with_here_it_is_named(self) -> None:
        self.there(DONE_WITH_17 + ATTENDED_17)
        voter = self.who(CENE)
        day, hour = ["Sat 28.11."], ["20:00"]
        actions.set_votes(raid_id=self.number(3).pk, person=voter, days=day, times=hour, at=LATER)

        said = self.bring()

        self.assertEqual(self.number(3).status, "open")
        self.assertIn(f"attendance of raid #3 of server {KAVARNA}: the raid went on here", said)

    def test_a_raid_that_is_gone_there_is_named(self) -> None:
        self.there(DONE_WITH_17)

        said = self.bring()

        self.assertEqual(self.number(3).status, "open")
        self.assertIn(f"raid #3 of server {KAVARNA}: is over in the old bot and open here", said)

    def test_attendance_that_was_corrected_here_stays(self) -> None:
        raid = self.number(1)
        admin = Actor(self.who(CENE), guild_admin=True)
        actions.correct_attendance(
            raid_id=raid.pk, person=self.who(BOR), status="absent", actor=admin, at=LATER
        )

        self.bring()

        row = Attendance.objects.get(raid=raid, person=self.who(BOR))
        self.assertEqual((row.status, row.marked_by), ("absent", admin.person))

    def test_a_number_that_was_given_here_since_is_not_given_to_another_raid(self) -> None:
        """R1: two raids had one number."""
        mine = actions.plan(
            guild=self.server(),
            actor=Actor(self.who(BOR)),
            dungeon="Skull",
            days="Fri 27.11.",
            times="20:00",
            min_players=0,
            at=LATER,
        ).raid
        self.there(
            "INSERT INTO raids (id, guild_id, channel_id, creator_id, dungeon, display_id)"
            " VALUES (30, KAVARNA, 11, ANA, 'Nanos', 12);"
            "INSERT INTO raid_options (id, raid_id, kind, label) VALUES (30, 30, 'day', 'Sun'), (31, 30, 'time', '22:00')"
        )

        self.bring()

        self.assertEqual(self.number(mine.display_id), mine)
        self.assertEqual(self.number(mine.display_id + 1).dungeon_name, "Nanos")

    def test_a_dungeon_that_was_renamed_here_does_not_come_back(self) -> None:
        tower = Dungeon.objects.get(name="Void Tower")
        actions.save_dungeon(name="Tower", short_code="TOW", dungeon_id=tower.pk)

        self.bring()

        self.assertFalse(Dungeon.objects.filter(name="Void Tower").exists())

    def test_a_channel_that_was_emptied_here_stays_empty(self) -> None:
        admin = Actor(self.who(CENE), guild_admin=True)
        actions.set_settings(guild=self.server(), actor=admin, at=LATER, raidlist_channel_id=None)

        self.bring()

        self.assertIsNone(GuildSettings.objects.get(guild=self.server()).raidlist_channel_id)

    def test_points_earned_here_stay_and_more_there_come(self) -> None:
        self.there("UPDATE user_levels SET xp = 460 WHERE user_id = BOR")
        Level.objects.filter(person=self.who(ANA)).update(xp=710)

        self.bring()

        self.assertEqual(Level.objects.get(person=self.who(ANA)).xp, 710)
        bor = Level.objects.get(person=self.who(BOR))
        self.assertEqual((bor.xp, bor.level, bor.told), (460, 3, 3))

    def test_whoever_wants_no_points_gets_none(self) -> None:
        levels.count_levels(guild=self.server(), person=self.who(ANA), counts=False)
        before = Level.objects.get(person=self.who(ANA)).xp
        self.there("UPDATE user_levels SET xp = 9000 WHERE user_id = ANA")

        self.bring()

        self.assertEqual(Level.objects.get(person=self.who(ANA)).xp, before)

    def test_a_name_that_is_known_here_stays(self) -> None:
        accounts.meet(
            discord_id=ANA, username="ana.dinamit", display_name="Ana", avatar="", at=LATER
        )

        self.bring()

        self.assertEqual(DiscordAccount.objects.get(discord_id=ANA).username, "ana.dinamit")
