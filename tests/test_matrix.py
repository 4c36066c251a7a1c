"""Who gets what at every address: roles by routes, as a table. A route that is missing fails.

The answers are to an empty request, in the order of `ROLES`; what is asked for is Bor's. Any other
method is refused with 405. The admin's pages are in `test_matrix_admin.py`.
"""

import pytest

from tests import routes
from tests.cast import SlomixTestCase

FILLED = {
    "<slug:channel>": "telegram",
    "<channel>": "telegram",
    "<str:token>": "x",
    "<slug:secret>": "x",
    "<day:day>": "2026-11-20",
    "<absence_id>": "1",
    "<suggestion_id>": "1",
    "<slug:kind>": "personal",
    "<kind>": "mine",
}
# Their answers are not the roles' matter.
ELSEWHERE = {"readyz": "tests/test_health.py"}
# Any method is the same to them: they change nothing but what GET and POST do.
ANY_METHOD = {
    *("evenings/<day:day>/", "nudge/", "promote/", "accounts/discord/login/"),
    *("api/openapi.json", "api/docs", "api/", "auth/"),
}
# Route, method; anonymous, unlinked, linked, another linked, promoter, admin.
# fmt: off
MATRIX = (
    ("", "GET", "200 200 200 200 200 200"),
    ("remind/", "POST", "302 302 400 400 400 400"),
    ("language/", "POST", "302 302 302 302 302 302"),
    ("link/", "GET", "302 200 200 200 200 200"),
    ("link/player/", "POST", "302 400 400 400 400 400"),
    ("link/new/", "POST", "302 400 400 400 400 400"),
    ("link/contest/", "GET", "302 400 400 400 400 400"),
    ("link/contest/", "POST", "302 400 400 400 400 400"),
    ("link/contest/withdraw/", "POST", "302 302 302 302 302 302"),
    ("link/proof/", "GET", "302 302 200 200 200 200"),
    ("link/proof/", "POST", "302 400 302 302 302 302"),
    ("link/done/", "GET", "302 302 200 200 200 200"),
    ("you/", "GET", "302 200 200 200 200 200"),
    ("you/preferences/", "POST", "302 400 400 400 400 400"),
    ("you/stop/", "POST", "302 302 302 302 302 302"),
    ("you/name/", "POST", "302 400 400 400 400 400"),
    ("you/order/", "POST", "302 404 404 404 404 404"),
    ("you/channels/<slug:channel>/", "GET", "302 302 404 404 404 404"),
    ("you/channels/<slug:channel>/", "POST", "302 302 404 404 404 404"),
    ("you/channels/<slug:channel>/test/", "POST", "302 302 302 302 302 302"),
    ("you/channels/<slug:channel>/disconnect/", "POST", "302 302 302 302 302 302"),
    ("you/player/unlink/", "POST", "302 302 302 302 302 302"),
    ("you/discord/unlink/", "POST", "302 302 302 302 302 302"),
    ("you/data/", "GET", "302 200 200 200 200 200"),
    ("you/data/export/", "POST", "302 200 200 200 200 200"),
    ("you/erase/", "GET", "302 200 200 200 200 200"),
    ("you/erase/", "POST", "302 400 400 400 400 400"),
    ("you/week/", "GET", "302 302 200 200 200 200"),
    ("you/week/usual/", "POST", "302 302 400 400 400 400"),
    ("you/week/away/", "POST", "302 302 400 400 400 400"),
    ("you/week/back/", "POST", "302 302 302 302 302 302"),
    ("you/week/undo/", "POST", "302 302 302 302 302 302"),
    ("you/week/calendar/<slug:kind>/", "POST", "302 302 200 200 200 200"),
    ("you/week/calendar/<slug:kind>/ring/", "POST", "302 302 400 400 400 400"),
    ("you/week/calendar/<slug:kind>/revoke/", "POST", "302 302 302 302 302 302"),
    ("stop/<str:token>/", "GET", "400 400 400 400 400 400"),
    ("stop/<str:token>/", "POST", "400 400 400 400 400 400"),
    ("s/<str:token>/", "GET", "400 400 400 400 400 400"),
    ("s/<str:token>/", "POST", "400 400 400 400 400 400"),
    ("parts/", "GET", "404 404 404 404 404 200"),
    ("evenings/calendar/<str:token>.ics", "GET", "404 404 404 404 404 404"),
    ("evenings/<day:day>/", "GET", "302 302 302 302 302 302"),
    ("evenings/<day:day>/", "POST", "302 302 400 400 400 400"),
    ("evenings/<day:day>/clear/", "POST", "302 302 302 302 302 302"),
    ("evenings/<day:day>/next/", "POST", "302 302 302 302 302 302"),
    ("evenings/<day:day>/undo/", "POST", "302 302 400 400 400 400"),
    ("nudge/", "GET", "302 302 403 403 200 200"),
    ("nudge/", "POST", "302 302 403 403 400 302"),
    ("promote/", "GET", "302 302 403 403 200 200"),
    ("promote/", "POST", "302 302 403 403 302 302"),
    ("promote/sample/", "POST", "302 302 403 403 400 400"),
    ("calls/<int:pk>/", "GET", "302 302 403 403 200 200"),
    ("calls/<int:pk>/cancel/", "POST", "302 302 403 403 302 302"),
    ("calls/<int:pk>/add/", "POST", "302 302 403 403 302 302"),
    ("calls/<int:pk>/post/", "POST", "302 302 403 403 400 400"),
    ("room/", "GET", "200 200 200 200 200 200"),
    ("room/<day:day>/", "GET", "302 302 302 302 302 302"),
    ("room/draft/", "GET", "302 302 200 200 200 200"),
    ("room/<day:day>/again/", "POST", "302 302 400 400 400 400"),
    ("room/open/", "POST", "302 302 400 400 400 400"),
    ("room/join/", "POST", "302 302 400 400 400 400"),
    ("room/leave/", "POST", "302 302 400 400 400 400"),
    ("room/names/", "POST", "302 302 400 400 400 400"),
    ("room/names/back/", "POST", "302 302 400 400 400 400"),
    ("room/names/<int:pk>/vote/", "POST", "302 302 400 400 400 400"),
    ("room/names/<int:pk>/withdraw/", "POST", "302 302 400 400 400 400"),
    ("room/teams/", "POST", "302 302 400 400 400 400"),
    ("room/wishes/", "POST", "302 302 400 400 400 400"),
    ("room/wishes/back/", "POST", "302 302 400 400 400 400"),
    ("room/standby/<int:pk>/accept/", "POST", "302 302 400 400 400 400"),
    ("room/standby/<int:pk>/decline/", "POST", "302 302 400 400 400 400"),
    ("room/standby/take/", "POST", "302 302 400 400 400 400"),
    ("room/ping/", "POST", "302 302 400 400 400 400"),
    ("room/draft/start/", "POST", "302 302 400 400 400 400"),
    ("room/draft/pick/", "POST", "302 302 400 400 400 400"),
    ("room/draft/back/", "POST", "302 302 400 400 400 400"),
    ("room/draft/stop/", "POST", "302 302 400 400 400 400"),
    ("raids/", "GET", "200 200 200 200 200 200"),
    ("raids/on/<int:pk>/", "GET", "302 404 404 404 404 404"),
    ("raids/on/<int:pk>/plan/", "GET", "302 404 404 404 404 404"),
    ("raids/on/<int:pk>/plan/", "POST", "302 404 404 404 404 404"),
    ("raids/on/<int:pk>/listed/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/", "GET", "302 404 404 404 404 404"),
    ("raids/<int:pk>/vote/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/leave/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/rejoin/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/finish/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/cancel/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/edit/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/hand-over/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/object/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/correct/", "POST", "302 400 400 400 400 400"),
    ("raids/<int:pk>/settle/", "POST", "302 400 400 400 400 400"),
    ("accounts/sign-in/", "GET", "200 302 302 302 302 302"),
    ("accounts/sign-out/", "POST", "302 302 302 302 302 302"),
    ("accounts/second-factor/", "GET", "302 403 403 403 403 403"),
    ("accounts/second-factor/", "POST", "302 403 403 403 403 403"),
    ("accounts/discord/login/", "GET", "302 302 302 302 302 302"),
    ("accounts/discord/login/", "POST", "302 302 302 302 302 302"),
    ("accounts/discord/login/callback/", "GET", "400 400 400 400 400 400"),
    ("api/openapi.json", "GET", "200 200 200 200 200 200"),
    ("api/docs", "GET", "200 200 200 200 200 200"),
    ("api/availability/promotions/preview", "GET", "401 403 403 403 200 200"),
    ("api/availability/promotions/campaigns", "POST", "401 403 403 403 409 200"),
    ("api/availability/promotions/campaign", "GET", "401 200 200 200 200 200"),
    ("api/availability/promotions/campaigns/<campaign_id>/cancel", "POST", "401 403 403 403 200 200"),
    ("api/availability/promotions/campaigns/<campaign_id>/add", "POST", "401 403 403 403 200 200"),
    ("api/availability/promotions/campaigns/<campaign_id>/post", "POST", "401 403 403 403 409 409"),
    ("api/availability/promotions/sample", "POST", "401 400 400 400 400 400"),
    ("api/availability/promotion-preferences", "GET", "401 200 200 200 200 200"),
    ("api/availability/promotion-preferences", "POST", "401 200 200 200 200 200"),
    ("api/availability/preferences", "GET", "401 200 200 200 200 200"),
    ("api/availability/preferences", "POST", "401 200 200 200 200 200"),
    ("api/availability/settings", "GET", "401 200 200 200 200 200"),
    ("api/availability/settings", "POST", "401 200 200 200 200 200"),
    ("api/availability/subscriptions", "GET", "401 200 200 200 200 200"),
    ("api/availability/subscriptions", "POST", "401 400 400 400 400 400"),
    ("api/availability/access", "GET", "200 200 200 200 200 200"),
    ("api/availability", "GET", "200 200 200 200 200 200"),
    ("api/availability", "POST", "401 400 400 400 400 400"),
    ("api/availability", "DELETE", "401 403 400 400 400 400"),
    ("api/availability/undo", "POST", "401 403 409 409 409 409"),
    ("api/availability/me", "GET", "401 200 200 200 200 200"),
    ("api/availability/history", "GET", "401 200 200 200 200 200"),
    ("api/availability/pattern", "GET", "401 200 200 200 200 200"),
    ("api/availability/pattern", "POST", "401 400 400 400 400 400"),
    ("api/availability/away", "GET", "401 200 200 200 200 200"),
    ("api/availability/away", "POST", "401 400 400 400 400 400"),
    ("api/availability/away/<absence_id>", "DELETE", "401 403 404 404 404 404"),
    ("api/availability/calendar", "GET", "401 200 200 200 200 200"),
    ("api/availability/calendar", "POST", "401 400 400 400 400 400"),
    ("api/availability/calendar/<kind>", "PATCH", "401 400 400 400 400 400"),
    ("api/availability/calendar/<kind>", "DELETE", "401 400 400 400 400 400"),
    ("api/availability/link-token", "POST", "401 400 400 400 400 400"),
    ("api/availability/subscriptions/<channel>", "DELETE", "401 200 200 200 200 200"),
    ("api/availability/link-confirm", "POST", "401 401 401 401 401 401"),
    ("api/planning/today", "GET", "200 200 200 200 200 200"),
    ("api/planning/today/create", "POST", "401 403 409 409 409 409"),
    ("api/planning/today/join", "POST", "401 403 404 404 404 404"),
    ("api/planning/today/suggestions", "POST", "401 400 400 400 400 400"),
    ("api/planning/today/suggestions/<suggestion_id>", "DELETE", "401 403 404 404 404 404"),
    ("api/planning/today/vote", "POST", "401 400 400 400 400 400"),
    ("api/planning/today/vote", "DELETE", "401 403 404 404 404 404"),
    ("api/planning/today/teams", "POST", "401 400 400 400 400 400"),
    ("api/planning/today/balanced-teams", "POST", "401 403 200 200 200 200"),
    ("api/planning/today/ping", "POST", "401 403 400 400 400 400"),
    ("api/", "GET", "404 404 404 404 404 404"),
    ("auth/me", "GET", "401 200 200 200 200 200"),
    ("auth/link/status", "GET", "200 200 200 200 200 200"),
    ("auth/players/search", "GET", "401 400 400 400 400 400"),
    ("auth/players/suggestions", "GET", "401 200 200 200 200 200"),
    ("auth/link", "POST", "401 400 400 400 400 400"),
    ("auth/link", "DELETE", "401 400 200 200 200 200"),
    ("auth/discord/unlink", "POST", "401 403 403 403 403 403"),
    ("auth/account/aliases", "GET", "401 403 200 200 200 200"),
    ("auth/account/display-name", "POST", "401 400 400 400 400 400"),
    ("auth/", "GET", "404 404 404 404 404 404"),
    ("hooks/telegram/<slug:secret>/", "POST", "403 403 403 403 403 403"),
    ("operations/", "GET", "302 403 403 403 200 200"),
    ("operations/seen/", "POST", "302 403 403 403 302 302"),
    ("metrics", "GET", "404 404 404 404 200 200"),
    ("health", "GET", "200 200 200 200 200 200"),
    ("livez", "GET", "200 200 200 200 200 200"),
)
# fmt: on


