"""What is in a backup comes back letter for letter, into the same kind of database or the other."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import TransactionTestCase, override_settings

from botworker import outbox
from botworker.models import Change, Delivery
from slomix.lib import clock
from slomix.lib.backup import loading, tables, writing
from slomix.lib.backup.reading import Archive
from tests import make
from tests.backup import everything

pytestmark = pytest.mark.slow


def content() -> dict[str, list[Any]]:
    """Every row of every table as Django reads it."""
    return {
        model._meta.label_lower: sorted(model._base_manager.values_list(), key=repr)
        for model in tables.in_order(apps)
    }


class RoundTripTests(TransactionTestCase):
    def setUp(self) -> None:
        var = Path(self.enterContext(tempfile.TemporaryDirectory()))
        # One backup at a time, and other tests make theirs meanwhile.
        self.enterContext(override_settings(VAR_DIR=var))
        self.folder = var / "backups"
        # The trigger numbers a delivery's changes; what it wrote is a part of the backup.
        who = make.person("Ana")
        make.person("Bor")
        event = outbox.Event("X", "reminder", make.at("20:45"), make.at("20:57"))
        message = outbox.Message(outbox.recipient_of(who.discord.discord_id), "Živjo", who.pk)
        outbox.enqueue([message], event, at=clock.now(), planned=True)
        outbox.release("X", [message.recipient])
        everything.fill()

    def test_every_table_and_every_kind_of_column_comes_back_exactly(self) -> None:
        before = content()
        self.assertEqual([name for name, rows in before.items() if not rows], [])
        made = writing.write(self.folder, at=make.TONIGHT)
        assert made.file
        Delivery.objects.filter(event_key="X").update(state="cancelled", reason="later")
        make.person("Later")

        with Archive(made.file) as archive:
            archive.check()
            loading.fill(archive)

        self.assertEqual(content(), before)
        self.assertEqual(Change.objects.filter(delivery__event_key="X").count(), 2)

    def test_afterwards_new_rows_get_new_numbers_and_the_triggers_write_on(self) -> None:
        made = writing.write(self.folder, at=make.TONIGHT)
        assert made.file
        with Archive(made.file) as archive:
            loading.fill(archive)

        make.person("Somebody new")
        outbox.cancel(
            ["X"],
            list(Delivery.objects.values_list("recipient", flat=True)),
            reason="r",
            at=clock.now(),
        )

        last = Change.objects.filter(delivery__event_key="X").order_by("n").last()
        assert last
        self.assertEqual((last.n, last.after), (3, "cancelled"))
