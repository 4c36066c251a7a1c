"""Who is in it: everybody answered, opted in and is signed in; the first one calls the others."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from slomix.lib import clock
from slomix.management import community
from tests import make
from tests.benchmarks import crowd, site
from tests.benchmarks.loading.parts import Night
from tests.benchmarks.loading.plan import Plan, Size


def gather(size: Size) -> list[User]:
    """Make the promoter and everybody who is called; all of them look for a game tonight."""
    promoter = make.person("the promoter", promoter=True)
    people = [promoter, *crowd.people(size.called)]
    with transaction.atomic():
        at = clock.now()
        for one in people[1:]:
            make.entry(one, day=clock.today(at), since=at - timedelta(minutes=5))
    return people


def plan(people: list[User], size: Size, night: Night, *, site: str, discord: str) -> Plan:
    """Tell the clients who is who, and when."""
    return Plan(
        site=site,
        discord=discord,
        channel=str(community.GAME_NIGHT_ID),
        day=clock.today(night.begins).isoformat(),
        begins=night.begins.timestamp(),
        promoted=night.promoted.timestamp(),
        seconds=size.seconds,
        answers=size.answers,
        pages=size.pages,
        people=signed_in(people),
    )


@transaction.atomic
def signed_in(people: list[User]) -> list[tuple[str, int]]:
    """Return everybody's cookie and Discord id."""
    return [(site.signed_in(one), one.discord.discord_id) for one in people]
