"""What the import reads, in whatever form it is, and what it refuses to read."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import DiscordAccount, Level
from planning.raids import queries
from planning.raids.models import Attendance, Raid
from planning.raids.old_bot import cells, reading
from tests.cast import SlomixLiveTestCase, SlomixTestCase
from tests.raids.old_bot import BARE, BOR, OnPostgresql, OnSqlite


class BareTests(OnSqlite, SlomixTestCase):
    """A database with no more than the old bot's code declares."""

    tables = BARE

    def test_what_is_missing_has_its_default(self) -> None:
        """R16: rows from before a column was there broke every later change."""
        said = self.bring()

        raid = Raid.objects.get(status="open")
        self.assertEqual((raid.min_players, raid.display_id), (4, 2))
        self.assertEqual(queries.board(raid).tally("day")[0][1], 1)
        for line in (
            "there is no table user_levels",
            "1 votes in no raid",
            "is no day and no time",
        ):
            self.assertIn(line, said)

    def test_rows_that_stand_there_twice_count_once(self) -> None:
        self.bring()

        self.assertEqual(Attendance.objects.filter(person=self.who(BOR)).count(), 1)

    def test_an_ended_raid_without_a_number_gets_one(self) -> None:
        """R1: number 0 was everybody's who had none."""
        self.bring()

        ended = Raid.objects.filter(status="finished").values_list("display_id", flat=True)
        self.assertEqual(sorted(ended), [1, 3])

    def test_a_raid_without_a_channel_for_its_vote_is_named(self) -> None:
        self.there(
            "UPDATE raids SET channel_id = NULL; UPDATE guild_settings SET planner_channel_id = 0"
        )

        said = self.bring()

        self.assertIn("there is no channel for its vote", said)
        self.assertFalse(Raid.objects.filter(status="open").exists())

    def test_a_level_beyond_all_measure_is_named(self) -> None:
        self.there(
            "CREATE TABLE user_levels (guild_id BIGINT, user_id BIGINT, xp NUMERIC);"
            "INSERT INTO user_levels VALUES (KAVARNA, BOR, 1e40)"
        )

        said = self.bring()

        self.assertIn(f"points of person {BOR}: are no number of points", said)
        self.assertFalse(Level.objects.exists())


class RefusedTests(OnSqlite, SlomixTestCase):
    def refusal(self, url: str) -> str:
        with pytest.raises(CommandError) as refused:
            self.bring(url=url)
        assert refused.value.returncode == 1
        assert not DiscordAccount.objects.filter(discord_id=BOR).exists()
        return str(refused.value)

    def test_our_own_database_is_refused(self) -> None:
        self.there("CREATE TABLE django_migrations (app TEXT)")

        self.assertIn("This is a Slomix database", self.refusal(self.url))

    def test_a_database_of_something_else_is_refused(self) -> None:
        self.there("".join(f"DROP TABLE {table};" for table in reversed(reading.QUERIES)))

        self.assertIn("no raid bot's database", self.refusal(self.url))

    def test_a_file_that_is_not_there_is_not_made(self) -> None:
        other = self.path.with_name("other.db")

        self.assertIn("cannot be read", self.refusal(f"sqlite:///{other}"))
        self.assertFalse(other.exists())

    def test_another_kind_of_address_is_refused(self) -> None:
        self.assertIn("postgresql://", self.refusal("mysql://me:secret@here/x"))

    def test_a_database_that_does_not_answer_is_named_without_its_address(self) -> None:
        said = self.refusal("postgresql+psycopg://me:secret@127.0.0.1:1/x?ssl=require")

        self.assertIn("cannot be read", said)
        self.assertNotIn("secret", said)

    def test_the_old_database_cannot_be_written(self) -> None:
        self.addCleanup(reading.QUERIES.__setitem__, "raids", reading.QUERIES["raids"])
        reading.QUERIES["raids"] = "DELETE FROM raid_votes RETURNING id"

        self.assertIn("cannot be read", self.refusal(self.url))


@pytest.mark.postgresql
class RefusedByPostgresqlTests(OnPostgresql, SlomixLiveTestCase):
    def test_our_own_database_is_refused(self) -> None:
        with pytest.raises(CommandError, match="This is a Slomix database"):
            call_command("import_raid_bot", self.ours)

    def test_the_old_database_cannot_be_written(self) -> None:
        self.addCleanup(reading.QUERIES.__setitem__, "raids", reading.QUERIES["raids"])
        reading.QUERIES["raids"] = "DELETE FROM raid_votes RETURNING id"

        with pytest.raises(CommandError, match="cannot be read"):
            self.bring()

        with psycopg.connect(self.url.replace("+asyncpg", "")) as there:
            self.assertEqual(there.execute("SELECT count(*) FROM raid_votes").fetchone(), (8,))
        self.assertTrue(connection.is_usable())


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2026-11-19 18:00:00", datetime(2026, 11, 19, 18, tzinfo=UTC)),
        (datetime(2026, 11, 19, 18), datetime(2026, 11, 19, 18, tzinfo=UTC)),  # noqa: DTZ001  # as it is stored
        ("2026-11-19 19:00:00+01:00", datetime(2026, 11, 19, 18, tzinfo=UTC)),
        ("yesterday", None),
        (17, None),
        (None, None),
        ("0001-01-01 00:00:00+14:00", None),
    ],
)
def test_a_time_without_a_zone_was_written_in_utc(value: object, instant: datetime | None) -> None:
    """R15: times without a zone were read as local ones."""
    assert cells.instant(value) == instant


@pytest.mark.parametrize(
    "value", [None, "", "abc", 0, -5, 2**63, 1.5, float("nan"), "٣x", True + 2**64]
)
def test_what_is_no_id_is_none(value: object) -> None:
    assert cells.discord_id(value) is None
