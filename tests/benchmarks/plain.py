"""The plain way to tell many people: open, send, write it down, one after another."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import discord

from accounts.models import User
from botworker import outbox, render
from botworker.models import Delivery, State
from slomix.lib.bridge import call
from tests.benchmarks import crowd
from tests.benchmarks.club import TOKEN, Club
from tests.ledger.ledger import message


async def seconds_for_each(local: Club, people: Sequence[User]) -> float:
    """Return how long one person takes on average."""
    discord.http.Route.BASE = f"{local.url}/api/v10"
    async with discord.Client(intents=discord.Intents.none()) as rest:
        await rest.login(TOKEN)
        began = time.monotonic()
        for one in people:
            await tell(rest, one)
        return (time.monotonic() - began) / len(people)


async def tell(rest: discord.Client, who: User) -> None:
    """Tell one person the same words with the same buttons."""
    words = message(who)
    channel = await rest.create_dm(discord.Object(who.discord.discord_id))
    await channel.send(
        words.body,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments(words.extras, f"plain{who.pk}"),
    )
    await call(write_down, who)


def write_down(who: User) -> None:
    """Add the row that says that it was said."""
    at = datetime.now(UTC)
    Delivery.objects.create(
        event_key="BENCH:plain",
        kind="test",
        due_at=at,
        expires_at=at + crowd.WORTH_SAYING,
        deadline_at=at + crowd.WORTH_SAYING,
        next_at=at,
        recipient=outbox.recipient_of(who.discord.discord_id),
        person_id=who.pk,
        channels=["discord"],
        channel="discord",
        body="said",
        state=State.SENT,
        settled_at=at,
    )
