"""“Need more”: who is asked, how often, and who never."""

from django.test import override_settings

from accounts.models import AuditEntry, Preferences, User
from availability import could_come
from availability.actions import nudging
from availability.actions.nudging import NudgeRefused
from availability.models import Status
from botworker.models import Delivery, State
from planning.rooms.actions import NoRoom, ping
from planning.rooms.actions.ping import NotNeeded, PingRefused, TooSoon
from planning.rooms.models import Room
from tests import make
from tests.rooms.evening import RoomTestCase, after


class PingTests(RoomTestCase):
    """gaja left, so one is missing; dana is a maybe who wants to hear of places."""

    def setUp(self) -> None:
        super().setUp()
        self.say(self.gaja, Status.NOT_PLAYING)
        Preferences.objects.filter(user__in=(self.dana, self.gaja)).update(allow_planning=True)

    def press(self, by: User | None = None, seconds: float = 10) -> int:
        return ping.need_more(person=by or self.jan, at=after(seconds))

    def asked(self) -> list[int]:
        return sorted(Delivery.objects.filter(kind="need_more").values_list("person", flat=True))

    def test_it_asks_a_maybe_who_wants_to_hear_of_places(self) -> None:
        self.assertEqual(self.press(), 1)

        row = Delivery.objects.get(kind="need_more")
        self.assertEqual((row.person, row.state), (self.dana, State.SCHEDULED))
        said = "⏳ **Tonight, 21:00 CET: 1 is needed.** You said Maybe. Could you come?"
        self.assertEqual(row.body, said)

    def test_whoever_has_no_answer_is_asked_too(self) -> None:
        silent = make.person("Tiha", allow_planning=True)

        self.press()

        self.assertEqual(self.asked(), sorted([self.dana.pk, silent.pk]))

    def test_whoever_said_no_is_never_asked(self) -> None:
        self.press()

        self.assertNotIn(self.gaja.pk, self.asked())

    def test_whoever_does_not_want_it_is_not_asked(self) -> None:
        make.person("Tiha", opted_in=True)

        self.press()

        self.assertEqual(self.asked(), [self.dana.pk])

    def test_nobody_in_quiet_hours_is_asked(self) -> None:
        make.quiet(self.dana, "19:00", "23:00")

        with self.assertRaisesMessage(PingRefused, "Nobody is left"):
            self.press()

    def test_a_refused_press_costs_no_wait(self) -> None:
        make.quiet(self.dana, "19:00", "23:00")
        with self.assertRaises(PingRefused):
            self.press()

        self.assertIsNone(Room.objects.get().pinged_at)

    def test_for_fifteen_minutes_nobody_presses_again(self) -> None:
        """W31: the first Slomix's ping could be pressed again and again."""
        self.press()
        make.person("Tiha", allow_planning=True)

        with self.assertRaises(TooSoon) as refused:
            self.press(self.ana, seconds=909)
        self.assertEqual(refused.exception.wait, 1)

        self.assertEqual(self.press(self.ana, seconds=910), 1)

    @override_settings(PLANNING_PING_COOLDOWN=could_come.LEAST)
    def test_nobody_is_asked_twice_in_an_evening(self) -> None:
        self.press()
        Delivery.objects.filter(kind="need_more").update(state=State.SENT)

        with self.assertRaisesMessage(PingRefused, "Nobody is left"):
            self.press(seconds=200)

    def test_nor_by_a_promoters_nudge_after_it(self) -> None:
        Preferences.objects.filter(user=self.dana).update(allow_promotions=True)
        self.press()

        with self.assertRaisesMessage(NudgeRefused, "Nobody is left"):
            nudging.nudge(promoter=self.ana, at=after(20))

    def test_with_enough_nobody_is_asked(self) -> None:
        """W32: “need” counted others than opening did; LOOKING alone decides here as there."""
        self.say(self.gaja, Status.AVAILABLE)
        self.assertEqual(self.press(), 2)
        self.say(self.gaja, Status.LOOKING)

        with self.assertRaises(NotNeeded):
            self.press(seconds=20)

    def test_once_the_evening_begins_nobody_is_asked(self) -> None:
        with self.assertRaisesMessage(PingRefused, "has begun"):
            ping.need_more(person=self.jan, at=make.at("20:59:30"))

    def test_without_a_room_nobody_is_asked(self) -> None:
        Room.objects.all().delete()

        with self.assertRaises(NoRoom):
            self.press()

    @override_settings(PROMPTS_ENABLED=False)
    def test_where_such_messages_are_off_nobody_is_asked(self) -> None:
        with self.assertRaisesMessage(PingRefused, "switched off"):
            self.press()

    def test_an_answer_takes_the_question_back(self) -> None:
        self.press()

        self.say(self.dana, Status.LOOKING, at=after(12))

        self.assertEqual(Delivery.objects.get(kind="need_more").state, State.CANCELLED)

    def test_who_pressed_is_written_down_with_a_number_and_no_names(self) -> None:
        self.press()

        entry = AuditEntry.objects.get(action="room_pinged")
        self.assertEqual(
            (entry.actor, entry.detail), (self.jan, {"room": self.room.pk, "people": 1})
        )
