"""Files with messages: sent by discord.py, described in the answer, served to anybody."""

import io
import json
from typing import Any

import discord
import pytest

from .case import GAME_NIGHT, SILENT, StandInCase

MAP = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)


def a_file(name: str = "map.png", content: bytes = MAP, **more: Any) -> discord.File:
    return discord.File(io.BytesIO(content), name, **more)


class UploadTests(StandInCase):
    async def test_a_file_comes_back_as_it_was_sent(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send("the map", file=a_file(description="Fuel dump"))
            [kept] = message.attachments

            self.assertEqual((kept.filename, kept.size), ("map.png", len(MAP)))
            self.assertEqual((kept.width, kept.height, kept.description), (640, 480, "Fuel dump"))
            self.assertEqual(await kept.read(), MAP)

    @pytest.mark.strange("discord.py sends a kept attachment back as a whole")
    async def test_an_edit_keeps_drops_and_adds(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send(files=[a_file("a.txt", b"a"), a_file("b.txt", b"b")])
            kept = message.attachments[1]
            changed = await message.edit(attachments=[kept, a_file("c.txt", b"c")])
            same = await message.edit(content="words")

        self.assertEqual([one.filename for one in changed.attachments], ["b.txt", "c.txt"])
        self.assertEqual(len(same.attachments), 2)

    async def test_a_file_is_a_message_without_words(self) -> None:
        body = json.dumps({"allowed_mentions": SILENT})
        path = f"/channels/{GAME_NIGHT}/messages"

        answer = await self.ask(
            "POST", path, data={"payload_json": body}, files={"files[0]": ("a.txt", b"a")}
        )

        self.assertEqual(answer.json()["attachments"][0]["filename"], "a.txt")

    async def test_it_refuses_what_is_too_big(self) -> None:
        async with self.bot() as bot:
            with self.assertRaises(discord.HTTPException) as refused:
                await bot.room().send(file=a_file(content=bytes(10 * 1024 * 1024 + 1)))

        self.assertEqual((refused.exception.status, refused.exception.code), (413, 40005))

    async def test_it_refuses_an_attachment_without_a_file(self) -> None:
        answer = await self.post(attachments=[{"id": "0", "filename": "a.txt"}])

        self.assert_refused(answer, 400, 50035)
        self.assertEqual(self.standin.messages(GAME_NIGHT), [])

    async def test_a_name_cannot_leave_its_folder(self) -> None:
        async with self.bot() as bot:
            message = await bot.room().send(file=a_file("../../etc/passwd", b"x"))

        self.assertNotIn("/", message.attachments[0].filename)
        answer = await self.http.get(message.attachments[0].url)
        self.assertEqual((answer.status_code, answer.content), (200, b"x"))
        self.assertEqual(answer.headers["Content-Security-Policy"], "sandbox")
