"""Faults in plain English: what can go wrong, where, for whom and how often."""

from __future__ import annotations

from botworker.standin.faults import PRESETS, Fault
from botworker.standin.parts import Parts

# What somebody asks of a service, as faults name it, and in words.
WHERE: dict[str, str] = {
    "POST /channels/*/messages": "Discord: sending a message",
    "PATCH /channels/*/messages/*": "Discord: changing a message",
    "GET /channels/*/messages": "Discord: reading messages back",
    "POST /users/@me/channels": "Discord: opening a private conversation",
    "POST /interactions/*": "Discord: answering a press or a command",
    "* /webhooks/*": "Discord: what is said after a press",
    "POST /oauth2/token": "Discord: signing in",
    "GET /gateway/bot": "Discord: the way to the gateway",
    "POST /telegram/sendMessage": "Telegram: sending a message",
    "POST /telegram/*": "Telegram: anything",
    "POST /signal/v2/send": "Signal: sending a message",
    "* /signal/*": "Signal: anything",
    "UDP /game/*": "Game server: answering",
    "* *": "everything anybody asks",
}
WHAT: dict[str, str] = {
    "500_before": "fails before anything happens",
    "500_after": "happens, but the answer is an error",
    "429": "is told to slow down",
    "slow": "happens, the answer takes 8 seconds",
    "late": "hangs for 8 seconds, then happens",
    "reset_before": "is cut off before anything happens",
    "reset": "happens, then the line is cut",
    "garbage": "happens, the answer is rubbish",
    "empty": "happens, the answer is empty",
    "nothing": "happens, the answer says there is nothing",
    "closed_dms": "is refused: takes no direct messages (50007)",
    "left_guild": "is refused: has left the server (50278)",
    "refuse": "is refused",
    "gone": "happens, the answer says it is gone (10008)",
    "401": "is told that the token is wrong",
    "ban": "is banned for a moment (1015)",
}
TIMES: dict[str, str] = {
    "1": "the next time only",
    "3": "the next three times",
    "": "until I switch it off",
}


def words(parts: Parts, fault: Fault) -> str:
    """Say in one sentence what a fault does, for whom, and for how long."""
    person = parts.store.people.get(fault.person or 0)
    whom = f", for {person.name}" if person else ""
    share = f", {round(fault.chance * 100)} in 100" if fault.chance < 1 else ""
    hit = f", hit {fault.hits_so_far} so far" if fault.hits_so_far else ""
    return f"{_what(fault)}{whom}{share}, {_left(fault.times)}{hit}"


def _what(fault: Fault) -> str:
    for preset in PRESETS.values():
        if all(getattr(fault, name) == value for name, value in preset.about.items()):
            return preset.words
    return f"{WHERE.get(fault.route, fault.route)} {WHAT.get(fault.fault, fault.fault)}"


def _left(times: int | None) -> str:
    if times is None:
        return "until it is switched off"
    return "once more" if times == 1 else f"{times} more times"
