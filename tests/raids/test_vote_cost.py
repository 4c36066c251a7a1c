"""What a vote asks of the database: the same for the first of a raid and for the hundredth."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as people
from accounts.models import DiscordAccount, User
from availability.presses import Press, Presser
from availability.replies import Reply
from planning.raids import actions
from planning.raids.commands import common, voting
from planning.raids.commands.common import Where
from planning.raids.models import Raid, Vote
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import KAVARNA, RaidTestCase

FRIDAY, EIGHT = "Fri 27.11.", "20:00"


class VoteCostTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan(min_players=50)
        self.number = 0

    def choose(self, who: User, label: str, kind: str, server: int = KAVARNA) -> Reply:
        """Choose in the list below a raid, as Discord tells of it."""
        self.number += 1
        account = who.discord
        presser = Presser(account.discord_id, account.username, account.display_name, "")
        reply: Reply = common.run(
            Press(self.number, presser, TONIGHT),
            Where(server, "Kavarna"),
            voting.choose,
            raid=str(self.raid.pk),
            kind=kind,
            chosen=[str(self.option(self.raid, label).pk)],
        )
        return reply

    def asked(self, who: User) -> int:
        """Count what a vote asks that puts somebody into a slot."""
        self.choose(who, FRIDAY, "day")
        number = self.option(self.raid, EIGHT).pk
        with CaptureQueriesContext(connection) as asked:
            self.choose(who, EIGHT, "time")
        self.assertTrue(Vote.objects.filter(option=number, person=who).exists())
        # Finding out how the option is numbered is the test's own question.
        return len(asked) - 1

    def test_a_vote_costs_the_same_however_many_there_are(self) -> None:
        first = self.asked(self.bor)
        for _each in range(30):
            self.vote(self.raid, make.person(), [FRIDAY], [EIGHT])

        self.assertEqual(self.asked(self.cene), first)
        self.assertLessEqual(first, 17)

    def test_whoever_is_known_is_read_and_not_written(self) -> None:
        known = DiscordAccount.objects.get(user=self.bor)

        with CaptureQueriesContext(connection) as asked:
            self.meet(known)

        self.assertEqual([one["sql"].split()[0] for one in asked], ["SELECT"])

    def meet(self, known: DiscordAccount, **told: str) -> User:
        facts = {
            "username": known.username,
            "display_name": known.display_name,
            "avatar": known.avatar,
        }
        return people.meet(discord_id=known.discord_id, at=TONIGHT, **facts | told)

    def test_a_new_name_is_written_at_once_and_an_old_look_once_a_week(self) -> None:
        known = DiscordAccount.objects.get(user=self.bor)
        DiscordAccount.objects.update(refreshed_at=TONIGHT - timedelta(hours=1))

        self.meet(known, display_name="Bor the Bold")
        known.refresh_from_db()
        self.assertEqual((known.display_name, known.refreshed_at), ("Bor the Bold", TONIGHT))

        DiscordAccount.objects.update(refreshed_at=TONIGHT - timedelta(days=8))
        self.meet(known)
        known.refresh_from_db()
        self.assertEqual(known.refreshed_at, TONIGHT)

    def test_a_choice_of_another_server_or_of_another_list_is_refused(self) -> None:
        elsewhere = stage.server(KAVARNA + 100, "Drugje")

        there = self.choose(self.bor, FRIDAY, "day", server=elsewhere.discord_id)
        wrong = self.choose(self.bor, FRIDAY, "time")

        self.assertIn("no longer there", there.text)
        self.assertIn("is not among the choices", wrong.text)
        self.assertFalse(Vote.objects.exists())
        self.assertEqual(Raid.objects.get(pk=self.raid.pk).version, self.raid.version)

    def test_the_same_press_told_twice_counts_once(self) -> None:
        self.choose(self.bor, FRIDAY, "day")
        self.number -= 1
        again = self.choose(self.bor, FRIDAY, "day")

        self.assertIn("Your days: Fri 27", again.text)
        self.assertEqual(Vote.objects.count(), 1)

    def test_a_raid_that_ended_takes_no_choice(self) -> None:
        actions.cancel(raid_id=self.raid.pk, actor=self.admin, at=TONIGHT)

        self.assertIn("no longer there", self.choose(self.bor, FRIDAY, "day").text)
