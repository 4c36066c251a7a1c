"""Backups of the whole database in one file, readable by SQLite and PostgreSQL alike.

A zip with a manifest and, for each table, one line of JSON for each row. Django's own serializers lose
microseconds and build an object for each row; these lines lose nothing, which `loading.compare` proves.
What is in a backup and what is not is told in docs/backups.md.
"""


class BackupError(Exception):
    """A backup cannot be made, read or restored; the text says why."""
