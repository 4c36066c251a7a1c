"""The site inside this process, asked the way gunicorn asks it."""

import io
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

OUTSIDE = "127.0.0.1"


def ask(
    path: str, *, cookie: str = "", method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[str, bytes]:
    """Ask for one address; returns the status and the body."""
    from slomix.wsgi import application  # builds every middleware: only once all is set up

    place, _mark, query = path.partition("?")
    began: list[Any] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SERVER_NAME": OUTSIDE,
        "SERVER_PORT": str(settings.WEBSITE_PORT),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": OUTSIDE,
        "REMOTE_ADDR": OUTSIDE,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        **({"HTTP_COOKIE": cookie} if cookie else {}),
        **headers,
    }

    def start(status: str, _headers: Any, _error: Any = None) -> Callable[[bytes], object]:
        began.append(status)
        return began.append

    answer = application(environ, start)
    content = b"".join(answer)
    answer.close()
    return str(began[0][:3]), content


def queries(path: str, cookie: str = "") -> int:
    """Return how many questions to the database an address takes."""
    with CaptureQueriesContext(connection) as asked:
        expect(ask(path, cookie=cookie)[0], {"200", "204"}, path)
    return len(asked)


def process_ms(path: str, *, times: int, cookie: str = "", good: Iterable[str] = ("200",)) -> float:
    """Return the median process time of one answer, in milliseconds."""
    spent = []
    for _n in range(times):
        before = time.process_time()
        status, _body = ask(path, cookie=cookie)
        spent.append(time.process_time() - before)
        expect(status, good, path)
    return round(statistics.median(spent) * 1000, 2)


def expect(status: str, good: Iterable[str], what: str) -> None:
    """Raise RuntimeError for any other status: the figure would be about something else."""
    if status not in good:
        raise RuntimeError(f"{what} was answered with {status}")
