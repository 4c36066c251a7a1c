"""Whom a message would ping, once `allowed_mentions` has had its say."""

import re

from .world import Json

PERSON = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)\b")
ALL = {"parse": ["users", "roles", "everyone"]}


def pinged_people(content: str, allowed: Json | None) -> list[int]:
    """Give the ids of the people this text pings."""
    return _pinged(PERSON, content, "users", allowed)


def pinged_roles(content: str, allowed: Json | None) -> list[int]:
    """Give the ids of the roles this text pings."""
    return _pinged(ROLE, content, "roles", allowed)


def pings_everyone(content: str, allowed: Json | None) -> bool:
    """Say whether @everyone or @here in this text pings."""
    return bool(EVERYONE.search(content)) and "everyone" in _rules(allowed).get("parse", [])


def _pinged(pattern: re.Pattern[str], content: str, kind: str, allowed: Json | None) -> list[int]:
    rules = _rules(allowed)
    named = {int(one) for one in rules.get(kind) or ()}
    found = dict.fromkeys(int(one) for one in pattern.findall(content))
    return [one for one in found if kind in rules.get("parse", []) or one in named]


def _rules(allowed: Json | None) -> Json:
    return ALL if allowed is None else allowed