@pytest.mark.slow
class MatrixTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        call = str(routes.call_of(self))
        self.filled = FILLED | {"<int:pk>": call, "<campaign_id>": call}
        self.people = routes.cast(self)

    def address(self, path: str) -> str:
        for name, value in self.filled.items():
            path = path.replace(name, value)
        return f"/{path}"

    def test_each_role_gets_what_the_table_says(self) -> None:
        for path, method, codes in MATRIX:
            with self.subTest(f"{method} {path}"):
                found = [
                    routes.answer(self.people[role], method, self.address(path))
                    for role in routes.ROLES
                ]
                self.assertEqual(" ".join(map(str, found)), codes)

    def test_every_other_method_is_refused(self) -> None:
        known = {(path, method) for path, method, _codes in MATRIX}
        for path in {path for path, _method in known} - ANY_METHOD:
            for method in routes.METHODS:
                if (path, method) not in known:
                    with self.subTest(f"{method} {path}"):
                        answer = routes.answer(self.people["admin"], method, self.address(path))
                        self.assertEqual(answer, 405)


def test_every_route_is_in_the_table() -> None:
    there = {path for path, _view in routes.routes() if not path.startswith("admin/")}

    assert there - {path for path, _method, _codes in MATRIX} == set(ELSEWHERE)


def test_the_table_names_no_route_that_is_gone() -> None:
    there = {path for path, _view in routes.routes()}

    assert {path for path, _method, _codes in MATRIX} - there == set()
