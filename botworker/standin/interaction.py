"""One interaction: a press, a choice, a command, a form that somebody sent.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field

from .world import Json

# What a person did.
COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5
# What the bot answers.
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
WHISPERED = (MESSAGE, DEFERRED)
ANSWERS = {
    COMMAND: (MESSAGE, DEFERRED, MODAL),
    COMPONENT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    FORM: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE),
}
TOKEN_LIVES = 900.0


@dataclass(slots=True)
class Interaction:
    """Who, where and what, and what the bot did about it so far."""

    id: int
    person: int
    channel: int
    kind: int
    message: int | None = None
    command: Json | None = None
    before: Interaction | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    started: float = field(default_factory=time.monotonic)
    answer: int | None = None
    original: int | None = None
    follow_ups: list[int] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    touched: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def age(self) -> float:
        return time.monotonic() - self.started

    @property
    def answers(self) -> tuple[int, ...]:
        """Give the kinds of answer that this interaction takes."""
        kinds = ANSWERS[self.kind]
        if self.kind == FORM and not self.message:
            return tuple(one for one in kinds if one in WHISPERED)
        return kinds

    def metadata(self, user: Json, owners: Json) -> Json:
        """Say in the bot's answer what it answers."""
        told: Json = {
            "id": str(self.id),
            "type": self.kind,
            "user": user,
            "authorizing_integration_owners": owners,
        }
        if self.original:
            told["original_response_message_id"] = str(self.original)
        if self.kind == COMPONENT:
            told["interacted_message_id"] = str(self.message)
        if self.kind == FORM and self.before:
            told["triggering_interaction_metadata"] = self.before.metadata(user, owners)
        return told
