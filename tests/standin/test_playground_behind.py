"""Behind the curtain of the playground: the journal, the faults, the clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import time_machine

from botworker.standin.faults import KINDS, Fault
from botworker.standin.pages import troubles
from botworker.standin.times import Times

from .case import ANA, BOR, CENE
from .playing import PlaygroundCase

NASTY = "<script>alert(1)</script>"


class JournalTests(PlaygroundCase):
    async def stream(self, wanted: str = "") -> str:
        return self.part(await self.page(f"/journal?{wanted}"), "content")

    async def test_it_tells_in_words_what_was_asked_and_answered(self) -> None:
        await self.post("who plays?")
        await self.post("psst", channel=await self.dm_of(BOR))

        stream = await self.stream()

        self.assertIn("writes in #game-night", stream)
        self.assertIn("opens a private conversation with Bor", stream)
        self.assertIn("writes to Bor", stream)
        self.assertIn("“psst”", stream)

    async def test_it_shows_words_as_text(self) -> None:
        await self.post(NASTY)

        page = await self.page("/journal")
        self.assertIn("&lt;script&gt;", page)
        self.assertNotIn("<script>", page)

    async def test_it_can_show_one_person_alone(self) -> None:
        await self.post("to Bor", channel=await self.dm_of(BOR))
        await self.post("to Ana", channel=await self.dm_of(ANA))

        stream = await self.stream(f"person={BOR}")

        self.assertIn("to Bor", stream)
        self.assertNotIn("“to Ana”", stream)

    async def test_it_can_show_what_went_wrong_alone(self) -> None:
        await self.post("fine")
        await self.post("refused", channel=await self.dm_of(CENE))

        stream = await self.stream("errors=1")

        self.assertIn("refused (50007)", stream)
        self.assertNotIn("“fine”", stream)

    async def test_it_can_show_one_service_alone(self) -> None:
        telegram = self.standin.parts.elsewhere.telegram
        await self.post("on Discord")
        await self.http.post(f"/telegram/bot{telegram.token}/getMe")

        stream = await self.stream("service=telegram")

        self.assertIn("calls getMe", stream)
        self.assertNotIn("on Discord", stream)


class FaultTests(PlaygroundCase):
    async def hurt(self, **form: object) -> str:
        told = {"route": "POST /channels/*/messages", "fault": "500_before", "times": "1"}
        return await self.play("hurt", **{**told, **form})

    async def test_a_fault_that_is_switched_on_hurts(self) -> None:
        await self.hurt()

        self.assertEqual((await self.post()).status_code, 500)
        self.assertEqual((await self.post()).status_code, 200)

    async def test_a_fault_can_be_for_one_person(self) -> None:
        await self.hurt(person=BOR, times="")

        self.assertEqual((await self.post(channel=await self.dm_of(BOR))).status_code, 500)
        self.assertEqual((await self.post(channel=await self.dm_of(ANA))).status_code, 200)

    async def test_every_page_says_what_is_switched_on(self) -> None:
        await self.hurt(person=BOR, times="3")

        for path in ("/", "/people", "/evening", "/journal", "/faults", "/oauth2/authorize"):
            banner = self.part(await self.page(path), "banner")
            self.assertIn("sending a message fails before anything happens, for Bor", banner)

    async def test_a_fault_that_people_know_is_one_press(self) -> None:
        await self.play("hurt", preset="closed", person=BOR, times="", route="* *", fault="429")

        refused = await self.post(channel=await self.dm_of(BOR))
        self.assert_refused(refused, 403, 50007)
        banner = self.part(await self.page(), "banner")
        self.assertIn("Nobody takes direct messages, for Bor", banner)
        self.assertIn("hit 1 so far", banner)

    async def test_every_kind_of_fault_has_words(self) -> None:
        for kind in KINDS:
            self.standin.parts.faults.add(Fault("* *", kind, times=None, person=BOR))

        self.assertEqual(set(troubles.WHAT), set(KINDS))
        self.assertEqual((await self.http.get("/faults")).status_code, 200)

    async def test_one_fault_is_switched_off_or_all(self) -> None:
        for fault in ("429", "slow", "reset"):
            await self.hurt(fault=fault, times="")

        second = self.standin.parts.faults.active[1]
        await self.play("mend", number=second.id)
        self.assertEqual([one.fault for one in self.standin.parts.faults.active], ["429", "reset"])
        await self.play("mend", number=second.id)
        await self.play("mend")

        self.assertEqual(self.standin.parts.faults.active, [])

    async def test_a_fault_that_nobody_knows_is_not_switched_on(self) -> None:
        await self.hurt(fault="explode")
        await self.hurt(route="* /elsewhere")

        self.assertEqual(self.standin.parts.faults.active, [])


class ClockTests(PlaygroundCase):
    async def evening_at(self, now: datetime) -> str:
        self.standin.parts.times = Times(ZoneInfo("Europe/Ljubljana"), time(20, 45), time(21))
        with time_machine.travel(now, tick=False):
            return self.part(await self.page("/evening"), "content")

    async def test_it_shows_the_evenings_times_in_its_zone(self) -> None:
        page = await self.evening_at(datetime(2026, 11, 20, 18, 30, tzinfo=UTC))

        self.assertIn("Friday 20 November", page)
        self.assertIn("19:30", page)
        self.assertIn("20:45 CET<small> in 1 h 15 min", page)

    async def test_it_says_how_to_bring_the_evening_near(self) -> None:
        page = await self.evening_at(datetime(2026, 11, 20, 18, 30, tzinfo=UTC))

        wanted = (
            "AVAILABILITY_PROMOTION_REMINDER_TIME=19:33 AVAILABILITY_PROMOTION_START_TIME=19:35"
        )
        self.assertIn(f"{wanted} make dev", page)

    async def test_it_offers_no_evening_beyond_midnight(self) -> None:
        page = await self.evening_at(datetime(2026, 11, 20, 22, 57, tzinfo=UTC))

        self.assertNotIn("START_TIME=00:", page)
        self.assertIn("nearly midnight", page)

    async def test_it_says_so_when_it_was_not_told_the_times(self) -> None:
        self.assertIn("does not know when the evening is", await self.page("/evening"))
