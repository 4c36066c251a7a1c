"""Who of ours is in voice and on the game server, and whether that is fresh enough to say so.

A look is written whole: what it does not name is over. So a gateway that resumes, begins anew or
has another leader needs nothing but the next look, and one that is cut off simply grows old.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import PlayerAlias, PlayerLink, User
from accounts.players import folded
from botworker.models import Delivery, Look, Place, Presence, State

# Older evidence is none.
VOICE_FRESH = timedelta(seconds=60)
SERVER_FRESH = timedelta(seconds=30)


@dataclass(frozen=True)
class Seen:
    """One account in a voice channel that counts, as the gateway says."""

    discord_id: int
    channel_id: int
    muted: bool = False
    deafened: bool = False


@dataclass(frozen=True)
class Evidence:
    """What is known at one instant; the two sets are empty where the look is not fresh."""

    voice_fresh: bool
    server_fresh: bool
    # Ids of users.
    in_voice: frozenset[int] = frozenset()
    on_server: frozenset[int] = frozenset()
    # How many there are, strangers included.
    voice_number: int = 0
    server_number: int = 0


def note_voice(seen: Iterable[Seen], *, at: datetime) -> bool:
    """Write down who is in voice at `at`; False for a look that is older than the last one.

    Only people with a linked player are written, the others counted.
    """
    found = {one.discord_id: one for one in seen}
    known = User.objects.linked().filter(discord__discord_id__in=found)
    people = {
        person: {
            "channel_id": found[discord_id].channel_id,
            "muted": found[discord_id].muted,
            "deafened": found[discord_id].deafened,
        }
        for person, discord_id in known.values_list("pk", "discord__discord_id")
    }
    return _note(Place.VOICE, people, len(found), at)


def note_server(names: Iterable[str], *, at: datetime) -> bool:
    """Write down who plays at `at`, by the names that the server gave; False as `note_voice`."""
    worn = list(names)
    people: dict[int, dict[str, Any]] = {person: {} for person in wearing(worn)}
    return _note(Place.SERVER, people, len(worn), at)


def wearing(names: Iterable[str]) -> frozenset[int]:
    """Return whom of ours these names mean, colours and capitals aside.

    A player's name of today goes before one that another player once wore. A name that two of
    ours share means neither of them.
    """
    wanted = {folded(name) for name in names} - {""}
    if not wanted:
        return frozenset()
    links = PlayerLink.objects.filter(user__is_active=True)
    today = links.values_list("player__name", "user_id")
    once = PlayerAlias.objects.filter(player__link__user__is_active=True)
    owners = _owners(once.values_list("name", "player__link__user_id")) | _owners(today)
    return frozenset(
        owner for name in wanted for owner in owners.get(name, ()) if len(owners[name]) == 1
    )


def _owners(rows: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, person in rows:
        found.setdefault(folded(name), set()).add(person)
    return found


@transaction.atomic
def _note(place: str, people: dict[int, dict[str, Any]], number: int, at: datetime) -> bool:
    look, new = Look.objects.select_for_update().get_or_create(place=place, defaults={"at": at})
    if not new and look.at > at:
        return False  # a bot that was stopped, or a leader of before, tells old news
    Look.objects.filter(place=place).update(at=at, number=number)
    there = {one.person_id: one for one in Presence.objects.filter(place=place)}
    gone = [one.pk for person, one in there.items() if person not in people]
    if gone:
        Presence.objects.filter(pk__in=gone).delete()
    Presence.objects.bulk_create(
        Presence(person_id=person, place=place, since=at, at=at, **facts)
        for person, facts in people.items()
        if person not in there
    )
    for person, facts in people.items():
        if person in there:
            _change(there[person], facts, at)
    return True


def _change(row: Presence, facts: dict[str, Any], at: datetime) -> None:
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if not changed:
        return
    moved = {"since": at} if "channel_id" in changed else {}
    Presence.objects.filter(pk=row.pk).update(at=at, **changed, **moved)


def evidence(*, at: datetime) -> Evidence:
    """Return what is known at an instant, in two queries."""
    looks = {look.place: look for look in Look.objects.all()}
    voice, server = looks.get(Place.VOICE), looks.get(Place.SERVER)
    voice_fresh = voice is not None and at - voice.at <= VOICE_FRESH
    server_fresh = server is not None and at - server.at <= SERVER_FRESH
    there = list(Presence.objects.values_list("place", "person_id"))
    return Evidence(
        voice_fresh=voice_fresh,
        server_fresh=server_fresh,
        in_voice=frozenset(who for place, who in there if voice_fresh and place == Place.VOICE),
        on_server=frozenset(who for place, who in there if server_fresh and place == Place.SERVER),
        voice_number=voice.number if voice and voice_fresh else 0,
        server_number=server.number if server and server_fresh else 0,
    )


def server_is_watched(*, at: datetime) -> bool:
    """Say whether somebody may be asked after the start, so that the server is worth asking.

    From the start to the end of the check, and only on an evening that was called.
    """
    if not (settings.VOICE_CHECK_ENABLED and settings.SERVER_CHECK_ENABLED):
        return False
    check = Delivery.objects.filter(
        event_key__startswith="PROMOTE:",
        kind="follow_up",
        due_at__lte=at + settings.VOICE_CHECK_DELAY,
        expires_at__gt=at,
    )
    return check.exclude(state=State.CANCELLED).exists()


def of_person(person: User) -> list[dict[str, Any]]:
    """Return where somebody is now, for their own export."""
    facts = ("place", "channel_id", "muted", "deafened", "since", "at")
    return list(Presence.objects.filter(person=person).order_by("place").values(*facts))


def forget(person: User) -> None:
    """Forget where somebody is; the next look does not write down whoever has no player."""
    Presence.objects.filter(person=person).delete()
