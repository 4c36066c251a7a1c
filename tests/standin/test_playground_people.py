"""What people do on the playground besides talking to each other on Discord."""

from .case import ANA, BOR, BRIEFING, CENE, GAME_NIGHT, GUILD, STRANGER
from .playing import PlaygroundCase


class DoorTests(PlaygroundCase):
    async def test_it_opens_and_closes_direct_messages(self) -> None:
        self.assertIn("refusal 50007", await self.lane(CENE))

        await self.play("dms", person=CENE, do="open")

        self.assertFalse(self.standin.parts.store.people[CENE].dms_closed)
        self.assertNotIn("refusal 50007", await self.page(beside=f"{CENE}.dm"))

    async def test_somebody_leaves_the_server_and_comes_back(self) -> None:
        await self.play("member", person=BOR, do="leave", back="/people")
        self.assertIn("not on the server", self.part(await self.page("/people"), f"p{BOR}"))

        await self.play("member", person=BOR, do="join", back="/people")

        self.assertTrue(self.standin.parts.store.people[BOR].in_guild)

    async def test_it_gives_and_takes_a_role(self) -> None:
        await self.play("new-role", content="Raider")
        role = max(self.standin.parts.store.guilds.roles[GUILD])

        await self.play("role", person=BOR, do="give", role=role)
        self.assertIn("Take @Raider", self.part(await self.page("/people"), f"p{BOR}"))
        await self.play("role", person=BOR, do="take", role=role)

        members = self.standin.parts.store.guilds.members[GUILD]
        self.assertEqual(members[BOR]["roles"], [])

    async def test_a_role_that_is_not_there_is_refused_in_words(self) -> None:
        await self.play("role", person=BOR, do="give", role=4)

        self.assertIn("There is no role 4.", await self.talk(who=BOR))


class VoiceTests(PlaygroundCase):
    async def voice(self, who: int) -> str:
        return self.part(await self.page(who=who), "voice")

    async def test_it_joins_mutes_and_leaves(self) -> None:
        await self.play("voice", person=BOR, channel=BRIEFING, do="join")
        await self.play("voice", person=BOR, do="mute")
        self.assertIn("Bor, muted", await self.voice(ANA))

        await self.play("voice", person=BOR, do="leave")

        self.assertNotIn("Bor", await self.voice(ANA))
        self.assertEqual(self.standin.parts.store.voice.states, {})

    async def test_whoever_deafens_themselves_is_muted_too(self) -> None:
        await self.play("voice", person=BOR, channel=BRIEFING, do="join")
        await self.play("voice", person=BOR, do="deaf")

        state = self.standin.parts.store.voice.states[GUILD, BOR]
        self.assertTrue(state["self_mute"] and state["self_deaf"])

    async def test_a_stranger_cannot_join(self) -> None:
        await self.play("voice", person=STRANGER, channel=BRIEFING, do="join")

        self.assertEqual(self.standin.parts.store.voice.states, {})

    async def test_a_text_channel_is_refused_in_words(self) -> None:
        await self.play("voice", person=BOR, channel=GAME_NIGHT, do="join")

        self.assertIn("is no voice channel", await self.talk(who=BOR))


class GameTests(PlaygroundCase):
    async def test_it_joins_the_game_server_and_leaves_it(self) -> None:
        await self.play("game", person=BOR, do="join")
        self.assertIn("Bor", self.part(await self.page(), "game"))

        await self.play("game", person=BOR, do="leave")

        self.assertIn("Nobody plays.", self.part(await self.page(), "game"))

    async def test_the_server_can_be_switched_off(self) -> None:
        await self.play("game", person=BOR, do="down")

        self.assertIn("switched off", self.part(await self.page(), "game"))
        self.assertFalse(self.standin.parts.elsewhere.game.up)


class ElsewhereTests(PlaygroundCase):
    async def test_it_writes_on_telegram(self) -> None:
        self.assertIn("Write /start", await self.talk(who=BOR, at="telegram"))

        await self.play("telegram", person=BOR, content="/start")

        self.assertIn("/start", await self.talk(who=BOR, at="telegram"))
        (message,) = self.standin.parts.elsewhere.telegram.inbox(BOR)
        self.assertEqual(message["text"], "/start")

    async def test_it_says_that_nobody_answered_a_press_on_telegram(self) -> None:
        telegram = self.standin.parts.elsewhere.telegram
        await self.play("telegram", person=BOR, content="/start")
        keys = {"inline_keyboard": [[{"text": "I am in", "callback_data": "in"}]]}
        sent = {"chat_id": telegram.chat_of(BOR), "text": "coming?", "reply_markup": keys}
        await self.http.post(f"/telegram/bot{telegram.token}/sendMessage", json=sent)
        self.assertIn("I am in", await self.talk(who=BOR, at="telegram"))

        await self.play("telegram-press", person=BOR, message=9, data="in")

        self.assertIn("is not in this chat", await self.talk(who=BOR, at="telegram"))

    async def test_a_blocked_bot_shows_as_a_closed_door(self) -> None:
        await self.play("telegram-flag", person=BOR, do="block")
        self.assertIn("The bot is blocked here.", await self.talk(who=BOR, at="telegram"))

        await self.play("telegram-flag", person=BOR, do="unblock")

        self.assertNotIn("blocked", await self.talk(who=BOR, at="telegram"))

    async def test_it_writes_and_reads_on_signal(self) -> None:
        await self.play("signal", person=BOR, content="LINK 1234")
        self.standin.parts.elsewhere.signal.deliver(BOR, "Linked.", 1)

        talk = await self.talk(who=BOR, at="signal")
        self.assertIn("LINK 1234", talk)
        self.assertIn("Linked.", talk)

    async def test_a_phone_can_be_switched_off(self) -> None:
        await self.play("signal-flag", person=BOR, do="offline", back="/people")

        self.assertIn("phone off", self.part(await self.page("/people"), f"p{BOR}"))
