"""A backup that is taken while people answer and a campaign is sent restores to a sound system."""

import tempfile
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings

from availability import actions as answers
from availability.models import Status
from botworker import claims, outbox, settling
from botworker.channels import Said
from botworker.models import Attempt, Delivery, State
from slomix.lib import clock
from slomix.lib.backup import loading, tables, writing
from slomix.lib.backup.reading import Archive
from slomix.management.restoring import checks, scratch
from slomix.operations.owner import as_owner
from tests import make

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]
PEOPLE, MESSAGES, BACKUPS = 8, 6, 3


class LoadTests(TransactionTestCase):
    def setUp(self) -> None:
        var = Path(self.enterContext(tempfile.TemporaryDirectory()))
        # One backup at a time, and other tests make theirs meanwhile.
        self.enterContext(override_settings(VAR_DIR=var))
        self.folder = var / "backups"
        self.people = [make.person() for _number in range(PEOPLE)]
        self.over = threading.Event()
        self.faults: list[BaseException] = []

    def beside(self, work: Callable[[int], object]) -> threading.Thread:
        """Do something again and again on a connection of its own until it is over."""

        def run() -> None:
            try:
                for number in range(100_000):
                    if self.over.is_set():
                        return
                    work(number)
            except BaseException as fault:  # noqa: BLE001  the test raises it
                self.faults.append(fault)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def answer(self, number: int) -> None:
        status = (Status.LOOKING, Status.NOT_PLAYING)[number % 2]
        who, at = self.people[number % PEOPLE], clock.now()
        answers.answer(person=who, day=clock.today(at), status=status, at=at)

    def say(self, number: int) -> None:
        """Promise, claim, begin and settle, as a drain does."""
        at = clock.now()
        event = outbox.Event(f"LOAD:{number}", "reminder", at, at + timedelta(minutes=10))
        messages = [outbox.Message(f"channel:{channel + 1}", "Hi") for channel in range(MESSAGES)]
        outbox.enqueue(messages, event, at=at, planned=False)
        claimed = claims.claim("discord", at=at, owner="load")
        begun = claims.begin(claimed, at=clock.now())
        said = [(job, Said(1, 1_000_000 + job.delivery_id)) for job in begun]
        settling.settle(said, at=clock.now())

    def test_what_was_half_done_is_whole_or_not_there(self) -> None:
        threads = [self.beside(self.answer), self.beside(self.say)]
        made = []
        try:
            for _number in range(BACKUPS):
                before = Attempt.objects.filter(outcome=Attempt.Outcome.SENT).count()
                made.append(writing.write(self.folder, at=clock.now()))
                self.wait_for_more(before)
        finally:
            self.over.set()
            for thread in threads:
                thread.join(60)
        self.assertEqual(self.faults, [])
        rows = [one.manifest.rows for one in made]
        self.assertEqual(rows, sorted(rows))
        self.assertLess(rows[0], rows[-1])

        for one in (made[0], made[-1]):
            assert one.file
            with Archive(one.file) as archive, as_owner():
                archive.check()
                loading.fill(archive)
            self.assertEqual({fault for check in checks.every() for fault in check.faults}, set())
        self.assertTrue(Delivery.objects.filter(state=State.SENT).exists())

    def wait_for_more(self, before: int) -> None:
        """Let the others get on between two backups."""
        for _look in range(3000):
            if Attempt.objects.filter(outcome=Attempt.Outcome.SENT).count() > before:
                return
            self.over.wait(0.01)
        self.fail(f"nothing was sent beside the backup: {self.faults}")

    def test_it_moves_from_postgresql_to_sqlite_and_to_another_postgresql(self) -> None:
        for number in range(3):
            self.say(number)
            self.answer(number)
        made = writing.write(self.folder, at=clock.now())
        assert made.file

        for server in ("", settings.MAKER_URL):
            report = scratch.verify(made.file, server)
            self.assertEqual((report["holds"], report["rows"]), (True, made.manifest.rows), report)
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'slomix_scratch_%'")
            self.assertEqual(cursor.fetchall(), [])

    def test_the_snapshot_knows_every_table_and_asks_nothing_of_the_role_but_reading(self) -> None:
        made = writing.write(self.folder, at=clock.now(), rehearse=True)

        known = {model._meta.label_lower for model in tables.in_order(apps)}
        self.assertEqual({table.model for table in made.manifest.tables}, known)
        self.assertEqual(list(self.folder.iterdir()), [])
        self.assertEqual(settings.DATABASES["default"]["ENGINE"], "slomix.lib.postgresql")
