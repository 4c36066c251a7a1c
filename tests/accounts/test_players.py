"""Which player somebody is, and how sure that is."""

from accounts import actions, codes
from accounts.models import AuditEntry, NameCode, Player, PlayerLink
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

Proof = PlayerLink.Proof


class ProofTests(SlomixTestCase):
    def link(self, player: Player) -> PlayerLink:
        return actions.link_player(person=self.cene, guid=player.guid, at=TONIGHT)

    def test_saying_so_is_a_claim(self) -> None:
        link = self.link(make.player("Cene"))

        self.assertEqual((link.proof, link.verified), (Proof.CLAIMED, False))

    def test_the_import_knows_whose_account_it_is(self) -> None:
        link = self.link(make.player("Cene", discord_id=self.cene.discord.discord_id))

        self.assertEqual((link.proof, link.verified), (Proof.IMPORTED, True))

    def test_a_change_starts_from_nothing_again(self) -> None:
        self.link(make.player("Cene", discord_id=self.cene.discord.discord_id))

        link = self.link(make.player("Frog"))

        self.assertEqual((link.proof, link.proved_at), (Proof.CLAIMED, None))
        self.assertTrue(AuditEntry.objects.filter(action="player_changed").exists())

    def test_choosing_the_same_again_changes_nothing(self) -> None:
        player = make.player("Cene")
        self.link(player)
        before = AuditEntry.objects.count()

        self.link(player)

        self.assertEqual(AuditEntry.objects.count(), before)

    def test_a_promoter_confirms_but_not_themselves(self) -> None:
        link = self.link(make.player("Cene"))

        actions.confirm_player(link=link, by=self.ana, at=TONIGHT)

        self.assertEqual(PlayerLink.objects.get(user=self.cene).proof, Proof.PROMOTER)
        with self.assertRaises(actions.ClaimRefused):
            actions.confirm_player(link=self.ana.link, by=self.ana, at=TONIGHT)
        with self.assertRaises(actions.NotAPromoter):
            actions.confirm_player(link=link, by=self.bor, at=TONIGHT)


class NewcomerTests(SlomixTestCase):
    def test_a_newcomer_is_no_dead_end(self) -> None:
        link = actions.add_newcomer(person=self.cene, name="  Cene‮ *Novi*", at=TONIGHT)

        self.assertEqual((link.player.name, link.player.pending), ("Cene Novi", True))

    def test_a_promoter_confirms_them_and_gives_the_real_id(self) -> None:
        link = actions.add_newcomer(person=self.cene, name="Cene Novi", at=TONIGHT)

        actions.confirm_player(link=link, by=self.ana, guid="A" * 32, at=TONIGHT)

        player = Player.objects.get(pk=link.player_id)
        self.assertEqual((player.pending, player.guid), (False, "A" * 32))

    def test_an_id_that_is_anothers_is_refused(self) -> None:
        link = actions.add_newcomer(person=self.cene, name="Cene Novi", at=TONIGHT)

        with self.assertRaises(actions.ClaimRefused):
            actions.confirm_player(
                link=link, by=self.ana, guid=self.bor.link.player.guid, at=TONIGHT
            )

    def test_nobody_takes_the_name_of_a_known_player(self) -> None:
        """W7: any name was taken, somebody else's too."""
        for name in ("bazooka bor", "^1Bazooka ^7Bor", "x", "", "​​"):
            with self.subTest(name), self.assertRaises(actions.LinkRefused):
                actions.add_newcomer(person=self.cene, name=name, at=TONIGHT)

    def test_whoever_finds_their_real_player_leaves_none_behind(self) -> None:
        made = actions.add_newcomer(person=self.cene, name="Cene Novi", at=TONIGHT)

        actions.link_player(person=self.cene, guid=make.player("Cene").guid, at=TONIGHT)

        self.assertFalse(Player.objects.filter(pk=made.player_id).exists())


class CodeTests(SlomixTestCase):
    def seen(self, *names: str, wall: str = "19:31") -> list[actions.Seen]:
        return actions.codes_seen(names=names, at=make.at(wall))

    def test_a_code_worn_in_the_game_proves_it(self) -> None:
        code = actions.start_code(person=self.bor, at=TONIGHT)

        self.seen("somebody", f"^1Bazooka ^7Bor-{code.code.lower()}^7")

        self.assertEqual(PlayerLink.objects.get(user=self.bor).proof, Proof.CODE)
        entry = AuditEntry.objects.get(action="player_verified")
        self.assertEqual((entry.door, entry.subject), ("game", self.bor))

    def test_it_works_for_a_quarter_of_an_hour_and_once(self) -> None:
        code = actions.start_code(person=self.bor, at=TONIGHT).code

        self.assertEqual(self.seen(f"Bor-{code}", wall="19:45"), [])
        self.assertEqual(len(self.seen(f"Bor-{code}", wall="19:44")), 1)
        self.assertEqual(self.seen(f"Bor-{code}", wall="19:44"), [])

    def test_a_new_code_ends_the_old_one(self) -> None:
        old = actions.start_code(person=self.bor, at=TONIGHT).code
        NameCode.objects.update(code="AAAA")
        actions.start_code(person=self.bor, at=TONIGHT)

        self.assertEqual(self.seen("Bor-AAAA", f"x{old}"), [])

    def test_only_the_end_of_a_name_counts(self) -> None:
        self.assertFalse(codes.worn("7K4M", ["7K4M", "-7K4M-Bor", "Bor7K4M", ""]))
        self.assertTrue(codes.worn("7K4M", ["x", "^3Bor^7-^17k4m "]))

    def test_the_name_to_wear_fits_into_the_game(self) -> None:
        self.assertEqual(codes.wear("^1Jaz^7bec", "7K4M"), "Jazbec-7K4M")
        self.assertEqual(len(codes.wear("W" * 64, "7K4M")), codes.LONGEST_NAME)

    def test_nobody_gets_a_code_for_anothers_player(self) -> None:
        with self.assertRaises(actions.ClaimRefused):
            actions.start_code(person=self.cene, guid=self.bor.link.player.guid, at=TONIGHT)
