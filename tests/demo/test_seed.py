"""The demo community comes in once, and goes on where it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.models import DiscordAccount, Player, PlayerLink, Preferences, User
from availability import queries
from availability.models import Entry
from slomix.lib import clock
from slomix.management import community
from slomix.management.demo.seed import AHEAD, seed
from tests.make import TONIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let everybody come in once; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(TONIGHT, tick=False):
            seed(TONIGHT)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    with time_machine.travel(TONIGHT, tick=False):
        yield


def test_twenty_people_have_a_player_and_four_may_choose_one() -> None:
    assert User.objects.linked().count() == 20
    assert Player.objects.filter(link__isnull=True).count() == 4


def test_nobody_who_is_not_linked_has_been_here() -> None:
    newcomers = [one.discord_id for one in community.MEMBERS if not one.linked]

    assert not DiscordAccount.objects.filter(discord_id__in=newcomers).exists()


def test_tonight_lacks_two_players() -> None:
    counts = queries.counts(TONIGHT.date(), TONIGHT.date())[TONIGHT.date()]

    assert counts.looking == 4
    assert counts.available >= 5


def test_every_coming_day_has_answers() -> None:
    days = [TONIGHT.date() + timedelta(days=ahead) for ahead in range(AHEAD + 1)]

    assert set(queries.counts(days[0], days[-1])) == set(days)


def test_wishes_are_of_several_kinds() -> None:
    wishes = Preferences.objects

    assert wishes.filter(allow_promotions=True).count() >= 12
    assert wishes.filter(allow_promotions=False, asked_at__isnull=False).exists()
    assert wishes.filter(asked_at__isnull=True).exists()
    assert wishes.filter(quiet_start__isnull=False).count() >= 5
    assert wishes.values("timezone").distinct().count() >= 5


def test_answers_are_older_than_now_and_of_today() -> None:
    since = Entry.objects.on(TONIGHT.date()).values_list("since", flat=True)

    assert all(clock.today(at) == TONIGHT.date() and at <= TONIGHT for at in since)


def test_a_second_start_changes_nothing() -> None:
    link = PlayerLink.objects.order_by("pk").first()
    assert link is not None
    Entry.objects.filter(person=link.user).delete()
    before = Entry.objects.count()

    assert seed(TONIGHT) == 0
    assert (User.objects.count(), Entry.objects.count()) == (20, before)


def test_a_new_day_is_filled_and_the_old_ones_stay() -> None:
    tomorrow = TONIGHT + timedelta(days=1)

    assert seed(tomorrow) > 0
    assert set(Entry.objects.values_list("day", flat=True)) == {
        TONIGHT.date() + timedelta(days=ahead) for ahead in range(AHEAD + 2)
    }


def test_somebody_who_unlinked_is_left_alone() -> None:
    PlayerLink.objects.filter(player__name="p0lnočni").delete()

    seed(TONIGHT + timedelta(days=1))

    assert User.objects.linked().count() == 19
