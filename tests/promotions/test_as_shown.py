"""What the preview shows is what is sent, but for what people change in between."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Preferences, User
from availability import actions as evenings
from availability.models import Status
from botworker import claims
from promotions import actions, jobs
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

Heard = set[tuple[int, str]]
# When a drain and the worker look, in the order of the evening.
LOOKS = ("20:43", "20:45:05", "20:50:30", "20:56", "20:58:30", "21:00:05", "21:05:30", "21:09")
SILENCING = ("no", "off", "quiet")


@dataclass(frozen=True)
class Somebody:
    """One person of a random evening, and what they change after the call."""

    status: str
    opted_in: bool
    linked: bool
    quiet: tuple[str, str] | None
    change: str


PEOPLE = st.lists(
    st.builds(
        Somebody,
        status=st.sampled_from(["", *Status.values]),
        opted_in=st.sampled_from([True, True, False]),
        linked=st.sampled_from([True, True, True, False]),
        quiet=st.sampled_from(
            [
                None,
                None,
                ("20:00", "23:00"),
                ("20:40", "20:50"),
                ("20:55", "21:05"),
                ("22:00", "08:00"),
            ]
        ),
        change=st.sampled_from(["", "", *SILENCING, "looking"]),
    ),
    max_size=5,
)
SMALL = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MANY = settings(SMALL, max_examples=40)
WALLS = ["19:30", "20:44:50", "20:50", "20:56:35", "20:56:40", "20:58", "21:04"]
MOMENTS = st.sampled_from(WALLS)


class AsShownTests(SlomixTestCase):
    def test_what_is_shown_is_what_is_sent(self) -> None:
        self.evenings(SMALL)

    @pytest.mark.slow
    def test_so_it_is_on_many_evenings(self) -> None:
        self.evenings(MANY)

    def evenings(self, profile: settings) -> None:
        @profile
        @given(club=PEOPLE, wall=MOMENTS, available=st.booleans(), maybe=st.booleans())
        def evening(club: list[Somebody], wall: str, available: bool, maybe: bool) -> None:
            with transaction.atomic():
                self.play(club, make.at(wall), available=available, maybe=maybe)
                transaction.set_rollback(True)

        evening()

    def play(self, club: list[Somebody], at: datetime, *, available: bool, maybe: bool) -> None:
        people = [(self.arrive(one), one) for one in club]
        seen = actions.preview(
            promoter=self.ana, include_available=available, include_maybe=maybe, at=at
        )
        shown = {(line.person.pk, kind) for line in seen.will_hear for kind in line.choice.said}
        names = {line.person.pk for line in (*seen.will_hear, *seen.left_out)}

        actions.promote(
            promoter=self.ana,
            include_available=available,
            include_maybe=maybe,
            dry_run=False,
            at=at,
        )
        for person, one in people:
            self.change(person, one, at + timedelta(seconds=1))

        silenced = {person.pk for person, one in people if one.change in SILENCING}
        expected = {(pk, kind) for pk, kind in shown if pk not in silenced}
        self.assertEqual(self.sent_after(at), expected)
        self.assertEqual(names, self.asked_for(people, available=available, maybe=maybe))

    def arrive(self, one: Somebody) -> User:
        person = make.person(opted_in=one.opted_in, linked=one.linked)
        if one.quiet:
            make.quiet(person, *one.quiet)
        if one.status:
            make.entry(person, one.status)
        return User.objects.with_identity().get(pk=person.pk)

    def change(self, person: User, one: Somebody, at: datetime) -> None:
        if one.change == "off":
            Preferences.objects.filter(user=person).update(allow_promotions=False)
        elif one.change == "quiet":
            make.quiet(person, "20:00", "23:00")
        elif one.change and one.linked:
            status = Status.NOT_PLAYING if one.change == "no" else Status.LOOKING
            evenings.answer(person=person, day=TONIGHT.date(), status=status, at=at)

    def sent_after(self, at: datetime) -> Heard:
        heard: list[tuple[int, str]] = []
        looks = [at + timedelta(seconds=8), *(make.at(wall) for wall in LOOKS)]
        for look in sorted(one for one in looks if one > at + timedelta(seconds=1)):
            for job in jobs.due(look):
                jobs.run(job, at=look)
            begun = claims.begin(claims.claim("discord", at=look, owner="drain"), at=look)
            heard += [(job.person_id or 0, job.kind) for job in begun]
        self.assertEqual(len(heard), len(set(heard)), "somebody was told twice")
        return set(heard)

    def asked_for(
        self, people: list[tuple[User, Somebody]], *, available: bool, maybe: bool
    ) -> set[int]:
        """Name everybody the call is for: each is shown, on one side or the other."""
        fits = {"LOOKING": True, "AVAILABLE": available, "MAYBE": maybe}
        return {person.pk for person, one in people if fits.get(one.status)}
