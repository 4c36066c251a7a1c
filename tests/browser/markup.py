"""Everybody and everything has a name that wants to be an element; written as no form of ours would take it.

As `tests.browser.club`, this runs in the process that serves the pages.
"""

from typing import Final

from django.db import connection
from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Concat

from accounts.models import DiscordAccount, Guild, Player, PlayerAlias, User
from planning.raids.models import Dungeon, Option, Raid
from planning.rooms.models import Name

CANARY: Final = "\"'><b data-canary onclick=canary=1>"
# What people may write, and what Discord and the game say of them.
WRITTEN: Final[tuple[tuple[type[Model], str], ...]] = (
    *((User, "display_name"), (DiscordAccount, "display_name"), (DiscordAccount, "username")),
    *((Player, "name"), (PlayerAlias, "name"), (Guild, "name"), (Name, "text")),
    *((Dungeon, "name"), (Raid, "dungeon_name"), (Option, "label")),
)


def everywhere() -> None:
    """Put the canary before every name there is; those that must differ keep their number."""
    for model, column in WRITTEN:
        field = model._meta.get_field(column)
        assert isinstance(field, CharField)
        room = (field.max_length or 99) - 6
        words = Concat(Value(CANARY[:room]), F("pk"), output_field=CharField())
        assert CANARY[:room].startswith(CANARY[:20])
        model._default_manager.update(**{column: words})
    connection.close()
