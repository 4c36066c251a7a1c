"""Looks for secrets in every text that was ever committed.

Known shapes are looked for everywhere. What is written like `PASSWORD = "…"` counts when it is
as mixed as chance; made-up ones in tests say what they are, and `KNOWN` names the rest.
"""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slomix.lib.progress import Progress

# Shapes that nothing else has.
SHAPES = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a Discord token": re.compile(r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}\b"),
    "a Telegram token": re.compile(r"\b\d{8,10}:AA[\w-]{33}\b"),
    "a webhook": re.compile(
        r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{15,}/[\w-]{50,}"
    ),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a Slack token": re.compile(r"\bxox[abprs]-[\w-]{10,}"),
    "a signed token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
}
NAMED = re.compile(
    r"""(?ix) (?:secret|token|passw(?:or)?d|api_?key|encryption_?key) \w* ["']? \s* [:=] \s* ["']? """
    r"""(?P<value> [A-Za-z0-9+/_=-]{20,}) """
)
# An address with a password in it, unless it is written as an example.
ADDRESS = re.compile(r"\b(?:postgres(?:ql)?|redis|amqp|mysql)://[^\s:/@]+:(?P<value>[^\s@/]{6,})@")
# Bits a sign: English words have about 3, a hash in hexadecimal about 3.6.
MIXED = 3.5
# Says of itself that it is none, or is a name in code: words with an underscore between them.
MADE_UP = re.compile(
    r"(?i)example|check-only|canary|only-for|never|0123456789|abcdef|secret|password|token|test"
    r"|^[a-z]+(?:[_.-][a-z]+)+$|^[A-Z]+(?:_[A-Z]+)+$"
)
FICTION = re.compile(r"only-for|check-only|canary|0123456789")
# Looked at by hand: the beginning of the text, and why it is none.
KNOWN = {
    "hunter2": "the proverbial password, in a test of what a log shows",
    "MTA5ODExNzcxNjAwMTA2Mjkx": "an application's public number, before what is made up",
}
LONGEST = 2_000_000


class NoHistory(Exception):
    """There is no repository here, or only its newest commit."""


@dataclass(frozen=True)
class Hit:
    """Something like a secret; `shown` is too little of it to use."""

    kind: str
    path: str
    line: int
    blob: str
    shown: str


@dataclass(frozen=True)
class Scan:
    """How many texts were looked at, and what was found."""

    texts: int
    found: tuple[Hit, ...]


def history(repository: Path) -> Scan:
    """Look through every object of every branch. Raises NoHistory."""
    names = _objects(repository)
    found: dict[tuple[str, str], Hit] = {}
    texts = 0
    with Progress(None, "texts of the history") as progress:
        for blob, text in _texts(repository, list(names)):
            texts += 1
            progress.step()
            for kind, line, value in inside(text):
                found.setdefault((kind, value), Hit(kind, names[blob], line, blob, _little(value)))
    return Scan(texts, tuple(found.values()))


def inside(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield what looks like a secret in a text: its kind, its line, and all of it."""
    for number, line in enumerate(text.splitlines(), 1):
        for kind, shape in SHAPES.items():
            for match in shape.finditer(line):
                if not (FICTION.search(match[0]) or _is_known(match[0])):
                    yield kind, number, match[0]
        for kind, shape in (("a value", NAMED), ("a password", ADDRESS)):
            for match in shape.finditer(line):
                value = match["value"]
                if not (MADE_UP.search(value) or _is_known(value)) and _is_mixed(kind, value):
                    yield kind, number, value


def _is_mixed(kind: str, value: str) -> bool:
    if kind == "a password":
        return not value.startswith(("$", "{", "<", "pass", "%"))
    counted = Counter(value)
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counted.values())
    return bits >= MIXED and any(sign.isdigit() for sign in value)


def _is_known(value: str) -> bool:
    return any(value.startswith(beginning) for beginning in KNOWN)


def _little(value: str) -> str:
    return f"{value[:4]}… ({len(value)} signs)"


def _git(repository: Path, *words: str, told: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603  our own words
        ["git", "-C", str(repository), *words],  # noqa: S607  the operator's own git
        input=told,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise NoHistory(f"git {words[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _objects(repository: Path) -> dict[str, str]:
    """Return the path of every file's every state, by its object. Raises NoHistory."""
    if _git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise NoHistory(
            "this clone has its newest commits only; fetch the rest: git fetch --unshallow"
        )
    listed = _git(repository, "rev-list", "--objects", "--all").decode(errors="replace")
    pairs = (line.partition(" ") for line in listed.splitlines())
    return {blob: path for blob, _space, path in pairs if path}


def _texts(repository: Path, blobs: list[str]) -> Iterator[tuple[str, str]]:
    """Yield every object that is a text, with its name."""
    asked = "\n".join(blobs).encode() + b"\n"
    answer = _git(repository, "cat-file", "--batch", "--buffer", told=asked)
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, kind, size = answer[at:end].split()
        body = answer[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
        if kind == b"blob" and b"\0" not in body[:8000] and len(body) <= LONGEST:
            yield name.decode(), body.decode(errors="replace")
