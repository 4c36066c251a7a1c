"""The old raid bot's servers, raids and people come over; its database is only read."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEntry, DiscordAccount, Erasure, Guild, Level, User
from botworker import outbox
from planning.raids import actions, queries
from planning.raids.models import Attendance, Dungeon, GuildSettings, Raid, Template, Vote
from planning.raids.policy import Actor
from tests.cast import TONIGHT, SlomixLiveTestCase, SlomixTestCase
from tests.raids.old_bot import (
    ANA,
    BOR,
    CENE,
    ELSEWHERE,
    KAVARNA,
    OldBot,
    OnPostgresql,
    OnSqlite,
)


class Cases(OldBot):
    """What holds whichever database the old bot has."""

    def test_an_open_raid_comes_with_its_days_times_and_votes(self) -> None:
        """R16: labels and dungeons were told apart by their case."""
        self.bring()

        raid = self.number(3)
        self.assertEqual((raid.status, raid.dungeon_name, raid.min_players), ("open", "Nanos", 2))
        self.assertEqual((raid.creator, raid.channel_id), (self.who(ANA), 11))
        self.assertEqual(raid.created_at, datetime(2026, 11, 19, 18, tzinfo=UTC))
        board = queries.board(raid)
        self.assertEqual([one.label for one in board.days], ["Fri 27.11.", "Sat 28.11."])
        self.assertEqual(board.days[0].on, date(2026, 11, 27))
        (slot,) = board.standing
        self.assertEqual(set(slot.members), {self.who(ANA).pk, self.who(BOR).pk})
        vote = Vote.objects.get(person=self.who(BOR), option__label="20:00", option__raid=raid)
        self.assertEqual(vote.at, datetime(2026, 11, 19, 18, 6, tzinfo=UTC))

    def test_raids_without_a_number_get_one_each(self) -> None:
        """R16: rows without a number were read as number 0, and two of them broke every change."""
        self.bring()

        self.assertEqual(
            (self.number(8).dungeon_name, self.number(9).dungeon_name), ("Skull", "Kraken")
        )

    def test_labels_that_differ_in_case_alone_are_one_with_the_votes_of_both(self) -> None:
        """R16: “FRI” and “Fri” were two choices, and nobody could vote for both."""
        self.bring()

        board = queries.board(self.number(8))
        self.assertEqual([one.label for one in board.days], ["FRI"])
        self.assertEqual(board.tally("day")[0][1], 2)

    def test_who_was_there_is_kept_as_a_raid_of_its_own(self) -> None:
        """R1: a number was given again, and the second raid of it counted nobody who was at both."""
        self.bring()

        guild = self.server()
        ended = Raid.objects.of(guild).filter(status="finished").order_by("display_id")
        self.assertEqual(
            [(raid.display_id, raid.dungeon_name) for raid in ended],
            [(1, "Nanos"), (7, "Skull"), (10, "Skull"), (11, "Skull")],
        )
        self.assertEqual(queries.participation(guild, self.who(ANA)), 2)
        self.assertEqual(queries.participation(guild, self.who(BOR)), 1)
        self.assertEqual(queries.participation(self.server(ELSEWHERE), self.who(ANA)), 1)
        absent = Attendance.objects.get(raid__display_id=7, raid__guild=guild)
        self.assertEqual((absent.status, absent.marked_by), ("absent", self.who(ANA)))
        self.assertEqual(self.number(1).ended_at, datetime(2026, 10, 1, 20, tzinfo=UTC))

    def test_the_next_raid_has_a_number_above_all_there_ever_were(self) -> None:
        """R1: numbers of raids that had ended were given again."""
        self.bring()

        planned = actions.plan(
            guild=self.server(),
            actor=Actor(self.who(BOR)),
            dungeon="Nanos",
            days="Fri 27.11.",
            times="20:00",
            min_players=0,
            at=TONIGHT,
        )
        self.assertEqual(planned.raid.display_id, 12)

    def test_settings_dungeons_and_templates_come_over(self) -> None:
        said = self.bring()

        mine = GuildSettings.objects.get(guild=self.server())
        channels = [mine.planner_channel_id, mine.participants_channel_id, mine.raidlist_channel_id]
        self.assertEqual(channels, [11, 12, 13])
        self.assertEqual((mine.default_min_players, mine.templates_enabled), (3, False))
        tower = Dungeon.objects.get(name="Void Tower")
        self.assertEqual((tower.short_code, tower.is_active), ("NAN2", False))
        self.assertEqual(Dungeon.objects.count(), 3)
        template = Template.objects.get()
        self.assertEqual(template.dungeon.name, "Nanos")
        self.assertEqual(
            template.data, {"days": ["Fri", "Sat"], "times": ["20:00"], "min_players": 4}
        )
        self.assertIn("is no JSON of a template", said)
        self.assertIn("without a name", said)
        audit = AuditEntry.objects.get(action="guild_changed", door="import")
        self.assertIn("planner_channel_id", audit.detail["changed"])

    def test_points_come_over_and_nobody_is_told_of_a_level_again(self) -> None:
        self.bring()

        ana = Level.objects.get(person=self.who(ANA))
        self.assertEqual((ana.xp, ana.level, ana.told), (700, 4, 4))
        self.assertEqual(self.who(ANA).discord.username, "ana")
        self.assertEqual(Level.objects.get(person=self.who(BOR)).xp, 90)

    def test_what_is_left_out_is_named_with_the_reason(self) -> None:
        said = self.bring()

        for line in (
            "vote for “Sun 29.11.” of raid 17",
            f"raid 20 of server {KAVARNA}: is cancelled; only who was there is kept",
            "attendance 7: lost is no status",
            "person 0: is no Discord id",
            "1 rows of raid_posted_slots stay behind: the old posts stay as they are",
            f"role 77 of raid 17 of server {KAVARNA} stays behind",
            f"raid 18 of server {KAVARNA} is #8 now: it had no number",
            f"an ended raid of server {KAVARNA} is #11 now: #3 was given to another one",
            f"server {ELSEWHERE} (no name) was not known here: invite the bot there",
        ):
            self.assertIn(line, said)

    def test_a_second_run_changes_nothing(self) -> None:
        """R1: what was written down twice would count twice."""
        self.bring()
        before = self.everything()

        counts = self.counts()

        self.assertEqual(self.everything(), before)
        added = {what: number for what, number in counts.items() if what.endswith("added")}
        self.assertEqual(set(added.values()), {0})

    def test_a_dry_run_says_the_same_and_changes_nothing(self) -> None:
        before = self.everything()

        dry = self.counts("--dry-run")

        self.assertEqual(self.everything(), before)
        self.assertEqual(dry, self.counts())

    def everything(self) -> list[object]:
        models = (User, Guild, GuildSettings, Dungeon, Template, Raid, Vote, Attendance, Level)
        rows = [list(model.objects.order_by("pk").values()) for model in models]
        return [*rows, AuditEntry.objects.count()]


class SqliteTests(OnSqlite, Cases, SlomixTestCase):
    def test_whoever_was_erased_here_does_not_come_back(self) -> None:
        Erasure.objects.create(key=outbox.recipient_of(ANA), at=TONIGHT)

        counts = self.counts()

        self.assertFalse(DiscordAccount.objects.filter(discord_id=ANA).exists())
        self.assertEqual(counts["people who were erased here"], 1)
        self.assertIsNone(self.number(3).creator)

    def test_whoever_took_their_account_away_here_is_not_tied_again(self) -> None:
        User.objects.create_user(str(CENE))

        counts = self.counts()

        self.assertFalse(DiscordAccount.objects.filter(discord_id=CENE).exists())
        self.assertEqual(counts["people who unlinked Discord here"], 1)

    def test_nobody_new_is_allowed_anything(self) -> None:
        self.bring()

        wishes = self.who(BOR).preferences
        self.assertFalse(wishes.allow_raids or wishes.allow_promotions)


@pytest.mark.postgresql
class PostgresqlTests(OnPostgresql, Cases, SlomixLiveTestCase):
    """The same from a real database, whose address is as SQLAlchemy writes it."""

    def setUp(self) -> None:
        # They came with a migration, and the tables are emptied after each test.
        if not Dungeon.objects.exists():
            actions.save_dungeon(name="Nanos", short_code="NAN", sort_order=1)
            actions.save_dungeon(name="Skull", short_code="SKL", sort_order=2)
        super().setUp()
