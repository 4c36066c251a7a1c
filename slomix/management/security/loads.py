"""Far too much of everything: refused within a second, and the site goes on."""

import gzip
import json
import socket
import time
from urllib.parse import urlencode, urlsplit

from slomix.management.security.report import NotRun, Seen
from slomix.management.security.wire import FORM, Answer, NoLine, Site

A_SECOND = 1.0
MEGABYTE = 1024 * 1024
JSON = "application/json"
MULTIPART = "multipart/form-data; boundary=edge"
SLOW_ONES = 24


def bodies(site: Site, seen: Seen) -> None:
    """Big, deep and plentiful bodies are refused within a second."""
    stranger = site.stranger()
    token = stranger.token()
    many = urlencode({f"field{number}": "1" for number in range(10_000)}).encode()
    part = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    deep = b"[" * 100_000
    tries: tuple[tuple[str, str, str, bytes], ...] = (
        ("10 MB of form", "/language/", FORM, b"next=" + b"x" * 10 * MEGABYTE),
        ("10 MB of file", "/language/", MULTIPART, part + b"x" * 10 * MEGABYTE + b"\r\n--edge--"),
        ("10 MB of JSON", "/api/availability", JSON, b'"' + b"x" * 10 * MEGABYTE + b'"'),
        ("10,000 fields", "/language/", FORM, many),
        ("10,000 fields in JSON", "/api/availability", JSON, _wide()),
        ("JSON 100,000 deep", "/api/availability", JSON, deep),
        ("a gzip bomb", "/api/availability", JSON, gzip.compress(b"0" * 10 * MEGABYTE)),
        ("no boundary", "/language/", "multipart/form-data", b"x"),
    )
    for what, path, kind, body in tries:
        headers = {"Content-Type": kind, "X-CSRFToken": token}
        headers["X-Requested-With"] = "XMLHttpRequest"
        _judge(seen, what, stranger.ask("POST", path, body, headers))
    _still_there(site, seen)


def _wide() -> bytes:
    return json.dumps({f"field{number}": 1 for number in range(10_000)}).encode()


def lines(site: Site, seen: Seen) -> None:
    """A query of a megabyte, headers of kilobytes and broken requests are refused within a second."""
    stranger = site.stranger()
    for what, path, headers in (
        ("1 MB of query", f"/?q={'x' * MEGABYTE}", {}),
        ("a path of 20 kB", f"/{'a' * 20_000}", {}),
        ("a header of 80 kB", "/", {"X-Long": "x" * 80_000}),
        ("300 headers", "/", {f"X-Many-{number}": "x" for number in range(300)}),
    ):
        try:
            _judge(seen, what, stranger.ask("GET", path, headers=headers))
        except NoLine as fault:
            # A server may hang up on what it cannot even read.
            seen.expect("reset" in str(fault).lower() or "pipe" in str(fault).lower(), str(fault))
    _still_there(site, seen)


def patterns(site: Site, seen: Seen) -> None:
    """Texts that are made for slow patterns take no longer than others."""
    stranger = site.stranger()
    for text in ("a" * 2000, " " * 2000, "-" * 2000, "(" * 500, "٠" * 500, "z\u0335" * 500):
        for name in ("q", "next", "day", "seen"):
            answer = stranger.get(f"/?{urlencode({name: text})}")
            seen.expect(answer.status < 500, f"{answer} with {name}")
            seen.expect(answer.took < A_SECOND, f"{answer} with {name} took {answer.took:.2f} s")


def slow(site: Site, seen: Seen) -> None:
    """Visitors who send a request byte by byte hold nobody else."""
    if site.as_proxy:
        raise NotRun("the proxy holds slow clients; ask it at its own https address")
    parts = urlsplit(site.address)
    if parts.scheme != "https":
        raise NotRun("no proxy stands before this address, and it is the proxy that holds them")
    port = parts.port or 443
    held = [socket.create_connection((parts.hostname or "", port), 10) for _n in range(SLOW_ONES)]
    try:
        for line in held:
            line.sendall(b"\x16\x03\x01")
        answer = site.stranger().get("/livez")
        seen.expect(answer.took < A_SECOND, f"{answer} took {answer.took:.2f} s")
    finally:
        for line in held:
            line.close()


def _judge(seen: Seen, what: str, answer: Answer) -> None:
    seen.expect(400 <= answer.status < 500, f"{what}: {answer}")
    seen.expect(answer.took < A_SECOND, f"{what}: {answer} took {answer.took:.2f} s")


def _still_there(site: Site, seen: Seen) -> None:
    began = time.monotonic()
    answer = site.stranger().get("/livez")
    took = time.monotonic() - began
    seen.expect(answer.status == 200 and took < A_SECOND, f"afterwards {answer} took {took:.2f} s")
