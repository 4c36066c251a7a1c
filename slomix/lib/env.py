"""The only reader of the environment.

Every reader takes the variable's name and a default, and raises `ImproperlyConfigured` with the
name, the value and the remedy when the value cannot be used. Empty means: the default.
"""

import base64
import os
import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

# White space before a '#' starts a comment. `docker --env-file` and systemd pass comments on as
# part of the value, so the reader tolerates them and not only the loader of `.env`.
COMMENT = re.compile(r"(?:^#(?:\s.*)?|\s+#.*)$")
LINE = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$")
TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def load(path: Path) -> None:
    """Read a `.env` file; what the process environment already has wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        found = LINE.match(line)
        if found:
            os.environ.setdefault(found[1], found[2].strip())


def text(name: str, default: str = "") -> str:
    """Read a setting; quotes protect a '#', white space before one starts a comment."""
    raw = os.environ.get(name, "").strip()
    if raw[:1] in ("'", '"') and raw[0] in raw[1:]:
        return raw[1 : raw.index(raw[0], 1)] or default
    return COMMENT.sub("", raw).strip() or default


def wrong(name: str, value: str, remedy: str) -> ImproperlyConfigured:
    """Build the one error of this module: which variable, what it says, how to write it."""
    return ImproperlyConfigured(f"{name} is {value!r}; {remedy}")


def number(name: str, default: int, *, at_least: int = 0, at_most: int = 2**63 - 1) -> int:
    """Read a whole number between two bounds."""
    raw = text(name)
    if not raw:
        return default
    if not re.fullmatch(r"-?[0-9]+", raw):
        raise wrong(name, raw, f"write it as a whole number, for example {default}.")
    if not at_least <= int(raw) <= at_most:
        raise wrong(name, raw, f"choose a number from {at_least} to {at_most}.")
    return int(raw)


def flag(name: str, default: bool) -> bool:
    """Read a yes or no: true/false, yes/no, on/off, 1/0."""
    raw = text(name).lower()
    if not raw:
        return default
    if raw not in TRUE | FALSE:
        raise wrong(name, raw, "write true or false.")
    return raw in TRUE


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas or white space."""
    return [word for word in re.split(r"[,\s]+", text(name, default)) if word]


def snowflakes(name: str) -> frozenset[int]:
    """Read a list of Discord ids."""
    return frozenset(_snowflake(name, word) for word in words(name))


def snowflake(name: str) -> int:
    """Read one Discord id; 0 when it is not set."""
    raw = text(name)
    return _snowflake(name, raw) if raw and raw != "0" else 0


def channel(name: str, default: int) -> int:
    """Read the id of a channel that has a default; 0 where the word is off: none is wanted."""
    return 0 if text(name).lower() == "off" else snowflake(name) or default


def _snowflake(name: str, raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,20}", raw) or int(raw) >= 2**63:
        raise wrong(name, raw, "copy the id from Discord: 17 to 19 digits.")
    return int(raw)


def wall_time(name: str, default: str) -> time:
    """Read a time of day, HH:MM or HH:MM:SS."""
    raw = text(name, default)
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", raw):
        raise wrong(name, raw, f"write it as {default}.")
    try:
        return time.fromisoformat(raw)
    except ValueError:
        raise wrong(name, raw, f"write it as {default}.") from None


def zone(name: str, default: str) -> ZoneInfo:
    """Read a time zone by its IANA name."""
    raw = text(name, default)
    try:
        return ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong(name, raw, "use an IANA name such as Europe/Ljubljana.") from None


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Read one of a few words."""
    raw = text(name, default)
    if raw not in choices:
        raise wrong(name, raw, f"choose one of {', '.join(choices)}.")
    return raw


def same(first: str, second: str) -> None:
    """Refuse two variables for one thing that say different things."""
    a, b = text(first), text(second)
    if a and b and a != b:
        raise ImproperlyConfigured(
            f"{first} is {a!r} but {second} is {b!r}; they mean the same, keep {first} alone."
        )


def keys(name: str) -> list[bytes]:
    """Read encryption keys, the newest first, separated by commas: each exactly 32 random bytes in
    URL-safe base64. The error never shows a value."""
    return [_key(name, word.strip()) for word in text(name).split(",")] if text(name) else []


def _key(name: str, word: str) -> bytes:
    # A passphrase of the right length is no key, and base64 would drop what it does not know.
    fits = re.fullmatch(r"[A-Za-z0-9_-]{43}=", word)
    raw = base64.urlsafe_b64decode(word) if fits else b""
    if len(raw) != 32 or len(set(raw)) < 16 or base64.urlsafe_b64encode(raw).decode() != word:
        make = "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"
        raise ImproperlyConfigured(
            f"{name} holds something that is no key of 32 random bytes; make one: "
            f"python3 -c '{make}'"
        )
    return raw
