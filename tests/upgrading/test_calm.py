"""Nobody changes the database under a call: not shortly before it, and not while it is said."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from botworker.models import Delivery
from promotions import actions
from promotions.models import Job
from slomix.management.commands.migrate import LATER
from slomix.operations import calm
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase, SlomixTestCase, Stage, without_the_check


def migrate(*words: str) -> str:
    said = StringIO()
    call_command("migrate", *words, stdout=said)
    return said.getvalue()


class Called(Stage):
    """Ana calls tonight; the reminder is at 20:45, the start at 21:00."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )


@without_the_check
class CalmTests(Called, SlomixTestCase):
    """What a change of the database would meet."""

    def disturbed(self, wall: str) -> str:
        return calm.disturbed(self.travel(wall))

    def test_an_hour_before_the_reminder_it_may_be_changed(self) -> None:
        self.assertEqual(self.disturbed("19:45"), "")

    def test_a_quarter_of_an_hour_before_it_may_not(self) -> None:
        self.assertEqual(self.disturbed("20:29:59"), "")
        self.assertEqual(self.disturbed("20:30"), "a call is due at 20:45")

    def test_while_its_words_are_under_way_it_may_not(self) -> None:
        Job.objects.update(done_at=make.at("20:44"))

        self.assertIn("messages of a call wait to be said", self.disturbed("20:45"))

    def test_once_everything_is_said_it_may(self) -> None:
        Job.objects.update(done_at=make.at("21:00"))
        Delivery.objects.update(state="sent", settled_at=make.at("21:00"))

        self.assertEqual(self.disturbed("21:01"), "")

    def test_a_call_that_was_called_off_holds_nobody_up(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)

        self.assertEqual(self.disturbed("20:44"), "")

    def test_a_job_that_nobody_runs_any_more_holds_nobody_up(self) -> None:
        Delivery.objects.update(state="expired", settled_at=make.at("21:10"))

        self.assertEqual(self.disturbed("21:32"), "")

    def test_a_database_without_our_tables_is_disturbed_by_nobody(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # where only the owner renames
                cursor.execute("SET LOCAL search_path = pg_catalog")
            else:
                cursor.execute("ALTER TABLE notifications_ledger RENAME TO gone")

        self.assertEqual(self.disturbed("20:44"), "")


@without_the_check
class MigrateTests(Called, SlomixLiveTestCase):
    """`migrate` asks first, and names what to do. Its owner's connection sees what is committed."""

    def test_it_refuses_shortly_before_the_call(self) -> None:
        self.travel("20:44")

        with pytest.raises(CommandError, match="say --even-now") as refused:
            migrate("promotions", "zero")

        self.assertEqual(refused.value.returncode, LATER)
        self.assertIn(Job._meta.db_table, connection.introspection.table_names())

    def test_it_does_as_it_is_told(self) -> None:
        self.travel("20:44")

        self.assertIn("No migrations to apply", migrate("--even-now"))

    def test_asking_what_would_be_done_is_free(self) -> None:
        self.travel("20:44")

        self.assertIn("Planned operations", migrate("promotions", "--plan"))

    def test_where_nothing_waits_nobody_is_stopped(self) -> None:
        self.travel("20:44")

        self.assertIn("No migrations to apply", migrate())

    def test_an_hour_before_it_migrates(self) -> None:
        self.travel("19:44")

        self.assertIn("No migrations to apply", migrate("promotions"))
