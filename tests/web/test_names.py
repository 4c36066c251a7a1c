"""Visitors and people without a player see counts; names stay text for everybody else."""

from collections.abc import Iterable
from datetime import timedelta

from availability.models import Status
from promotions import actions
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

PATHS = ("/", "/?day=2026-11-22", "/?month=2026-12")
HOSTILE = (
    "@everyone",
    "<@1>",
    "[x](http://evil)",
    "<script>alert(1)</script>",
    "صقر الليل",
    "\u202eabc",
    "Ž" * 64,
    "\" onmouseover='alert(1)",
    "{{ settings.SECRET_KEY }}",
    "%(names)s",
)


class CountsOnlyTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        for offset in range(4):
            for who, status in ((self.ana, Status.LOOKING), (self.bor, Status.MAYBE)):
                make.entry(who, status, day=TONIGHT.date() + timedelta(days=offset))
        actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

    def pages(self) -> Iterable[str]:
        for path in PATHS:
            yield self.client.get(path).content.decode()
            yield self.client.get(path, headers={"HX-Request": "true"}).content.decode()

    def assert_nobody_is_named(self) -> None:
        for page in self.pages():
            for who in (self.ana, self.bor):
                account = who.discord
                for secret in (who.name, account.username, str(account.discord_id)):
                    self.assertNotIn(secret, page)

    def test_a_visitor_sees_no_name_and_no_id(self) -> None:
        self.assert_nobody_is_named()

    def test_nor_does_somebody_without_a_player(self) -> None:
        """W9: whoever was signed in saw all names and ids."""
        self.sign_in(self.cene)

        self.assert_nobody_is_named()

    def test_both_see_how_many(self) -> None:
        self.assertContains(self.client.get("/"), "1 person is looking for a game tonight")

    def test_a_visitor_has_one_next_step(self) -> None:
        self.assertContains(self.client.get("/"), "Played with us before? Link Discord.")

    def test_somebody_without_a_player_has_one_next_step(self) -> None:
        self.sign_in(self.cene)

        page = self.client.get("/")

        self.assertContains(page, "Find my player")
        self.assertNotContains(page, "Played with us before?")

    def test_the_players_see_each_other(self) -> None:
        self.sign_in(self.bor)

        self.assertContains(self.client.get("/"), "<bdi>Ana Dinamit</bdi>")


class HostileNamesTests(SlomixTestCase):
    def test_a_name_stays_text_everywhere(self) -> None:
        for name in HOSTILE:
            make.entry(make.person(name, opted_in=True), Status.LOOKING)
        self.sign_in(self.ana)

        for path in ("/", "/promote/", "/link/?q=scr", "/link/?q=every"):
            with self.subTest(path):
                page = self.client.get(path).content.decode()

                self.assertNotIn("<script>alert", page)
                self.assertNotIn("onmouseover='", page)
                self.assertNotIn('href="http://evil', page)

    def test_it_is_shown_as_it_was_written(self) -> None:
        make.entry(make.person("<script>alert(1)</script>"))
        self.sign_in(self.ana)

        page = self.client.get("/")

        self.assertContains(page, "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>")

    def test_a_long_name_gives_way(self) -> None:
        make.entry(make.person("Ž" * 64))
        self.sign_in(self.ana)

        page = self.client.get("/")

        self.assertContains(page, f'<bdi title="{"Ž" * 64}">{"Ž" * 31}…</bdi>')

    def test_what_was_searched_for_stays_text(self) -> None:
        self.sign_in(self.cene)

        page = self.client.get("/link/", {"q": '<img src=x onerror="alert(1)">'})

        self.assertNotContains(page, "<img src=x")

    def test_a_forged_picture_is_no_picture(self) -> None:
        make.entry(make.person("Eva", avatar='x" onerror="alert(1)'))
        self.sign_in(self.ana)

        page = self.client.get("/")

        self.assertNotContains(page, "onerror")
        self.assertContains(page, ">EV</span>")

    def test_a_picture_comes_from_discord(self) -> None:
        eva = make.person("Eva", avatar="a_0123456789abcdef")
        make.entry(eva)
        self.sign_in(self.ana)

        picture = f"/avatars/{eva.discord.discord_id}/a_0123456789abcdef.png?size=64"
        self.assertContains(self.client.get("/"), picture)
