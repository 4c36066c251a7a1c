"""Whether sending is on hold: after a restore, or because an operator said so."""

from django.db import models


class Hold(models.Model):
    """While it is not released nothing goes out, on any channel. One row: the last hold."""

    NAME = "sending"

    name = models.CharField(max_length=16, primary_key=True, default=NAME)
    since = models.DateTimeField()
    reason = models.CharField(max_length=200)
    # When the backup was taken that this database was restored from; empty: it was not restored.
    # What was sent between then and `since` looks unsent here.
    backup_at = models.DateTimeField(null=True)
    # The row stays: what was perhaps said between `backup_at` and `since` is not promised anew.
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "botworker_hold"

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d %H:%M:%S}: {self.reason}"
