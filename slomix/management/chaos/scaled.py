"""The ledger's own times, divided by the scale in this process alone."""

import importlib
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

from django.conf import settings

from botworker.channels import Refusal, Verdict
from slomix.management.chaos.verbs import channel, settling, signal, telegram

MODULES = (
    "botworker.claims",
    "botworker.settling",
    "botworker.sweep",
    "botworker.drain",
    "botworker.breaker",
    "botworker.outbox",
    "botworker.client",
    "botworker.rules",
    "botworker.presence",
    "botworker.conditions",
    "botworker.identifies",
    "botworker.channels.discord",
    "botworker.channels.refusals",
    "botworker.channels.http",
    "botworker.channels.telegram",
    "botworker.channels.signal",
    "promotions.jobs",
    "promotions.schedule",
)
# Plain numbers that are seconds; whatever is a timedelta is found by itself.
SECONDS = (
    *("IDLE", "PACED", "SEND_WITHIN", "FINISH_WITHIN", "WITHIN"),
    *("BLOCKED_FOR", "PULSE_EVERY", "OPEN_EVERY"),
    *("LONGEST", "SELDOM", "ON_THE_LINE"),
    *("DEAF_FOR", "LISTEN_EVERY"),
    *("TOTAL", "CONNECT", "LIMITED_FOR"),
)

# Letters, where the same name is seconds elsewhere.
NO_TIMES = ("botworker.channels.telegram.LONGEST",)


def divide(scale: float) -> list[str]:
    """Divide every time of the ledger by the scale; returns the names of what was divided."""
    if scale == 1:
        return []
    settings.DISCORD_REQUESTS_PER_SECOND = settings.DISCORD_REQUESTS_PER_SECOND * scale
    settings.TELEGRAM_REQUESTS_PER_SECOND *= scale
    settings.SIGNAL_REQUESTS_PER_SECOND *= scale
    settings.DISCORD_NONCE_WINDOW_SECONDS = settings.DISCORD_NONCE_WINDOW_SECONDS / scale
    return [name for module in _modules() for name in _divide(module, scale)] + [
        _backoff(scale),
        _named_waits(scale),
        *_elsewhere(scale),
    ]


def _backoff(scale: float) -> str:
    backoff = settling._backoff
    settling._backoff = lambda tries: backoff(tries) / scale
    return "botworker.settling._backoff"


def _elsewhere(scale: float) -> list[str]:
    """Divide what Telegram and Signal were given when their modules were loaded."""
    telegram.Api.call.__kwdefaults__["within"] /= scale
    signal._limited.__defaults__ = (signal.LIMITED_FOR,)
    signal.BY_WORDS["is not registered"] = replace(signal.NOT_OURS, wait=signal.LIMITED_FOR)
    return ["botworker.channels.telegram.Api.call", "botworker.channels.signal.NOT_OURS"]


def _modules() -> list[ModuleType]:
    found = []
    for name in MODULES:
        try:
            found.append(importlib.import_module(name))
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
    return found


def _divide(module: ModuleType, scale: float) -> list[str]:
    times = {
        name: value
        for name, value in vars(module).items()
        if _is_time(name, value) and f"{module.__name__}.{name}" not in NO_TIMES
    }
    for name, value in times.items():
        setattr(module, name, value / scale)
    return [f"{module.__name__}.{name}" for name in times]


def _is_time(name: str, value: Any) -> bool:
    if not name.isupper():
        return False
    return isinstance(value, timedelta) or (name in SECONDS and isinstance(value, int | float))


def _named_waits(scale: float) -> str:
    """Divide the waits that we name ourselves; the provider's own come divided."""
    original = channel.of_http

    def of_http(refused: Any) -> Refusal:
        found: Refusal = original(refused)
        if found.wait is None or (found.http_status == 429 and found.verdict is Verdict.TRANSIENT):
            return found
        ours = scale if found.http_status != 429 else 1.0  # BLOCKED_FOR is divided already
        return replace(found, wait=found.wait / ours)

    channel.of_http = of_http
    return "botworker.channels.discord.of_http"
