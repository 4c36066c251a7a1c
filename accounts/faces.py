"""What of a person a page shows to others."""

from typing import NamedTuple

from accounts.models import User


class Face(NamedTuple):
    """A name and what a face is drawn of; two are equal only when they look the same."""

    pk: int
    name: str
    discord_id: int | None
    avatar: str


def of(person: User) -> Face:
    """Return what others see of somebody; asks nothing where the identity was fetched."""
    account = getattr(person, "discord", None)
    number, avatar = (account.discord_id, account.avatar) if account else (None, "")
    return Face(person.pk, person.name, number, avatar)
