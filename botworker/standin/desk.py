"""Interactions: a person presses or types a command, the bot has three seconds to answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from . import asked, shapes
from .errors import Problem, invalid_form, refusal
from .gateway.hub import Hub
from .interaction import (
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED,
    DEFERRED_UPDATE,
    FORM,
    MESSAGE,
    MODAL,
    TOKEN_LIVES,
    UPDATE,
    Interaction,
)
from .posting import Posting
from .store import Post
from .uploads import Upload
from .world import Json, Person

TO_ANSWER = 3.0
TO_FOLLOW_UP = 5.0
CALM = 0.25
# A token is told to be too old for so long, then it was never there.
REMEMBERED = 4 * TOKEN_LIVES


class Desk:
    """Sends interactions to the bot and takes its answers."""

    def __init__(self, posting: Posting, hub: Hub) -> None:
        self.posting = posting
        self.store = posting.store
        self.hub = hub
        self.open: dict[str, Interaction] = {}
        self.patience, self.token_lives = TO_ANSWER, TOKEN_LIVES
        self.calm = CALM

    # --- the person's side -------------------------------------------------------------------

    async def press(self, person: Person, post: Post, data: Json) -> Json:
        """Use a component and wait for what comes of it; `data` is what the event tells of it."""
        channel = int(post.message["channel_id"])
        event = self.begin(person.id, channel, COMPONENT, post.id)
        return await self.ask(event, {"data": data, "message": self.posting.event(post.message)})

    async def run(self, person: Person, channel: int, command: Json, kind: int = COMMAND) -> Json:
        """Run a command, or ask what could complete it, and wait for what comes of it."""
        event = self.begin(person.id, channel, kind)
        event.command = command
        return await self.ask(event, {"data": command})

    async def submit(self, before: Interaction, data: Json) -> Json:
        """Send a form that the answer to an earlier interaction has opened."""
        event = self.begin(before.person, before.channel, FORM, before.message)
        event.before, before.modal = before, None
        post = self.store.posts.get(before.message or 0)
        about = {"message": self.posting.event(post.message)} if post else {}
        return await self.ask(event, {"data": data, **about})

    def begin(
        self, person: int, channel: int, kind: int, message: int | None = None
    ) -> Interaction:
        """Open an interaction; its token is good for 15 minutes."""
        event = Interaction(self.store.snowflakes.next(), person, channel, kind, message)
        self.open = {token: one for token, one in self.open.items() if one.age < REMEMBERED}
        self.open[event.token] = event
        return event

    def opened_form(self, person: int, interaction: int) -> Interaction | None:
        """Find the interaction whose answer has a form open for somebody."""
        found = (one for one in self.open.values() if one.id == interaction and one.modal)
        return next((one for one in found if one.person == person), None)

    async def ask(self, event: Interaction, extra: Json) -> Json:
        """Send the event to the bot and wait for the answer, or for nothing."""
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

    async def _follow_up(self, event: Interaction) -> None:
        # A deferred answer is often two requests (edit, then a private word): wait until calm.
        patience = TO_FOLLOW_UP
        while await _within(patience, event.touched):
            event.touched.clear()
            patience = self.calm

    def result(self, event: Interaction, reason: str = "") -> Json:
        """Say what a press came to, as `POST /standin/press` returns it."""
        shown = self._shown(event) or {}
        pressed = self.store.posts.get(event.message or 0)
        return {
            "interaction": str(event.id),
            "answered": event.answer is not None,
            **({"reason": reason} if reason else {}),
            "type": event.answer,
            "content": shown.get("content", ""),
            "embeds": shown.get("embeds", []),
            "ephemeral": bool(shown.get("flags", 0) & shapes.EPHEMERAL),
            "components": shown.get("components", []),
            "modal": event.modal,
            "choices": event.choices,
            "message": pressed.message if pressed else None,
        }

    def _shown(self, event: Interaction) -> Json | None:
        for one in (*reversed(event.follow_ups), event.original or event.message):
            if post := self.store.posts.get(one or 0):
                return post.message
        return None

    # --- the bot's side ------------------------------------------------------------------------

    def waiting(self, token: str, interaction: int, kind: int) -> Interaction:
        """Give the interaction that a first answer of this kind is for.

        10062 when there is none or it comes too late, 40060 when one was given already.
        """
        event = self.open.get(token)
        if event is None or event.id != interaction:
            raise refusal(10062)
        if event.answer is not None:
            raise refusal(40060)
        if event.age > self.patience:
            raise refusal(10062)
        if kind not in event.answers:
            words = f"Value must be one of {{{', '.join(map(str, event.answers))}}}."
            raise invalid_form([Problem("type", "BASE_TYPE_CHOICES", words)])
        return event

    def take_callback(self, event: Interaction, body: Json, files: list[Upload]) -> Interaction:
        """Do what the first answer says."""
        kind, data = int(body["type"]), body.get("data") or {}
        if kind == MESSAGE:
            event.original = self._reply(event, data, files)
        elif kind == DEFERRED:
            flags = int(data.get("flags") or 0) | shapes.LOADING
            event.original = self._reply(event, {**data, "flags": flags}, [])
        elif kind == UPDATE and event.message:
            self._write(self.post(event.message), data, files)
        elif kind == MODAL:
            event.modal = data
        elif kind == CHOICES:
            event.choices = data.get("choices") or []
        event.answer = kind
        event.answered.set()
        return event

    def follow_up(self, token: str, body: Json, files: list[Upload]) -> Json:
        """Say something more; the first follow-up fills a deferred answer."""
        event = self.alive(token)
        loading = self.store.posts.get(event.original or 0)
        if loading and loading.message["flags"] & shapes.LOADING:
            body = {**body, "flags": loading.message["flags"] & shapes.EPHEMERAL}
            message = self._write(loading, body, files)
        else:
            event.follow_ups.append(self._reply(event, body, files))
            message = self.post(event.follow_ups[-1]).message
        event.touched.set()
        return message

    def change(self, event: Interaction, post: Post, body: Json, files: list[Upload]) -> Json:
        changed = self._write(post, body, files)
        event.touched.set()
        return changed

    def alive(self, token: str) -> Interaction:
        """Give the answered interaction of a token; 50027 after 15 minutes."""
        event = self.open.get(token)
        if event is None or event.answer is None:
            raise refusal(10015)
        if event.age > self.token_lives:
            raise refusal(50027)
        return event

    def find(self, event: Interaction, message: str) -> Post:
        """Give the message a webhook route names, `@original` being the answer itself."""
        if message == "@original":
            return self.post(event.original or event.message or 0)
        mine = {event.original, event.message, *event.follow_ups}
        return self.post(int(message) if message.isdigit() and int(message) in mine else 0)

    def post(self, message: int) -> Post:
        """Give a message, 10008 when it is gone."""
        if message not in self.store.posts:
            raise refusal(10008)
        return self.store.posts[message]

    def _write(self, post: Post, body: Json, files: list[Upload]) -> Json:
        channel, kept = int(post.message["channel_id"]), post.message["attachments"]
        more = self.posting.attached(channel, body, files, kept)
        return self.posting.change(post, body, more)

    def _reply(self, event: Interaction, data: Json, files: list[Upload]) -> int:
        private = int(data.get("flags") or 0) & shapes.EPHEMERAL
        body = {key: value for key, value in data.items() if key != "nonce"}
        more = self.posting.attached(event.channel, body, files) | self._about(event)
        author = shapes.bot(self.store.world)
        only_for = event.person if private else None
        message = self.posting.say(event.channel, author, body, only_for=only_for, more=more)
        return int(message["id"])

    def _about(self, event: Interaction) -> Json:
        user = shapes.user(self.store.people[event.person])
        application = str(self.store.world.application.id)
        more: Json = {
            "application_id": application,
            "webhook_id": application,
            "interaction_metadata": event.metadata(user, asked.owners(self.store, event.channel)),
        }
        if event.command and not event.original:
            menu = event.command.get("type", 1) != 1
            more["type"] = shapes.MENU_ANSWER if menu else shapes.COMMAND_ANSWER
        return more


async def _within(seconds: float, happened: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await happened.wait()
    return happened.is_set()
