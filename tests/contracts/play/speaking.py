"""What the bot says, changes, marks and reads again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import discord

from .commands import Answers
from .stage import Stage, act


@act(12)
async def say(stage: Stage) -> None:
    stage.keep(stage.said, await stage.room.send(stage.word("hello"), silent=stage.coin()))


@act(6)
async def say_with_an_embed(stage: Stage) -> None:
    embed = discord.Embed(
        title=stage.word("Tonight"), colour=0xE8A33D, url="https://slomix.example"
    )
    embed.timestamp = datetime(2026, 11, 21, 20, tzinfo=UTC)
    embed.add_field(name="Looking", value="six", inline=stage.coin())
    embed.set_footer(text="21:00 CET").set_author(name="Slomix")
    stage.keep(stage.said, await stage.room.send(embed=embed))


@act(12)
async def say_with_buttons(stage: Stage) -> None:
    stage.keep(stage.said, await stage.room.send(stage.word("who plays?"), view=Answers()))


@act(3)
async def say_in_a_layout(stage: Stage) -> None:
    view = discord.ui.LayoutView(timeout=None)
    box = discord.ui.Container[Any](accent_colour=0xFFAA00)
    box.add_item(discord.ui.TextDisplay(f"# {stage.word('Tonight')}"))
    box.add_item(discord.ui.Separator())
    link = discord.ui.Button[Any](label="The page", url="https://slomix.example/")
    box.add_item(discord.ui.Section("Six are looking", accessory=link))
    view.add_item(box)
    await stage.room.send(view=view)


@act(4)
async def say_with_a_file(stage: Stage) -> None:
    file = discord.File(io.BytesIO(b"fueldump"), "maps.txt", description="the maps")
    stage.keep(stage.said, await stage.room.send("the maps", file=file))


@act(5)
async def answer_a_message(stage: Stage) -> None:
    stage.keep(stage.said, await stage.message().reply(stage.word("yes"), mention_author=False))


@act(6)
async def say_privately(stage: Stage) -> None:
    person = await stage.bot.fetch_user(stage.person())
    message = await person.send(stage.word("21:00 tonight"), view=Answers())
    if stage.coin():
        await message.edit(content=stage.word("changed"), view=None)


@act(8)
async def change(stage: Stage) -> None:
    message = stage.message()
    embed = discord.Embed(description=stage.word("changed")) if stage.coin() else None
    await message.edit(content=stage.word("changed"), embed=embed)


@act(3)
async def delete(stage: Stage) -> None:
    message = stage.message()
    stage.said.remove(message)
    await message.delete()


@act(1)
async def delete_several(stage: Stage) -> None:
    gone = [one for one in stage.said[-3:] if one.channel == stage.room]
    await stage.room.delete_messages(gone)
    stage.said = [one for one in stage.said if one not in gone]


@act(6)
async def react(stage: Stage) -> None:
    await stage.message().add_reaction(stage.emoji())


@act(4)
async def take_a_reaction_back(stage: Stage) -> None:
    message = await stage.room.fetch_message(stage.message().id)
    reaction = stage.one(message.reactions)
    assert stage.bot.user
    whom = stage.bot.user if reaction.me else discord.Object(stage.person())
    await reaction.remove(whom)


@act(1)
async def clear_reactions(stage: Stage) -> None:
    message = stage.message()
    await (message.clear_reactions() if stage.coin() else message.clear_reaction(stage.emoji()))


@act(3)
async def see_who_reacted(stage: Stage) -> None:
    message = await stage.room.fetch_message(stage.message().id)
    for reaction in message.reactions:
        [one async for one in reaction.users(limit=5)]


@act(3)
async def pin(stage: Stage) -> None:
    await stage.message().pin(reason="so that all see it")


@act(2)
async def unpin(stage: Stage) -> None:
    await stage.message().unpin()


@act(2)
async def see_what_is_pinned(stage: Stage) -> None:
    [one async for one in stage.room.pins(limit=10)]


@act(4)
async def read_what_was_said(stage: Stage) -> None:
    message = stage.message()
    ways: tuple[dict[str, Any], ...] = (
        {"after": message},
        {"before": message},
        {"around": message},
    )
    [one async for one in stage.room.history(limit=10, **stage.one(ways))]


@act(2)
async def read_one_message(stage: Stage) -> None:
    message = stage.message()
    await message.channel.fetch_message(message.id)


@act(2)
async def type(stage: Stage) -> None:
    await stage.room.typing()
