"""What a bot may ask Discord over REST, for somebody who only looks."""

import time
from typing import Any

import httpx

AGENT = "DiscordBot (https://discord.com/developers, 1.0) Slomix rehearsal"
TRIES = 5
PATIENCE = 15.0
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429


class Refused(Exception):
    """Discord said no; the text says to what, `status` how."""

    def __init__(self, what: str, answer: httpx.Response) -> None:
        told = _json(answer)
        words = told.get("message", "") if isinstance(told, dict) else ""
        super().__init__(f"Discord refused {what} with {answer.status_code} {words}".rstrip())
        self.status = answer.status_code


class Rest:
    """Discord as its REST addresses show it to our bot. Waits where it is told to wait."""

    def __init__(self, base: str, token: str) -> None:
        headers = {"Authorization": f"Bot {token}", "User-Agent": AGENT}
        self._web = httpx.Client(
            base_url=f"{base}/api/v10", headers=headers, timeout=10, trust_env=True
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._web.close()

    def get(self, path: str, **params: str | int) -> Any:
        """Return what an address answers. Raises Refused and httpx.HTTPError."""
        return self._ask("GET", path, params=params)

    def room(self, discord_id: int) -> int:
        """Return somebody's direct messages with the bot; they see nothing of it. Raises Refused."""
        answer = self._ask("POST", "/users/@me/channels", json={"recipient_id": str(discord_id)})
        return int(answer["id"])

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        for _try in range(TRIES):
            answer = self._web.request(method, path, **what)
            if answer.status_code != TOO_MANY:
                break
            time.sleep(min(PATIENCE, _pause(answer)))
        if answer.is_success:
            return answer.json()
        raise Refused(f"{method} {path}", answer)


def _pause(answer: httpx.Response) -> float:
    told = _json(answer)
    named = told.get("retry_after", 1.0) if isinstance(told, dict) else 1.0
    return float(named) + 0.1


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
