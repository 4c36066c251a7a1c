import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from botworker.standin import StandIn, World, serve_in_thread

from .case import ANA, ASSETS, BOR, GAME_NIGHT, StandInCase, a_world


class StateTests(StandInCase):
    state: Path

    async def asyncSetUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name)
        await super().asyncSetUp()

    async def after_a_crash(self) -> StandIn:
        """Begin again from the files, which nobody has closed, one turn of the loop later."""
        await asyncio.sleep(0)
        again = self.a_stand_in()
        self.addAsyncCleanup(again.stop)
        return again

    async def test_it_remembers_messages_and_dms(self) -> None:
        message = (await self.post("21:00", channel=await self.dm_of(ANA))).json()

        again = await self.after_a_crash()

        self.assertEqual(again.inbox(ANA), [message])
        self.assertEqual(again.parts.store.dm_of(ANA), await self.dm_of(ANA))

    async def test_it_remembers_changes(self) -> None:
        first, second = (await self.post("a")).json(), (await self.post("b")).json()
        path = f"/channels/{GAME_NIGHT}/messages"
        await self.ask("PATCH", f"{path}/{first['id']}", json={"content": "changed"})
        await self.ask("DELETE", f"{path}/{second['id']}")
        await self.standin.set_person(BOR, dms_closed=True)

        again = await self.after_a_crash()

        self.assertEqual([one["content"] for one in again.messages(GAME_NIGHT)], ["changed"])
        self.assertTrue(again.parts.store.people[BOR].dms_closed)

    async def test_it_remembers_nonces_commands_and_ids(self) -> None:
        message = (await self.post(nonce="n1", enforce_nonce=True)).json()
        path = f"/applications/{self.world.application.id}/commands"
        commands = (
            await self.ask("PUT", path, json=[{"name": "tonight", "description": "Who plays?"}])
        ).json()

        store = (await self.after_a_crash()).parts.store

        self.assertEqual(store.nonces, {"n1": int(message["id"])})
        self.assertEqual(store.commands["global"], commands)
        self.assertGreater(store.snowflakes.next(), int(commands[0]["id"]))

    async def test_it_forgives_a_line_cut_in_half(self) -> None:
        await self.post("whole")
        with (self.state / "store.jsonl").open("a") as log:
            log.write('{"do": "post", "mess')

        again = await self.after_a_crash()
        again.parts.store.dm_of(ANA)
        once_more = await self.after_a_crash()

        self.assertEqual([one["content"] for one in once_more.messages(GAME_NIGHT)], ["whole"])
        self.assertIn(ANA, once_more.parts.store.dms)

    async def test_it_goes_on_with_the_journal(self) -> None:
        await self.post("hi")

        again = await self.after_a_crash()

        self.assertEqual(again.journal, self.standin.journal)


class WorldTests(StandInCase):
    def test_it_goes_through_json(self) -> None:
        written = json.dumps(a_world().to_json())

        self.assertEqual(World.from_json(json.loads(written)), a_world())
        self.assertIn(f'"id": "{ANA}"', written)

    def test_it_names_a_key_it_does_not_know(self) -> None:
        world = a_world().to_json()
        world["people"][0]["colour"] = "amber"

        with self.assertRaisesRegex(ValueError, "colour"):
            World.from_json(world)


class ThreadTests(StandInCase):
    def test_it_serves_tests_that_are_not_async(self) -> None:
        standin = StandIn(a_world(), assets=ASSETS)
        with serve_in_thread(standin) as url:
            standin.call(standin.say(ANA, GAME_NIGHT, "hi"))
            answer = httpx.get(f"{url}/standin/channels/{GAME_NIGHT}/messages")

        self.assertEqual([one["content"] for one in answer.json()], ["hi"])


class CommandTests(StandInCase):
    def asked(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "manage.py", "standin", *arguments]
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=ASSETS.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )

    def test_it_serves_until_it_is_told_to_stop(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            world = Path(folder) / "world.json"
            world.write_text(json.dumps(a_world().to_json()))
            serving = self.asked("--port", "0", "--world", str(world))
            refused = self.asked("--port", self.taken_port(), "--world", str(world))
            assert serving.stdout
            url = serving.stdout.readline().split()[-1]

            self.assertEqual(httpx.get(f"{url}/standin/health").json()["status"], "ok")
            self.assertIn("is taken", refused.communicate(timeout=10)[1])
            self.assertEqual(refused.returncode, 1)
            serving.send_signal(signal.SIGTERM)
            serving.communicate(timeout=5)
            self.assertEqual(serving.returncode, 0)

    def taken_port(self) -> str:
        busy = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(busy.close)
        return str(busy.getsockname()[1])
