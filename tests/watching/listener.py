"""A webhook's other end on 127.0.0.1: it remembers what it was told, and refuses when it shall."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Listener:
    """What arrived, in order; `status` is what everybody is answered with."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.pings: list[str] = []
        self.status = 204
        self.url = ""

    def codes(self, state: str = "raised") -> list[str]:
        """Return the codes that were told, in order."""
        return [one["code"] for one in self.told if one["state"] == state]


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen on a free port until the end."""
    heard = Listener()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if heard.status < 300:
                heard.told.append(json.loads(body))
            self._answer()

        def do_GET(self) -> None:
            heard.pings.append(self.path)
            self._answer()

        def _answer(self) -> None:
            self.send_response(heard.status)
            self.send_header("Content-Length", "0")
            if 300 <= heard.status < 400:
                self.send_header("Location", f"{heard.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    heard.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
