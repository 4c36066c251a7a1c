"""Which servers we know."""

from accounts.models import Guild


def known() -> set[int]:
    """Return the Discord ids of the servers that we keep something of."""
    return set(Guild.objects.values_list("discord_id", flat=True))
