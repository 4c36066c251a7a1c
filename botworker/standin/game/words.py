"""The game server's datagrams, as engines of the Quake 3 family write them (`sv_main.c`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

OUT_OF_BAND = b"\xff\xff\xff\xff"
LONGEST_CHALLENGE = 128
LONGEST_DATAGRAM = 16_384


def question(datagram: bytes) -> tuple[str, str] | None:
    """Give the command and the challenge of a question, or nothing when it is none."""
    if not datagram.startswith(OUT_OF_BAND):
        return None
    words = datagram[4:].decode("latin-1").split()
    if not words:
        return None
    challenge = words[1] if len(words) > 1 else ""
    return None if len(challenge) > LONGEST_CHALLENGE else (words[0], challenge)


def infostring(values: Mapping[str, object]) -> str:
    r"""Write `\key\value\key\value`; a value cannot hold what would end it."""
    return "".join(f"\\{key}\\{_clean(str(value))}" for key, value in values.items())


def _clean(value: str) -> str:
    return value.translate({ord("\\"): None, ord('"'): None, ord(";"): None})


def status(values: Mapping[str, object], players: Iterable[tuple[int, int, str]]) -> bytes:
    """Write the answer to `getstatus`: the settings, then `score ping "name"` a player."""
    text = f"statusResponse\n{infostring(values)}\n"
    for score, ping, name in players:
        line = f'{score} {ping} "{_clean(name)}"\n'
        # A server stops where the datagram is full.
        if len(text) + len(line) < LONGEST_DATAGRAM:
            text += line
    return OUT_OF_BAND + text.encode("utf-8")


def info(values: Mapping[str, object]) -> bytes:
    """Write the answer to `getinfo`."""
    return OUT_OF_BAND + f"infoResponse\n{infostring(values)}".encode()
