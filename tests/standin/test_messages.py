from typing import Any

import pytest

from .case import (
    ANA,
    BOR,
    CENE,
    GAME_NIGHT,
    SILENT,
    STAFF,
    STRANGER,
    StandInCase,
    button,
    row,
)

MESSAGES = f"/channels/{GAME_NIGHT}/messages"


class CreateTests(StandInCase):
    async def test_it_keeps_what_was_said(self) -> None:
        answer = await self.post("21:00 tonight")

        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(self.standin.messages(GAME_NIGHT), [answer.json()])

    async def test_it_refuses_a_message_that_does_not_say_whom_it_may_ping(self) -> None:
        answer = await self.ask("POST", MESSAGES, json={"content": "hi"})

        self.assert_refused(answer, 400, 50035)
        self.assertIn("allowed_mentions", answer.json()["errors"])
        self.assertEqual(self.standin.messages(GAME_NIGHT), [])

    async def test_it_pings_only_whom_it_may(self) -> None:
        text = f"@everyone <@{ANA}> <@{BOR}>"

        silent = (await self.post(text)).json()
        one = (await self.post(text, allowed_mentions={"users": [str(BOR)]})).json()
        all_ = (await self.post(text, allowed_mentions={"parse": ["users", "everyone"]})).json()

        self.assertEqual((silent["mentions"], silent["mention_everyone"]), ([], False))
        self.assertEqual([who["username"] for who in one["mentions"]], ["bor"])
        self.assertEqual([who["username"] for who in all_["mentions"]], ["ana", "bor"])
        self.assertTrue(all_["mention_everyone"])

    async def test_it_refuses_an_empty_message(self) -> None:
        self.assert_refused(await self.post(""), 400, 50006)

    async def test_it_refuses_what_discord_refuses(self) -> None:
        many = [row(*(button(f"{one}-{two}") for two in range(5))) for one in range(6)]
        wrong: list[dict[str, Any]] = [
            {"content": "x" * 2001},
            {"components": many},
            {"components": [row(*(button(str(one)) for one in range(6)))]},
            {"components": [row(button("a", label="x" * 81))]},
            {"components": [row(button("x" * 101))]},
            {"components": [row(button("a"), button("a"))]},
            {"components": [button("a")]},
            {"components": "buttons"},
            {"embeds": [{"title": "x" * 257}]},
            {"embeds": [{"description": "x" * 4000}, {"description": "x" * 4000}]},
            {"embeds": [{"fields": [{"name": "x", "value": ""}]}]},
            {"nonce": "x" * 26},
            {"nonce": 1.5},
        ]
        for body in wrong:
            with self.subTest(body=str(body)[:60]):
                self.assert_refused(await self.post(**body), 400, 50035)

    async def test_it_refuses_broken_json(self) -> None:
        headers = {"Content-Type": "application/json"}
        answer = await self.http.post(f"/api/v10{MESSAGES}", content=b'{"a', headers=headers)

        self.assert_refused(answer, 400, 50109)

    @pytest.mark.strange("messages have no colour")
    async def test_it_remembers_a_field_it_does_not_know(self) -> None:
        await self.post(colour="amber")

        self.assertEqual([one["field"] for one in self.standin.unknown], ["colour"])


class NonceTests(StandInCase):
    async def test_it_gives_back_the_earlier_message(self) -> None:
        first = await self.post("first", nonce="n1", enforce_nonce=True)
        again = await self.post("changed", nonce="n1", enforce_nonce=True)

        self.assertEqual((again.status_code, again.json()), (200, first.json()))
        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)

    async def test_it_is_one_window_for_all_channels_of_an_author(self) -> None:
        first = await self.post(nonce="n1", enforce_nonce=True)
        again = await self.post(nonce="n1", enforce_nonce=True, channel=await self.dm_of(ANA))

        self.assertEqual(again.json()["id"], first.json()["id"])

    async def test_it_says_so_when_the_earlier_message_was_deleted(self) -> None:
        first = (await self.post(nonce="n1", enforce_nonce=True)).json()
        await self.ask("DELETE", f"{MESSAGES}/{first['id']}")

        self.assert_refused(await self.post(nonce="n1", enforce_nonce=True), 404, 10008)

    async def test_it_does_not_dedupe_unless_asked(self) -> None:
        await self.post(nonce="n1")
        await self.post(nonce="n1")

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 2)


