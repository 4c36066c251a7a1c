"""What is said through Discord is there for every other door, on either side of midnight."""

from datetime import timedelta

from availability import presses, queries
from availability.models import Change, Entry
from availability.presses import Press, Presser
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()


class StoredTests(SlomixTestCase):
    def press(self, verb: str, wall: str, day: str = "20261120") -> presses.Reply:
        account = self.bor.discord
        who = Presser(account.discord_id, account.username, account.display_name, "")
        number = int(wall.replace(":", "") + day)
        return presses.on_post(Press(number, who, self.travel(wall)), day=day, verb=verb)

    def test_a_press_in_discord_is_stored_with_its_instant_and_counted(self) -> None:
        """W2: what people said in Discord was never stored; a time with a zone met a column without."""
        at = self.travel("19:45:30")

        self.press("looking", "19:45:30")

        entry = Entry.objects.get()
        self.assertEqual((entry.status, entry.door, entry.since), ("LOOKING", "discord", at))
        self.assertEqual(Change.objects.get().at, at)
        self.assertEqual(queries.counts(TODAY, TODAY)[TODAY].looking, 1)

    def test_the_day_ends_for_every_door_at_the_evenings_midnight(self) -> None:
        self.assertFalse(self.press("looking", "23:59:59").refused)

        last = make.at("23:59:59")
        self.assertEqual(queries.horizon(last)[0], TODAY)
        self.assertEqual(queries.horizon(last + timedelta(seconds=1))[0], TODAY + timedelta(days=1))

    def test_a_press_that_says_aloud_what_is_usual_counts(self) -> None:
        from availability import actions

        actions.set_pattern(person=self.bor, week={TODAY.weekday(): "LOOKING"}, at=TONIGHT)

        reply = self.press("looking", "19:50")

        self.assertFalse(reply.refused)
        self.assertEqual(Entry.objects.get(day=TODAY).door, "discord")
