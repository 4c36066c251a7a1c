"""The browser looks at every page there is: whatever answers a GET with a page has a scene."""

from urllib.parse import urlsplit

from django.test import override_settings
from django.urls import get_resolver, resolve

from accounts import links
from planning.raids.policy import Actor
from promotions import actions
from tests import make
from tests.browser.scenes import SCENES
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH
from tests.raids import stage
from tests.web.test_access import EXEMPT, routes


def seen() -> set[str]:
    """Name the addresses that the browser opens."""
    opened = (
        scene.path.format(call=1, token="any", raid=1, server=1)
        for scene in SCENES
        if scene.status == 200
    )
    return {resolve(urlsplit(path).path).view_name for path in opened}


class SceneTests(SlomixTestCase):
    def pages(self) -> set[str]:
        """Open every address as somebody who may, and name those that are pages."""
        make.entry(self.bor)
        call = actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )
        known = {"<int:pk>": str(call.pk), "<day:day>": "2026-11-20", "<slug:channel>": "telegram"}
        guild = stage.server()
        raid = stage.plan(guild=guild, actor=Actor(self.bor))
        numbers = {"raids/on/": str(guild.pk), "raids/": str(raid.pk)}
        known |= {"<slug:secret>": "secret", "<slug:kind>": "personal"}
        known["<str:token>"] = urlsplit(links.stop_link(self.bor)).path.split("/")[2]
        found = set()
        for path, pattern in routes(get_resolver()):
            address = "/" + path
            own = next((pk for start, pk in numbers.items() if path.startswith(start)), None)
            for part, value in (known | ({"<int:pk>": own} if own else {})).items():
                address = address.replace(part, value)
            if not path.startswith(EXEMPT) and self._is_a_page(address):
                found.add(str(pattern.name))
        return found

    def _is_a_page(self, address: str) -> bool:
        self.assertNotIn("<", address, "say here what this part of an address may be")
        for who in (None, self.cene, self.ana):
            self.client.logout()
            if who:
                self.sign_in(who)
            answer = self.client.get(address)
            if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
                return True
        return False

    @override_settings(DEBUG=True, DISCORD_GUILD_ID=stage.KAVARNA, **HAVE_BOTH)
    def test_every_page_is_looked_at(self) -> None:
        pages = self.pages()

        self.assertEqual(pages - seen(), set())
        self.assertGreater(len(pages), 6)

    def test_no_two_scenes_have_one_name(self) -> None:
        self.assertEqual(len({scene.name for scene in SCENES}), len(SCENES))
