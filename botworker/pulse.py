"""Signs of life of the long-running parts, for health pages and the demo."""

from datetime import datetime

from botworker.models import PartPulse
from slomix.lib import clock


def beat(part: str, detail: str = "") -> None:
    """Write that a part is alive now."""
    PartPulse.objects.update_or_create(
        part=part, defaults={"at": clock.now(), "detail": detail[:120]}
    )


def last(part: str) -> datetime | None:
    """Return when a part was last alive, or None if it never was."""
    return PartPulse.objects.filter(part=part).values_list("at", flat=True).first()


def detail(part: str) -> str:
    """Return what a part said of itself the last time."""
    return PartPulse.objects.filter(part=part).values_list("detail", flat=True).first() or ""
