"""Two people say that a player is theirs."""

from accounts import actions
from accounts.models import AuditEntry, Contest, Player, PlayerLink, User
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

Proof = PlayerLink.Proof


class ContestTests(SlomixTestCase):
    """Cene says that he is Bor."""

    def contest(self) -> Contest:
        guid = self.bor.link.player.guid
        return actions.contest_player(person=self.cene, guid=guid, at=TONIGHT)

    def player_of(self, who: User) -> str:
        link = PlayerLink.objects.filter(user=who).first()
        return f"{link.player.name}, {link.proof}" if link else ""

    def test_the_claim_stays_until_a_promoter_decides(self) -> None:
        self.contest()

        self.assertEqual(self.player_of(self.bor), "Bazooka Bor, claimed")
        entry = AuditEntry.objects.get(action="player_contested")
        self.assertEqual((entry.actor, entry.subject), (self.cene, self.bor))

    def test_asking_twice_is_one_contest(self) -> None:
        self.assertEqual(self.contest(), self.contest())

    def test_a_promoter_moves_it(self) -> None:
        made = actions.add_newcomer(person=self.cene, name="Cene Novi", at=TONIGHT)

        actions.settle_contest(contest=self.contest(), moved=True, by=self.ana, at=TONIGHT)

        self.assertEqual(self.player_of(self.bor), "")
        self.assertEqual(self.player_of(self.cene), "Bazooka Bor, promoter")
        self.assertFalse(Player.objects.filter(pk=made.player_id).exists())

    def test_or_leaves_it_and_then_it_is_sure(self) -> None:
        actions.settle_contest(contest=self.contest(), moved=False, by=self.ana, at=TONIGHT)

        self.assertEqual(self.player_of(self.bor), "Bazooka Bor, promoter")
        self.assertEqual(AuditEntry.objects.get(action="contest_settled").actor, self.ana)

    def test_nobody_settles_what_they_are_a_side_of(self) -> None:
        User.objects.filter(pk=self.bor.pk).update(is_promoter=True)
        judge = User.objects.get(pk=self.bor.pk)

        with self.assertRaises(actions.ClaimRefused):
            actions.settle_contest(contest=self.contest(), moved=False, by=judge, at=TONIGHT)

    def test_nor_without_the_right(self) -> None:
        dora = make.person("Dora")

        with self.assertRaises(actions.NotAPromoter):
            actions.settle_contest(contest=self.contest(), moved=True, by=dora, at=TONIGHT)

    def test_it_is_settled_once(self) -> None:
        contest = self.contest()
        actions.settle_contest(contest=contest, moved=False, by=self.ana, at=TONIGHT)

        with self.assertRaises(actions.ClaimRefused):
            actions.settle_contest(contest=contest, moved=True, by=self.ana, at=TONIGHT)

    def test_a_challengers_code_is_their_proof_and_moves_nothing(self) -> None:
        contest = self.contest()
        guid = self.bor.link.player.guid
        code = actions.start_code(person=self.cene, guid=guid, at=TONIGHT).code

        seen = actions.codes_seen(names=[f"Bor-{code}"], at=TONIGHT)

        contest.refresh_from_db()
        self.assertEqual((contest.proof, [one.theirs for one in seen]), (Proof.CODE, [False]))
        self.assertEqual(self.player_of(self.bor), "Bazooka Bor, claimed")

    def test_what_is_proved_is_contested_with_better_proof_alone(self) -> None:
        actions.confirm_player(link=self.bor.link, by=self.ana, at=TONIGHT)
        with self.assertRaises(actions.ClaimRefused):
            self.contest()
        known = self.cene.discord.discord_id
        Player.objects.filter(pk=self.bor.link.player_id).update(imported_discord_id=known)

        self.assertEqual(self.contest().proof, Proof.IMPORTED)

    def test_ones_own_and_a_free_player_need_no_contest(self) -> None:
        for guid in (self.bor.link.player.guid, make.player("Frog").guid):
            with self.assertRaises(actions.ClaimRefused):
                actions.contest_player(person=self.bor, guid=guid, at=TONIGHT)

    def test_it_can_be_taken_back_by_who_opened_it(self) -> None:
        contest = self.contest()
        with self.assertRaises(actions.ClaimRefused):
            actions.withdraw_contest(contest=contest, person=self.bor, at=TONIGHT)

        actions.withdraw_contest(contest=contest, person=self.cene, at=TONIGHT)

        contest.refresh_from_db()
        self.assertEqual(contest.outcome, Contest.Outcome.WITHDRAWN)
