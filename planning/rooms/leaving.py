"""What rooms keep about a person: handed out to them, and forgotten.

Rooms, names, teams and drafts stay for the others: who has left is somebody who has left. What a
room still waits for from them (their vote, a wish about them, an offer) goes or ends.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import User
from planning.rooms.models import (
    Came,
    Draft,
    Lineup,
    Member,
    Name,
    Offer,
    Pick,
    Room,
    Team,
    Vote,
    Wish,
)
from slomix.lib import clock

Rows = list[dict[str, Any]]


def _rows(found: QuerySet[Any], *fields: str) -> Rows:
    return list(found.order_by("pk").values(*fields))


def rooms_of(person: User) -> Rows:
    """Return the rooms that somebody opened."""
    return _rows(Room.objects.filter(creator=person), "day", "opened_at")


def names_of(person: User) -> Rows:
    """Return the team names that somebody suggested."""
    return _rows(Name.objects.filter(person=person), "room__day", "text", "suggested_at")


def votes_of(person: User) -> Rows:
    """Return the names that somebody voted for."""
    return _rows(Vote.objects.filter(person=person), "room__day", "name__text", "voted_at")


def wishes_of(person: User) -> Rows:
    """Return the wishes that are about somebody or theirs; the other's name stays out."""
    mine = Wish.objects.filter(_about(person) | Q(by=person)).order_by("pk")
    return [
        {
            "room__day": wish.room.day,
            "kind": wish.kind,
            "made_at": wish.made_at,
            "about_you": person.pk in (wish.first_id, wish.second_id),
            "made_by_you": wish.by_id == person.pk,
        }
        for wish in mine.select_related("room")
    ]


def lineups_of(person: User) -> Rows:
    """Return the teams that somebody saved."""
    return _rows(Lineup.objects.filter(by=person), "room__day", "number", "saved_at", "how")


def teams_of(person: User) -> Rows:
    """Return where somebody was captain."""
    return _rows(Team.objects.filter(captain=person), "lineup__room__day", "lineup__number", "side")


def memberships_of(person: User) -> Rows:
    """Return the teams that somebody was in."""
    return _rows(
        Member.objects.filter(person=person),
        "lineup__room__day",
        "lineup__number",
        "team__side",
        "position",
    )


def drafts_of(person: User) -> Rows:
    """Return the drafts that somebody started or was captain in."""
    return [
        {
            **row,
            "started_by_you": row.pop("started_by") == person.pk,
            "captain": person.pk in (row.pop("captain_a"), row.pop("captain_b")),
        }
        for row in Draft.objects.filter(_in_draft(person))
        .order_by("pk")
        .values(
            *("room__day", "started_at", "ended_at", "outcome"),
            *("started_by", "captain_a", "captain_b"),
        )
    ]


def picks_of(person: User) -> Rows:
    """Return when somebody was picked."""
    return _rows(
        Pick.objects.filter(person=person),
        "draft__room__day",
        "number",
        "picked_at",
        "by_the_clock",
    )


def offers_of(person: User) -> Rows:
    """Return the places that somebody was offered, and their own that were."""
    mine = Offer.objects.filter(Q(person=person) | Q(instead_of=person)).order_by("pk")
    return [
        {
            **row,
            "offered_to_you": row.pop("person") == person.pk,
            "your_place": row.pop("instead_of") == person.pk,
        }
        for row in mine.values(
            *("room__day", "side", "offered_at", "expires_at", "state", "ended_at"),
            *("person", "instead_of"),
        )
    ]


def came_of(person: User) -> Rows:
    """Return the evenings of rooms on which somebody was in voice."""
    return _rows(Came.objects.filter(person=person), "room__day", "first_at", "last_at")


def _about(person: User) -> Q:
    return Q(first=person) | Q(second=person)


def _in_draft(person: User) -> Q:
    return Q(started_by=person) | Q(captain_a=person) | Q(captain_b=person)


def hold(at: datetime) -> None:
    """Let somebody's leaving and what happens in tonight's room take turns.

    A room's verbs hold it before anybody in it, so this comes before the person is held.
    """
    open_ones = Room.objects.filter(day__gte=clock.today(at)).order_by("pk")
    list(open_ones.select_for_update().values_list("pk"))


def forget_rooms(person: User, at: datetime) -> None:
    """Leave somebody's rooms without a creator; let every room that shows them notice."""
    shown = (
        Q(creator=person)
        | Q(pk__in=Name.objects.filter(person=person).values("room"))
        | Q(pk__in=Vote.objects.filter(person=person).values("room"))
        | Q(pk__in=Wish.objects.filter(_about(person)).values("room"))
        | Q(pk__in=Lineup.objects.filter(by=person).values("room"))
        | Q(pk__in=Member.objects.filter(person=person).values("lineup__room"))
        | Q(pk__in=Draft.objects.filter(_in_draft(person)).values("room"))
        | Q(pk__in=Pick.objects.filter(person=person).values("draft__room"))
        | Q(pk__in=Came.objects.filter(person=person).values("room"))
    )
    numbers = list(Room.objects.filter(shown).order_by("pk").values_list("pk", flat=True))
    # In one order, as two people may leave at the same instant.
    list(Room.objects.filter(pk__in=numbers).order_by("pk").select_for_update().values_list("pk"))
    Room.objects.filter(pk__in=numbers).update(version=F("version") + 1)
    Room.objects.filter(creator=person).update(creator=None)


def forget_names(person: User, at: datetime) -> None:
    """Keep a name, which belongs to the room and to its votes; not who suggested it."""
    Name.objects.filter(person=person).update(person=None)


def forget_votes(person: User, at: datetime) -> None:
    """Take somebody's votes back."""
    Vote.objects.filter(person=person).delete()


def forget_wishes(person: User, at: datetime) -> None:
    """Forget what was wished about somebody, and who wished something about others."""
    Wish.objects.filter(_about(person)).delete()
    Wish.objects.filter(by=person).update(by=None)


def forget_lineups(person: User, at: datetime) -> None:
    """Keep the teams, whole; not who saved them."""
    Lineup.objects.filter(by=person).update(by=None)


def forget_captaincies(person: User, at: datetime) -> None:
    """Leave somebody's teams without a captain."""
    Team.objects.filter(captain=person).update(captain=None)


def forget_memberships(person: User, at: datetime) -> None:
    """Leave a place in each of somebody's teams that is nobody's."""
    Member.objects.filter(person=person).update(person=None)


def forget_drafts(person: User, at: datetime) -> None:
    """Keep the drafts; not that somebody started them, or was captain."""
    Draft.objects.filter(started_by=person).update(started_by=None)
    Draft.objects.filter(captain_a=person).update(captain_a=None)
    Draft.objects.filter(captain_b=person).update(captain_b=None)


def forget_picks(person: User, at: datetime) -> None:
    """Keep that there was a pick; not who."""
    Pick.objects.filter(person=person).update(person=None)


def forget_offers(person: User, at: datetime) -> None:
    """End what is still offered to somebody, so that the next in line is asked; forget the rest."""
    mine = Offer.objects.filter(person=person)
    mine.filter(state=Offer.State.OPEN).update(state=Offer.State.DECLINED, ended_at=at)
    mine.update(person=None)
    Offer.objects.filter(instead_of=person).update(instead_of=None)


def forget_came(person: User, at: datetime) -> None:
    """Keep that somebody came; not who."""
    Came.objects.filter(person=person).update(person=None)
