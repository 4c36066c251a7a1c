"""The first Slomix's people come over: read only, once, and with a word about what stays behind."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import (
    AuditEntry,
    DiscordAccount,
    Erasure,
    Handle,
    Player,
    PlayerLink,
    Preferences,
    User,
)
from availability import actions
from availability.first_slomix import reading
from availability.models import Change, Entry
from botworker import outbox
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase

TODAY = TONIGHT.date()
TABLES = (Path(__file__).parent / "first_slomix.sql").read_text()
ANA, BOR, CENE, DORA, EVA = range(300000000000000001, 300000000000000006)
OURS = (User, DiscordAccount, Player, PlayerLink, Entry, Change, AuditEntry)


@pytest.mark.postgresql
class ImportTests(SlomixLiveTestCase):
    def setUp(self) -> None:
        super().setUp()
        # Who makes schemas owns the database.
        facts = {**connection.settings_dict, **settings.MIGRATOR}
        secret = f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else ""
        server = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
        self.server = f"postgresql://{facts['USER'] or 'postgres'}{secret}@{server}/{facts['NAME']}"
        with self.old() as there:
            there.execute("DROP SCHEMA IF EXISTS first_slomix CASCADE; CREATE SCHEMA first_slomix")
            there.execute("SET search_path = first_slomix")
            there.execute("SET TIME ZONE 'Europe/Ljubljana'")
            there.execute(TABLES)
        self.addCleanup(self.drop)

    def old(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.server, autocommit=True)

    def drop(self) -> None:
        with self.old() as there:
            there.execute("DROP SCHEMA first_slomix CASCADE")

    def bring(self, *words: str) -> str:
        said = StringIO()
        options = quote("-csearch_path=first_slomix -ctimezone=Europe/Ljubljana")
        address = f"{self.server}?options={options}"
        call_command("import_first_slomix", address, *words, stdout=said, stderr=StringIO())
        return said.getvalue()

    def person(self, discord_id: int) -> User:
        return User.objects.with_identity().get(discord__discord_id=discord_id)

    def numbers(self) -> list[int]:
        return [model.objects.count() for model in OURS]

    def test_people_players_links_answers_and_wishes_come_over(self) -> None:
        self.bring()

        ana = self.person(ANA)
        self.assertEqual((ana.link.player.name, ana.link.player.guid), ("Ana Dinamit", "AAAA0001"))
        self.assertEqual((ana.link.proof, ana.link.player.rating), ("imported", 1312.5))
        self.assertEqual([one.name for one in ana.link.player.aliases.all()], ["dinamit"])
        entry = Entry.objects.get(person=ana, day=TODAY)
        self.assertEqual((entry.status, entry.door), ("LOOKING", "import"))
        wishes = ana.preferences
        self.assertTrue(wishes.allow_promotions)
        self.assertEqual((wishes.quiet_start, wishes.quiet_end), (dt.time(22), dt.time(8)))
        self.assertEqual((wishes.sound_enabled, wishes.sound_cooldown_seconds), (False, 60))
        self.assertEqual(wishes.channel_order[0], "telegram")
        self.assertEqual(Entry.objects.get(person=self.person(BOR)).status, "NOT_PLAYING")

    def test_a_dry_run_says_what_would_come_and_changes_nothing(self) -> None:
        before = self.numbers()

        said = json.loads(self.bring("--dry-run", "--json"))

        self.assertEqual(self.numbers(), before)
        self.assertGreater(said["counts"]["answers added"], 0)
        self.assertTrue(said["dry_run"])

    def test_a_time_without_a_zone_is_read_in_the_databases_own(self) -> None:
        """W5: times without a zone were read in another one than they were written in."""
        self.bring()

        stood = {entry.day: entry.since for entry in Entry.objects.filter(person=self.person(ANA))}
        self.assertEqual(stood[TODAY], make.at("12:00"))

    def test_what_was_on_by_default_was_never_asked_for(self) -> None:
        """W23: every linked player was reminded whether they had asked or not."""
        self.bring()

        for discord_id in (ANA, BOR, CENE, DORA):
            wishes = self.person(discord_id).preferences
            self.assertFalse(wishes.allow_session_ready or wishes.allow_daily_prompt)
        self.assertEqual(Preferences.objects.filter(allow_promotions=True).count(), 4)

    def test_no_address_comes_over(self) -> None:
        """W6: addresses were taken for verified that nobody had proved."""
        said = self.bring()

        self.assertFalse(Handle.objects.exists())
        self.assertIn("3 addresses left behind", said)
        self.assertNotIn("12345678", said)

    def test_what_cannot_be_taken_over_is_named(self) -> None:
        said = self.bring()

        for line in (
            f"link of person {CENE}: two players: CCCC0001, CCCC0002",
            f"quiet hours of person {DORA}: are no times",
            f"timezone of person {DORA}: Middle/Earth is not a time zone",
            "player 'EEEE0001': name holds a control character",
        ):
            self.assertIn(line, said)
        self.assertFalse(Entry.objects.filter(person=self.person(DORA)).exists())
        self.assertFalse(PlayerLink.objects.filter(user=self.person(CENE)).exists())

    def test_names_that_people_chose_come_over_and_others_do_not(self) -> None:
        self.bring()

        self.assertEqual(self.person(ANA).display_name, "Dinamitka")
        self.assertEqual(self.person(BOR).display_name, "")

    def test_an_older_installation_has_no_names_of_ones_own(self) -> None:
        with self.old() as there:
            there.execute(
                "ALTER TABLE first_slomix.player_links"
                " DROP COLUMN display_name, DROP COLUMN display_name_source"
            )

        self.bring()

        self.assertEqual(self.person(ANA).display_name, "")

    def test_a_zone_that_somebody_chose_comes_over_also_without_other_wishes(self) -> None:
        self.bring()

        self.assertEqual(self.person(BOR).preferences.timezone, "Europe/London")
        self.assertEqual(self.person(ANA).preferences.timezone, "Europe/Ljubljana")

    def test_nobody_gets_a_role_and_the_report_says_how_to_grant_it(self) -> None:
        said = self.bring()

        self.assertIn(f"manage.py people grant admin {ANA}", said)
        self.assertIn(f"manage.py people grant promoter {BOR}", said)
        self.assertIn(f"role 'moderator' of person {DORA}: there is no such role here", said)
        roles = User.objects.filter(is_promoter=True) | User.objects.filter(is_superuser=True)
        self.assertFalse(roles.filter(discord__discord_id__in=[ANA, BOR, DORA]).exists())

    def test_what_stays_behind_is_counted_with_the_reason(self) -> None:
        said = self.bring()

        self.assertIn("2 rows of planning_sessions stay behind: rooms of evenings", said)
        self.assertIn("1 rows of availability_subscriptions stay behind: addresses", said)
        self.assertNotIn("voice_members", said)

    def test_a_second_run_changes_nothing(self) -> None:
        self.bring()
        before = self.numbers()

        said = self.bring()

        self.assertEqual(self.numbers(), before)
        self.assertIn("0 answers added", said)
        self.assertIn("0 people added", said)

    def test_what_people_did_here_since_stays(self) -> None:
        self.bring()
        ana = self.person(ANA)
        actions.answer(person=ana, day=TODAY, status="MAYBE", at=TONIGHT)
        Preferences.objects.filter(user=ana).update(allow_promotions=False)

        self.bring()

        self.assertEqual(Entry.objects.get(person=ana, day=TODAY).status, "MAYBE")
        self.assertFalse(self.person(ANA).preferences.allow_promotions)

    def test_whoever_was_erased_here_does_not_come_back(self) -> None:
        Erasure.objects.create(key=outbox.recipient_of(ANA), at=TONIGHT)

        said = self.bring()

        self.assertIn("1 people who were erased here", said)
        self.assertFalse(DiscordAccount.objects.filter(discord_id=ANA).exists())
        self.assertFalse(Player.objects.filter(imported_discord_id=ANA).exists())

    def test_the_old_database_cannot_be_written(self) -> None:
        self.addCleanup(
            reading.QUERIES.__setitem__, "website_users", reading.QUERIES["website_users"]
        )
        reading.QUERIES["website_users"] = "DELETE FROM availability_entries RETURNING user_id"

        with self.assertRaises(CommandError):
            self.bring()

        with self.old() as there:
            left = there.execute(
                "SELECT count(*) FROM first_slomix.availability_entries"
            ).fetchone()
        self.assertEqual(left, (4,))
        self.assertFalse(DiscordAccount.objects.filter(discord_id=ANA).exists())


def test_a_database_that_does_not_answer_is_an_error_without_its_address() -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_first_slomix", "postgresql://me:secret@127.0.0.1:1/x")

    assert "secret" not in str(refusal.value)
    assert "cannot be read" in str(refusal.value)
