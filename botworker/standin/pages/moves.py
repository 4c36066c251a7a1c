"""What people do besides talking: come and go, open and close doors, play; and what breaks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from aiohttp import web

from botworker.standin.acts import CannotDo
from botworker.standin.acts import set_person as set_flags
from botworker.standin.faults import PRESETS, Fault
from botworker.standin.guild_acts import GuildLife

from . import troubles
from .doing import Deed, Form, handler

LONGEST_NAME = 100


async def dms(form: Form) -> None:
    """Open or close somebody's direct messages."""
    set_flags(form.parts, form.person, dms_closed=form.text("do") == "close")


def life(form: Form) -> GuildLife:
    """Give the verbs of servers."""
    verbs = GuildLife()
    verbs.parts = form.parts
    return verbs


async def member(form: Form) -> None:
    """Let somebody come to the server or leave it."""
    verbs = life(form)
    await (verbs.leave_guild if form.text("do") == "leave" else verbs.join_guild)(form.person)


async def role(form: Form) -> None:
    """Give somebody a role, or take it."""
    verbs, wanted = life(form), form.number("role")
    do = verbs.take_role if form.text("do") == "take" else verbs.give_role
    await do(form.person, wanted)


async def voice(form: Form) -> None:
    """Join, move, leave, mute, deafen."""
    do = form.text("do")
    if do == "leave":
        await life(form).leave_voice(form.person)
    elif do == "join":
        await life(form).join_voice(form.person, form.number("channel"))
    elif do in OWN:
        await life(form).set_voice(form.person, **OWN[do])


# Whoever deafens themselves is muted, too, as in Discord.
OWN: dict[str, dict[str, bool]] = {
    "mute": {"self_mute": True},
    "unmute": {"self_mute": False, "self_deaf": False},
    "deaf": {"self_mute": True, "self_deaf": True},
    "undeaf": {"self_mute": False, "self_deaf": False},
}


async def thread(form: Form) -> None:
    """Begin a thread, or put one away."""
    if form.text("do") == "archive":
        await life(form).archive_thread(form.number("channel"))
        return
    name = form.text("content").strip()
    if not name or len(name) > LONGEST_NAME:
        raise CannotDo(f"A thread's name has 1 to {LONGEST_NAME} characters.")
    await life(form).begin_thread(form.person, form.number("channel"), name)


async def interest(form: Form) -> None:
    """Be interested in an event, or no more."""
    await life(form).interested(form.person, form.number("event"), off=form.text("do") == "lose")


async def game(form: Form) -> None:
    """Come onto the game server, leave it, switch it off or on."""
    server = form.parts.elsewhere.game
    verbs: dict[str, Callable[[], object]] = {
        "join": lambda: server.join(form.person),
        "leave": lambda: server.leave(form.person),
        "up": lambda: server.switch(up=True),
        "down": lambda: server.switch(up=False),
    }
    verbs.get(form.text("do"), lambda: None)()


async def telegram_flag(form: Form) -> None:
    """Block the bot on Telegram, delete the account, or undo either."""
    service, do = form.parts.elsewhere.telegram, form.text("do")
    if do in ("block", "unblock"):
        service.block(form.person, off=do == "unblock")
    else:
        service.deactivate(form.person, off=do == "restore")


async def signal_flag(form: Form) -> None:
    """Switch somebody's phone off, delete their Signal, undo either, or give them new keys."""
    service, do = form.parts.elsewhere.signal, form.text("do")
    if do == "rekey":
        service.change_identity(form.person)
    elif do in ("offline", "online"):
        service.go_offline(form.person, off=do == "online")
    else:
        service.unregister(form.person, off=do == "restore")


async def hurt(form: Form) -> None:
    """Switch a fault on: one that people know, or one exactly so."""
    fault, times = _fault(form), form.text("times")
    if fault and times in troubles.TIMES:
        fault.times, fault.person = int(times) if times else None, form.person or None
        form.parts.faults.add(fault)


def _fault(form: Form) -> Fault | None:
    preset = PRESETS.get(form.text("preset"))
    if preset:
        return preset.fault()
    route, kind = form.text("route"), form.text("fault")
    return Fault(route, kind) if route in troubles.WHERE and kind in troubles.WHAT else None


async def mend(form: Form) -> None:
    """Switch one fault off, or all; one that has ended by itself is no trouble."""
    if not form.text("number"):
        form.parts.faults.clear()
        return
    with suppress(KeyError):
        form.parts.faults.off(form.number("number"))


async def new_role(form: Form) -> None:
    """Make a role."""
    name = form.text("content").strip()
    if not name or len(name) > LONGEST_NAME:
        raise CannotDo(f"A role's name has 1 to {LONGEST_NAME} characters.")
    await life(form).make_role(name)


DEEDS: dict[str, Deed] = {
    "dms": dms,
    "member": member,
    "role": role,
    "new-role": new_role,
    "voice": voice,
    "thread": thread,
    "interest": interest,
    "game": game,
    "telegram-flag": telegram_flag,
    "signal-flag": signal_flag,
    "hurt": hurt,
    "mend": mend,
}


def add_to(app: web.Application) -> None:
    """Mount the forms."""
    for name, deed in DEEDS.items():
        app.router.add_post(f"/play/{name}", handler(deed))
