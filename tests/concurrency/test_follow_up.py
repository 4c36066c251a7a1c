from collections import Counter
from datetime import timedelta

import pytest
from django.test import override_settings

from botworker import claims, outbox, presence
from botworker.models import Attempt, Delivery, Look, Presence
from botworker.presence import Seen
from promotions import actions, followup, jobs
from slomix.operations.owner import as_owner
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

KEY = "PROMOTE:FOLLOWUP:2026-11-20"
DAY = TONIGHT.date()
NOW = make.at("21:02")


@pytest.mark.postgresql
@override_settings(VOICE_CHECK_ENABLED=True, FOLLOWUP_CHANNEL_ID=1_098_116_459_156_865_024)
class FollowUpRaceTests(SlomixLiveTestCase):
    """What happens at 21:02 at the same instant, on a database where it really does."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        for job_id in jobs.due(make.at("21:00")):
            jobs.run(job_id, at=make.at("21:00"))
        Delivery.objects.exclude(event_key=KEY).update(state="sent", settled_at=TONIGHT)
        presence.note_voice([], at=NOW)

    @property
    def row(self) -> Delivery:
        return Delivery.objects.get(event_key=KEY)

    def test_a_press_and_a_drain_agree_on_who_was_first(self) -> None:
        """Either the request began before the press, or it does not begin before its new time."""
        for _round in range(10):
            with as_owner():  # whoever serves people never deletes one
                Attempt.objects.all().delete()
            Delivery.objects.filter(event_key=KEY).update(
                state="scheduled", due_at=NOW, next_at=NOW, lease_until=None, lease_owner=""
            )
            held = claims.claim("discord", at=NOW, owner="drain")

            def act(number: int, held: list[claims.Job] = held) -> int:
                if number:
                    return outbox.postpone(self.bor, DAY, make.at("21:10"), at=NOW)
                return len(claims.begin(held, at=NOW))

            began, put_off = together(2, act)

            self.assertEqual((began, put_off).count(1), 1, (began, put_off))
            state = ("sending", NOW) if began else ("scheduled", make.at("21:10"))
            self.assertEqual((self.row.state, self.row.due_at), state)

    def test_eight_workers_write_one_summary(self) -> None:
        Delivery.objects.filter(event_key=KEY).update(state="sent", settled_at=NOW)

        found = together(8, lambda _n: followup.summarize(at=NOW + timedelta(seconds=2)))

        self.assertFalse([one for one in found if isinstance(one, Exception)])
        self.assertEqual(Delivery.objects.filter(kind="summary").count(), 1)

    def test_two_leaders_at_once_leave_the_newest_look(self) -> None:
        """The one before was stopped and wakes up while the next one looks."""
        bor = self.bor.discord.discord_id

        def look(number: int) -> bool:
            seen = [Seen(bor, 7)] if number == 7 else []
            return presence.note_voice(seen, at=NOW + timedelta(seconds=number))

        found = together(8, look)

        self.assertFalse([one for one in found if isinstance(one, Exception)])
        self.assertEqual(Look.objects.get(place="voice").at, NOW + timedelta(seconds=7))
        self.assertEqual(Counter(Presence.objects.values_list("channel_id")), {(7,): 1})

    def test_the_first_looks_of_all_make_one_row(self) -> None:
        Look.objects.all().delete()

        found = together(8, lambda n: presence.note_server(["x"] * n, at=NOW))

        self.assertFalse([one for one in found if isinstance(one, Exception)])
        self.assertEqual(Look.objects.count(), 1)
