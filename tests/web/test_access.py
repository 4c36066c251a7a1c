"""Every view says who may open it, and keeps to it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_POST

from promotions import actions
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

# Django's own pages guard themselves, and the API's operations carry their own guard.
EXEMPT = ("admin/", "api/", "auth/")
MARKS = {"public", "signed in", "linked", "promoter", "operator"}
SIGN_IN = "/accounts/sign-in/?next="


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield path, pattern


class MarkTests(SlomixTestCase):
    def test_every_view_of_ours_is_marked(self) -> None:
        ours = [
            (path, getattr(pattern.callback, "access", None))
            for path, pattern in routes(get_resolver())
            if not path.startswith(EXEMPT)
        ]

        self.assertEqual([path for path, mark in ours if mark not in MARKS], [])
        self.assertGreater(len(ours), 12)

    def test_the_mark_is_lost_by_nothing_that_wraps(self) -> None:
        from accounts.access import public

        view = require_POST(public(lambda request: None))  # type: ignore[arg-type, return-value]

        self.assertEqual(getattr(view, "access", None), "public")


class GuardTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.call = actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

    def test_a_visitor_is_sent_to_sign_in_and_back(self) -> None:
        for path in ("/you/", "/link/", "/promote/", f"/calls/{self.call.pk}/"):
            with self.subTest(path):
                answer = self.client.get(path)

                self.assertEqual(answer["Location"], SIGN_IN + path.replace("/", "%2F"))

    def test_whoever_has_no_player_cannot_come_to_the_calls(self) -> None:
        self.sign_in(self.cene)

        for path in ("/promote/", f"/calls/{self.call.pk}/", "/link/done/"):
            with self.subTest(path):
                self.assertRedirects(self.client.get(path), "/link/")

    def test_a_player_who_is_no_promoter_is_refused_in_words(self) -> None:
        self.sign_in(self.bor)

        for path in ("/promote/", f"/calls/{self.call.pk}/"):
            with self.subTest(path):
                answer = self.client.get(path)

                self.assertContains(answer, "Only promoters can call", status_code=403)
        cancelled = self.client.post(f"/calls/{self.call.pk}/cancel/")
        self.assertEqual(cancelled.status_code, 403)
        self.call.refresh_from_db()
        self.assertIsNone(self.call.cancelled_at)

    def test_the_tab_is_there_for_promoters_only(self) -> None:
        self.sign_in(self.bor)
        for_bor = self.client.get("/").content.decode()
        self.sign_in(self.ana)
        for_ana = self.client.get("/").content.decode()

        self.assertNotIn('href="/promote/"', for_bor)
        self.assertIn('href="/promote/"', for_ana)

    def test_a_closed_account_is_a_visitor(self) -> None:
        self.sign_in(self.bor)
        type(self.bor).objects.filter(pk=self.bor.pk).update(is_active=False)

        self.assertContains(self.client.get("/"), "Played with us before?")
