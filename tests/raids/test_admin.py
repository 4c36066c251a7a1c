"""The admin changes what verbs allow, and shows the rest."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as people
from accounts.models import AuditEntry, Guild
from planning.raids import actions
from planning.raids.models import Dungeon, GuildSettings, Raid, Template
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import RaidTestCase

AT = "/admin/raids"


class AdminTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.boss = make.person("Boss")
        people.grant(person=self.boss, role="admin", by=None, at=TONIGHT)
        self.boss.refresh_from_db()
        self.sign_in(self.boss)

    def post(self, path: str, **said: object) -> str:
        response = self.client.post(f"{AT}/{path}", said, follow=True)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def wishes(self, **other: object) -> str:
        said = {
            "planner_channel_id": stage.PLANNER,
            "participants_channel_id": stage.PARTICIPANTS,
            "raidlist_channel_id": stage.RAIDLIST,
            "default_min_players": 0,
            "templates_enabled": "on",
            "language": "",
            "timezone": "Europe/Ljubljana",
        }
        return self.post(f"guildsettings/{self.guild.pk}/change/", **said | other)

    def test_a_servers_settings_are_changed_by_their_verb(self) -> None:
        raid = self.plan()

        self.wishes(planner_channel_id=4242, timezone="Europe/London", leaderboard_enabled="on")

        found = GuildSettings.objects.get(guild=self.guild)
        self.assertEqual((found.planner_channel_id, found.leaderboard_enabled), (4242, True))
        self.assertEqual(Guild.objects.get(pk=self.guild.pk).timezone, "Europe/London")
        self.assertEqual(Raid.objects.get(pk=raid.pk).channel_id, 4242)
        entry = AuditEntry.objects.filter(action="guild_changed", door="admin").get()
        self.assertEqual(entry.actor, self.boss)

    def test_levels_are_switched_off_and_on(self) -> None:
        self.wishes(counts_levels="on")
        found = Guild.objects.get(pk=self.guild.pk)
        self.assertEqual((found.counts_levels, found.tells_levels), (True, False))

        self.wishes(tells_levels="on")

        found.refresh_from_db()
        self.assertEqual((found.counts_levels, found.tells_levels), (False, True))

    def test_a_wrong_setting_is_refused_beside_its_field(self) -> None:
        self.assertIn("is not a time zone", self.wishes(timezone="Mars/Olympus"))
        self.assertIn("Choose one of these languages", self.wishes(language="xx"))
        self.assertEqual(Guild.objects.get(pk=self.guild.pk).timezone, "Europe/Ljubljana")

    def test_a_dungeon_is_added_and_switched_off(self) -> None:
        said = {"name": " Črna  jama ", "short_code": "čj", "sort_order": 3, "is_active": "on"}
        self.post("dungeon/add/", **said)
        made = Dungeon.objects.get(name="Črna jama")
        self.assertEqual((made.short_code, made.folded), ("ČJ", "črna jama"))

        self.post(f"dungeon/{made.pk}/change/", name="Črna jama", short_code="ČJ", sort_order=3)

        self.assertNotIn("Črna jama", actions.all_active())

    def test_a_name_that_differs_in_case_alone_is_refused(self) -> None:
        page = self.post("dungeon/add/", name="NANOS", short_code="N2", sort_order=3)

        self.assertIn("There is a dungeon of this name already.", page)
        self.assertEqual(Dungeon.objects.count(), 2)

    def test_a_template_is_changed(self) -> None:
        self.plan()
        path = f"template/{Template.objects.get().pk}/change/"

        self.post(path, days="Mon; Tue", times="20:00", min_players="4")
        refused = self.post(path, days=",", times="20:00", min_players="xx")

        found = Template.objects.get().data
        self.assertEqual(found, {"days": ["Mon", "Tue"], "times": ["20:00"], "min_players": 4})
        self.assertIn("There is no day.", refused)
        self.assertIn("is not a number of players", refused)

    def test_raids_and_attendance_are_there_to_read(self) -> None:
        raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(raid, who, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

        for path in ("raid/", f"raid/{raid.pk}/change/", "attendance/"):
            with self.subTest(path):
                self.assertContains(self.client.get(f"{AT}/{path}"), "Nanos")
        self.assertEqual(self.client.post(f"{AT}/raid/{raid.pk}/change/").status_code, 403)

    def test_the_lists_cost_the_same_for_one_and_for_thirty(self) -> None:
        self.plan()
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as noted:
                self.client.get(f"{AT}/raid/")
            counts.append(len(noted))
            for _n in range(29):
                self.plan(by=make.person())
        self.assertEqual(counts[0], counts[1])
