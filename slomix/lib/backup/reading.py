"""Opening a backup and believing nothing that is not proved."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from slomix.lib.backup import BackupError, manifest
from slomix.lib.backup.manifest import Manifest, Table
from slomix.lib.backup.writing import MANIFEST, sha256_of, sum_of

UNREADABLE = (OSError, zipfile.BadZipFile, EOFError, ValueError, KeyError)


class Archive:
    """A backup that is open for reading."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.manifest: Manifest
        self._zip: zipfile.ZipFile

    def __enter__(self) -> Self:
        try:
            self._zip = zipfile.ZipFile(self.file)
            text = self._zip.read(MANIFEST)
        except UNREADABLE as fault:
            raise BackupError(f"{self.file} cannot be read as a backup: {fault}") from fault
        if self._zip.comment.decode(errors="replace") != hashlib.sha256(text).hexdigest():
            raise BackupError(f"{self.file}: the manifest is not the one that was written")
        self.manifest = manifest.read(text)
        return self

    def __exit__(self, *_fault: object) -> None:
        self._zip.close()

    def check(self) -> None:
        """Read everything once; raises BackupError at the first thing that is not as it was."""
        beside = sum_of(self.file)
        if beside.exists() and beside.read_text().split()[:1] != [sha256_of(self.file)]:
            raise BackupError(f"{self.file}: its checksum is not that of {beside.name}")
        for table in self.manifest.tables:
            digest, number = hashlib.sha256(), 0
            for line in self.lines(table):
                digest.update(line)
                number += 1
            if (number, digest.hexdigest()) != (table.rows, table.sha256):
                raise BackupError(f"{self.file}: {table.model} is damaged")

    def lines(self, table: Table) -> Iterator[bytes]:
        """Return a table's lines."""
        try:
            with self._zip.open(table.member) as member:
                yield from member
        except (*UNREADABLE, NotImplementedError, zlib.error) as fault:
            raise BackupError(f"{self.file}: {table.model} is damaged: {fault}") from fault
