"""What may ring on somebody's page: once the evening is on, at the call, at the start."""

from django.utils.html import escape

from availability import actions as evenings
from availability.models import Status
from promotions import actions
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class SoundTests(SlomixTestCase):
    def happened(self) -> list[str] | None:
        page = self.client.get("/").content.decode()
        if "data-happened" not in page:
            return None
        return page.split('data-happened="')[1].split('"')[0].split()

    def call(self, *, dry_run: bool = False) -> None:
        actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=dry_run,
            at=TONIGHT,
        )

    def looks(self, number: int) -> None:
        for _n in range(number):
            make.entry(make.person())

    def test_the_evening_rings_when_enough_are_looking(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)
        self.looks(4)
        before = self.happened()

        self.looks(1)

        self.assertEqual((before, self.happened()), ([], ["ready:2026-11-20"]))

    def test_a_calls_times_ring_when_they_have_come(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)
        self.call()
        heard = []
        for wall in ("20:44", "20:45", "21:00"):
            self.travel(wall)
            heard.append(self.happened())

        call, start = "call:2026-11-20", "start:2026-11-20"
        self.assertEqual(heard, [[], [call], [call, start]])

    def test_when_the_game_is_on_nothing_is_left_to_get_ready_for(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)
        self.travel("21:10")
        self.assertIsNotNone(self.happened())

        self.travel("21:11")

        self.assertIsNone(self.happened())

    def test_a_rehearsal_rings_nowhere_and_neither_do_times_without_a_call(self) -> None:
        make.entry(self.bor)
        self.sign_in(self.bor)
        self.travel("21:00")
        self.assertEqual(self.happened(), [])

        self.travel(TONIGHT)
        self.call(dry_run=True)
        self.travel("21:00")

        self.assertEqual(self.happened(), [])

    def test_it_is_for_those_who_may_come(self) -> None:
        self.looks(6)
        self.assertIsNone(self.happened())
        self.sign_in(self.bor)
        self.assertIsNone(self.happened())

        heard = {}
        for status in Status.values:
            evenings.answer(person=self.bor, day=TONIGHT.date(), status=status, at=TONIGHT)
            heard[status] = self.happened()

        self.assertIsNone(heard.pop(Status.NOT_PLAYING))
        self.assertEqual(list(heard.values()), [["ready:2026-11-20"]] * 3)

    def test_whoever_switched_it_off_hears_nothing(self) -> None:
        dora = make.person("Dora", sound_enabled=False)
        make.entry(dora)
        self.looks(6)
        self.sign_in(dora)

        self.assertIsNone(self.happened())

    def test_the_page_knows_how_long_it_is_quiet_between(self) -> None:
        dora = make.person("Dora")
        dora.preferences.sound_cooldown_seconds = 90
        dora.preferences.save()
        make.entry(dora)
        self.sign_in(dora)

        page = self.client.get("/")

        self.assertContains(page, 'data-cooldown="90"')
        self.assertContains(page, escape("Your browser keeps the get-ready sound silent."))


class RoomTests(SlomixTestCase):
    def test_it_says_how_many_it_takes_and_leads_nowhere_yet(self) -> None:
        """W32: what opens the room and what is still missing count the same people."""
        for status in (Status.LOOKING, Status.LOOKING, *[Status.AVAILABLE] * 5):
            make.entry(make.person(), status)
        self.sign_in(self.bor)

        page = self.client.get("/").content.decode()

        room = page.split('id="room"')[1].split("</section>")[0]
        self.assertIn("opens at 6", room)
        self.assertIn("start when 6 are looking. 4 to go.", room)
        self.assertIn("2 of 6 to open the planning room", room)
        self.assertNotIn('href="/', room)
        self.assertNotIn("<form", room)
