"""Who was at a raid: written at its end, objected to, set right by its leader."""

from datetime import timedelta

from accounts.models import AuditEntry, User
from planning.raids import actions
from planning.raids.models import Attendance, Objection, Raid, Unlisted
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.at_home import AtHome


class CameTests(AtHome):
    def setUp(self) -> None:
        super().setUp()
        for who in (self.ana, self.bor):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        self.dora = make.person("Dora")
        self.vote(self.raid, self.dora, ["Sat 28.11."], [])
        actions.finish(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)

    def status(self, who: User) -> str:
        return Attendance.objects.get(raid=self.raid, person=who).status

    def test_it_says_who_was_there(self) -> None:
        page = self.page(self.dora)

        self.assertIn("2 were there", page)
        self.assertIn("Bazooka Bor", page)
        self.assertIn("Slots that stood", page)

    def test_somebody_objects_and_the_leader_agrees(self) -> None:
        self.sign_in(self.bor)
        self.assertContains(self.client.get(self.here), "I was not there")

        answer = self.client.post(f"{self.here}object/", {"says": "absent"}, follow=True)

        self.assertContains(answer, "It is said. Whoever leads the raid decides.")
        self.assertContains(answer, "You said that this is wrong about you.")
        objection = Objection.objects.get()
        self.sign_in(self.ana)
        self.assertContains(self.client.get(self.here), "says: I was not there")
        said = {"objection": objection.pk, "accept": "yes"}
        self.client.post(f"{self.here}settle/", said)
        self.assertEqual(self.status(self.bor), "absent")
        again = self.client.post(f"{self.here}settle/", said)
        self.assertContains(again, "This is settled already.", status_code=400)

    def test_the_leader_may_leave_it_as_it_is(self) -> None:
        self.sign_in(self.dora)
        self.client.post(f"{self.here}object/", {"says": "present"})
        self.sign_in(self.ana)
        self.assertContains(self.client.get(self.here), "says: I was there")

        said = {"objection": Objection.objects.get().pk, "accept": "no"}
        self.client.post(f"{self.here}settle/", said)

        self.assertFalse(Attendance.objects.filter(person=self.dora).exists())

    def test_nobody_else_decides(self) -> None:
        self.sign_in(self.dora)
        self.client.post(f"{self.here}object/", {"says": "present"})
        number = Objection.objects.get().pk

        settled = self.client.post(f"{self.here}settle/", {"objection": number, "accept": "yes"})
        corrected = self.client.post(
            f"{self.here}correct/", {"who": self.dora.pk, "status": "present"}
        )

        for answer in (settled, corrected):
            self.assertContains(answer, "Only Ana Dinamit or an admin", status_code=400)
        self.assertFalse(Attendance.objects.filter(person=self.dora).exists())

    def test_an_objection_of_another_raid_is_not_settled_here(self) -> None:
        other = self.plan()
        actions.finish(raid_id=other.pk, actor=Actor(self.ana), at=TONIGHT)
        said = actions.object_to(raid_id=other.pk, person=self.bor, says="present", at=TONIGHT)
        self.sign_in(self.ana)

        answer = self.client.post(f"{self.here}settle/", {"objection": said.pk, "accept": "yes"})

        self.assertEqual(answer.status_code, 400)
        self.assertIsNone(Objection.objects.get().settled_at)

    def test_the_leader_sets_it_right_and_it_is_written_down(self) -> None:
        self.sign_in(self.ana)

        self.client.post(f"{self.here}correct/", {"who": self.bor.pk, "status": "absent"})
        answer = self.client.post(
            f"{self.here}correct/", {"who": self.dora.pk, "status": "present"}, follow=True
        )

        self.assertContains(answer, "Written down: Dora was there.")
        self.assertEqual((self.status(self.bor), self.status(self.dora)), ("absent", "present"))
        entries = AuditEntry.objects.filter(action="attendance_corrected")
        self.assertEqual([one.door for one in entries], ["web", "web"])

    def test_a_stranger_is_not_counted(self) -> None:
        stranger = make.person("Žan", linked=False)
        self.sign_in(self.ana)

        for who in (stranger.pk, 999_999, "x"):
            answer = self.client.post(f"{self.here}correct/", {"who": who, "status": "present"})
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(Attendance.objects.count(), 2)

    def test_that_somebody_was_not_there_only_they_and_the_leader_read(self) -> None:
        actions.correct_attendance(
            raid_id=self.raid.pk,
            person=self.bor,
            status="absent",
            actor=Actor(self.ana),
            at=TONIGHT,
        )

        for who, seen in ((self.ana, True), (self.bor, True), (self.dora, False)):
            self.assertEqual("missed</span>" in self.page(who), seen, who)

    def test_one_that_went_quiet_waits_for_its_leader(self) -> None:
        raid = self.plan()
        for who in (self.ana, self.bor):
            self.vote(raid, who, ["Fri 27.11."], ["20:00"])
        later = TONIGHT + timedelta(days=9)
        actions.look(later)
        actions.look(later + timedelta(days=2))
        self.assertEqual(Raid.objects.get(pk=raid.pk).status, "stale")
        self.sign_in(self.ana)

        page = self.client.get(f"/raids/{raid.pk}/")

        self.assertContains(page, "2 to be confirmed")
        said = {"who": self.bor.pk, "status": "present"}
        self.client.post(f"/raids/{raid.pk}/correct/", said)
        self.assertContains(self.client.get(f"/raids/{raid.pk}/"), "1 was there")


class LeaderboardTests(AtHome):
    def setUp(self) -> None:
        super().setUp()
        for who in (self.ana, self.bor):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)

    def test_it_is_off_unless_the_server_wants_it(self) -> None:
        self.assertNotIn("Most often there", self.page(self.bor, "/raids/"))

    def test_it_names_who_was_there_most_often(self) -> None:
        stage.server(leaderboard_enabled=True)

        page = self.page(self.bor, "/raids/")

        self.assertIn("Most often there", page)
        self.assertIn("2 people", page)
        visitor = self.page(None, "/raids/")
        self.assertIn("2 people", visitor)
        self.assertNotIn("<table", visitor)

    def test_who_does_not_want_it_stands_in_no_list(self) -> None:
        stage.server(leaderboard_enabled=True)
        self.sign_in(self.bor)

        answer = self.client.post(
            f"/raids/on/{self.guild.pk}/listed/", {"listed": "no"}, follow=True
        )

        self.assertContains(answer, "You stand in no list here, and no points are counted for you.")
        self.assertNotIn("Bazooka Bor", self.page(self.ana, "/raids/"))
        self.assertEqual(self.page(self.ana).count("<small>1 raid</small>"), 1)
        self.client.post(f"/raids/on/{self.guild.pk}/listed/", {"listed": "yes"})
        self.assertFalse(Unlisted.objects.exists())
