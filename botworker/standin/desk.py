"""Interactions: a person presses or types a command, the bot has three seconds to answer."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field

from . import asked, shapes
from .errors import refusal
from .gateway.hub import Hub
from .posting import Posting
from .store import Post
from .world import Json, Person

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL = 4, 5, 6, 7, 9
COMMAND, COMPONENT = 2, 3
TO_ANSWER = 3.0
TO_FOLLOW_UP = 5.0
CALM = 0.1
TOKEN_LIVES = 900.0


@dataclass(slots=True)
class Interaction:
    """One press or command: who, where, and what the bot did about it so far."""

    id: int
    person: int
    channel: int
    kind: int
    message: int | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    started: float = field(default_factory=time.monotonic)
    answer: int | None = None
    original: int | None = None
    follow_ups: list[int] = field(default_factory=list)
    modal: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    touched: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def age(self) -> float:
        return time.monotonic() - self.started


class Desk:
    """Sends interactions to the bot and takes its answers."""

    def __init__(self, posting: Posting, hub: Hub) -> None:
        self.posting = posting
        self.store = posting.store
        self.hub = hub
        self.open: dict[str, Interaction] = {}
        self.patience = TO_ANSWER

    # --- the person's side -------------------------------------------------------------------

    async def press(self, person: Person, post: Post, component: Json) -> Json:
        """Press a component and wait for what comes of it."""
        channel = int(post.message["channel_id"])
        event = self.begin(person.id, channel, COMPONENT, post.id)
        data = {"custom_id": component["custom_id"], "component_type": component.get("type", 2)}
        data |= {"id": component.get("id", 0)}
        message = self.posting.event(post.message)
        return await self._ask(event, {"data": data, "message": message})

    async def run(self, person: Person, channel: int, command: Json) -> Json:
        """Run a slash command and wait for what comes of it."""
        event = self.begin(person.id, channel, COMMAND)
        return await self._ask(event, {"data": command})

    def begin(
        self, person: int, channel: int, kind: int, message: int | None = None
    ) -> Interaction:
        """Open an interaction; its token is good for 15 minutes."""
        event = Interaction(self.store.snowflakes.next(), person, channel, kind, message)
        self.open = {token: one for token, one in self.open.items() if one.age < TOKEN_LIVES}
        self.open[event.token] = event
        return event

    async def _ask(self, event: Interaction, extra: Json) -> Json:
        if not self.hub.connected:
            del self.open[event.token]
            return self.result(event, "the bot is not connected")
        self.hub.tell("INTERACTION_CREATE", asked.payload(self.store, event, extra))
        await _within(self.patience - event.age, event.answered)
        if event.answer is None:
            self.open.pop(event.token, None)
            return self.result(event, f"the bot did not answer within {self.patience:g} seconds")
        if event.answer in (DEFERRED, DEFERRED_UPDATE):
            await self._follow_up(event)
        return self.result(event)

    @staticmethod
    async def _follow_up(event: Interaction) -> None:
        # A deferred answer is often two requests (edit, then a private word): wait until calm.
        patience = TO_FOLLOW_UP
        while await _within(patience, event.touched):
            event.touched.clear()
            patience = CALM

    def result(self, event: Interaction, reason: str = "") -> Json:
        """Say what a press came to, as `POST /standin/press` returns it."""
        shown = self._shown(event) or {}
        pressed = self.store.posts.get(event.message or 0)
        return {
            "answered": event.answer is not None,
            **({"reason": reason} if reason else {}),
            "type": event.answer,
            "content": shown.get("content", ""),
            "embeds": shown.get("embeds", []),
            "ephemeral": bool(shown.get("flags", 0) & shapes.EPHEMERAL),
            "components": shown.get("components", []),
            "modal": event.modal,
            "message": pressed.message if pressed else None,
        }

    def _shown(self, event: Interaction) -> Json | None:
        for one in (*reversed(event.follow_ups), event.original or event.message):
            if post := self.store.posts.get(one or 0):
                return post.message
        return None

    # --- the bot's side ------------------------------------------------------------------------

    def take_callback(self, token: str, interaction: int, body: Json) -> Interaction:
        """Accept the first answer to an interaction, 10062 when it comes too late."""
        event = self.open.get(token)
        if event is None or event.id != interaction:
            raise refusal(10062)
        if event.answer is not None:
            raise refusal(40060)
        if event.age > self.patience:
            raise refusal(10062)
        self._apply(event, int(body["type"]), body.get("data") or {})
        event.answer = int(body["type"])
        event.answered.set()
        return event

    def _apply(self, event: Interaction, kind: int, data: Json) -> None:
        if kind == MESSAGE:
            event.original = self._reply(event, data)
        elif kind == DEFERRED:
            flags = int(data.get("flags") or 0) | shapes.LOADING
            event.original = self._reply(event, {**data, "flags": flags})
        elif kind == UPDATE and event.message:
            self.posting.change(self._post(event.message), data)
        elif kind == MODAL:
            event.modal = data

    def follow_up(self, token: str, body: Json) -> Json:
        """Say something more; the first follow-up fills a deferred answer."""
        event = self.alive(token)
        loading = self.store.posts.get(event.original or 0)
        if loading and loading.message["flags"] & shapes.LOADING:
            body = {**body, "flags": loading.message["flags"] & shapes.EPHEMERAL}
            message = self.posting.change(loading, body)
        else:
            event.follow_ups.append(self._reply(event, body))
            message = self._post(event.follow_ups[-1]).message
        event.touched.set()
        return message

    def change(self, token: str, message: str, body: Json) -> Json:
        event = self.alive(token)
        changed = self.posting.change(self.find(event, message), body)
        event.touched.set()
        return changed

    def alive(self, token: str) -> Interaction:
        """Give the answered interaction of a token that is at most 15 minutes old."""
        event = self.open.get(token)
        if event is None or event.answer is None or event.age > TOKEN_LIVES:
            raise refusal(10015)
        return event

    def find(self, event: Interaction, message: str) -> Post:
        """Give the message a webhook route names, `@original` being the answer itself."""
        if message == "@original":
            return self._post(event.original or event.message or 0)
        mine = {event.original, event.message, *event.follow_ups}
        return self._post(int(message) if message.isdigit() and int(message) in mine else 0)

    def _post(self, message: int) -> Post:
        if message not in self.store.posts:
            raise refusal(10008)
        return self.store.posts[message]

    def _reply(self, event: Interaction, data: Json) -> int:
        private = int(data.get("flags") or 0) & shapes.EPHEMERAL
        body = {key: value for key, value in data.items() if key != "nonce"}
        author = shapes.bot(self.store.world)
        only_for = event.person if private else None
        message = self.posting.say(event.channel, author, body, only_for=only_for)
        return int(message["id"])


async def _within(seconds: float, happened: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await happened.wait()
    return happened.is_set()
