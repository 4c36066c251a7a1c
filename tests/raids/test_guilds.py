"""Servers come, change and go."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from accounts.actions import levels as points
from accounts.models import AuditEntry, Guild
from botworker.models import Delivery, KeywordReply
from planning.raids import actions, keys, queries
from planning.raids.models import GuildSettings, Option, Raid
from planning.raids.policy import Actor
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import RaidTestCase


def of_a_guild() -> list[tuple[type[Model], str]]:
    """Every table with a path to a server, and the path."""
    found: dict[type[Model], str] = {Guild: "pk"}
    while True:
        more = {
            model: f"{field.name}__{found[field.related_model]}"
            for model in apps.get_models()
            if model not in found
            for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model in found
        }
        if not more:
            return list(found.items())
        found |= more


class JoinTests(RaidTestCase):
    def test_a_server_has_settings_from_its_first_moment(self) -> None:
        guild = actions.guild_joined(discord_id=5, name="Novi", at=TONIGHT)

        wishes = GuildSettings.objects.get(guild=guild)
        self.assertEqual((wishes.ready, wishes.leaderboard_enabled), (False, False))
        self.assertEqual((wishes.templates_enabled, wishes.default_min_players), (True, 0))
        self.assertEqual(guild.timezone, "Europe/Ljubljana")

    def test_said_again_it_has_its_new_name(self) -> None:
        again = actions.guild_joined(discord_id=stage.KAVARNA, name="Kavarna 2", at=TONIGHT)

        self.assertEqual(
            (again.pk, Guild.objects.get(pk=again.pk).name), (self.guild.pk, "Kavarna 2")
        )
        self.assertIsNotNone(actions.settings_of(again).planner_channel_id)


class LeaveTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        done = self.plan()
        self.vote(done, self.bor, ["Fri 27.11."], ["20:00"])
        self.vote(done, self.ana, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=done.pk, actor=Actor(self.ana), at=TONIGHT)
        actions.object_to(raid_id=done.pk, person=self.bor, says="absent", at=TONIGHT)
        actions.set_listed(guild=self.guild, person=self.bor, listed=False)
        points.begin(guild_id=stage.KAVARNA, person=self.bor)
        points.hours_in_voice(guild_id=stage.KAVARNA, there={self.bor.pk: True}, at=TONIGHT)
        KeywordReply.objects.create(guild=self.guild, word="gg", reply="well played")
        actions.leave_slot(
            raid_id=self.raid.pk,
            day_id=self.option(self.raid, "Fri 27.11.").pk,
            time_id=self.option(self.raid, "20:00").pk,
            person=self.bor,
            at=TONIGHT,
        )

    def test_everything_of_the_server_goes(self) -> None:
        """R3: templates kept the server from going, so it came back at the next start."""
        before = self.there()

        self.assertTrue(actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT))

        self.assertEqual(self.there(), set())
        self.assertGreaterEqual(len(before), 12)

    def there(self) -> set[type[Model]]:
        """Return the tables in which rows lead to a server."""
        return {
            model
            for model, path in of_a_guild()
            if model._default_manager.exclude(**{path: None}).exists()
        }

    def test_other_servers_stay_as_they_are(self) -> None:
        """R3: what was left of one server stood in the way of all."""
        other = stage.server(stage.KAVARNA + 100, "Drugje")
        raid = self.plan(guild=other)
        self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])

        actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT)

        self.assertEqual(list(Guild.objects.all()), [other])
        self.assertEqual(Option.objects.count(), 4)
        self.assertEqual(queries.board(raid).mine(self.bor.pk, "day"), ["Fri 27.11."])

    def test_nobody_is_reminded_any_more(self) -> None:
        raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(raid, who, ["Sat 28.11."], ["21:00"])

        actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT)

        states = Delivery.objects.filter(event_key__startswith="RAID:").values_list("state")
        self.assertLessEqual({state for (state,) in states}, {"cancelled"})

    def test_again_or_unknown_it_is_nothing(self) -> None:
        actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT)

        self.assertFalse(actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT))

    def test_whoever_comes_back_begins_anew(self) -> None:
        actions.guild_left(discord_id=stage.KAVARNA, at=TONIGHT)

        self.guild = stage.server()

        self.assertEqual(self.plan().display_id, 1)
        self.assertEqual(queries.participation(self.guild, self.bor), 0)


class SettingsTests(RaidTestCase):
    def set(self, by: Actor | None = None, **wanted: Any) -> GuildSettings:
        return actions.set_settings(guild=self.guild, actor=by or self.admin, at=TONIGHT, **wanted)

    def test_only_what_is_named_changes(self) -> None:
        before = actions.settings_of(self.guild)

        after = self.set(raidlist_channel_id=None, default_min_players="4")

        self.assertEqual((after.raidlist_channel_id, after.default_min_players), (None, 4))
        self.assertEqual(after.planner_channel_id, before.planner_channel_id)

    def test_only_an_admin_of_the_server_may(self) -> None:
        for actor in (Actor(self.ana), Actor(self.ana, owner=True)):
            with self.assertRaisesMessage(actions.NotYours, "Only an admin of this server"):
                self.set(actor, default_min_players=4)

    def test_what_is_wrong_is_named_and_changes_nothing(self) -> None:
        for field, value in (
            ("default_min_players", "six"),
            ("planner_channel_id", "general"),
            ("timezone", "Mars/Olympus"),
            ("language", "xx"),
            ("last_display_id", 0),
        ):
            wrong: dict[str, Any] = {"raidlist_channel_id": 7, field: value}
            with self.subTest(field), self.assertRaises(actions.BadInput) as refused:
                self.set(**wrong)
            self.assertEqual(refused.exception.field, field)
        self.assertEqual(actions.settings_of(self.guild).raidlist_channel_id, stage.RAIDLIST)

    def test_votes_move_to_the_new_channel(self) -> None:
        """R17: what stood in the old channel stayed there, with buttons that nobody kept."""
        raid, done = self.plan(), self.plan()
        actions.cancel(raid_id=done.pk, actor=self.admin, at=TONIGHT)
        before = queries.versions([keys.planner(raid.pk), keys.raidlist(self.guild.pk)])

        self.set(planner_channel_id=4242)

        self.assertEqual(Raid.objects.get(pk=raid.pk).channel_id, 4242)
        self.assertEqual(Raid.objects.get(pk=done.pk).channel_id, stage.PLANNER)
        after = queries.versions(before)
        self.assertTrue(all(after[key] > before[key] for key in before))

    def test_it_is_written_down_what_changed_and_who_did_it(self) -> None:
        AuditEntry.objects.filter(action="guild_changed").update(detail={})

        self.set(timezone="Europe/London", leaderboard_enabled=True)
        self.set(leaderboard_enabled=True)

        entry = AuditEntry.objects.filter(action="guild_changed").exclude(detail={}).get()
        self.assertEqual(entry.actor, self.admin.person)
        self.assertEqual(entry.detail["changed"], ["leaderboard_enabled", "timezone"])


class VersionTests(RaidTestCase):
    def test_each_message_has_the_version_of_what_it_shows(self) -> None:
        raid = self.plan()
        slot = keys.slot(raid.pk, 3, 4)
        names = [keys.planner(raid.pk), slot, keys.raidlist(self.guild.pk), "RAID:0", "EVENING:1"]

        with self.assertNumQueries(2):
            found = queries.versions(names)

        self.assertEqual(set(found), set(names[:3]))
        self.assertEqual(found[slot], found[names[0]])
        self.assertEqual(keys.slot_of(slot), (3, 4))
        self.assertIsNone(keys.slot_of(names[0]))
