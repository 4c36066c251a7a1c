"""What the bot may write where, and which commands people have on which server."""

from dataclasses import replace
from typing import Any

from botworker.standin import Channel, Guild, World, acts_commands, permissions
from botworker.standin.acts import CannotDo

from .case import ANA, APP, BOR, GAME_NIGHT, SILENT, StandInCase, a_world

ROOM, QUIET, RULES, CATEGORY = 711, 712, 713, 714
THERE, ITS_ROOM = 899, 799
MESSAGES = f"/channels/{ROOM}/messages"


def world() -> World:
    first = a_world()
    rooms = (Channel(ROOM, "room"), Channel(CATEGORY, "Rooms", type=4))
    other = Guild(THERE, "Another", channels=(Channel(ITS_ROOM, "its-room"),), members=(ANA, BOR))
    guild = replace(first.guild, channels=(*first.guild.channels, *rooms))
    return replace(first, guild=guild, others=(other,))


class WritingTests(StandInCase):
    world = world()

    async def without(self, right: int) -> None:
        """Take a permission from the bot in the room."""
        overwrite = {"id": str(APP), "type": 1, "allow": "0", "deny": str(right)}
        store = self.standin.parts.store
        store.channels.put({**store.channels.all[ROOM], "permission_overwrites": [overwrite]})

    async def test_it_writes_only_where_it_may(self) -> None:
        await self.without(permissions.SEND_MESSAGES)

        self.assert_refused(await self.post(channel=ROOM), 403, 50013)
        self.assert_refused(await self.post(channel=CATEGORY), 400, 50008)
        self.assertEqual((await self.post()).status_code, 200)

    async def test_embeds_files_and_replies_have_rights_of_their_own(self) -> None:
        said = (await self.post(channel=ROOM)).json()["id"]
        await self.without(permissions.EMBED_LINKS)
        self.assert_refused(await self.post(channel=ROOM, embeds=[{"title": "x"}]), 403, 50013)
        await self.without(permissions.READ_HISTORY)
        answered = {"message_id": said}
        refused = await self.post(channel=ROOM, message_reference=answered)
        self.assert_refused(refused, 403, 160002)
        await self.without(permissions.ATTACH_FILES)
        form = {"payload_json": '{"allowed_mentions": {"parse": []}}'}
        files = {"files[0]": ("a.txt", b"a")}
        self.assert_refused(await self.ask("POST", MESSAGES, data=form, files=files), 403, 50013)

    async def test_a_history_that_it_may_not_read_is_empty_and_no_refusal(self) -> None:
        await self.post(channel=ROOM)
        await self.without(permissions.READ_HISTORY)

        answer = await self.ask("GET", MESSAGES)

        self.assertEqual((answer.status_code, answer.json()), (200, []))

    async def test_it_manages_only_where_it_may(self) -> None:
        said = await self.standin.say(ANA, ROOM, "hi")
        await self.without(permissions.MANAGE_MESSAGES | permissions.PIN_MESSAGES)
        path = f"{MESSAGES}/{said['id']}"

        self.assert_refused(await self.ask("DELETE", path), 403, 50013)
        self.assert_refused(await self.ask("DELETE", f"{path}/reactions"), 403, 50013)
        pin = f"/channels/{ROOM}/messages/pins/{said['id']}"
        self.assert_refused(await self.ask("PUT", pin), 403, 50013)

    async def test_a_locked_thread_is_closed_to_whoever_manages_none(self) -> None:
        path = f"/channels/{ROOM}/threads"
        body = {"name": "Raid", "type": 11}
        thread = int((await self.ask("POST", path, json=body)).json()["id"])
        locked = {"archived": True, "locked": True}
        await self.ask("PATCH", f"/channels/{thread}", json=locked)
        self.assertEqual((await self.post(channel=thread)).status_code, 200)
        await self.ask("PATCH", f"/channels/{thread}", json=locked)
        await self.without(permissions.MANAGE_THREADS)

        self.assert_refused(await self.post(channel=thread), 403, 160005)


class ServerCommandTests(StandInCase):
    world = world()

    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        for guild, name in ((self.world.guild.id, "here"), (THERE, "there")):
            path = f"/applications/{APP}/guilds/{guild}/commands"
            await self.ask("POST", path, json={"name": name, "description": "x"})

    def offered(self, person: int, channel: int) -> list[Any]:
        told = acts_commands.available(self.standin.parts, person, channel)
        return [one["name"] for one in told]

    async def test_each_server_has_its_own_commands(self) -> None:
        self.assertEqual(self.offered(BOR, GAME_NIGHT), ["here"])
        self.assertEqual(self.offered(BOR, ITS_ROOM), ["there"])
        self.assertEqual(self.offered(BOR, await self.dm_of(BOR)), [])
        with self.assertRaises(CannotDo):
            await self.standin.run_command(BOR, ITS_ROOM, "here")

    async def test_nobody_is_offered_commands_where_they_may_use_none(self) -> None:
        store = self.standin.parts.store
        deny = {"id": str(BOR), "type": 1, "allow": "0", "deny": str(permissions.USE_COMMANDS)}
        channel = store.channels.all[GAME_NIGHT]
        store.channels.put({**channel, "permission_overwrites": [deny]})

        self.assertEqual(self.offered(BOR, GAME_NIGHT), [])
        self.assertEqual(self.offered(ANA, GAME_NIGHT), ["here"])

    async def test_a_select_finds_nobody_from_another_server(self) -> None:
        select = {"type": 8, "custom_id": "where"}
        row = {"type": 1, "components": [select]}
        said = (await self.post(components=[row], allowed_mentions=SILENT)).json()["id"]

        with self.assertRaises(CannotDo):
            await self.standin.choose(BOR, said, "where", [ITS_ROOM])


class UnprivilegedTests(StandInCase):
    world = a_world(privileged_intents=False)

    async def test_it_reads_its_own_words_and_those_that_name_it(self) -> None:
        await self.standin.say(ANA, GAME_NIGHT, "among us")
        await self.post("from the bot")
        history = await self.ask("GET", f"/channels/{GAME_NIGHT}/messages")
        room = await self.dm_of(ANA)
        await self.standin.say(ANA, room, "to the bot")
        direct = await self.ask("GET", f"/channels/{room}/messages")

        self.assertEqual([one["content"] for one in history.json()], ["from the bot", ""])
        self.assertEqual([one["content"] for one in direct.json()], ["to the bot"])
