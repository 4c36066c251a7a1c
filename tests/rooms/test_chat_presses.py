"""What a press does once, whatever it says. Without Discord."""

from typing import Any

from availability.commands import common
from availability.models import Status
from availability.replies import Press, Presser, Reply
from planning.rooms.chat import form, presses
from planning.rooms.models import Name, Vote
from tests import corpus
from tests.cast import TONIGHT
from tests.rooms.evening import TODAY, RoomTestCase

DAY = f"{TODAY:%Y%m%d}"


class PressTests(RoomTestCase):
    def run_as(self, verb: Any, told: int = 1, /, **given: Any) -> Reply:
        account = self.bor.discord
        presser = Presser(account.discord_id, account.username, account.display_name, "")
        return common.run(Press(told, presser, TONIGHT), verb, **given)

    def test_the_same_press_told_twice_is_one(self) -> None:
        first = self.run_as(presses.suggest, number=DAY, text="Ajdova")
        second = self.run_as(presses.suggest, number=DAY, text="Potica")

        self.assertIn("Suggested: Ajdova", first.text)
        self.assertTrue(second.refused)
        self.assertEqual([one.text for one in Name.objects.all()], ["Ajdova"])

    def test_what_nobody_should_send_is_refused_in_words(self) -> None:
        for number, text in enumerate(corpus.TEXTS, 1):
            reply = self.run_as(presses.suggest, number, number=DAY, text=text)
            self.assertTrue(reply.text.startswith("**"), ascii(text))
            self.assertNotIn("https:", reply.text)

    def test_numbers_that_nothing_has_do_nothing(self) -> None:
        for number, about in enumerate(("0", "9" * 18, "20261399", "20261119", "1"), 1):
            for deed in ("for", "take", "out", "vote", "again", "placea", "zz"):
                reply = self.run_as(presses.pressed, number, deed=deed, number=about)
                self.assertTrue(reply.refused, (deed, about, reply.text))
        self.assertFalse(Vote.objects.exists())
        self.assertEqual(self.status(), Status.LOOKING)

    def test_a_choice_that_is_no_number_votes_for_nothing(self) -> None:
        for number, chosen in enumerate(("", "x", "²", "9" * 40, "-1"), 1):
            reply = self.run_as(presses.pressed, number, deed="choose", number=DAY, chosen=chosen)
            self.assertTrue(reply.refused, chosen)

    def status(self) -> str:
        return str(self.bor.entries.get(day=TODAY).status)


NOT_OURS: tuple[dict[str, Any], ...] = (
    {},
    {"components": []},
    {"components": [{"components": [{"custom_id": "x"}]}]},
)


def test_a_form_that_is_none_of_ours_has_no_text() -> None:
    assert [form.text_of(data) for data in NOT_OURS] == ["", "", ""]


def test_a_form_is_read_however_discord_nests_its_field() -> None:
    field = {"custom_id": "name", "value": "x"}
    for part in ({"components": [field]}, {"component": field}):
        assert form.text_of({"components": [part]}) == "x"
