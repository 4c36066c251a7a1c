"""Where one voice channel counts, its name stands in what leads there."""

from typing import Any

from django.test import override_settings

from availability import pressing
from availability.replies import Press, Presser
from botworker import voice_name
from botworker.models import Delivery
from promotions import actions, jobs
from slomix.lib import keep
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

BRIEFING, AXIS = 1_098_116_460_002_050_048, 1_098_116_460_345_982_976
ONE = override_settings(VOICE_CHANNEL_IDS=frozenset({BRIEFING}), READY_THRESHOLD=1)


class NameTests(SlomixTestCase):
    """bor is called, and enough of us play. The bot has told what Briefing is called."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        voice_name.note(BRIEFING, "Briefing")

    def said(self) -> tuple[str, str]:
        facts: dict[str, Any] = {"include_available": False, "include_maybe": False}
        actions.promote(promoter=self.ana, dry_run=False, at=TONIGHT, **facts)
        for job_id in jobs.due(make.at("21:00")):
            jobs.run(job_id, at=make.at("21:00"))
        mine = Delivery.objects.filter(person=self.bor)
        return mine.get(kind="start").body, mine.get(kind="follow_up").extras["on_server"]

    def pressed(self) -> str:
        press = Press(0, Presser(0, "", "", ""), at=TONIGHT, person=self.bor)
        return pressing.REMINDER_VERBS["in"](press, self.bor, TONIGHT.date()).text

    @ONE
    def test_it_is_named(self) -> None:
        start, on_server = self.said()

        self.assertIn("we are starting.** Voice: Briefing.", start)
        self.assertIn("Briefing is open. Playing without voice?", on_server)
        self.assertEqual(self.pressed(), "**You are in for 21:00 CET.** See you in Briefing.")

    @override_settings(VOICE_CHANNEL_IDS=frozenset({BRIEFING, AXIS}), READY_THRESHOLD=1)
    def test_where_several_count_the_word_stays(self) -> None:
        start, on_server = self.said()

        self.assertIn("See you in voice.", start)
        self.assertIn("Voice is open.", on_server)
        self.assertEqual(self.pressed(), "**You are in for 21:00 CET.** See you in voice.")

    @ONE
    def test_so_it_does_where_nobody_told_the_name(self) -> None:
        for told in ((AXIS, "Axis"), (BRIEFING, "")):
            voice_name.note(*told)
            keep.forget_everything()

            self.assertEqual(voice_name.known(), "")

    @ONE
    def test_a_name_becomes_no_markup(self) -> None:
        voice_name.note(BRIEFING, "**here**")

        self.assertEqual(voice_name.known(), r"\*\*here\*\*")
