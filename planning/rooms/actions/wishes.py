"""Who would like to play together, or apart; `teams.balance` keeps as many wishes as it can."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability.models import Door
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.refusals import NotTheirs, Refused
from planning.rooms.models import Room, Wish

# More about oneself would leave one split.
MOST_OF_ONE = 3


class WishRefused(Refused):
    """This is no wish that can be taken."""


@transaction.atomic
def wish(
    *, person: User, first: int, second: int, kind: str, at: datetime, door: str = Door.WEB
) -> Wish:
    """Wish that two people of tonight's room play together, or apart.

    Everybody may say it of themselves and somebody else, editors of any two. A pair has one wish:
    the last one said. Raises NotLinked, NoRoom, RoomClosed, NotTheirs, WishRefused.
    """
    room = opening.enter(person, at)
    _check(person, room, first, second)
    if kind not in Wish.Kind.values:
        raise WishRefused(_("Two people play together or apart. Choose one of them."))
    if not {first, second} <= lineups.participants(room.day):
        raise WishRefused(_("Both have to be in the room. Choose two who are."))
    pair = _pair(first, second)
    mine = Wish.objects.filter(room=room, by=person).exclude(**pair).count()
    if mine >= MOST_OF_ONE and not lineups.edits(person, room):
        words = _("You have %(n)d wishes already. Take one back first.")
        raise WishRefused(words % {"n": MOST_OF_ONE})
    made, _created = Wish.objects.update_or_create(
        room=room,
        first_id=pair["first_id"],
        second_id=pair["second_id"],
        defaults={"kind": kind, "by": person, "made_at": at},
    )
    opening.touch(room)
    return made


@transaction.atomic
def unwish(*, person: User, first: int, second: int, at: datetime, door: str = Door.WEB) -> bool:
    """Take a wish about two people back; says whether there was one.

    Whoever made it may, either of the two, and editors. Raises NotLinked, NoRoom, RoomClosed,
    NotTheirs, WishRefused.
    """
    room = opening.enter(person, at)
    there = Wish.objects.filter(room=room, **_pair(first, second)).first()
    if there is None:
        return False
    if there.by_id != person.pk:
        _check(person, room, first, second)
    there.delete()
    opening.touch(room)
    return True


def _check(person: User, room: Room, first: int, second: int) -> None:
    if first == second:
        raise WishRefused(_("A wish is about two people. Choose two."))
    if person.pk not in (first, second) and not lineups.edits(person, room):
        raise NotTheirs(_("A wish is about yourself and somebody else."))


def _pair(first: int, second: int) -> dict[str, int]:
    return {"first_id": min(first, second), "second_id": max(first, second)}
