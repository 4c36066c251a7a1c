"""The site behind a socket of its own, with its answers spoiled on the way where a test wants it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections

Headers = list[tuple[str, str]]
# What was asked, and the answer; returns the answer that is sent instead.
Spoil = Callable[[dict[str, Any], str, Headers, bytes], tuple[str, Headers, bytes]]


class _Nameless(ServerHandler):
    server_software = "test"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""

    def handle(self) -> None:
        """Serve one request as the standard library does, without telling a version."""
        self.raw_requestline = self.rfile.readline(65_537)
        if len(self.raw_requestline) > 65_536:
            self.requestline, self.request_version, self.command = "", "", ""
            self.send_error(414)
            return
        if self.parse_request():
            read, write = cast(IO[bytes], self.rfile), cast(IO[bytes], self.wfile)
            handler = _Nameless(read, write, self.get_stderr(), self.get_environ())
            handler.request_handler = self  # type: ignore[attr-defined]
            handler.run(self.server.get_app())  # type: ignore[attr-defined]


def as_it_is(
    environ: dict[str, Any], status: str, headers: Headers, body: bytes
) -> tuple[str, Headers, bytes]:
    """Change nothing."""
    return status, headers, body


def _spoiled(site: Any, spoil: Spoil) -> Any:
    def app(environ: dict[str, Any], reply: Callable[[str, Headers], Any]) -> Iterable[bytes]:
        told: list[Any] = []
        answer = site(
            environ, lambda status, headers, exc_info=None: told.extend((status, headers))
        )
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        status, headers, body = spoil(environ, told[0], told[1], body)
        lengths = [one for one in headers if one[0].lower() != "content-length"]
        reply(status, [*lengths, ("Content-Length", str(len(body)))])
        return [body]

    return app


@contextmanager
def serving(spoil: Spoil = as_it_is) -> Iterator[str]:
    """Serve the site as the settings are now, on the test's own connection; yields its address."""
    server = make_server("127.0.0.1", 0, _spoiled(WSGIHandler(), spoil), WSGIServer, _Quiet)
    connection.inc_thread_sharing()
    mine = connections["default"]

    def serve() -> None:
        # The test waits while a request is served, so one connection is enough for both.
        connections["default"] = mine
        server.serve_forever(0.01)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()
        connection.dec_thread_sharing()
