"""manage.py flush: Django's own, as the role that owns the tables."""

from typing import Any

from django.core.management.commands import flush

from slomix.operations.owner import as_owner


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        # Who serves people may not empty a table.
        with as_owner(options["database"]):
            super().handle(**options)