class NonceWindowTests(StandInCase):
    nonce_window = 0.0

    async def test_it_forgets_a_nonce_after_the_window(self) -> None:
        await self.post(nonce="n1", enforce_nonce=True)
        await self.post(nonce="n1", enforce_nonce=True)

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 2)


class DirectMessageTests(StandInCase):
    async def test_it_always_opens_the_same_channel(self) -> None:
        self.assertEqual(await self.dm_of(ANA), await self.dm_of(ANA))

    async def test_it_reaches_the_inbox(self) -> None:
        await self.post("21:00 tonight. Are you in?", channel=await self.dm_of(ANA))

        told = [message["content"] for message in self.standin.inbox(ANA)]
        self.assertEqual(told, ["21:00 tonight. Are you in?"])

    async def test_it_refuses_closed_messages_until_they_open(self) -> None:
        channel = await self.dm_of(CENE)
        self.assert_refused(await self.post(channel=channel), 403, 50007)

        await self.standin.set_person(CENE, dms_closed=False)

        self.assertEqual((await self.post(channel=channel)).status_code, 200)

    async def test_it_refuses_somebody_without_a_common_server(self) -> None:
        answer = await self.post(channel=await self.dm_of(STRANGER))

        self.assert_refused(answer, 403, 50278)


class PlaceTests(StandInCase):
    async def test_it_knows_no_other_places(self) -> None:
        self.assert_refused(await self.post(channel=1), 404, 10003)
        self.assert_refused(await self.post(channel=STAFF), 403, 50001)
        self.assert_refused(await self.ask("GET", f"{MESSAGES}/1"), 404, 10008)
        self.assert_refused(await self.ask("GET", "/users/1"), 404, 10013)
        self.assert_refused(await self.ask("GET", "/guilds/1"), 404, 10004)

    async def test_it_asks_who_is_there(self) -> None:
        answer = await self.http.get("/api/v10/users/@me", headers={"Authorization": "Bot no"})

        self.assert_refused(answer, 401, 0)


class HistoryTests(StandInCase):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        said = [(await self.post(str(number))).json() for number in range(6)]
        self.ids = [int(one["id"]) for one in said]

    async def told(self, **query: int) -> str:
        answer = await self.ask("GET", MESSAGES, params=query)
        return "".join(message["content"] for message in answer.json())

    async def test_it_tells_the_newest_first(self) -> None:
        self.assertEqual(await self.told(), "543210")
        self.assertEqual(await self.told(limit=2), "54")

    async def test_it_tells_before_after_and_around(self) -> None:
        self.assertEqual(await self.told(before=self.ids[3], limit=2), "21")
        self.assertEqual(await self.told(after=self.ids[2], limit=2), "43")
        self.assertEqual(await self.told(around=self.ids[3], limit=3), "432")

    async def test_it_refuses_a_limit_that_is_no_number(self) -> None:
        answer = await self.ask("GET", MESSAGES, params={"limit": "many"})

        self.assert_refused(answer, 400, 50035)

    async def test_it_finds_what_came_after_a_moment(self) -> None:
        earlier = self.ids[0] - (60_000 << 22)

        self.assertEqual(await self.told(after=earlier, limit=100), "543210")


class ChangeTests(StandInCase):
    async def test_it_changes_only_what_is_named(self) -> None:
        message = (await self.post(components=[row(button("in"))])).json()
        answer = await self.ask("PATCH", f"{MESSAGES}/{message['id']}", json={"content": "new"})

        changed = answer.json()
        self.assertEqual(changed["content"], "new")
        self.assertEqual(changed["components"], message["components"])
        self.assertTrue(changed["edited_timestamp"])

    async def test_it_leaves_other_peoples_words_alone(self) -> None:
        message = await self.standin.say(ANA, GAME_NIGHT, "a bo kaj danes?")
        path = f"{MESSAGES}/{message['id']}"

        answer = await self.ask("PATCH", path, json={"content": "no"})

        self.assert_refused(answer, 403, 50005)

    async def test_it_does_not_empty_a_message(self) -> None:
        message = (await self.post()).json()
        answer = await self.ask("PATCH", f"{MESSAGES}/{message['id']}", json={"content": ""})

        self.assert_refused(answer, 400, 50006)
        self.assertEqual(self.standin.messages(GAME_NIGHT), [message])

    async def test_it_deletes(self) -> None:
        message = (await self.post(allowed_mentions=SILENT)).json()
        answer = await self.ask("DELETE", f"{MESSAGES}/{message['id']}")

        self.assertEqual((answer.status_code, self.standin.messages(GAME_NIGHT)), (204, []))
