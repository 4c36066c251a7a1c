"""The API that the owner wrote down, route by route: who gets which answer."""

from typing import Any

from django.test import override_settings

from tests import make
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date().isoformat()
BASE = "/api/availability"
PLANNING = "/api/planning/today"
ANSWER = {"date": TODAY, "status": "LOOKING"}

# Method, path, what is sent; then the status for a visitor, somebody without a player, a player,
# and a promoter.
ROUTES: tuple[tuple[str, str, Any, tuple[int, int, int, int]], ...] = (
    ("GET", f"{BASE}?from={TODAY}&to={TODAY}", None, (200, 200, 200, 200)),
    ("GET", f"{BASE}?from={TODAY}&to={TODAY}&include_users=true", None, (200, 200, 200, 200)),
    ("POST", BASE, ANSWER, (401, 403, 200, 200)),
    ("GET", f"{BASE}/me", None, (401, 200, 200, 200)),
    ("GET", f"{BASE}/access", None, (200, 200, 200, 200)),
    # One's own wishes need no player: a no is never refused.
    ("GET", f"{BASE}/settings", None, (401, 200, 200, 200)),
    ("POST", f"{BASE}/settings", {}, (401, 200, 200, 200)),
    ("GET", f"{BASE}/preferences", None, (401, 200, 200, 200)),
    ("POST", f"{BASE}/preferences", {}, (401, 200, 200, 200)),
    ("GET", f"{BASE}/subscriptions", None, (401, 200, 200, 200)),
    ("POST", f"{BASE}/subscriptions", {"channel_type": "discord"}, (401, 200, 200, 200)),
    ("GET", f"{BASE}/promotion-preferences", None, (401, 200, 200, 200)),
    ("POST", f"{BASE}/promotion-preferences", {}, (401, 200, 200, 200)),
    ("POST", f"{BASE}/link-token", {"channel_type": "telegram"}, (401, 403, 200, 200)),
    ("POST", f"{BASE}/link-confirm", {}, (401, 401, 401, 401)),
    ("GET", f"{BASE}/promotions/preview", None, (401, 403, 403, 200)),
    ("POST", f"{BASE}/promotions/campaigns", {}, (401, 403, 403, 200)),
    ("POST", f"{BASE}/promotions/sample", {"kind": "reminder"}, (401, 403, 403, 200)),
    ("GET", f"{BASE}/promotions/campaign", None, (401, 200, 200, 200)),
    # Two are looking, so there is no room yet.
    ("GET", PLANNING, None, (200, 200, 200, 200)),
    ("GET", f"{PLANNING}?date={TODAY}", None, (200, 200, 200, 200)),
    ("POST", f"{PLANNING}/create", {}, (401, 403, 409, 409)),
    ("POST", f"{PLANNING}/join", {}, (401, 403, 404, 404)),
    ("POST", f"{PLANNING}/suggestions", {"name": "Wolves"}, (401, 403, 404, 404)),
    ("POST", f"{PLANNING}/vote", {"suggestion_id": 1}, (401, 403, 404, 404)),
    ("POST", f"{PLANNING}/teams", {"side_a": [], "side_b": []}, (401, 403, 404, 404)),
    ("POST", f"{PLANNING}/balanced-teams", {}, (401, 403, 200, 200)),
    ("POST", f"{PLANNING}/ping", {}, (401, 403, 400, 400)),
)


class RouteTests(SlomixTestCase):
    @override_settings(TELEGRAM_ENABLED=True)
    def test_each_route_answers_each_level_as_written(self) -> None:
        make.entry(self.bor)
        levels = [Caller(who) for who in (None, self.cene, self.bor, self.ana)]
        for method, path, body, statuses in ROUTES:
            for level, (caller, status) in enumerate(zip(levels, statuses, strict=True)):
                with self.subTest(f"{method} {path} at level {level}"):
                    answer = (
                        caller.get(path) if method == "GET" else caller.send(method, path, body)
                    )
                    self.assertEqual(answer.status_code, status, answer.content[:300])

    def test_it_is_described(self) -> None:
        paths = Caller().get("/api/openapi.json").json()["paths"]
        for method, path, _body, _statuses in ROUTES:
            self.assertIn(method.lower(), paths[path.split("?")[0]])

    def test_the_page_of_the_api_loads_nothing_from_outside(self) -> None:
        page = Caller().get("/api/docs")

        self.assertEqual(page.status_code, 200)
        self.assertContains(page, "/static/ninja/swagger-ui-bundle")
        for outside in ("http://", "https://", 'src="//', 'href="//', "<style", "onload="):
            self.assertNotContains(page, outside)
