"""Asking the site of this machine how it is, as the proxy in front of it would: no Django needed."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from slomix.lib import env

HERE = "127.0.0.1"
# Where every address is listened on, one asks at home.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not bound to


def door() -> str:
    """Return where gunicorn listens, as host:port."""
    host = env.text("WEBSITE_HOST", HERE)
    return f"{HERE if host in EVERYWHERE else host}:{env.number('WEBSITE_PORT', 7000)}"


def ask(path: str, at: str = "", within: float = 3.0) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of one of our pages; (0, {}) when nobody is there.

    It says the site's own name and that the browser came over https, as the proxy does.
    """
    origin = urlsplit(env.text("FRONTEND_ORIGIN", f"http://{door()}"))
    headers = {"Host": origin.netloc, "X-Forwarded-Proto": origin.scheme, "Connection": "close"}
    line = http.client.HTTPConnection(at or door(), timeout=within)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        found = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return 0, {}
    finally:
        line.close()
    return answer.status, found if isinstance(found, dict) else {}


def age(part: str, at: str = "") -> float | None:
    """Return how many seconds ago the bot or the worker was alive; None: never, or nobody knows."""
    found = ask("/readyz", at)[1].get("parts")
    known = found.get(part) if isinstance(found, dict) else None
    return None if known is None else float(known)
