"""A club that is in no database, so that every part can be shown in every state. Pure."""

from datetime import date, datetime, timedelta

from accounts.models import DiscordAccount, Player, PlayerLink, Preferences, User
from availability.board import Day, build
from availability.models import Change, Door, Entry, Status

NAMES = (
    *("Čmrlj", "Žabar", "the_artist_formerly_known_as_Sgt_Pepperoni", "صقر الليل", "Jazbec"),
    *("ŠtefK", "n00dl3", "dr.Defib", "FieldOps Fani", "Goldrush Gregor", "🐝", "x", "mrzla.malca"),
    *("panzerknjigovodja", "Bazooka Bor", "Vesna.exe", "Raca na vodi", "W W W W W W W W W W W"),
)
VIEWER = 4  # Jazbec
OTHERS = (Status.AVAILABLE, Status.AVAILABLE, Status.MAYBE, Status.NOT_PLAYING)


def people() -> list[User]:
    """Return the club, first come first; none of them is stored."""
    return [_person(number, name) for number, name in enumerate(NAMES, 1)]


def _person(number: int, name: str) -> User:
    person = User(pk=number, username=f"sample{number}")
    Preferences(user=person)
    DiscordAccount(user=person, discord_id=number, username=f"sample{number}")
    PlayerLink(user=person, player=Player(pk=number, guid=f"{number:032X}", name=name))
    return person


def evening(looking: int, at: datetime, *, day: date, mine: str = "") -> Day:
    """Return an evening on which so many are looking and the rest said this and that.

    `mine` is the viewer's own answer; empty, and they have said nothing unless they are looking.
    """
    club = people()
    viewer = club[VIEWER]
    entries = []
    for place, person in enumerate(club):
        status = Status.LOOKING if place < looking else OTHERS[place % len(OTHERS)]
        if person is viewer:
            status = Status(mine) if mine else status
            if not mine and place >= looking:
                continue
        since = at - timedelta(minutes=11 * (len(club) - place))
        entries.append(Entry(pk=person.pk, person=person, day=day, status=status, since=since))
    return build(entries, first=day, last=day, viewer_id=viewer.pk, names=True)[day]


def history(at: datetime, day: date) -> list[Change]:
    """Return how somebody's answer came about, the newest change first; none of it is stored."""
    said = [
        Change(pk=1, at=at, day=day, door=Door.PATTERN, after=Status.MAYBE),
        Change(pk=2, at=at, day=day, door=Door.DISCORD, after=Status.NOT_PLAYING),
        Change(pk=3, at=at, day=day, door=Door.WEB, after=Status.MAYBE, undoes_id=2),
        Change(pk=4, at=at, day=day, door=Door.WEB, after=Status.LOOKING, after_late=at),
    ]
    return said[::-1]
