"""Every page in every state: on a phone and on a desk, by day and by night, enlarged, spoken.

With `--shots FOLDER` each is kept as a picture, too (`make shots`).
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.scenes import SCENES, Scene
from tests.browser.site import Site
from tests.browser.stage import DESK, ENLARGED, VARIANTS, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWICE_THE_LETTERS = "document.documentElement.style.fontSize = '200%'"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_page_looks_right(
    site: Site, browser: Browser, shots: Path | None, scene: Scene
) -> None:
    with visitor(browser, site) as guest:
        site.show(guest, scene)
        found = guest.in_every_variant(scene.name, shots, VARIANTS)
        for size in ENLARGED:
            guest.turn(size)
            found += guest.too_wide(f"{size[0]} px")
        guest.turn(DESK)
        guest.page.evaluate(TWICE_THE_LETTERS)
        found += guest.too_wide("letters twice as large")
        assert found == []


def test_the_picture_of_the_readme_shows_tonight(
    site: Site, browser: Browser, shots: Path | None
) -> None:
    with visitor(browser, site, (1280, 1180)) as guest:
        site.enter(guest, "tonight")
        # Whoever has pressed something is not told of the sound any more.
        guest.page.locator("#muster-title").click()
        if shots:
            guest.page.screenshot(path=shots / "readme.png", animations="disabled")
        assert "1 more" in guest.page.locator("#muster-title").inner_text().lower()
