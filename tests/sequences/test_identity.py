from accounts import actions as people
from accounts.models import PlayerLink, User
from botworker.channels import Refusal, Verdict
from botworker.models import Delivery
from slomix import person
from slomix.lib import clock
from tests import make
from tests.sequences.stage import BOTH, Evening


class RelinkTests(Evening):
    """Who somebody is in the game may change; the Discord account is the person."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()

    def test_another_player_is_the_same_person(self) -> None:
        self.tick("20:43", "20:45")
        people.link_player(person=self.bor, guid=make.player("New").guid, at=self.travel("20:50"))

        self.tick("21:00", "21:05")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_without_a_player_nothing_is_said(self) -> None:
        PlayerLink.objects.filter(user=self.bor).delete()

        self.evening()

        self.assertEqual(self.heard(self.bor), {})
        self.assertEqual(self.reasons(self.bor)["reminder"], "not linked")

    def test_linked_again_in_time_they_hear_what_is_still_ahead(self) -> None:
        guid = self.bor.link.player.guid
        PlayerLink.objects.filter(user=self.bor).delete()
        self.tick("20:43", "20:45")
        people.link_player(person=self.bor, guid=guid, at=self.travel("20:50"))

        self.tick("20:51", "21:00")

        self.assertEqual(self.heard(self.bor), {"start": 1})


class ErasedTests(Evening):
    """Somebody leaves for good and comes back with the same Discord account the same evening."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()
        self.discord_id = self.bor.discord.discord_id

    def erase(self) -> None:
        at = clock.now()
        person.erase(person=self.bor, at=at, signed_in_at=at)

    def come_back(self, wall: str) -> None:
        at = self.travel(wall)
        again = people.meet(
            discord_id=self.discord_id, username="bor", display_name="", avatar="", at=at
        )
        people.link_player(person=again, guid=make.player("Again").guid, at=at)
        again = User.objects.with_identity().get(pk=again.pk)
        self.opt(again, True, wall)
        self.answer(again, "LOOKING", wall)
        self.promote(self.eva, wall)

    def test_the_ledger_keeps_its_rows_without_the_person(self) -> None:
        self.tick("20:43", "20:45")

        self.erase()

        rows = Delivery.objects.filter(kind="reminder", recipient__startswith="person:")
        self.assertEqual([(row.state, row.person_id) for row in rows], [("sent", None)])

    def test_nothing_is_said_to_somebody_who_is_gone(self) -> None:
        self.erase()

        self.evening()

        self.assertEqual(self.heard_by(self.discord_id), {})

    def test_a_new_login_does_not_hear_the_same_again(self) -> None:
        self.tick("20:43", "20:45")
        self.erase()
        self.come_back("20:47")

        self.tick("20:48", "20:50", "21:00", "21:05")

        self.assertEqual(self.heard_by(self.discord_id)["reminder"], 1)

    def test_what_nobody_knew_when_they_left_is_not_said_again(self) -> None:
        self.tick("20:43")
        at = self.travel("20:45")
        begun = self.begin(self.claim(at), at)
        self.send(begun, at)
        self.settle([(job, Refusal("broke", Verdict.UNKNOWN)) for job in begun], at)
        self.erase()
        self.provider.blind = True
        self.tick("20:45:10")
        self.provider.blind = False
        self.come_back("20:47")

        self.tick("20:48", "20:50")

        self.assertEqual(self.heard_by(self.discord_id), {"reminder": 1})
