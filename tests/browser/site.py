"""The site as `tests.browser.served` serves it, from the side of the tests."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.browser.scenes import BY_NAME, Scene
from tests.browser.stage import Visitor
from tests.fresh import BASE, KEPT


class Site:
    """A process that serves the site; every scene begins from the same evening."""

    def __init__(self, folder: Path) -> None:
        own = {name: os.environ[name] for name in KEPT if name in os.environ}
        with (folder / "served.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "tests.browser.served", str(folder)],
                cwd=BASE,
                env=own,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        self.site = self._process.stdout.readline().strip()
        assert self.site, (folder / "served.log").read_text()[-2000:]

    def end(self) -> None:
        """Stop serving."""
        self._process.terminate()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()

    def arrange(self, name: str) -> dict[str, Any]:
        """Put everything back and arrange a scene; returns its path and everybody's sessions."""
        with urlopen(f"{self.site}/-/{name}", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def show(self, guest: Visitor, scene: Scene) -> None:
        """Arrange a scene and let somebody open it."""
        found = self.arrange(scene.name)
        if scene.who:
            guest.be(found["sessions"][scene.who])
        if scene.language:
            guest.speak(scene.language)
        if scene.status >= 400:
            guest.expected = self.site + found["path"]
        answer = guest.page.goto(self.site + found["path"])
        assert answer
        assert answer.status == scene.status, f"{found['path']} is {answer.status}"
        if scene.then:
            self.arrange(f"{scene.name}/then")
        for what, *text in scene.do:
            if scene.status_then >= 400:
                guest.forgive(scene.status_then)
            _do(guest, what, text)

    def enter(self, guest: Visitor, name: str) -> None:
        """The same by the scene's name."""
        self.show(guest, BY_NAME[name])


def _do(guest: Visitor, what: str, text: list[str]) -> None:
    if text:
        guest.page.locator(what).fill(text[0])
        return
    guest.page.locator(what).first.click()
    guest.page.wait_for_load_state("networkidle")
