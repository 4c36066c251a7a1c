"""A line to a running instance that sends what no browser would: odd paths, foreign hosts, halves."""

import http.client
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

PATIENCE = 15.0
MOST_READ = 2 * 1024 * 1024
FORM = "application/x-www-form-urlencoded"
# RFC 5737: nobody has this address, so nobody's limits are used up by asking as it.
NOBODYS = "203.0.113.77"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"|X-CSRFToken&quot;: &quot;([^&]+)')
HEADER_TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')


class NoLine(Exception):
    """The instance cannot be reached; the text says what was tried."""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    took: float

    def header(self, name: str) -> str:
        """Return a header's values, joined; empty when it is not there."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")

    @property
    def cookies(self) -> Iterator[str]:
        """Each Set-Cookie line."""
        return (value for key, value in self.headers if key.lower() == "set-cookie")

    def __str__(self) -> str:
        return f"{self.method} {self.path[:60]}: {self.status}"


@dataclass
class Site:
    """A running instance, and how it is spoken to.

    `origin` is what a browser would call it. Where that is another one than the address that is
    dialled, we speak as its own proxy would: with its Host, its X-Forwarded-Proto, and a visitor's
    address at the end of X-Forwarded-For.
    """

    address: str
    origin: str = ""
    session: str = ""
    session_cookie: str = "sessionid"
    known_user: str = ""
    jar: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.address = self.address.rstrip("/")
        self.origin = (self.origin or self.address).rstrip("/")

    @property
    def https(self) -> bool:
        """Tell whether browsers come over https."""
        return self.origin.startswith("https://")

    @property
    def as_proxy(self) -> bool:
        """Tell whether we stand where the proxy stands."""
        return self.origin != self.address

    def stranger(self) -> Self:
        """Return the same site without cookies and without anybody signed in."""
        return type(self)(self.address, self.origin, session_cookie=self.session_cookie)

    def someone(self) -> Self:
        """Return the same site with the session that we were given."""
        found = self.stranger()
        found.jar[self.session_cookie] = self.session
        return found

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page; a header's name is written with its capitals."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, data: Mapping[str, str], *, forwarded_for: str = "") -> Answer:
        """Send a form."""
        body = urlencode(data).encode()
        kind = {"Content-Type": FORM}
        return self.ask("POST", path, body, kind, forwarded_for=forwarded_for)

    def token(self) -> str:
        """Open the front page; return the token that its forms carry."""
        page = self.get("/").text
        found = TOKEN.search(page) or HEADER_TOKEN.search(page)
        return next(filter(None, found.groups()), "") if found else ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        forwarded_for: str = "",
    ) -> Answer:
        """Send one request as it is, on a line of its own. Raises NoLine."""
        line = self.dial()
        sent = self._headers(forwarded_for) | dict(headers or {})
        began = time.monotonic()
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if body or method in ("POST", "PUT", "PATCH", "DELETE"):
                sent.setdefault("Content-Length", str(len(body)))
            for name, value in sent.items():
                line.putheader(name, value)
            line.endheaders()
            _send(line, body)
            got = line.getresponse()
            read = got.read(MOST_READ)
        except (OSError, http.client.HTTPException) as fault:
            raise NoLine(f"{method} {path[:60]}: {type(fault).__name__} {fault}") from fault
        finally:
            line.close()
        answer = Answer(
            method, path, got.status, tuple(got.getheaders()), read, time.monotonic() - began
        )
        self._keep(answer)
        return answer

    def dial(self) -> http.client.HTTPConnection:
        """Return a line that is not yet open."""
        parts = urlsplit(self.address)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(parts.netloc, timeout=PATIENCE, context=context)
        return http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)

    def _headers(self, forwarded_for: str) -> dict[str, str]:
        sent = {"Host": urlsplit(self.origin).netloc, "Connection": "close"}
        if self.as_proxy:
            sent["X-Forwarded-Proto"] = urlsplit(self.origin).scheme
            forwarded_for = f"{forwarded_for}, {NOBODYS}".lstrip(", ")
        if forwarded_for:
            sent["X-Forwarded-For"] = forwarded_for
        if self.https:
            # A browser says where an https form stands; Django asks for it.
            sent["Referer"] = f"{self.origin}/"
        if self.jar:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        return sent

    def _keep(self, answer: Answer) -> None:
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                self.jar[name] = morsel.value


def _send(line: http.client.HTTPConnection, body: bytes) -> None:
    try:
        for begin in range(0, len(body), 65_536):
            line.send(body[begin : begin + 65_536])
    except (BrokenPipeError, ConnectionResetError):
        # Whoever refuses a body early does not wait for the rest; the answer is on its way.
        return
