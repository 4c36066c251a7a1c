"""While sending is on hold nothing goes out, and nothing is promised a second time afterwards."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command
from django.test import override_settings

from availability import prompts
from botworker import catching_up, claims, hold, outbox, sweep
from botworker.channels.memory import MemoryChannel
from botworker.drain import Drain
from botworker.models import Attempt, Change, Delivery, State
from promotions import actions, jobs
from slomix.lib import clock
from tests import make
from tests.cast import SlomixTestCase, without_the_check


class HoldTests(SlomixTestCase):
    def promise(self, key: str, due: str, *, channels: tuple[str, ...] = ("discord",)) -> Delivery:
        event = outbox.Event(key, "reminder", make.at(due), make.at(due) + timedelta(minutes=12))
        recipient = outbox.recipient_of(self.bor.discord.discord_id)
        rows = [[{"label": "In", "id": "dlv:{marker}:in", "style": 3}]]
        message = outbox.Message(recipient, "Živjo", self.bor.pk, channels, {"rows": rows})
        outbox.enqueue([message], event, at=clock.now(), planned=False)
        return Delivery.objects.get(event_key=key)

    def restored(self, taken: str, since: str) -> None:
        hold.after_restore(taken_at=make.at(taken), at=make.at(since))

    def hold_command(self, *words: str) -> dict[str, Any]:
        out = StringIO()
        call_command("hold", *words, "--json", stdout=out, stderr=StringIO())
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    def test_a_drain_says_nothing_and_lets_nothing_expire(self) -> None:
        row = self.promise("X", "20:45")
        hold.put_on(reason="by hand", at=clock.now())
        channel = MemoryChannel()

        for wall in ("20:45", "21:30"):
            self.travel(wall)
            async_to_sync(Drain(channel).step)()
            self.assertFalse(sweep.sweep(clock.now()))

        row.refresh_from_db()
        self.assertEqual((channel.said, row.state), ({}, State.SCHEDULED))

    def test_what_was_claimed_a_moment_before_is_handed_back(self) -> None:
        self.promise("X", "20:45")
        now = self.travel("20:45")
        claimed = claims.claim("discord", at=now, owner="a drain")
        hold.put_on(reason="by hand", at=now)

        self.assertEqual(claims.begin(claimed, at=now), [])

        self.assertEqual(Delivery.objects.get().state, State.SCHEDULED)
        self.assertFalse(Attempt.objects.exists())

    @without_the_check
    def test_jobs_wait_and_run_when_it_is_over(self) -> None:
        make.entry(self.bor)
        wishes: dict[str, Any] = {"include_available": True, "include_maybe": False}
        actions.promote(promoter=self.ana, at=clock.now(), dry_run=False, **wishes)
        self.travel("20:44")
        hold.put_on(reason="by hand", at=clock.now())
        self.assertEqual(jobs.due(clock.now()), [])

        self.hold_command("--release", "--yes")

        self.assertEqual(len(jobs.due(clock.now())), 1)

    def test_what_went_where_nobody_can_look_is_never_said_again(self) -> None:
        early = self.promise("A", "20:45", channels=("telegram",))
        later = self.promise("B", "21:00", channels=("telegram",))
        self.restored("20:40", "20:50")
        self.travel("20:51")

        found = self.hold_command("--release", "--yes")

        early.refresh_from_db()
        later.refresh_from_db()
        self.assertEqual((early.state, early.reason), (State.UNCONFIRMED, hold.PERHAPS_SAID))
        self.assertEqual(later.state, State.SCHEDULED)
        self.assertEqual(found["settled"], {"unconfirmed": 1})
        steps = Change.objects.filter(delivery=early).order_by("n").values_list("after", flat=True)
        self.assertEqual(list(steps), ["scheduled", "leased", "sending", "unconfirmed"])
        self.assertIsNone(hold.since())

    @override_settings(DISCORD_BOT_TOKEN="")
    def test_nothing_is_released_that_could_not_be_looked_for(self) -> None:
        row = self.promise("A", "20:45")
        self.restored("20:40", "20:50")
        self.travel("20:51")

        with self.assertRaisesRegex(CommandError, "1 messages could not be looked for"):
            self.hold_command("--release", "--yes")
        self.assertTrue(hold.since())

        self.hold_command("--release", "--yes", "--give-up")
        row.refresh_from_db()
        self.assertEqual(row.state, State.UNCONFIRMED)

    def test_nothing_is_released_without_being_asked(self) -> None:
        hold.put_on(reason="by hand", at=clock.now())

        with self.assertRaisesRegex(CommandError, "nobody to ask"):
            self.hold_command("--release")
        self.assertEqual(self.hold_command("--release", "--dry-run")["hold"]["reason"], "by hand")

        self.assertTrue(hold.since())

    def test_who_took_it_back_before_the_backup_may_have_been_told_after_it(self) -> None:
        """They said yes again after the backup, were told, and that is lost."""
        row = self.promise("A", "20:45", channels=("telegram",))
        reason = outbox.SAID_NO
        outbox.take_back(["A"], [self.bor.pk], reason=reason, at=make.at("20:30"))
        self.restored("20:40", "20:50")
        self.travel("20:51")
        self.hold_command("--release", "--yes")

        outbox.bring_back(["A"], [self.bor.pk], reason=reason, at=clock.now())

        row.refresh_from_db()
        self.assertEqual(row.state, State.UNCONFIRMED)

    def test_a_refusal_by_discord_leads_nowhere_that_cannot_be_read(self) -> None:
        """Refused at 20:45 it went to Telegram, and nobody knows that any more."""
        row = self.promise("A", "20:45", channels=("discord", "telegram"))
        self.restored("20:40", "20:50")
        [job] = catching_up.suspects(hold.row())  # type: ignore[arg-type]
        finding = catching_up.Finding(job, catching_up.Fate.ABSENT)

        done = catching_up.settle([finding], at=make.at("20:51"))

        row.refresh_from_db()
        self.assertEqual((done["to be said"], row.channels), (1, ["discord"]))

    def test_what_comes_late_from_the_time_in_between_is_promised_to_nobody(self) -> None:
        """The daily question of 16:00 was asked after the backup; its rows are lost."""
        make.person("Dora", allow_daily_prompt=True)
        self.restored("15:00", "16:20")
        hold.release(at=make.at("16:25"))
        self.travel("16:30")

        prompts.run(clock.now())

        [row] = Delivery.objects.filter(kind="daily_prompt")
        self.assertEqual((row.state, row.reason), (State.SUPPRESSED, hold.PERHAPS_SAID))

    def test_a_backup_taken_on_hold_carries_its_doubt_on(self) -> None:
        self.restored("15:00", "16:00")
        self.restored("17:00", "18:00")

        held = hold.row()

        assert held
        self.assertEqual((held.backup_at, held.since), (make.at("15:00"), make.at("18:00")))
