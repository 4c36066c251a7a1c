"""What people write is text, on every page, in a real browser: no element is made of it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Site
from tests.browser.stage import visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# One state of each page on which something stands that people wrote.
SHOWN = (
    *(
        "tonight",
        "tonight-visitor",
        "tonight-room",
        "you",
        "link",
        "linked",
        "week",
        "data",
        "proof",
    ),
    *("room", "room-offered", "draft-mine", "raids", "raids-visitor", "raid", "raid-over-leader"),
    *("promote", "nudge", "call-waiting", "operations"),
)
# Nobody's name stands there for whoever looks; a newcomer's is what Discord said a moment ago.
NAMELESS = {
    "link",
    "tonight-visitor",
    "raids-visitor",
    "week",
    "data",
    "operations",
    "promote",
    "nudge",
}
# Whatever runs or is loaded because of a name would leave this behind.
MARK = "() => [window.canary ?? '', document.querySelectorAll('[data-canary], canary').length]"


@pytest.mark.parametrize("name", SHOWN)
def test_what_people_write_is_never_an_element(name: str, site: Site, browser: Browser) -> None:
    with visitor(browser, site) as guest:
        site.enter(guest, f"markup-{name}")
        guest.page.wait_for_load_state("networkidle")

        if name not in NAMELESS:
            assert "<b data-canary" in guest.page.locator("body").inner_text()
        assert guest.page.evaluate(MARK) == ["", 0]
