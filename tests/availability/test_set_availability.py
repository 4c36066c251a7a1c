"""An operator answers for somebody; the person sees that it was not they."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from availability.models import Change, Entry
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()


class CommandTests(SlomixTestCase):
    def run_it(self, *words: str) -> str:
        said = StringIO()
        call_command("set_availability", *words, stdout=said)
        return said.getvalue().strip()

    def test_a_player_is_found_by_name_guid_or_discord_id(self) -> None:
        known = (
            "bazooka bor",
            self.bor.link.player.guid.lower(),
            str(self.bor.discord.discord_id),
        )
        for number, (text, status) in enumerate(
            zip(known, ("looking", "maybe", "not-playing"), strict=True)
        ):
            said = self.run_it(text, "tomorrow", status)
            self.assertIn("Bazooka Bor on 2026-11-21", said)
            self.assertEqual(Change.objects.count(), number + 1)
        entry = Entry.objects.get(person=self.bor)
        self.assertEqual((entry.status, entry.door), ("NOT_PLAYING", "admin"))
        self.assertEqual(entry.day, TODAY + timedelta(days=1))

    def test_an_answer_can_be_cleared(self) -> None:
        make.entry(self.bor)

        self.assertIn("no answer", self.run_it("Bazooka Bor", "today", "clear"))

        self.assertFalse(Entry.objects.exists())

    def test_it_is_written_down_for_the_person_and_for_the_operators(self) -> None:
        self.run_it("Bazooka Bor", "today", "looking")
        self.run_it("Bazooka Bor", "tomorrow", "maybe", "--by", "Ana Dinamit")

        written = AuditEntry.objects.filter(action="answered_for", subject=self.bor)
        facts = [(one.actor, one.door) for one in written.order_by("pk")]
        self.assertEqual(facts, [(None, "command"), (self.ana, "command")])
        self.assertEqual(
            [one.by for one in Change.objects.order_by("pk")],
            [None, self.ana],
        )

    def test_only_who_may_is_named_as_having_said_it(self) -> None:
        with self.assertRaisesMessage(CommandError, "Only promoters and admins"):
            self.run_it("Ana Dinamit", "today", "looking", "--by", "Bazooka Bor")

        self.assertFalse(Entry.objects.exists())

    def test_what_it_does_not_know_is_said_and_changes_nothing(self) -> None:
        make.person("Twin")
        make.person("twin")
        for words, why in (
            (("Nobody", "today", "looking"), "Nobody plays as"),
            (("Twin", "today", "looking"), "Several people play as"),
            (("\0", "today", "looking"), "Nobody plays as"),
            (("9" * 30, "today", "looking"), "Nobody plays as"),
            (("Bazooka Bor", "2026-02-29", "looking"), "do not know the day"),
            (("Bazooka Bor", "yesterday", "looking"), "do not know the day"),
            (("Bazooka Bor", "2026-11-19", "looking"), "is over"),
            (("Bazooka Bor", "today", "perhaps"), "is not an answer"),
            (("Bazooka Bor", "today", ""), "is not an answer"),
        ):
            with self.assertRaisesMessage(CommandError, why):
                self.run_it(*words)
        self.assertFalse(Entry.objects.exists())
