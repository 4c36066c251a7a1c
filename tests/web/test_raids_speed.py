"""The raids' pages ask the same few questions, however many raids, people and slots there are."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from planning.raids import actions
from planning.raids.models import Raid
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.at_home import AtHome

MOST = {"list": 16, "open": 16, "over": 18}


class SpeedTests(AtHome):
    def setUp(self) -> None:
        super().setUp()
        stage.server(leaderboard_enabled=True)
        self.over = self.plan(dungeon="Skull")
        self.fill(2)
        actions.finish(raid_id=self.over.pk, actor=Actor(self.ana), at=TONIGHT)

    def fill(self, number: int) -> None:
        """Let more people vote everywhere, and plan and finish more."""
        for n in range(number):
            who = make.person(f"Ida {number} {n}")
            for raid in Raid.objects.open():
                self.vote(raid, who, ["Fri 27.11.", "Sat 28.11."], ["20:00", "21:00"])
                self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])
        for n in range(number):
            raid = self.plan(by=make.person(f"Planner {number} {n}"))
            if n % 2:
                actions.cancel(raid_id=raid.pk, actor=self.admin, at=TONIGHT)

    def asks(self, who: User | None, path: str) -> int:
        self.client.logout()
        if who:
            self.sign_in(who)
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200)
        return len(asked)

    def test_however_much_there_is(self) -> None:
        paths = {"list": "/raids/", "open": self.here, "over": f"/raids/{self.over.pk}/"}
        everybody = (None, self.cene, self.bor, self.ana)
        few = {
            (who, name): self.asks(who, path) for who in everybody for name, path in paths.items()
        }
        self.fill(6)
        for n in range(9):
            actions.correct_attendance(
                raid_id=self.over.pk,
                person=make.person(f"Late {n}"),
                status="present",
                actor=self.admin,
                at=TONIGHT,
            )
            late = make.person(f"Objects {n}")
            actions.object_to(raid_id=self.over.pk, person=late, says="present", at=TONIGHT)

        for (who, name), before in few.items():
            with self.subTest(f"{name} for {who}"):
                now = self.asks(who, paths[name])

                self.assertEqual(now, before)
                self.assertLessEqual(now, MOST[name])

    def test_looking_again_costs_next_to_nothing(self) -> None:
        self.sign_in(self.bor)
        page = self.client.get(self.here).content.decode()
        again = page.split('hx-get="')[-1].split('"')[0]

        with self.assertNumQueries(4):
            self.assertEqual(self.client.get(again).status_code, 204)
