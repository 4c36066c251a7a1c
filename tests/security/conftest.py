"""The site and the browser of tests/browser, for what is looked at in a real one."""

from tests.browser.conftest import browser, site

__all__ = ["browser", "site"]
