"""Who gets what in the admin: promoters see their part, everybody else who is no admin nothing."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from accounts import actions
from accounts.actions import levels as points
from availability import actions as evenings
from botworker import tracked, workers
from planning.raids import actions as raids
from planning.raids.policy import Actor
from planning.rooms.models import Lineup, Room
from tests import routes
from tests.cast import TONIGHT, SlomixTestCase
from tests.raids import stage

# For each table: the list, adding, changing and deleting, as promoter/admin. Nobody else gets
# further than the sign-in.
# fmt: off
TABLES = {
    "auth/group": "403/200 403/200 403/200 403/200",
    "accounts/user": "403/200 403/403 403/200 403/403",
    "accounts/player": "200/200 403/200 200/200 403/200",
    "accounts/discordaccount": "403/200 403/403 403/200 403/403",
    "accounts/playerlink": "200/200 403/403 200/200 403/403",
    "accounts/contest": "200/200 403/403 200/200 403/403",
    "accounts/preferences": "403/200 403/403 403/200 403/403",
    "accounts/level": "403/200 403/403 403/200 403/403",
    "accounts/auditentry": "403/200 403/403 403/200 403/403",
    "botworker/delivery": "403/200 403/403 403/200 403/403",
    "botworker/keywordreply": "403/200 403/200 403/200 403/200",
    "botworker/worker": "403/200 403/403 403/200 403/403",
    "botworker/tracked": "403/200 403/403 403/200 403/403",
    "availability/entry": "200/200 403/403 200/200 403/403",
    "availability/change": "403/200 403/403 403/200 403/403",
    "promotions/campaign": "200/200 200/200 200/200 403/403",
    "raids/raid": "403/200 403/403 403/200 403/403",
    "raids/attendance": "403/200 403/403 403/200 403/403",
    "raids/dungeon": "403/200 403/200 403/200 403/403",
    "raids/template": "403/200 403/403 403/200 403/403",
    "raids/guildsettings": "403/200 403/403 403/200 403/403",
    "rooms/room": "200/200 403/403 200/200 403/403",
    "rooms/lineup": "200/200 403/403 200/200 403/403",
}
# The other pages: anonymous, unlinked, linked, another linked, promoter, admin.
PAGES = {
    "admin/": "302 302 302 302 200 200",
    "admin/login/": "200 200 200 200 302 302",
    "admin/logout/": "302 302 302 302 405 405",
    "admin/password_change/": "302 302 302 302 200 200",
    "admin/password_change/done/": "302 302 302 302 200 200",
    "admin/autocomplete/": "302 302 302 302 403 403",
    "admin/availability/entry/answer/": "302 302 302 302 200 200",
    "admin/jsi18n/": "302 302 302 302 200 200",
    "admin/r/<path:content_type_id>/<path:object_id>/": "302 302 302 302 404 404",
    "admin/^(?P<app_label>auth|accounts|botworker|availability|promotions|rooms|raids)/$": "302 302 302 302 200 200",
    "admin/(?P<url>.*)$": "302 302 302 302 404 404",
}
# fmt: on
ROW = "<path:object_id>/"
OF_A_TABLE = ("", "add/", f"{ROW}change/", f"{ROW}delete/", f"{ROW}history/", ROW)
FILLED = {
    "<path:content_type_id>": "1",
    "<path:object_id>": "1",
    "(?P<url>.*)$": "nothing",
}


@pytest.mark.slow
class AdminMatrixTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        routes.call_of(self)
        self.people = routes.cast(self)
        self.a_raid()
        guid = self.bor.link.player.guid
        actions.contest_player(person=self.cene, guid=guid, at=TONIGHT)
        evenings.answer(person=self.bor, day=TONIGHT.date(), status="MAYBE", at=TONIGHT)
        Group.objects.create(name="a group")
        points.begin(guild_id=stage.KAVARNA, person=self.bor)
        workers.note("levels", seconds=0.1, at=TONIGHT)
        room = Room.objects.create(day=TONIGHT.date(), creator=self.bor)
        Lineup.objects.create(room=room, number=1, by=self.bor, saved_at=TONIGHT)
        tracked.keep_event("AN EVENT", kind="any", guild_id=1, at=TONIGHT, until=TONIGHT)

    def a_raid(self) -> None:
        raid = stage.plan(guild=stage.server(), actor=Actor(self.ana), min_players=1)
        raids.set_votes(
            raid_id=raid.pk, person=self.bor, days=["Fri 27.11."], times=["20:00"], at=TONIGHT
        )
        raids.finish(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

    def answers(self, path: str, *roles: str) -> list[int]:
        _admin, app, model, *_rest = [*path.split("/"), "", ""]
        if f"{app}/{model}" in TABLES and ROW in path:
            first = apps.get_model(app, model)._default_manager.order_by("pk").first()
            assert first is not None
            path = path.replace("<path:object_id>", str(first.pk))
        for name, value in FILLED.items():
            path = path.replace(name, value)
        if path.startswith("admin/^"):
            path = "admin/accounts/"
        return [routes.answer(self.people[role], "GET", f"/{path}") for role in roles]

    def test_each_table_opens_for_whom_it_says(self) -> None:
        for table, codes in TABLES.items():
            with self.subTest(table):
                found = [
                    "/".join(map(str, self.answers(f"admin/{table}/{page}", "promoter", "admin")))
                    for page in OF_A_TABLE[:4]
                ]
                self.assertEqual(" ".join(found), codes)

    def test_nobody_else_gets_past_the_sign_in(self) -> None:
        for table in TABLES:
            for page in OF_A_TABLE:
                with self.subTest(f"{table}/{page}"):
                    found = self.answers(f"admin/{table}/{page}", *routes.ROLES[:4])
                    self.assertEqual(set(found), {302})

    def test_the_other_pages(self) -> None:
        for path, codes in PAGES.items():
            with self.subTest(path):
                found = self.answers(path, *routes.ROLES)
                self.assertEqual(" ".join(map(str, found)), codes)


def test_every_page_of_the_admin_is_in_a_table() -> None:
    there = {path for path, _view in routes.routes() if path.startswith("admin/")}
    tables = {f"admin/{table}/{page}" for table in TABLES for page in OF_A_TABLE}

    assert there ^ (tables | set(PAGES)) == set()
