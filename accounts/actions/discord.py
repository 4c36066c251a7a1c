"""Where Discord takes our messages for people, and where not."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import DiscordAccount


def remember_dm(discord_id: int, channel_id: int) -> None:
    """Keep the direct-message channel, so that the evening needs no call to open it."""
    DiscordAccount.objects.filter(discord_id=discord_id).update(dm_channel_id=channel_id)


def dm_refused(discord_id: int, reason: str, at: datetime) -> None:
    """Remember why Discord takes no messages for somebody, so that their own page can say it."""
    DiscordAccount.objects.filter(discord_id=discord_id).update(
        dm_refusal=reason[:64], dm_refused_at=at
    )


def dm_worked(discord_ids: Iterable[int]) -> None:
    """Forget earlier refusals: messages have arrived."""
    refused = DiscordAccount.objects.filter(discord_id__in=list(discord_ids)).exclude(dm_refusal="")
    refused.update(dm_refusal="", dm_refused_at=None)


def without_dm(limit: int) -> list[int]:
    """Return Discord ids of people who opted in and whose channel is not open yet."""
    waiting = DiscordAccount.objects.filter(
        dm_channel_id__isnull=True, user__preferences__allow_promotions=True
    )
    return list(waiting.order_by("pk").values_list("discord_id", flat=True)[:limit])
