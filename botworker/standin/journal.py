"""What was asked and answered under /api, one record a request, without secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .log import Log, encode
from .snowflakes import now_text
from .world import Json, World

TOO_BIG = 20_000_000
SECRETS = {"client_secret", "access_token", "refresh_token", "code_verifier", "token"}
SECRETS |= {"secret_token"}
HIDDEN = "(hidden)"


class Journal:
    """The truth that tests ask: every record in order, kept in a file when there is a state."""

    def __init__(self, world: World, path: Path | None) -> None:
        self._secret_values = {world.application.token, world.application.client_secret}
        self._secret_values.add(world.application.telegram_token)
        # Whatever holds none of these holds no secret: hardly any record is walked through.
        self._signs = [f'"{one}"'.encode() for one in (*SECRETS, "grant_type")]
        self._signs += [encode({"": one})[4:-2] for one in self._secret_values]
        self._log = Log(_rotated(path))
        self.records = self._log.read()
        self._log.open()

    def add(self, record: Json) -> None:
        """Write a record down; its parts are kept as they are, so nobody may change them later."""
        record = {**record, "at": now_text()}
        line = encode(record)
        if any(sign in line for sign in self._signs):
            record = self._redacted(record)
            line = encode(record)
        self.records.append(record)
        self._log.write_encoded(line)

    def close(self) -> None:
        self._log.close()

    def _redacted(self, value: Any) -> Any:
        if isinstance(value, dict):
            secrets = SECRETS | ({"code"} if "grant_type" in value else set())
            return {k: HIDDEN if k in secrets else self._redacted(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._redacted(one) for one in value]
        return HIDDEN if isinstance(value, str) and value in self._secret_values else value


def _rotated(path: Path | None) -> Path | None:
    if path and path.exists() and path.stat().st_size > TOO_BIG:
        path.replace(path.with_suffix(".1.jsonl"))
    return path
