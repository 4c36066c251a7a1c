"""What the local Telegram's own tests share."""

from typing import Any

from .case import ANA, StandInCase, a_world

TOKEN = a_world().application.telegram_token
YES = {"inline_keyboard": [[{"text": "Looking", "callback_data": "yes"}]]}


class TelegramCase(StandInCase):
    async def call(self, method: str, token: str = TOKEN, **params: Any) -> Any:
        """Call a method and give its answer, refused or not."""
        return (await self.http.post(f"/telegram/bot{token}/{method}", json=params)).json()

    async def asked(self, method: str, **params: Any) -> Any:
        """Call a method that must succeed and give its result."""
        answer = await self.call(method, **params)
        self.assertTrue(answer["ok"], answer)
        return answer["result"]

    def chat(self, person: int = ANA) -> int:
        """Begin a chat with the bot; before that it cannot write to anybody."""
        self.standin.telegram.say(person, "/start")
        return self.standin.telegram.chat_of(person)

    async def refused(self, method: str, code: int, description: str, **params: Any) -> Any:
        answer = await self.call(method, **params)
        told = (answer["ok"], answer.get("error_code"), answer.get("description"))
        self.assertEqual(told, (False, code, description))
        return answer
