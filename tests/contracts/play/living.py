"""What people do by themselves, and what happens to the bot's connection."""

from __future__ import annotations

from botworker.standin.faults import Fault
from tests.standin.case import ANA, BOR, BRIEFING, CENE, GAME_NIGHT

from .serving import LATER
from .stage import Stage, act

MEMBERS = (ANA, BOR, CENE)


@act(8)
async def somebody_says_something(stage: Stage) -> None:
    await stage.standin.say(stage.person(), GAME_NIGHT, stage.word("I play"))


@act(5)
async def somebody_reacts(stage: Stage) -> None:
    await stage.standin.react(stage.person(), stage.message().id, stage.emoji(), off=stage.coin())


@act(8)
async def somebody_joins_or_leaves_voice(stage: Stage) -> None:
    person = stage.person()
    if stage.coin():
        await stage.standin.join_voice(person, BRIEFING, self_mute=stage.coin())
    else:
        await stage.standin.leave_voice(person)


@act(3)
async def somebody_is_muted(stage: Stage) -> None:
    await stage.standin.set_voice(stage.person(), self_deaf=stage.coin(), mute=stage.coin())


@act(3)
async def somebody_comes_or_goes(stage: Stage) -> None:
    person = stage.person()
    if stage.coin():
        await stage.standin.leave_guild(person)
    await stage.standin.join_guild(person)


@act(2)
async def somebody_has_another_name(stage: Stage) -> None:
    await stage.standin.set_nick(stage.person(), stage.word("nick") if stage.coin() else "")


@act(2)
async def somebody_opens_or_closes_messages(stage: Stage) -> None:
    await stage.standin.set_person(stage.person(), dms_closed=stage.coin())


@act(3)
async def somebody_begins_a_thread(stage: Stage) -> None:
    message = stage.message().id if stage.coin() else None
    name = stage.word("thread")
    await stage.standin.begin_thread(stage.one(MEMBERS), GAME_NIGHT, name, message=message)


@act(2)
async def somebody_joins_or_leaves_a_thread(stage: Stage) -> None:
    thread, person = stage.one(stage.threads).id, stage.one(MEMBERS)
    verbs = (stage.standin.join_thread, stage.standin.leave_thread)
    await stage.one(verbs)(person, thread)


@act(3)
async def somebody_is_interested(stage: Stage) -> None:
    event = stage.one(stage.events).id
    await stage.standin.interested(stage.one(MEMBERS), event, off=stage.coin())


@act(1)
async def somebody_plans_an_event(stage: Stage) -> None:
    await stage.standin.plan_event(
        ANA,
        name=stage.word("pizza"),
        privacy_level=2,
        scheduled_start_time=LATER.isoformat(),
        entity_type=2,
        channel_id=str(BRIEFING),
    )


@act(2)
async def somebody_is_away(stage: Stage) -> None:
    await stage.standin.set_status(stage.person(), stage.one(("online", "idle", "dnd", "offline")))


@act(2)
async def the_line_is_lost(stage: Stage) -> None:
    stage.bot.resumed.clear()
    await stage.standin.drop_bots(4000)
    await stage.bot.resumed.wait()


@act(1)
async def the_bot_is_told_to_slow_down(stage: Stage) -> None:
    fault = Fault("POST /channels/*", "429", retry_after=0.02, scope="user")
    stage.standin.parts.faults.active.append(fault)
