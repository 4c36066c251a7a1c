"""People in front of the site, each with a real browser; every complaint of it is kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

Scheme = Literal["light", "dark"]
PHONE, DESK = (390, 844), (1280, 900)
# A phone and a desk, by day and by night.
Variants = tuple[tuple[tuple[int, int], Scheme], ...]
VARIANTS: Variants = (
    (DESK, "light"),
    (DESK, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
)
# Colours change with the light, the order of things with the size: axe needs each once.
SPOKEN: Variants = ((DESK, "light"), (PHONE, "dark"))
# 1280 px enlarged to 200 % and to 400 %.
ENLARGED = ((640, 450), (320, 225))
WITHIN = 15_000
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Place(Protocol):
    """Somewhere that serves the site."""

    site: str


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Debian's Chromium without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Somebody with a browser of their own; every complaint of the browser is kept."""

    page: Page
    system: Place
    complaints: list[str] = field(default_factory=list)
    # A document that is meant to be a fault; the browser says so, too.
    expected: str = ""
    # What a form may be refused with; the browser says that it was, too.
    refused: int = 0

    def forgive(self, status: int) -> None:
        """Take it that a form of this page is refused with this status."""
        self.refused = status

    def open(self, path: str = "/") -> None:
        """Go to a page of the site."""
        self.page.goto(self.system.site + path)

    def sign_in(self, name: str) -> None:
        """Sign in through the local Discord's consent page as one of its people."""
        self.open("/accounts/sign-in/")
        self.page.locator("main button").first.click()
        self.page.locator("button.persona", has_text=name).first.click()
        self.page.wait_for_url(self.system.site + "/**")

    def be(self, session: str) -> None:
        """Sign in with a session that was made elsewhere."""
        cookie = {"name": "sessionid", "value": session, "url": self.system.site}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def speak(self, language: str) -> None:
        """Have pressed a language below the page before."""
        cookie = {"name": "django_language", "value": language, "url": self.system.site}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        # A press may still be on its way to the next page, whose style is not there yet.
        self.page.wait_for_load_state("load")
        found: Any = self.page.evaluate(WIDER)
        return int(found)

    def axe(self) -> list[str]:
        """Return what axe finds: the rule and the first place."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]

    def turn(self, size: tuple[int, int], scheme: Scheme = "light") -> None:
        """Look through another window, by day or by night."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def keep(self, file: Path, size: tuple[int, int], scheme: Scheme) -> None:
        """Keep the whole page as a picture."""
        # The window grows to the page, or what is fixed at its foot would stand in the middle.
        tall = max(size[1], int(self.page.evaluate("document.documentElement.scrollHeight")))
        self.turn((size[0], tall), scheme)
        self.page.screenshot(path=file, animations="disabled")
        self.turn(size, scheme)

    def in_every_variant(self, name: str, shots: Path | None, variants: Variants) -> list[str]:
        """Return what sticks out of this page or is hard to read; with `shots` keep pictures."""
        found: list[str] = []
        for size, scheme in variants:
            self.turn(size, scheme)
            if shots:
                self.keep(shots / f"{name}-{size[0]}-{scheme}.png", size, scheme)
            if (size, scheme) in SPOKEN:
                found += [f"{size[0]} {scheme}: {one}" for one in self.axe()]
            found += self.too_wide(f"{size[0]} px")
        return found

    def too_wide(self, when: str) -> list[str]:
        """Return a complaint when the page is wider than its window."""
        wider = self.overflow()
        return [f"{when}: {wider} px too wide"] if wider > 0 else []

    def said(self, message: ConsoleMessage) -> None:
        """Keep what the browser's console complains of."""
        meant = bool(self.expected) and message.location.get("url") == self.expected
        meant |= bool(self.refused) and f"status of {self.refused}" in message.text
        if message.type in ("error", "warning") and not meant:
            self.complaints.append(message.text)

    def failed(self, request: Request) -> None:
        """Keep a request that got no answer; one that a new page cut off is none."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def answered(self, response: Response) -> None:
        """Keep an answer that is a fault."""
        if (
            response.status >= 400
            and response.url != self.expected
            and response.status != self.refused
        ):
            self.complaints.append(f"{response.url}: {response.status}")


@contextmanager
def visitor(
    browser: Browser,
    system: Place,
    size: tuple[int, int] = DESK,
    scheme: Scheme = "light",
    *,
    script: bool = True,
    zone: str | None = None,
) -> Iterator[Visitor]:
    """Give somebody a fresh browser profile; at the end it must have had nothing to complain of.

    `zone` is what the browser's own clock goes by.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=script,
        timezone_id=zone,
    )
    page = context.new_page()
    page.set_default_timeout(WITHIN)
    guest = Visitor(page, system)
    page.on("console", guest.said)
    page.on("pageerror", lambda error: guest.complaints.append(str(error)))
    page.on("requestfailed", guest.failed)
    page.on("response", guest.answered)
    try:
        yield guest
    finally:
        context.close()
    assert not guest.complaints, guest.complaints[:3]
