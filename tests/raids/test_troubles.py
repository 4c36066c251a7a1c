"""/settings names what Discord does not take, where, and why, in the reader's language."""

from django.utils import translation

from botworker import tracked_moves
from botworker.models import Tracked
from planning.raids import keys
from planning.raids.commands import troubles
from planning.raids.posts import keeping, names
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import KAVARNA, PARTICIPANTS, PLANNER, RaidTestCase


class TroubleTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan(min_players=1)
        self.vote(self.raid, self.bor, ["Fri 27.11."], ["20:00"])
        keeping.Keeping().look(TONIGHT)

    def fails(self, key: str, why: str) -> None:
        self.assertTrue(Tracked.objects.filter(key=key).update(error=why))

    def slot(self) -> str:
        found = Tracked.objects.get(kind="raid_slot")
        self.assertEqual(names.raid_of(found.key), self.raid.pk)
        return found.key

    def test_it_names_the_channel_of_the_vote_and_of_a_slot(self) -> None:
        self.fails(keys.planner(self.raid.pk), "the bot may not write here")
        self.fails(self.slot(), "the channel is gone")

        self.assertEqual(
            troubles.of_guild(self.guild),
            [
                f"⚠️ Discord refuses in <#{PLANNER}>: the bot may not write here.",
                f"⚠️ Discord refuses in <#{PARTICIPANTS}>: the channel is gone.",
            ],
        )

    def test_it_speaks_the_readers_language(self) -> None:
        self.fails(keys.planner(self.raid.pk), "Discord had trouble")

        with translation.override("sl"):
            [line] = troubles.of_guild(self.guild)

        self.assertIn("Discord je imel težave", line)
        self.assertIn(f"<#{PLANNER}>", line)

    def test_a_reason_without_words_is_no_english_in_between(self) -> None:
        self.fails(keys.planner(self.raid.pk), "a mistake of ours (50035)")

        [line] = troubles.of_guild(self.guild)

        self.assertIn("Discord did not take it", line)

    def test_another_servers_trouble_is_not_told(self) -> None:
        other = stage.server(KAVARNA + 100, "Drugje")
        self.fails(keys.planner(self.raid.pk), "the channel is gone")

        self.assertEqual(troubles.of_guild(other), [])

    def test_what_works_is_not_mentioned(self) -> None:
        self.assertTrue(tracked_moves.kept(keeping.KINDS))
        self.assertEqual(troubles.of_guild(self.guild), [])
