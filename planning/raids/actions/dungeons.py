"""What there is to raid, and what is remembered for each: kept by admins."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from planning.raids import labels
from planning.raids.errors import BadInput
from planning.raids.models import Dungeon, Template


@transaction.atomic
def save_dungeon(
    *,
    name: str,
    short_code: str,
    is_active: bool = True,
    sort_order: int = 0,
    dungeon_id: int | None = None,
) -> Dungeon:
    """Add a dungeon, or change one; raids that were planned keep the name they had.

    Raises BadInput for an empty name or code, and for one that another has, whatever its case.
    """
    tidy, code = check_dungeon(name=name, short_code=short_code, dungeon_id=dungeon_id)
    found = Dungeon.objects.get(pk=dungeon_id) if dungeon_id else Dungeon()
    found.name, found.short_code, found.folded = tidy, code, labels.fold(tidy)
    found.is_active, found.sort_order = is_active, sort_order
    found.save()
    return found


def check_dungeon(*, name: str, short_code: str, dungeon_id: int | None = None) -> tuple[str, str]:
    """Return name and code as they would be stored. Raises BadInput as `save_dungeon` does."""
    name, short_code = " ".join(name.split()), " ".join(short_code.split()).upper()
    if not name or not short_code:
        raise BadInput("name", _("A dungeon needs a name and a short code."))
    others = Dungeon.objects.exclude(pk=dungeon_id or 0)
    if others.filter(folded=labels.fold(name)).exists():
        raise BadInput("name", _("There is a dungeon of this name already."))
    if others.filter(short_code=short_code).exists():
        raise BadInput("short_code", _("Another dungeon has this short code."))
    return name, short_code


@transaction.atomic
def save_template(
    *, template: Template, days: str, times: str, min_players: str | int, at: datetime
) -> Template:
    """Change what is filled in next time for a dungeon. Raises BadInput as `plan` does."""
    template.data = {
        "days": list(labels.read(days, field="days").kept),
        "times": list(labels.read(times, field="times").kept),
        "min_players": labels.minimum(min_players),
    }
    template.updated_at = at
    template.save(update_fields=["data", "updated_at"])
    return template


def names_like(text: str) -> list[str]:
    """Return at most 25 active dungeons with `text` in their name, whatever its case, in order."""
    wanted = labels.fold(text.strip())
    names = Dungeon.objects.active().listed().values_list("name", "folded")
    return [name for name, folded in names if wanted in folded][:25]


def all_active() -> list[str]:
    """Return the active dungeons' names in the order they are offered."""
    return list(Dungeon.objects.active().listed().values_list("name", flat=True))
