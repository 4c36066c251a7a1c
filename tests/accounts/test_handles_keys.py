"""New keys for old, stopped at any moment; and a wrong key that is told at once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from io import StringIO
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts import rotation, vault
from accounts.models import AuditEntry, Handle
from tests import fresh, make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH, KEY, OLDER, OTHER, written

ROTATING = {**HAVE_BOTH, "CONTACT_KEYS": [KEY, OLDER]}


def kept(number: int) -> Handle:
    """Link somebody's chat without a code; the key that holds now seals it."""
    address = str(7_000_000_000 + number)
    return Handle.objects.create(
        user=make.person(),
        channel="telegram",
        sealed=vault.seal(address),
        sealed_by=vault.sealing_key(),
        index=vault.index("telegram", address),
        verified_at=TONIGHT,
    )


class RotationTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        with override_settings(CONTACT_KEYS=[OLDER]):
            self.handles = [kept(number) for number in range(7)]

    def rotate(self, *words: str) -> str:
        said, self.shown = StringIO(), StringIO()
        call_command("rotate_keys", "--batch", "3", *words, stdout=said, stderr=self.shown)
        return said.getvalue()

    @override_settings(**ROTATING)
    def test_it_says_how_far_it_is_and_the_older_key_opens_nothing_afterwards(self) -> None:
        said = self.rotate()

        self.assertIn("addresses: 7 of 7", self.shown.getvalue())
        self.assertEqual(said.splitlines()[0], "7 of 7 sealed anew.")
        for number, handle in enumerate(Handle.objects.order_by("pk")):
            with override_settings(CONTACT_KEYS=[KEY]):
                self.assertEqual(vault.unseal(handle.sealed), str(7_000_000_000 + number))
            with override_settings(CONTACT_KEYS=[OLDER]), self.assertRaises(vault.Locked):
                vault.unseal(handle.sealed)
        self.assertEqual(AuditEntry.objects.get(action="keys_rotated").detail, {"rows": 7})

    @override_settings(**ROTATING)
    def test_a_dry_run_counts_and_changes_nothing(self) -> None:
        before = list(Handle.objects.order_by("pk").values_list("sealed", "sealed_by", "index"))

        said = json.loads(self.rotate("--dry-run", "--json"))

        self.assertEqual(said, {"addresses": 7, "sealed": 7, "dry_run": True})
        after = list(Handle.objects.order_by("pk").values_list("sealed", "sealed_by", "index"))
        self.assertEqual(after, before)
        self.assertFalse(AuditEntry.objects.filter(action="keys_rotated").exists())

    @override_settings(**ROTATING)
    def test_stopped_in_between_it_goes_on_where_it_was(self) -> None:
        list(islice(rotation.rotate(batch=2), 2))
        done = {one.pk: one.sealed for one in Handle.objects.filter(sealed_by=vault.sealing_key())}
        self.assertEqual(len(done), 4)

        self.rotate()

        self.assertFalse(Handle.objects.exclude(sealed_by=vault.sealing_key()).exists())
        again = {one.pk: one.sealed for one in Handle.objects.filter(pk__in=done)}
        self.assertEqual(again, done)

    @override_settings(CONTACT_KEYS=[KEY])
    def test_without_the_older_key_it_changes_nothing_and_says_so(self) -> None:
        with self.assertRaisesMessage(CommandError, "7 of 7 addresses are opened by none"):
            self.rotate()

        sealed = [one.sealed for one in Handle.objects.order_by("pk")]
        self.assertEqual(sealed, [one.sealed for one in self.handles])

    @override_settings(CONTACT_KEYS=[])
    def test_without_any_key_it_says_so(self) -> None:
        with self.assertRaisesMessage(CommandError, "CONTACT_DATA_ENCRYPTION_KEY is not set"):
            self.rotate()

    @override_settings(**ROTATING, LEDGER_KEY="another key of the ledger")
    def test_a_new_index_key_is_healed_too(self) -> None:
        self.assertEqual(rotation.faults(), ["contacts.locked"])

        self.rotate()

        self.assertEqual(rotation.faults(), [])
        self.assertEqual(Handle.objects.first().index, vault.index("telegram", "7000000000"))  # type: ignore[union-attr]


class ReadinessTests(SlomixTestCase):
    def codes(self, *keys: bytes) -> list[str]:
        with override_settings(CONTACT_KEYS=list(keys)):
            return rotation.faults()

    def test_a_wrong_key_turns_readiness_red(self) -> None:
        """W30: a wrong key was noticed by nobody."""
        with override_settings(CONTACT_KEYS=[KEY]):
            kept(1)

        self.assertEqual(self.codes(KEY), [])
        self.assertEqual(self.codes(OTHER, KEY), [])
        for keys in ([OTHER], [OLDER, OTHER], []):
            self.assertEqual(self.codes(*keys), ["contacts.locked"])

    def test_what_is_sealed_by_somebody_else_under_our_fingerprint_is_noticed(self) -> None:
        with override_settings(CONTACT_KEYS=[KEY]):
            kept(1)
            mine = vault.sealing_key()
        with override_settings(CONTACT_KEYS=[OTHER]):
            Handle.objects.update(sealed=vault.seal("7000000001"), sealed_by=mine)

        self.assertEqual(self.codes(KEY), ["contacts.locked"])

    def test_nobody_linked_is_nothing_wrong(self) -> None:
        self.assertEqual(self.codes(), [])


MAKE = """
import django; django.setup()
from tests.accounts.test_handles_keys import kept
for number in range(300): kept(number)
"""
COUNT = """
import django, json; django.setup()
from accounts import rotation; from accounts.models import Handle
by = list(Handle.objects.order_by('pk').values_list('sealed_by', flat=True))
print(json.dumps([len(by), len(set(by)), rotation.faults()]))
"""
KEYS = "SELECT COUNT(DISTINCT sealed_by) FROM availability_channel_links"


@pytest.mark.slow
def test_a_kill_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    env = {
        "SLOMIX_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "slomix.settings",
        "CONTACT_DATA_ENCRYPTION_KEY": written(OLDER),
    }
    both = env | {"CONTACT_DATA_ENCRYPTION_KEY": f"{written(KEY)},{written(OLDER)}"}
    assert fresh.manage("migrate", **env).returncode == 0
    run(MAKE, env)

    argv = [sys.executable, "manage.py", "rotate_keys", "--batch", "1"]
    with fresh.environment(**both):
        rotating = subprocess.Popen(  # noqa: S603  our own command
            argv, cwd=fresh.BASE, stderr=subprocess.DEVNULL
        )
    with closing(sqlite3.connect(tmp_path / "rows.sqlite3")) as rows:
        until = time.monotonic() + 60
        while rows.execute(KEYS).fetchone() != (2,) and time.monotonic() < until:
            time.sleep(0.005)
    os.kill(rotating.pid, signal.SIGKILL)
    rotating.wait()

    # Some are sealed by the one key and some by the other; all can be read.
    assert json.loads(run(COUNT, both)) == [300, 2, []]
    assert "All is sealed" in fresh.manage("rotate_keys", **both).stdout
    only = env | {"CONTACT_DATA_ENCRYPTION_KEY": written(KEY)}
    assert json.loads(run(COUNT, only)) == [300, 1, []]


def run(words: str, env: dict[str, str]) -> str:
    with fresh.environment(**env):
        done = subprocess.run(  # noqa: S603  our own words
            [sys.executable, "-c", words],
            cwd=fresh.BASE,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout
