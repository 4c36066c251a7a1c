"""What the bot does to its server: threads, channels, roles, members and events."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import discord

from tests.standin.case import BRIEFING

from .stage import NothingThere, Stage, act

LATER = datetime(2031, 5, 9, 19, tzinfo=UTC)


@act(4)
async def begin_a_thread_on_a_message(stage: Stage) -> None:
    thread = await stage.message().create_thread(name=stage.word("talk"))
    stage.keep(stage.threads, thread)


@act(3)
async def begin_a_thread(stage: Stage) -> None:
    kind = discord.ChannelType.public_thread if stage.coin() else None
    thread = await stage.room.create_thread(name=stage.word("draft"), type=kind)
    stage.keep(stage.threads, thread)


@act(6)
async def say_in_a_thread(stage: Stage) -> None:
    stage.keep(stage.said, await stage.one(stage.threads).send(stage.word("here")))


@act(3)
async def put_a_thread_to_sleep_or_wake_it(stage: Stage) -> None:
    thread = stage.one(stage.threads)
    await thread.edit(archived=stage.coin(), locked=stage.coin(), name=stage.word("again"))


@act(4)
async def bring_somebody_into_a_thread(stage: Stage) -> None:
    thread, person = stage.one(stage.threads), discord.Object(stage.person())
    await (thread.add_user(person) if stage.coin() else thread.remove_user(person))


@act(2)
async def come_and_go_in_a_thread(stage: Stage) -> None:
    thread = stage.one(stage.threads)
    await (thread.join() if stage.coin() else thread.leave())


@act(2)
async def look_at_threads(stage: Stage) -> None:
    await stage.guild.active_threads()
    [one async for one in stage.room.archived_threads(limit=5)]
    await stage.one(stage.threads).fetch_members()


@act(2)
async def delete_a_thread(stage: Stage) -> None:
    thread = stage.one(stage.threads)
    stage.threads.remove(thread)
    await thread.delete()


@act(3)
async def make_a_channel(stage: Stage) -> None:
    guild, name = stage.guild, stage.word("channel").replace(" ", "-")
    if stage.coin():
        stage.keep(stage.channels, await guild.create_voice_channel(name, user_limit=5))
    else:
        stage.keep(stage.channels, await guild.create_text_channel(name, topic="games"))


@act(3)
async def change_a_channel(stage: Stage) -> None:
    channel = stage.one(stage.channels)
    name = stage.word("room").replace(" ", "-")
    if isinstance(channel, discord.TextChannel):
        await channel.edit(name=name, topic="other games", slowmode_delay=0)
    elif isinstance(channel, discord.VoiceChannel):
        await channel.edit(name=name, user_limit=4)


@act(2)
async def permit_in_a_channel(stage: Stage) -> None:
    channel, guild = stage.one(stage.channels), stage.guild
    if isinstance(channel, discord.TextChannel | discord.VoiceChannel):
        told = {"send_messages": False} if stage.coin() else {}
        overwrite = discord.PermissionOverwrite(**told) if told else None
        await channel.set_permissions(guild.default_role, overwrite=overwrite)


@act(2)
async def delete_a_channel(stage: Stage) -> None:
    channel = stage.one(stage.channels)
    stage.channels.remove(channel)
    await channel.delete()


@act(3)
async def make_a_role(stage: Stage) -> None:
    colour = discord.Colour(0xE8A33D)
    role = await stage.guild.create_role(name=stage.word("role"), colour=colour, hoist=stage.coin())
    stage.keep(stage.roles, role)


@act(2)
async def change_a_role(stage: Stage) -> None:
    await stage.one(stage.roles).edit(name=stage.word("role"), mentionable=stage.coin())


@act(5)
async def give_or_take_a_role(stage: Stage) -> None:
    member, role = await stage.guild.fetch_member(stage.person()), stage.one(stage.roles)
    await (member.add_roles(role) if stage.coin() else member.remove_roles(role))


@act(2)
async def delete_a_role(stage: Stage) -> None:
    role = stage.one(stage.roles)
    stage.roles.remove(role)
    await role.delete()


@act(3)
async def change_a_member(stage: Stage) -> None:
    member = await stage.guild.fetch_member(stage.person())
    await member.edit(nick=stage.word("nick") if stage.coin() else None)


@act(2)
async def move_a_member(stage: Stage) -> None:
    members = [one for one in stage.guild.members if one.voice]
    channel = stage.bot.get_channel(BRIEFING)
    assert isinstance(channel, discord.VoiceChannel)
    await stage.one(members).move_to(channel if stage.coin() else None)


@act(4)
async def plan_an_event(stage: Stage) -> None:
    channel = stage.bot.get_channel(BRIEFING)
    assert isinstance(channel, discord.VoiceChannel)
    only = discord.PrivacyLevel.guild_only
    if stage.coin():
        event = await stage.guild.create_scheduled_event(
            name=stage.word("game night"), start_time=LATER, channel=channel, privacy_level=only
        )
    else:
        event = await stage.guild.create_scheduled_event(
            name=stage.word("meeting"),
            description="bring cake",
            start_time=LATER,
            end_time=LATER + timedelta(hours=3),
            entity_type=discord.EntityType.external,
            location="Ljubljana",
            privacy_level=only,
        )
    stage.keep(stage.events, event)


@act(3)
async def change_an_event(stage: Stage) -> None:
    event = stage.one(stage.events)
    moved = LATER + timedelta(days=stage.dice.randint(1, 60))
    end = moved + timedelta(hours=3)
    if event.end_time:
        await event.edit(name=stage.word("evening"), start_time=moved, end_time=end)
    else:
        await event.edit(name=stage.word("evening"), start_time=moved)


@act(3)
async def begin_end_or_cancel_an_event(stage: Stage) -> None:
    event = await stage.guild.fetch_scheduled_event(stage.one(stage.events).id)
    # discord.py itself refuses to begin what has begun.
    with suppress(ValueError):
        await stage.one((event.start, event.end, event.cancel, event.delete))()


@act(2)
async def look_at_events(stage: Stage) -> None:
    events = await stage.guild.fetch_scheduled_events(with_counts=True)
    [one async for one in stage.one(events).users(limit=5)]


@act(3)
async def look_at_the_server(stage: Stage) -> None:
    guild = await stage.bot.fetch_guild(stage.guild.id)
    await stage.one((guild.fetch_channels, guild.fetch_roles))()
    [one async for one in guild.fetch_members(limit=10)]
    if not guild.roles:
        raise NothingThere


@act(2)
async def look_for_members(stage: Stage) -> None:
    await stage.guild.query_members("a", limit=5)
    await stage.guild.fetch_member(stage.person())


@act(1)
async def look_at_a_channel(stage: Stage) -> None:
    await stage.bot.fetch_channel(stage.one((stage.room.id, BRIEFING)))
