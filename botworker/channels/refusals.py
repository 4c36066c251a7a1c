"""What Discord's refusals mean: one table. Codes: Discord's docs, topics/opcodes-and-status-codes."""

import random

import discord

from botworker.channels import Refusal, Verdict

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008
OPENING_TOO_FAST = 40003
UNAUTHORIZED = 401
# Closed for good towards this person; told on the person's own page.
PERSONAL = {
    10013: "Discord does not know this account",
    50007: "direct messages are closed",
    50278: "not on our Discord server",
}
PERMANENT = PERSONAL | {
    10003: "the channel is gone",
    50001: "the bot may not see this channel",
    50013: "the bot may not write here",
}
BLOCKED_FOR = 600.0  # seconds: a ban by address is longer than any limit


def of_http(refused: discord.HTTPException) -> Refusal:
    """Return what an answer of Discord means for the delivery."""
    status, code = refused.status, refused.code
    if status == UNAUTHORIZED:
        reason = "Discord does not accept the bot's token"
        return Refusal(reason, Verdict.BLOCKED, 10.0, status, code)
    if status == 429:
        return _too_many(refused)
    if status >= 500:
        return Refusal("Discord had trouble", Verdict.UNKNOWN, None, status, code)
    if code == OPENING_TOO_FAST:
        wait = 60 + random.uniform(0, 10)  # noqa: S311  jitter
        return Refusal("direct messages opened too fast", Verdict.TRANSIENT, wait, status, code)
    if code in PERMANENT or status in (403, 404):
        reason = PERMANENT.get(code, f"Discord refused it ({code})")
        return Refusal(reason, Verdict.PERMANENT, None, status, code)
    return Refusal(f"a mistake of ours ({code})", Verdict.OUR_FAULT, None, status, code)


def _too_many(refused: discord.HTTPException) -> Refusal:
    if "Via" not in refused.response.headers:
        # Not Discord's own answer: the network in front of it has shut us out.
        return Refusal("shut out by address", Verdict.BLOCKED, BLOCKED_FOR, 429)
    named = refused.response.headers.get("Retry-After", "1")
    wait = float(named) if named.replace(".", "", 1).isdigit() else 1.0
    jitter = random.uniform(0, 0.25)  # noqa: S311
    return Refusal("too many requests", Verdict.TRANSIENT, wait + jitter, 429, refused.code)
