from datetime import time, timedelta

from django.test import override_settings

from accounts.models import AuditEntry
from botworker.models import Delivery
from promotions import actions, report
from promotions.models import Campaign, Job, Recipient
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class PromoteTests(SlomixTestCase):
    """ana calls; bor is looking and has asked for reminders."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)

    def promote(self, **changes: object) -> Campaign:
        facts = {"include_available": True, "include_maybe": False, "dry_run": False, "at": TONIGHT}
        return actions.promote(promoter=self.ana, **(facts | changes))  # type: ignore[arg-type]

    def states(self) -> set[tuple[str, str]]:
        return set(Delivery.objects.values_list("state", "reason"))

    def test_it_writes_the_call_its_jobs_and_its_promises_at_once(self) -> None:
        """W1: on a real database no call could ever be stored."""
        campaign = self.promote()

        kinds = {job.kind: job.run_at for job in campaign.jobs.all()}
        self.assertEqual(
            kinds,
            {
                Job.Kind.REMINDER: make.at("20:45"),
                Job.Kind.START: make.at("21:00"),
                Job.Kind.FOLLOW_UP: make.at("21:02"),
            },
        )
        self.assertEqual(self.states(), {("planned", "")})
        self.assertEqual(
            set(Delivery.objects.values_list("event_key", flat=True)),
            {f"PROMOTE:{what}:2026-11-20" for what in ("T-15", "T0", "FOLLOWUP")},
        )

    def test_it_skips_people_in_quiet_hours_with_the_reason(self) -> None:
        make.quiet(self.bor, "20:00", "23:00")

        campaign = self.promote()

        [left_out] = report.of(campaign, TONIGHT).left_out
        self.assertEqual(left_out.left_out, "Quiet hours")
        self.assertEqual(self.states(), {("suppressed", "quiet hours")})

    def test_quiet_hours_may_cover_the_reminder_alone(self) -> None:
        make.quiet(self.bor, "20:00", "20:58")

        [line] = report.of(self.promote(), TONIGHT).people

        states = [told.line.state for told in line.told]
        self.assertEqual(states, ["suppressed", "planned", "planned"])

    def test_it_reminds_nobody_who_did_not_ask(self) -> None:
        """W23: everybody with a player was reminded unless they found the way out."""
        shy = make.person("Shy")
        make.entry(shy)

        campaign = self.promote()

        reasons = {line.person: line.left_out for line in report.of(campaign, TONIGHT).left_out}
        self.assertEqual(reasons, {shy: "Has not asked for reminders"})

    def test_it_calls_those_who_are_free_only_if_the_promoter_says_so(self) -> None:
        free, perhaps, out = (
            make.person(name, opted_in=True) for name in ("Free", "Perhaps", "Out")
        )
        make.entry(free, "AVAILABLE")
        make.entry(perhaps, "MAYBE")
        make.entry(out, "NOT_PLAYING")

        for available, maybe, expected in (
            (False, False, {self.bor}),
            (True, False, {self.bor, free}),
            (True, True, {self.bor, free, perhaps}),
        ):
            seen = actions.preview(
                promoter=self.ana, include_available=available, include_maybe=maybe, at=TONIGHT
            )
            self.assertEqual({line.person for line in seen.will_hear}, expected)

    def test_what_the_preview_shows_is_what_is_promised(self) -> None:
        make.entry(make.person("Shy"))
        seen = actions.preview(
            promoter=self.ana, include_available=True, include_maybe=False, at=TONIGHT
        )

        campaign = self.promote()

        shown = {line.person.pk for line in seen.will_hear}
        called = Recipient.objects.filter(campaign=campaign, left_out="")
        self.assertEqual(shown, set(called.values_list("person_id", flat=True)))

    def test_a_call_that_cannot_be_written_whole_is_not_written(self) -> None:
        with (
            self.assertRaises(ValueError),
            override_settings(START_TIME=time(20, 30), REMINDER_TIME=time(20, 45)),
        ):
            self.promote()

        self.assertFalse(Campaign.objects.exists() or Recipient.objects.exists())

    def test_a_second_press_is_no_second_call(self) -> None:
        first = self.promote()

        with self.assertRaises(actions.AlreadyCalled) as refused:
            self.promote()

        self.assertEqual(refused.exception.campaign, first)
        self.assertEqual(Campaign.objects.count(), 1)

    def test_another_promoters_call_reminds_nobody_twice(self) -> None:
        """W17: a second call reached some people twice and passed others over."""
        other = make.person("Other", promoter=True)
        self.promote()

        second = actions.promote(
            promoter=other, include_available=True, include_maybe=False, dry_run=False, at=TONIGHT
        )

        self.assertEqual(Delivery.objects.filter(person=self.bor).count(), 3)
        self.assertEqual(report.of(second, TONIGHT).counts["waiting"], 3)

    @override_settings(PROMOTION_GLOBAL_COOLDOWN=True)
    def test_the_cooldown_refuses_another_promoters_call(self) -> None:
        other = make.person("Other", promoter=True)
        self.promote()

        with self.assertRaisesMessage(actions.AlreadyCalled, "Ana Dinamit"):
            actions.promote(
                promoter=other,
                include_available=True,
                include_maybe=False,
                dry_run=False,
                at=TONIGHT,
            )

    def test_a_dry_run_promises_nothing_and_takes_nobodys_place(self) -> None:
        """W16: a dry run wrote to people and took the evening's place."""
        dry = self.promote(dry_run=True)
        self.assertEqual(self.states(), {("suppressed", "dry run")})

        real = self.promote()

        self.assertEqual(report.of(dry, TONIGHT).counts["skipped"], 3)
        self.assertEqual(report.of(real, TONIGHT).counts["waiting"], 3)

    def test_only_promoters_call(self) -> None:
        for who in (self.bor, self.cene):
            with self.assertRaises(actions.NotAPromoter):
                actions.promote(
                    promoter=who,
                    include_available=True,
                    include_maybe=True,
                    dry_run=False,
                    at=TONIGHT,
                )
        self.assertFalse(Campaign.objects.exists())

    def test_a_late_call_says_only_what_is_still_worth_saying(self) -> None:
        """W15: after a late call everything went out at once, with the wrong words."""
        [line] = report.of(self.promote(at=make.at("20:58")), make.at("20:58")).people

        states = [told.line.state for told in line.told]
        self.assertEqual(states, ["suppressed", "planned", "planned"])

    def test_a_call_after_the_evening_is_refused(self) -> None:
        with self.assertRaisesMessage(actions.PromoteRefused, "too late"):
            self.promote(at=make.at("21:15"))
        self.assertFalse(Campaign.objects.exists())

    @override_settings(PROMOTION_ENABLED=False)
    def test_calls_can_be_switched_off(self) -> None:
        with self.assertRaisesMessage(actions.PromoteRefused, "switched off"):
            self.promote()

    def test_the_audit_counts_and_names_nobody(self) -> None:
        self.promote()

        entry = AuditEntry.objects.get(action="campaign_confirmed")
        self.assertEqual((entry.detail["called"], entry.detail["left_out"]), (1, 0))
        self.assertNotIn("Bor", str(entry.detail))

    def test_the_promise_is_cut_by_the_start_and_not_by_the_clock(self) -> None:
        self.promote()

        reminder = Delivery.objects.get(kind="reminder")
        start = Delivery.objects.get(kind="start")
        self.assertEqual(reminder.expires_at, make.at("20:57"))
        self.assertEqual(start.expires_at, make.at("21:10"))
        self.assertEqual(reminder.deadline_at, make.at("20:57") - timedelta(seconds=12))
