"""How faults are switched on, listed, counted and switched off."""

from typing import Any

import discord
import httpx

from botworker.standin.errors import REFUSALS
from botworker.standin.faults import KINDS, PRESETS, Fault, Faults

from .case import ANA, BOR, GAME_NIGHT, StandInCase

SAYING = "POST /channels/*/messages"


class SwitchTests(StandInCase):
    async def on(self, **body: Any) -> list[dict[str, Any]]:
        answer = await self.http.post("/standin/faults", json=body)
        self.assertEqual(answer.status_code, 200, answer.text)
        told: list[dict[str, Any]] = answer.json()
        return told

    async def test_one_is_switched_off_and_the_others_stay(self) -> None:
        await self.on(route=SAYING, fault="500_before", times=None)
        both = await self.on(route=SAYING, fault="garbage", times=None)

        left = (await self.http.delete(f"/standin/faults/{both[0]['id']}")).json()
        again = await self.http.delete(f"/standin/faults/{both[0]['id']}")

        self.assertEqual([one["fault"] for one in left], ["garbage"])
        self.assertEqual(again.status_code, 400)
        self.assertEqual((await self.post()).text, '{"id": "12')

    async def test_the_list_counts_how_often_each_has_hit(self) -> None:
        await self.on(route=SAYING, fault="500_before", times=5)
        await self.post()
        await self.post()

        [told] = (await self.http.get("/standin/faults")).json()

        self.assertEqual((told["hits_so_far"], told["times"]), (2, 3))

    async def test_those_with_a_name_are_listed_in_words_and_switched_on_by_it(self) -> None:
        known = (await self.http.get("/standin/faults/known")).json()
        await self.on(preset="down")

        self.assertEqual(set(known["presets"]), set(PRESETS))
        self.assertEqual(known["kinds"], KINDS)
        self.assertEqual((await self.post()).status_code, 503)
        unknown = await self.http.post("/standin/faults", json={"preset": "rain"})
        self.assertIn("rain", unknown.json()["error"])

    async def test_every_preset_hits_a_message_to_somebody(self) -> None:
        for name, preset in PRESETS.items():
            with self.subTest(name):
                fault = preset.fault()
                self.assertTrue(fault.hits("POST", "/channels/1/messages", ANA))
                self.assertIsNone(fault.times)

    async def test_what_is_wrong_with_a_fault_is_said(self) -> None:
        for wrong in (
            {"fault": "429"},
            {"route": SAYING, "fault": "rain"},
            {"route": SAYING, "fault": "429", "scope": "world"},
            {"route": SAYING, "fault": "refuse", "code": 1},
            {"route": SAYING, "fault": "reset", "quarters": 5},
            {"route": SAYING, "fault": "429", "hits_so_far": 5},
        ):
            with self.subTest(wrong):
                answer = await self.http.post("/standin/faults", json=wrong)
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["error"])


class PersonFaultTests(StandInCase):
    async def test_it_hits_one_person_and_nobody_else(self) -> None:
        self.standin.parts.faults.add(Fault(SAYING, "closed_dms", times=None, person=ANA))

        self.assert_refused(await self.post(channel=await self.dm_of(ANA)), 403, 50007)
        self.assertEqual((await self.post(channel=await self.dm_of(BOR))).status_code, 200)

    async def test_closed_messages_and_leaving_are_about_people_and_no_channel(self) -> None:
        for kind, code in (("closed_dms", 50007), ("left_guild", 50278)):
            with self.subTest(kind):
                fault = self.standin.parts.faults.add(Fault(SAYING, kind, times=None))
                room = await self.dm_of(BOR)

                self.assert_refused(await self.post(channel=room), 403, code)
                self.assertEqual((await self.post()).status_code, 200)
                self.standin.parts.faults.off(fault.id)

    async def test_any_of_discords_refusals_can_be_asked_for(self) -> None:
        for code, (status, _) in REFUSALS.items():
            fault = Fault(SAYING, "refuse", code=code)
            self.standin.parts.faults.add(fault)
            self.assert_refused(await self.post(), status, code)

        self.assertEqual(self.standin.messages(GAME_NIGHT), [])


class QuarterTests(StandInCase):
    async def test_the_line_is_cut_at_every_quarter_of_the_answer(self) -> None:
        for quarters in range(4):
            with self.subTest(quarters):
                self.standin.parts.faults.add(Fault(SAYING, "reset", quarters=quarters))
                with self.assertRaises(httpx.TransportError):
                    await self.post()

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 4)


class LibraryTests(StandInCase):
    async def test_discord_py_takes_a_long_limit_for_what_it_is(self) -> None:
        async with self.bot() as bot:
            bot.http.max_ratelimit_timeout = 30.0
            self.standin.parts.faults.add(PRESETS["patience"].fault())
            with self.assertRaises(discord.RateLimited) as limited:
                await bot.room().send("hi")

        self.assertEqual(limited.exception.retry_after, 65.0)

    async def test_discord_py_takes_cloudflares_page_for_a_ban(self) -> None:
        async with self.bot() as bot:
            self.standin.parts.faults.add(PRESETS["blocked"].fault())
            with self.assertRaises(discord.HTTPException) as banned:
                await bot.room().send("hi")

        self.assertEqual(
            (banned.exception.status, banned.exception.text), (429, "error code: 1015")
        )


class DiceTests(StandInCase):
    def test_the_same_seed_hits_the_same_requests(self) -> None:
        def hits(seed: int) -> list[bool]:
            faults = Faults(seed)
            faults.add(Fault("* *", "500_before", times=None, chance=0.3))
            return [faults.take("GET", "/users/@me", None) is not None for _ in range(100)]

        self.assertEqual(hits(7), hits(7))
        self.assertNotEqual(hits(7), hits(8))
        self.assertTrue(10 < sum(hits(7)) < 60)
