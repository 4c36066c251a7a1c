"""Making a backup: written beside, flushed to the disk, then named."""

import hashlib
import os
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from slomix.lib.backup import rows, tables
from slomix.lib.backup.manifest import Manifest, Table
from slomix.lib.backup.snapshot import snapshot
from slomix.lib.backup.tables import Model
from slomix.lib.progress import Progress

MANIFEST = "manifest.json"
NAME = "slomix-%Y-%m-%dT%H-%M-%SZ"
SUFFIX = ".zip"
PARTIAL = ".backup.partial"
AT_ONCE = 500
# Twice as fast as zip's usual 6, and a tenth larger.
LEVEL = 3


@dataclass(frozen=True)
class Written:
    """A backup that was made; `file` is None for a rehearsal."""

    file: Path | None
    manifest: Manifest
    size: int
    sha256: str


def write(folder: Path, *, at: datetime, rehearse: bool = False, quiet: bool = True) -> Written:
    """Back the database up into a folder; a rehearsal leaves nothing behind. Raises BackupError."""
    # One that is there already is somebody's: its rights are left alone, the file has its own.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with snapshot(folder):
        partial = folder / PARTIAL
        partial.unlink(missing_ok=True)
        try:
            partial.touch(mode=0o600)
            made = pack(partial, at=at, quiet=quiet)
            size, digest = partial.stat().st_size, sha256_of(partial)
            file = None if rehearse else _name(partial, folder, at, digest)
        finally:
            partial.unlink(missing_ok=True)
    return Written(file, made, size, digest)


def pack(partial: Path, *, at: datetime, quiet: bool = True) -> Manifest:
    """Write everything that this thread reads into a file."""
    migrations = tables.applied()
    models = tables.in_order(tables.registry_of(migrations))
    packed = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(partial, "w", packed, compresslevel=LEVEL) as archive:
        with Progress(len(models), "tables", quiet=quiet) as progress:
            found = [_table(archive, model, at, progress) for model in models]
        made = Manifest(
            taken_at=at.astimezone(UTC),
            version=version(),
            database=connection.vendor,
            migrations=migrations,
            not_taken=sorted({*tables.NOT_TAKEN, "the cache"}),
            tables=found,
        )
        text = made.to_json()
        archive.writestr(_entry(MANIFEST, at), text, packed, LEVEL)
        # The manifest vouches for the tables, and this for the manifest.
        archive.comment = hashlib.sha256(text).hexdigest().encode()
    return made


def _table(archive: zipfile.ZipFile, model: Model, at: datetime, progress: Progress) -> Table:
    name, number, digest = model._meta.label_lower, 0, hashlib.sha256()
    entry = _entry(f"tables/{name}.jsonl", at)
    with archive.open(entry, "w", force_zip64=True) as member:
        for some in _together(rows.lines(model)):
            text = b"".join(some)
            member.write(text)
            digest.update(text)
            number += len(some)
            progress.reach(progress.count, name)
    progress.step(note=name)
    return Table(name, [one.attname for one in rows.columns(model)], number, digest.hexdigest())


def _together(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    for line in lines:
        some.append(line)
        if len(some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    when = at.astimezone(UTC)
    entry = zipfile.ZipInfo(name, when.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _name(partial: Path, folder: Path, at: datetime, digest: str) -> Path:
    """Flush it, then give it its name; the sum that stands beside it is there first."""
    base, number = at.astimezone(UTC).strftime(NAME), 1
    file = folder / f"{base}{SUFFIX}"
    while file.exists():
        number += 1
        file = folder / f"{base}-{number}{SUFFIX}"
    _flush(partial)
    beside = folder / f"{PARTIAL}.sha256"
    beside.touch(mode=0o600)
    beside.write_text(f"{digest}  {file.name}\n")
    _flush(beside)
    beside.rename(sum_of(file))
    partial.rename(file)
    _flush(folder)
    return file


def _flush(path: Path) -> None:
    door = os.open(path, os.O_RDONLY)
    try:
        os.fsync(door)
    finally:
        os.close(door)


def sum_of(file: Path) -> Path:
    """Return where a backup's checksum stands, as `sha256sum -c` reads it."""
    return file.with_name(f"{file.name}.sha256")


def sha256_of(file: Path) -> str:
    """Return the checksum of a whole file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def version() -> str:
    """Return which version of the product this is."""
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    except OSError:
        return "unknown"
    return str(project["project"]["version"])
