"""The Discord ids of a run's people; no Django is needed to know them."""

FIRST_ID = 400_000_000_000_000_000


def discord_ids(number: int) -> list[int]:
    """Return that many ids."""
    return [FIRST_ID + place for place in range(number)]
