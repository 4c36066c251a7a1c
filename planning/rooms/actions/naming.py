"""Team names: suggest one, vote, take it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from availability.models import Door
from planning.rooms import names
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.refusals import NotTheirs, Refused
from planning.rooms.models import Name, Room, Vote

# More from one person is a joke that the others have to scroll over.
MOST_OF_ONE = 5


class NameRefused(Refused):
    """The name cannot be taken, or cannot go."""


class NameTaken(NameRefused):
    """One that looks the same is there already: `name`."""

    def __init__(self, name: Name) -> None:
        words = _("%(name)s is already there. Vote for it instead?")
        super().__init__(words % {"name": name.text})
        self.name = name


class NoSuchName(NameRefused):
    """There is no such name in this room."""

    def __init__(self) -> None:
        super().__init__(_("There is no such name in tonight’s room. Look at the names again."))


@transaction.atomic
def suggest(*, person: User, text: str, at: datetime, door: str = Door.WEB) -> Name:
    """Suggest a team name of 2 to 48 characters; it has the vote of whoever suggests it.

    What nobody sees (control characters, zero width, changes of direction) is left out. Raises
    NotLinked, NoRoom, RoomClosed, NameTaken for one that looks like another, and NameRefused.
    """
    room = opening.enter(person, at)
    try:
        name = names.clean(text)
    except names.Unfit as unfit:
        raise NameRefused(_("A team name has 2 to 48 characters.")) from unfit
    folded = names.fold(name)
    there = Name.objects.filter(room=room, folded=folded).first()
    if there:
        raise NameTaken(there)
    if Name.objects.filter(room=room, person=person).count() >= MOST_OF_ONE:
        raise NameRefused(
            _("You suggested %(n)d names already. Take one back first.") % {"n": MOST_OF_ONE}
        )
    made = Name.objects.create(room=room, person=person, text=name, folded=folded, suggested_at=at)
    _vote(room, person, made, at)
    return made


@transaction.atomic
def vote(*, person: User, name_id: int, at: datetime, door: str = Door.WEB) -> Vote:
    """Vote for a name of tonight's room; of each person the last vote is the one that counts.

    Raises NotLinked, NoRoom, RoomClosed, and NoSuchName, also for a name of another room.
    """
    room = opening.enter(person, at)
    name = _name(room, name_id)
    mine = Vote.objects.filter(room=room, person=person).first()
    if mine and mine.name_id == name.pk:
        return mine
    return _vote(room, person, name, at)


def _vote(room: Room, person: User, name: Name, at: datetime) -> Vote:
    cast, _created = Vote.objects.update_or_create(
        room=room, person=person, defaults={"name": name, "voted_at": at}
    )
    opening.touch(room)
    return cast


@transaction.atomic
def take_back_vote(*, person: User, at: datetime, door: str = Door.WEB) -> bool:
    """Take one's vote back; says whether there was one. Raises NotLinked, NoRoom, RoomClosed."""
    room = opening.enter(person, at)
    gone, _what = Vote.objects.filter(room=room, person=person).delete()
    if gone:
        opening.touch(room)
    return gone > 0


@transaction.atomic
def withdraw_name(*, person: User, name_id: int, at: datetime, door: str = Door.WEB) -> None:
    """Take a name out: one's own while nobody else voted for it; editors take out any, with a note.

    Votes for it go with it. Raises NotLinked, NoRoom, RoomClosed, NoSuchName, NotTheirs, and
    NameRefused where others voted.
    """
    room = opening.enter(person, at)
    name = _name(room, name_id)
    editor = lineups.edits(person, room)
    if name.person_id != person.pk and not editor:
        raise NotTheirs(_("Only whoever suggested a name or a promoter can take it out."))
    others = Vote.objects.filter(name=name).exclude(person=person).count()
    if others and not editor:
        raise NameRefused(_("Others have voted for it, so it stays."))
    name.delete()
    opening.touch(room)
    if editor and (others or name.person_id != person.pk):
        AuditEntry.write(
            "name_withdrawn", at=at, actor=person, door=door, room=room.pk, votes=others
        )


def _name(room: Room, name_id: int) -> Name:
    # A number that no row can have is no name either.
    found = Name.objects.filter(room=room, pk=name_id).first() if 0 < name_id < 2**63 else None
    if found is None:
        raise NoSuchName
    return found
