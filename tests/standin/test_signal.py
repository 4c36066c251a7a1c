"""The local Signal, asked as an adapter asks signal-cli-rest-api."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from botworker.standin.refused import Impossible

from .case import ANA, BOR, CENE, StandInCase, a_world

ME = a_world().application.signal_number


class SignalCase(StandInCase):
    async def send(self, *people: int, text: str = "21:00 tonight") -> httpx.Response:
        body = {"number": ME, "recipients": [self.number(one) for one in people], "message": text}
        return await self.http.post("/signal/v2/send", json=body)

    def number(self, person: int) -> str:
        return self.standin.signal.number_of(person)

    async def received(self, **query: Any) -> list[dict[str, Any]]:
        query = {"timeout": "0", **query}
        answer = await self.http.get(f"/signal/v1/receive/{ME}", params=query)
        return [one["envelope"] for one in answer.json()]

    def texts(self, person: int) -> list[str]:
        return [one["message"] for one in self.standin.signal.inbox(person)]


class SendTests(SignalCase):
    async def test_it_brings_a_message_and_its_receipt_comes_back(self) -> None:
        answer = await self.send(ANA)

        self.assertEqual(answer.status_code, 201)
        self.assertEqual(self.texts(ANA), ["21:00 tonight"])
        [receipt] = await self.received()
        self.assertEqual(receipt["sourceNumber"], self.number(ANA))
        at = int(answer.json()["timestamp"])
        self.assertEqual(receipt["receiptMessage"]["timestamps"], [at])

    async def test_a_phone_that_is_off_sends_no_receipt(self) -> None:
        self.standin.signal.go_offline(ANA)

        await self.send(ANA)

        self.assertEqual((self.texts(ANA), await self.received()), (["21:00 tonight"], []))

    async def test_a_failure_names_whom_it_hit_although_the_others_have_it(self) -> None:
        self.standin.signal.unregister(BOR)

        answer = await self.send(ANA, BOR)

        number = self.number(BOR)
        self.assertEqual(answer.status_code, 400)
        self.assertIn(f'{number}: Unregistered user "{number}"', answer.json()["error"])
        self.assertEqual((self.texts(ANA), self.texts(BOR)), (["21:00 tonight"], []))

    async def test_a_number_that_nobody_has_is_unregistered(self) -> None:
        body = {"number": ME, "recipients": ["+15550199"], "message": "hi"}

        answer = await self.http.post("/signal/v2/send", json=body)

        self.assertIn("Unregistered user", answer.json()["error"])

    async def test_nobody_sends_from_another_number(self) -> None:
        body = {"number": self.number(ANA), "recipients": [self.number(BOR)], "message": "hi"}

        answer = await self.http.post("/signal/v2/send", json=body)

        self.assertEqual(answer.json()["error"], f"User {self.number(ANA)} is not registered.\n")

    async def test_new_keys_are_refused_until_trusted(self) -> None:
        await self.send(ANA)
        self.standin.signal.change_identity(ANA)

        self.assertIn("Untrusted Identity", (await self.send(ANA)).json()["error"])
        [identity] = (await self.http.get(f"/signal/v1/identities/{ME}")).json()
        trust = {"verified_safety_number": identity["safety_number"]}
        path = f"/signal/v1/identities/{ME}/trust/{self.number(ANA)}"
        trusted = await self.http.put(path, json=trust)

        self.assertEqual((identity["status"], trusted.status_code), ("UNTRUSTED", 204))
        self.assertEqual((await self.send(ANA)).status_code, 201)

    async def test_a_rate_limit_asks_for_a_captcha_and_is_lifted_by_it(self) -> None:
        self.standin.signal.limit()

        refused = await self.send(ANA)
        [token] = refused.json()["challenge_tokens"]
        solved = {"challenge_token": token, "captcha": "signalcaptcha://solved"}
        path = f"/signal/v1/accounts/{ME}/rate-limit-challenge"
        lifted = await self.http.post(path, json=solved)

        self.assertEqual((refused.status_code, lifted.status_code), (429, 204))
        self.assertEqual((await self.send(ANA)).status_code, 201)


class ReceiveTests(SignalCase):
    async def test_what_people_write_is_given_once(self) -> None:
        self.standin.signal.write(ANA, "avail today LOOKING")

        [envelope] = await self.received()

        self.assertEqual(envelope["dataMessage"]["message"], "avail today LOOKING")
        self.assertEqual(envelope["sourceNumber"], self.number(ANA))
        self.assertEqual(await self.received(), [])

    async def test_it_waits_for_the_first(self) -> None:
        waiting = asyncio.create_task(self.received(timeout="30"))
        await self.http.get("/signal/v1/about")

        self.standin.signal.write(BOR, "here")

        [envelope] = await waiting
        self.assertEqual(envelope["dataMessage"]["message"], "here")

    async def test_it_tells_about_itself_and_who_has_an_account(self) -> None:
        self.standin.signal.unregister(BOR)
        query = {"numbers": [self.number(ANA), self.number(BOR)]}

        about = (await self.http.get("/signal/v1/about")).json()
        health = await self.http.get("/signal/v1/health")
        found = (await self.http.get(f"/signal/v1/search/{ME}", params=query)).json()

        self.assertEqual((about["mode"], health.status_code), ("native", 204))
        self.assertEqual([one["registered"] for one in found], [True, False])

    async def test_somebody_without_an_account_cannot_write(self) -> None:
        self.standin.signal.unregister(CENE)

        with self.assertRaises(Impossible):
            self.standin.signal.write(CENE, "hi")


class FaultTests(SignalCase):
    async def test_a_reset_after_the_effect_is_a_message_that_arrived(self) -> None:
        fault = {"route": "POST /signal/v2/send", "fault": "reset", "person": str(ANA)}
        await self.http.post("/standin/faults", json=fault)

        with self.assertRaises(httpx.TransportError):
            await self.send(ANA)

        self.assertEqual(self.texts(ANA), ["21:00 tonight"])
        self.assertEqual(self.standin.journal[-1]["status"], 0)

    async def test_the_journal_names_the_person_and_no_number(self) -> None:
        self.standin.signal.unregister(BOR)

        await self.send(BOR, ANA)
        await self.received()

        self.assertEqual(self.standin.journal[0]["person"], str(BOR))
        for number in (ME, self.number(ANA), self.number(BOR)):
            self.assertNotIn(number, str(self.standin.journal))

    @pytest.mark.strange("there is no such route")
    async def test_it_remembers_a_route_that_it_does_not_have(self) -> None:
        answer = await self.http.get("/signal/v1/stickers")

        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.standin.unknown, [{"route": "GET /signal/v1/stickers"}])


class RestartTests(SignalCase):
    async def asyncSetUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name)
        await super().asyncSetUp()

    async def test_it_goes_on_where_it_was(self) -> None:
        await self.send(ANA)
        self.standin.signal.write(ANA, "thanks")
        self.standin.signal.change_identity(ANA)
        await self.standin.stop()

        self.standin = self.a_stand_in()
        await self.standin.start()

        self.assertEqual(self.texts(ANA), ["21:00 tonight", "thanks"])
        self.assertIn("Untrusted", self.standin.signal.fault_of(self.number(ANA)))
        self.assertEqual(len(self.standin.signal.memory.waiting), 2)
