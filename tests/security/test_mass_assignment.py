"""Fields that nobody asked for change nothing, at any door."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from tests.security.rows import cells, changes, snapshot
from tests.security.sending import SENDINGS, Sending, SendingCase

# What somebody would like to be, and whose things they would like to have.
WISHED: dict[str, Any] = {
    **dict.fromkeys(("is_staff", "is_superuser", "is_promoter", "is_active", "admin"), True),
    **dict.fromkeys(("user", "user_id", "person_id", "actor", "by", "creator", "owner"), 1),
    **dict.fromkeys(("id", "pk", "number", "fence", "attempts", "version", "points"), 7),
    **dict.fromkeys(("role", "roles", "groups", "user_permissions"), "admin"),
    **dict.fromkeys(("verified_at", "due_at", "expires_at", "linked_at"), "2020-01-01T00:00:00Z"),
    "state": "sent",
    "proof": "proved",
    "outcome": "sent",
    "off_reason": "",
    "sealed": "x",
    "rating": 9.9,
    "guid": "F" * 32,
    "discord_id": "1",
    "username": "root",
    "password": "x",
    "door": "admin",
    "reason": "x",
    "channel_id": "1",
    "guild": 1,
    "settled_at": "2020-01-01",
}
# In the admin: the columns that a form of the admin may change, by model; nothing else is a form.
WRITABLE = {
    "auth.Group": {"name", "permissions"},
    "accounts.User": {"display_name", "is_promoter", "is_active"},
    "accounts.Player": {"guid", "name", "rating", "imported_discord_id", "pending"},
    "botworker.KeywordReply": {"guild", "word", "reply", "is_active"},
    "raids.GuildSettings": {
        *(
            "planner_channel_id",
            "participants_channel_id",
            "raidlist_channel_id",
            "planner_role_id",
        ),
        *("voice_channel_id", "default_min_players", "leaderboard_enabled", "templates_enabled"),
    },
    "raids.Dungeon": {"name", "short_code", "is_active", "sort_order"},
}


@pytest.mark.slow
class MassAssignmentTests(SendingCase):
    def done(self, sending: Sending, **extra: Any) -> tuple[int, dict[tuple[str, str, str], str]]:
        """Return what a request is answered and what it changes; nothing of it stays."""
        with self.undone():
            answer = self.send(sending, self.again(self.clients[sending.who]), **extra)
            after = snapshot()
        return answer.status_code, cells(changes(self.before, after))

    def setUp(self) -> None:
        super().setUp()
        whos = {sending.who for sending in SENDINGS}
        self.clients: dict[str, Client] = {who: self.client_of(who) for who in whos}
        self.before = snapshot()

    def test_every_door_takes_what_it_asks_for_and_nothing_else(self) -> None:
        something = 0
        for sending in SENDINGS:
            extra = {name: value for name, value in WISHED.items() if name not in sending.fields}
            with self.subTest(sending.name):
                status, plain = self.done(sending)
                more, hostile = self.done(sending, **extra)

                self.assertLess(more, 500)
                if hostile != plain and not (more >= 400 and not hostile):
                    # Seeds and codes are new each time.
                    again = self.done(sending)[1]
                    new = {cell for cell in plain if plain[cell] != again.get(cell)}
                    self.assertEqual(more, status)
                    self.assertEqual(_without(hostile, new), _without(plain, new))
                something += bool(plain)
        self.assertGreater(something, 60, "hardly anything was changed, so nothing was looked at")


def _without(found: dict[Any, str], new: set[Any]) -> dict[Any, str]:
    return {cell: value for cell, value in found.items() if cell not in new}


@pytest.mark.slow
class AdminTests(SendingCase):
    def form_of(self, model: Any, who: Any) -> set[str]:
        """Return the columns that the admin's form of a model lets somebody change."""
        request = RequestFactory().get("/")
        request.user = who
        site = admin.site._registry[model]
        row = model._default_manager.first()
        if not site.has_change_permission(request, row):
            return set()
        form = site.get_form(request, row)
        return set(form.base_fields) & {field.name for field in model._meta.get_fields()}

    def test_forms_of_the_admin_have_the_columns_that_they_should(self) -> None:
        found = {
            model._meta.label: columns
            for model in admin.site._registry
            if (columns := self.form_of(model, self.admin))
        }

        self.assertEqual(found, WRITABLE)

    def test_promoters_change_nothing_there_whatever_they_send(self) -> None:
        client = self.client_of("ana")
        for model in admin.site._registry:
            row = model._default_manager.first()
            if row is None:
                continue
            here = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            for path in (f"{here}{row.pk}/change/", f"{here}add/", f"{here}{row.pk}/delete/", here):
                with self.subTest(path), self.undone():
                    before = snapshot()
                    columns = {field.name: "1" for field in model._meta.fields}
                    client.post(
                        path, WISHED | columns | {"post": "yes", "action": "delete_selected"}
                    )
                    self.assertEqual(changes(before, snapshot()), [])
