import json
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection

from botworker import claims, settling
from botworker.channels import Refusal, Said, Verdict
from botworker.models import Attempt, Delivery, State
from promotions import actions, jobs
from promotions.models import Campaign
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class EvidenceCase(SlomixTestCase):
    """Ana calls bor (looking) and dora (nobody asked her); cene is not linked."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        for who in (self.bor, self.dora):
            make.entry(who)

    def promote(self, *, dry_run: bool = False) -> Campaign:
        return actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=dry_run,
            at=TONIGHT,
        )

    def say(self, wall: str, *answers: Said | Refusal) -> None:
        at = self.travel(wall)
        for job_id in jobs.due(at):
            jobs.run(job_id, at=at)
        begun = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        said = answers or (Said(5, 9),) * len(begun)
        settling.settle(zip(begun, said, strict=True), at=at)

    def evidence(self, *wishes: str) -> str:
        out = StringIO()
        call_command("campaign_evidence", *(wishes or ("latest",)), stdout=out)
        return out.getvalue()

    def read(self, wanted: str = "latest") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.evidence(wanted, "--json"))
        return found

    def fails(self) -> str:
        errors = StringIO()
        with self.assertRaises(SystemExit) as ended:
            call_command("campaign_evidence", "latest", stdout=StringIO(), stderr=errors)
        self.assertEqual(ended.exception.code, 1)
        return errors.getvalue()


class EvidenceTests(EvidenceCase):
    def test_what_was_promised_is_the_sum_of_the_states(self) -> None:
        self.promote()
        self.say("20:45")

        found = self.read()

        self.assertEqual(found["promised"], 6)
        self.assertEqual(found["states"], {"sent": 1, "planned": 2, "suppressed": 3})
        self.assertTrue(found["holds"])

    def test_it_shows_jobs_and_every_try(self) -> None:
        self.promote()
        self.say("20:45", Refusal("too many requests", Verdict.TRANSIENT, wait=1))
        self.say("20:45:02")

        shown = self.evidence()

        self.assertIn("send_reminder_2045   due 2026-11-20 20:45:00.000, 1 runs, done", shown)
        self.assertIn("try 1 discord 2026-11-20 20:45:00.000", shown)
        self.assertIn("transient, too many requests", shown)
        self.assertIn("try 2 discord 2026-11-20 20:45:02.000", shown)
        self.assertIn("sent, message 9", shown)

    def test_nobody_is_named(self) -> None:
        self.promote()
        self.say("20:45")

        shown = self.evidence() + self.evidence("latest", "--json")

        for secret in (self.bor.name, self.ana.name, str(self.bor.discord.discord_id)):
            self.assertNotIn(secret, shown)
        self.assertNotIn(Delivery.objects.first().recipient, shown)  # type: ignore[union-attr]
        self.assertIn(f"person {self.bor.pk} ", shown)

    def test_a_dry_run_shows_its_rows(self) -> None:
        self.promote(dry_run=True)

        found = self.read()

        self.assertEqual(found["states"], {"suppressed": 6})
        reasons = {one["reason"] for one in found["deliveries"]}
        self.assertEqual(reasons, {"dry run", "not asked"})

    def test_a_number_names_a_call_and_latest_the_newest(self) -> None:
        first = self.promote(dry_run=True)
        second = self.promote()

        self.assertEqual(self.read(str(first.pk))["campaign"]["id"], first.pk)
        self.assertIn(self.read()["campaign"]["id"], (first.pk, second.pk))

    def test_a_call_that_does_not_exist_is_refused_in_words(self) -> None:
        for wanted in ("latest", "7", "seven", "9" * 30):
            with self.subTest(wanted), self.assertRaises(CommandError):
                self.evidence(wanted)


class FaultTests(EvidenceCase):
    """Each check is seen red once: the rows are spoiled by hand."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()
        self.say("20:45")
        self.reminder = Delivery.objects.get(kind="reminder", state=State.SENT)

    def spoil(self, **changes: Any) -> None:
        Delivery.objects.filter(pk=self.reminder.pk).update(**changes)

    def test_a_missing_row_is_named(self) -> None:
        self.spoil(recipient="person:somebody-else")

        self.assertIn("promised = sum of the states", self.fails())

    def test_a_message_before_its_time_is_named(self) -> None:
        Attempt.objects.update(started_at=make.at("20:44:59"))

        self.assertIn("nothing before its time", self.fails())

    def test_a_message_after_its_time_is_named(self) -> None:
        Attempt.objects.update(ended_at=make.at("20:57"))

        self.assertIn("nothing late", self.fails())

    def test_a_sent_row_without_proof_is_named(self) -> None:
        Attempt.objects.update(outcome=Attempt.Outcome.UNKNOWN)

        self.assertIn("one sent try for each sent delivery", self.fails())

    def test_a_row_that_nobody_settled_is_named(self) -> None:
        self.travel("21:30")

        self.assertIn("settled a minute after its deadline", self.fails())

    def test_a_gap_between_tries_is_named(self) -> None:
        Attempt.objects.update(n=2)

        self.assertIn("numbered without a gap", self.fails())

    def test_silence_without_a_reason_is_named(self) -> None:
        Delivery.objects.filter(state=State.SUPPRESSED).update(reason="")

        self.assertIn("whoever hears nothing has a reason", self.fails())


class SqlTests(EvidenceCase):
    """The three queries, run as they are printed."""

    def run_all(self) -> list[list[dict[str, Any]]]:
        found = []
        for query in self.evidence("latest", "--sql").split("\n\n"):
            with connection.cursor() as cursor:
                cursor.execute(query.rstrip(";"))
                columns = [column[0] for column in cursor.description]
                found.append([dict(zip(columns, row, strict=True)) for row in cursor])
        return found

    def test_they_show_the_call_its_jobs_and_its_messages(self) -> None:
        self.promote()
        self.say("20:45", Refusal("too many requests", Verdict.TRANSIENT, wait=1))
        self.say("20:45:02")

        [calls, job_rows, deliveries] = self.run_all()

        self.assertEqual([(one["status"], one["recipient_count"]) for one in calls], [("live", 1)])
        self.assertEqual([one["status"] for one in job_rows], ["done", "pending", "pending"])
        mine = [one for one in deliveries if one["user_id"] == self.bor.pk]
        self.assertEqual([one["status"] for one in mine], ["transient", "sent", None, None])
        self.assertEqual([one["message_id"] for one in mine], [None, 9, None, None])
        self.assertEqual(len(deliveries), 7)

    def test_a_dry_run_is_there_too(self) -> None:
        self.promote(dry_run=True)

        [calls, _jobs, deliveries] = self.run_all()

        self.assertEqual(calls[0]["status"], "dry run")
        self.assertEqual({one["state"] for one in deliveries}, {"suppressed"})
