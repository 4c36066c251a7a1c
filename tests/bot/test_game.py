"""A code worn in the player's name on the game server, seen over a real socket."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accounts import actions as people
from accounts.models import NameCode, PlayerLink, User
from botworker import elsewhere, game
from botworker.standin import StandIn
from botworker.standin.faults import Fault
from botworker.timing import MachineTime
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import fresh
from tests.bot.journey import JourneyCase
from tests.contracts import descriptions

HEAD = b"\xff\xff\xff\xffstatusResponse\n"
GOOD = HEAD + b'\\challenge\\abc\\mapname\\oasis\n12 35 "^1An^7a"\n0 48 "^3Bor-7K2M"\n'
STRANGE = {
    "nothing": b"",
    "another question's": b"\xff\xff\xff\xffinfoResponse\n\\challenge\\abc\n",
    "another challenge": GOOD.replace(b"abc", b"xyz"),
    "no challenge": HEAD + b"\\mapname\\oasis\n",
    "no pairs": HEAD + b"\\challenge\\abc\\mapname\n",
    "cut in a line": GOOD[:-4],
    "cut in the settings": GOOD[:40],
    "no ping": HEAD + b'\\challenge\\abc\n0 "Bor"\n',
    "no name": HEAD + b"\\challenge\\abc\n0 48\n",
    "a name without an end": HEAD + b"\\challenge\\abc\n" + b'0 48 "' + b"x" * 65 + b'"\n',
    "a crowd": HEAD + b"\\challenge\\abc\n" + b'0 48 "x"\n' * 65,
    "a flood": GOOD + b'0 48 "x"\n' * 2000,
}


def test_names_come_without_their_colours() -> None:
    assert game.read(GOOD, "abc") == game.Status("oasis", ("Ana", "Bor-7K2M"))


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    with pytest.raises(game.Malformed):
        game.read(answer, "abc")


def test_what_a_real_server_sent_is_understood() -> None:
    descriptions.needed()
    place = descriptions.folder()
    assert place
    real = (Path(place) / "game-server" / "ioq3ded_openarena_getstatus.bin").read_bytes()
    words = real.decode("latin-1").split("\\")

    found = game.read(real, words[words.index("challenge") + 1])

    assert found.map
    assert len(found.players) == real.count(b"\n") - 2


def test_the_game_server_is_a_host_and_a_port() -> None:
    def read(address: str) -> tuple[str, int] | None:
        found: tuple[str, int] | None = fresh.settings(GAME_SERVER_ADDRESS=address).GAME_SERVER
        return found

    assert read("et.example:27960  # port") == ("et.example", 27960)
    assert read("[2001:db8::1]:27960") == ("2001:db8::1", 27960)
    assert read("") is None
    for wrong in ("et.example", "et.example:0", "et.example:70000", ":27960", "a b:27960"):
        with pytest.raises(ImproperlyConfigured, match="GAME_SERVER_ADDRESS"):
            read(wrong)


class WornJourney(JourneyCase):
    """bor says that he is Bazooka Bor; only the game server can make that sure."""

    @asynccontextmanager
    async def server(self) -> AsyncIterator[StandIn]:
        self.go_to("20:00")
        async with self.night(bot=False) as standin:
            host, _, port = standin.game.address.rpartition(":")
            with override_settings(GAME_SERVER=(host, int(port))):
                yield standin

    async def start_code(self, who: User) -> str:
        await call(PlayerLink.objects.filter(user=who).update, proof=PlayerLink.Proof.CLAIMED)
        code = await call(people.start_code, person=who, at=clock.now())
        return code.code

    def wear(self, who: User, name: str) -> None:
        self.standin.game.join(int(who.discord.discord_id), name)

    async def look(self) -> None:
        await game.GameNews(MachineTime()).look_once()

    async def proof(self, who: User) -> str:
        return (await call(PlayerLink.objects.get, user=who)).proof

    async def test_whoever_wears_their_code_is_proved(self) -> None:
        async with self.server():
            code = await self.start_code(self.bor)
            self.wear(self.bor, f"^1Bazooka ^7Bor-{code}")
            stopping = asyncio.Event()
            running = asyncio.create_task(elsewhere.run(stopping, MachineTime()))

            await self.until(self.is_proved)

            stopping.set()
            await running
        self.assertTrue((await call(NameCode.objects.get)).seen_at)

    async def is_proved(self) -> bool:
        return await self.proof(self.bor) == PlayerLink.Proof.CODE

    async def test_another_code_proves_nobody(self) -> None:
        async with self.server():
            code = await self.start_code(self.bor)
            self.wear(self.bor, f"Bor-{code[::-1]}x")
            self.wear(self.cene, f"{code}-Cene")

            await self.look()

        self.assertEqual(await self.proof(self.bor), PlayerLink.Proof.CLAIMED)

    async def test_without_an_open_code_the_server_is_left_alone(self) -> None:
        async with self.server() as standin:
            await self.look()
            before = self.asked(standin)
            await self.start_code(self.bor)
            await self.look()
            while_open = self.asked(standin)
            self.go_to("20:16")
            await self.look()

            self.assertEqual((before, while_open, self.asked(standin)), (0, 1, 1))

    @staticmethod
    def asked(standin: StandIn) -> int:
        return sum(one["path"] == "/game/getstatus" for one in standin.journal)

    async def test_nonsense_and_silence_harm_nothing(self) -> None:
        async with self.server() as standin:
            code = await self.start_code(self.bor)
            self.wear(self.bor, f"Bor-{code}")
            news = game.GameNews(MachineTime())
            with self.assertLogs("botworker.game", logging.INFO) as logs:
                for fault in ("garbage", "reset"):
                    facts = {"route": "UDP /game/getstatus", "fault": fault}
                    standin.parts.faults.active.append(Fault.from_json(facts))
                    await news.look_once()
                    self.assertEqual(await self.proof(self.bor), PlayerLink.Proof.CLAIMED)
                await news.look_once()

            self.assertEqual(await self.proof(self.bor), PlayerLink.Proof.CODE)
        said = [line.split(":", 2)[2].rpartition(": ")[2] for line in logs.output]
        self.assertEqual(
            said[:3], ["the answer is cut off", "no answer", "the game server answers again"]
        )

    async def test_a_server_that_is_not_there_harms_nothing(self) -> None:
        async with self.server():
            await self.start_code(self.bor)
            with (
                override_settings(GAME_SERVER=("127.0.0.1", 9)),
                self.assertLogs("botworker.game", logging.WARNING) as logs,
            ):
                await self.look()

        self.assertIn("cannot be asked", logs.output[0])
