"""An operator brings a backup back by commands alone; what could be lost by it is refused."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.backup.places import KEY, OTHER_KEY, Place
from tests.fresh import LONG

pytestmark = pytest.mark.slow

COMMUNITY = """
from datetime import timedelta
from accounts.models import Erasure
from botworker import outbox
from slomix.lib import clock
from tests import make
ana, bor = make.person("Ana"), make.person("Bor")
make.handle(bor, address="7012345678")
now = clock.now()
event = outbox.Event("X", "reminder", now + timedelta(hours=1), now + timedelta(hours=2))
said = [outbox.Message(outbox.recipient_of(who.discord.discord_id), "Hi", who.pk) for who in (ana, bor)]
outbox.enqueue(said, event, at=now, planned=True)
print(outbox.recipient_of(bor.discord.discord_id))
"""
NAMES = "from accounts.models import *; print(sorted(PlayerLink.objects.values_list('player__name', flat=True)))"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with two people, and a backup of it."""
    place = Place(tmp_path_factory.mktemp("home"))
    migrated = place.manage("migrate", "-v", "0")
    assert migrated.returncode == 0, migrated.stderr
    (place.folder / "bor").write_text(place.python(COMMUNITY))
    made = place.manage("backup", "--json")
    assert made.returncode == 0, made.stderr
    (place.folder / "made.json").write_text(made.stdout)
    yield place


@pytest.fixture
def file(home: Place) -> Path:
    return Path(json.loads((home.folder / "made.json").read_text())["file"])


@pytest.fixture
def away(home: Place, tmp_path: Path) -> Place:
    """Another installation with the same tables and nobody in it."""
    theirs = sqlite3.connect(home.folder / "slomix.sqlite3")
    ours = sqlite3.connect(tmp_path / "slomix.sqlite3")
    with closing(theirs), closing(ours):
        theirs.backup(ours)
        for table in ("website_users", "user_player_links", "notifications_ledger"):
            ours.execute(f"DELETE FROM {table}")  # noqa: S608
        ours.commit()
    return Place(tmp_path)


def test_a_backup_is_for_its_owner_alone_and_holds_no_key(home: Place, file: Path) -> None:
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with zipfile.ZipFile(file) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
        names = archive.namelist()
    for secret in (KEY, LONG, LONG[::-1], "7012345678"):
        assert secret not in text
    assert "tables/sessions.session.jsonl" not in names
    assert [one for one in file.parent.iterdir() if "partial" in one.name] == []


def test_the_worker_begins_one_in_a_process_of_its_own_and_only_when_it_is_time(
    home: Place, tmp_path: Path
) -> None:
    other = {"BACKUP_DIR": str(tmp_path / "other"), "AVAILABILITY_PROMOTION_TIMEZONE": quiet_zone()}
    begin = "from slomix.operations import backups; print(backups.begin('backup').wait(120))"

    assert home.python(begin, **other) == "0"
    assert not (tmp_path / "other").exists()  # one was made a moment ago
    home.python("from botworker.models import Worker; Worker.objects.all().delete()")
    assert home.python(begin, **other) == "0"

    assert len(list((tmp_path / "other").glob("*.zip"))) == 1


def quiet_zone() -> str:
    """Name a zone in which it is four in the afternoon now."""
    return f"Etc/GMT{(datetime.now(UTC).hour - 4) % 24 - 12:+d}"


def test_it_comes_back_on_hold_and_whoever_was_erased_since_is_erased_again(
    home: Place, away: Place, file: Path
) -> None:
    listed = away.folder / "erased"
    listed.write_text((home.folder / "bor").read_text())

    ran = away.manage("restore", str(file), "--erased", str(listed), "--json")

    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout)
    assert report["holds"]
    assert report["erased"].startswith("1 of 1")
    assert away.python(NAMES) == "['Ana']"
    held = json.loads(away.manage("hold", "--status", "--json").stdout)["hold"]
    assert held["backup_at"] == report["taken_at"]


def test_a_database_with_people_in_it_is_left_alone_unless_it_is_meant(
    home: Place, file: Path, tmp_path: Path
) -> None:
    full = Place(tmp_path)
    shutil.copy(home.folder / "slomix.sqlite3", tmp_path)
    full.python(
        "from itertools import count; from tests import make; "
        "make._numbers = count(100); make.person('Cene')"
    )

    refused = full.manage("restore", str(file))
    unasked = full.manage("restore", str(file), "--replace")

    assert (refused.returncode, unasked.returncode) == (1, 1)
    assert "is not empty" in refused.stderr
    assert "nobody to ask" in unasked.stderr
    assert "Cene" in full.python(NAMES)
    meant = full.manage("restore", str(file), "--replace", "--yes")
    assert meant.returncode == 0, meant.stderr
    assert full.python(NAMES) == "['Ana', 'Bor']"


def test_nothing_is_restored_under_parts_that_run(away: Place, file: Path) -> None:
    away.python("from botworker import pulse; pulse.beat('bot')")

    ran = away.manage("restore", str(file))

    assert (ran.returncode, "bot still run" in ran.stderr) == (1, True)


def test_a_drill_with_a_lost_key_says_which(home: Place, file: Path) -> None:
    ran = home.manage(
        "restore",
        str(file),
        "--verify",
        "--json",
        CONTACT_DATA_ENCRYPTION_KEY=OTHER_KEY,
        LEDGER_KEY=LONG,
    )

    assert ran.returncode == 1, ran.stderr
    wrong = {one["name"] for one in json.loads(ran.stdout)["checks"] if not one["holds"]}
    assert len(wrong) == 2
    assert {"CONTACT_DATA_ENCRYPTION_KEY" in " ".join(wrong), "LEDGER_KEY" in " ".join(wrong)} == {
        True
    }
    row = home.python(
        "from botworker.models import Worker; print(Worker.objects.get(name='restore drill').last_error)"
    )
    assert "LEDGER_KEY" in row


def test_a_damaged_file_is_noticed_and_changes_nothing(
    away: Place, file: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(bad, "w") as made:
        for entry in good.infolist():
            text = good.read(entry)
            made.writestr(entry, text.replace(b'"Hi"', b'"Ho"'))
        made.comment = good.comment

    ran = away.manage("restore", str(bad))

    assert ran.returncode == 1
    assert "botworker.delivery is damaged" in ran.stderr
    assert away.python(NAMES) == "[]"


def test_a_backup_of_older_tables_is_brought_forward(home: Place, tmp_path: Path) -> None:
    old = Place(tmp_path / "old")
    old.folder.mkdir()
    shutil.copy(home.folder / "slomix.sqlite3", old.folder)
    back = old.manage("migrate", "botworker", "0013", "-v", "0")
    assert back.returncode == 0, back.stderr
    made = json.loads(old.manage("backup", "--json").stdout)

    ran = home.manage("restore", made["file"], "--verify", "--json")

    report = json.loads(ran.stdout)
    assert report["holds"], report
    with zipfile.ZipFile(made["file"]) as archive:
        migrations = json.loads(archive.read("manifest.json"))["migrations"]
    assert migrations["botworker"][-1].startswith("0013")
