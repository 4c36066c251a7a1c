"""What an import brought, so that a second one knows it again."""

from django.db import models

from accounts.models import Guild
from planning.raids.models.raid import Raid


class Brought(models.Model):
    """Something of the old raid bot's that was taken over, by what it is called there.

    It stays when its own raid, dungeon or setting changes here: what is here is newer and wins.
    """

    # "4711:raid:17", "4711:attended:5:nanos", "4711:settings", "4711:template:nanos", "dungeon:nanos"
    key = models.CharField(max_length=400, unique=True)
    # Empty for a dungeon, which is of every server.
    guild = models.ForeignKey(Guild, models.CASCADE, null=True, related_name="+")
    raid = models.ForeignKey(Raid, models.CASCADE, null=True, related_name="brought_as")
    # A raid whose last activity is later was gone on with here.
    at = models.DateTimeField()

    class Meta:
        db_table = "raids_brought"

    def __str__(self) -> str:
        return self.key
