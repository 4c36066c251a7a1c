"""What others call somebody."""

from accounts import actions
from accounts.models import AuditEntry, PlayerAlias
from tests.cast import TONIGHT, SlomixTestCase


class NameTests(SlomixTestCase):
    def test_it_is_written_down_that_a_name_changed(self) -> None:
        """W10: the audit row was refused by the table, and the error swallowed."""
        actions.set_display_name(person=self.bor, name="Borči", at=TONIGHT)

        entry = AuditEntry.objects.get(action="display_name_changed")
        self.assertEqual((entry.actor, entry.detail), (self.bor, {"how": "custom"}))

    def test_what_cannot_be_seen_and_markup_go(self) -> None:
        for given, kept in (
            ("  Bor \t the\n great ", "Bor the great"),
            ("**Bor** ~~x~~ `y`", "Bor x y"),
            ("Bor‮gnp.exe​", "Borgnp.exe"),
            ("<@1>@everyone", "1everyone"),
            ("B" * 50, "B" * 32),
            ("Žabar 🐸", "Žabar 🐸"),
        ):
            with self.subTest(given):
                found = actions.set_display_name(person=self.bor, name=given, at=TONIGHT)
                self.assertEqual(found, kept)

    def test_nothing_is_no_name(self) -> None:
        for name in ("", "   ", "***", "‮​", "\0"):
            with self.subTest(name), self.assertRaises(actions.NameRefused):
                actions.set_display_name(person=self.bor, name=name, at=TONIGHT)

    def test_nobody_is_called_as_another_player(self) -> None:
        with self.assertRaises(actions.NameRefused):
            actions.set_display_name(person=self.bor, name="ANA dinamit", at=TONIGHT)

    def test_ones_own_player_is_no_other(self) -> None:
        name = actions.set_display_name(person=self.bor, name="bazooka bor", at=TONIGHT)

        self.assertEqual(name, "bazooka bor")

    def test_an_alias_must_have_been_seen(self) -> None:
        PlayerAlias.objects.create(player=self.bor.link.player, name="^1Bor^7Bor")

        self.assertEqual(
            actions.use_alias(person=self.bor, name="^1Bor^7Bor", at=TONIGHT), "BorBor"
        )
        with self.assertRaises(actions.NameRefused):
            actions.use_alias(person=self.bor, name="Rocket", at=TONIGHT)

    def test_it_can_be_put_back(self) -> None:
        actions.set_display_name(person=self.bor, name="Borči", at=TONIGHT)

        self.assertEqual(actions.reset_display_name(person=self.bor, at=TONIGHT), "Bazooka Bor")
