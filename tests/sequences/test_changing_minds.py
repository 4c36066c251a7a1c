from tests.sequences.stage import BOTH, Evening


class NoThenYesTests(Evening):
    """A no and a yes before and after each time; nobody hears anything twice."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()

    def test_before_the_reminder_everything_comes_back(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", "20:30")
        self.answer(self.bor, "LOOKING", "20:40")

        self.evening()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_yes_after_the_reminders_time_still_brings_it(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", "20:44")
        self.tick("20:45")
        self.answer(self.bor, "MAYBE", "20:50")

        self.tick("20:50:10", "21:00")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_yes_when_the_reminder_is_over_brings_the_start_only(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", "20:44")
        self.tick("20:45")
        self.answer(self.bor, "LOOKING", "20:57")

        self.tick("20:58", "21:00")

        self.assertEqual(self.heard(self.bor), {"start": 1})

    def test_a_no_between_the_two_spares_the_start(self) -> None:
        self.tick("20:45")
        self.answer(self.bor, "NOT_PLAYING", "20:50")

        self.tick("21:00", "21:05")

        self.assertEqual(self.heard(self.bor), {"reminder": 1})
        self.assertEqual(self.reasons(self.bor), {"start": "said no", "follow_up": "said no"})

    def test_a_yes_after_it_repeats_nothing_and_brings_the_start(self) -> None:
        self.tick("20:45")
        self.answer(self.bor, "NOT_PLAYING", "20:50")
        self.answer(self.bor, "AVAILABLE", "20:59")

        self.tick("21:00", "21:05")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_yes_after_the_start_still_brings_it_in_time(self) -> None:
        self.tick("20:45")
        self.answer(self.bor, "NOT_PLAYING", "20:59")
        self.tick("21:00")
        self.answer(self.bor, "LOOKING", "21:04")

        self.tick("21:04:10", "21:06")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_after_everything_was_said_nothing_is_said_again(self) -> None:
        self.evening()
        self.answer(self.bor, "NOT_PLAYING", "21:10")
        self.answer(self.bor, "LOOKING", "21:11")

        self.tick("21:12", "21:20")

        self.assertEqual(self.heard(self.bor), BOTH)


class OptTests(Evening):
    """Reminders switched off and on; the drain looks again as it sends."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()

    def test_off_and_on_before_the_reminder_changes_nothing(self) -> None:
        self.opt(self.bor, False, "20:00")
        self.opt(self.bor, True, "20:40")

        self.evening()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_off_over_the_reminder_and_on_again_brings_the_start_only(self) -> None:
        self.opt(self.bor, False, "20:44")
        self.tick("20:45")
        self.opt(self.bor, True, "20:50")

        self.tick("20:51", "21:00")

        self.assertEqual(self.heard(self.bor), {"start": 1})
        self.assertEqual(self.reasons(self.bor), {"reminder": "reminders are off"})

    def test_off_between_claim_and_send_is_seen(self) -> None:
        self.tick("20:43")
        at = self.travel("20:45")
        claimed = self.claim(at)
        self.opt(self.bor, False, "20:45:01")

        self.assertEqual(self.begin(claimed, self.travel("20:45:02")), [])

    def test_quiet_hours_over_the_reminder_leave_the_start(self) -> None:
        from tests import make

        make.quiet(self.bor, "20:30", "20:59")

        self.evening()

        self.assertEqual(self.heard(self.bor), {"start": 1})
