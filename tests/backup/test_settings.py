"""Where backups lie and how many of them are kept."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from slomix.lib.backup import rotation
from slomix.lib.backup.writing import NAME, sum_of
from tests.fresh import settings


def test_backups_lie_where_they_are_told_to() -> None:
    with tempfile.TemporaryDirectory() as var:
        usual, other = settings(SLOMIX_VAR=var), settings(SLOMIX_VAR=var, BACKUP_DIR="/srv/apart")
        assert str(usual.BACKUP_DIR) == f"{Path(var).resolve()}/backups"
        assert str(other.BACKUP_DIR) == "/srv/apart"


@pytest.mark.parametrize(
    ("name", "value"),
    [("BACKUP_INTERVAL_SECONDS", "60"), ("RESTORE_DRILL_INTERVAL_SECONDS", "60")],
)
def test_more_often_than_it_can_be_done_is_refused(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        settings(**{name: value})


def there(folder: Path, days: int, a_day: int = 4) -> list[Path]:
    """Lay down so many days of backups, the newest on a Friday evening."""
    newest = datetime(2026, 11, 20, 18, tzinfo=UTC)
    files = []
    for number in range(days * a_day):
        taken = newest - timedelta(hours=24 / a_day * number)
        file = folder / f"{taken.strftime(NAME)}.zip"
        file.touch()
        sum_of(file).touch()
        files.append(file)
    return files


def kept_of(folder: Path, **keep: int) -> list[str]:
    rotation.rotate(folder, **keep)
    return sorted((file.name[7:17] for file in folder.glob("*.zip")), reverse=True)


def test_days_and_weeks_are_counted_apart(tmp_path: Path) -> None:
    there(tmp_path, 60)

    days = kept_of(tmp_path, days=3, weeks=3)

    older = ["2026-11-19", "2026-11-18", "2026-11-15", "2026-11-08"]
    assert days == ["2026-11-20"] * 4 + older  # the last 24 hours stay whole
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".sha256"] * 8 + [".zip"] * 8


def test_nobody_elses_file_is_touched_and_the_last_day_always_stays(tmp_path: Path) -> None:
    newest, *_older = there(tmp_path, 2)
    (tmp_path / "slomix-by-hand.zip").touch()

    assert kept_of(tmp_path, days=0, weeks=0) == ["by-hand.zi", *["2026-11-20"] * 4]
    assert newest.exists()


def test_erased_people_are_gone_from_the_last_backup_after_five_weeks(tmp_path: Path) -> None:
    """Whatever the defaults are: they are what the page about privacy promises."""
    there(tmp_path, 90)
    chosen = settings()

    days = kept_of(tmp_path, days=chosen.BACKUP_KEEP_DAYS, weeks=chosen.BACKUP_KEEP_WEEKS)

    oldest = datetime.fromisoformat(days[-1]).date()
    assert datetime(2026, 11, 20, tzinfo=UTC).date() - oldest <= timedelta(days=35)
