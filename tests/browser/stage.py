"""A whole system of our own, and people in front of it with a real browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from slomix.management.rehearsal.system import System

PHONE, DESK = (390, 844), (1280, 900)
# Contrast is judged by axe as well; nothing is switched off.
WITHIN = 15_000


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
    system: System
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Go to a page of the site."""
        self.page.goto(self.system.site + path)

    def sign_in(self, name: str) -> None:
        """Sign in through the local Discord's consent page as one of its people."""
        self.open("/accounts/sign-in/")
        self.page.locator("main button").first.click()
        self.page.locator("button.persona", has_text=name).first.click()
        self.page.wait_for_url(self.system.site + "/**")

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        found: Any = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return int(found)

    def axe(self) -> list[str]:
        """Return what axe finds: the rule and the first place."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@contextmanager
def visitor(
    browser: Browser,
    system: System,
    size: tuple[int, int] = DESK,
    scheme: Literal["light", "dark"] = "light",
    *,
    script: bool = True,
) -> Iterator[Visitor]:
    """Give somebody a fresh browser profile; at the end it must have had nothing to complain of."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.set_default_timeout(WITHIN)
    guest = Visitor(page, system)

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            guest.complaints.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: guest.complaints.append(str(error)))
    try:
        yield guest
    finally:
        context.close()
    assert not guest.complaints, guest.complaints[:3]
