"""Teams, balanced ones and “need more” through the JSON API."""

from typing import Any

from accounts.models import AuditEntry, User
from availability.models import Entry, Status
from planning.rooms.actions import teams
from planning.rooms.models import Lineup
from tests import make
from tests.api.planning import RoomCase, id_of
from tests.corpus import fingerprint, tables


class TeamsTests(RoomCase):
    def save_as(self, who: User, us: list[Any], them: list[Any], **more: Any) -> Any:
        return self.post("teams", {"side_a": us, "side_b": them} | more, who)

    def test_teams_are_saved_by_discord_ids(self) -> None:
        a, b = [id_of(self.ana), int(id_of(self.jan))], [id_of(self.bor)]

        answer = self.save_as(self.ana, a, b, captain_a=id_of(self.ana), captain_b=None, token=0)

        found = answer.json()
        self.assertEqual(found["token"], 1)
        self.assertEqual(self.teams(), ([self.ana.pk, self.jan.pk], [self.bor.pk]))
        self.assertEqual(found["state"]["session"]["teams"]["A"]["captain_name"], "Ana Dinamit")
        self.assertEqual(AuditEntry.objects.get(action="teams_saved").door, "api")

    def test_strange_teams_are_refused_and_lose_nothing(self) -> None:
        """W4: one strange id, and all teams were gone."""
        self.save_teams()
        before = fingerprint(tables())
        ana, bor = id_of(self.ana), id_of(self.bor)
        for us, them, more in (
            ([ana], [ana], {}),
            ([ana, ana], [bor], {}),
            ([id_of(self.cene)], [bor], {}),
            ([ana, "4711"], [bor], {}),
            ([ana, str(2**64 - 1)], [bor], {}),
            ([ana, -1], [bor], {}),
            ([ana, 2**70], [bor], {}),
            ([ana, True], [bor], {}),
            ([ana, "x"], [bor], {}),
            ([ana, "٣"], [bor], {}),
            ([ana, None], [bor], {}),
            ("abc", [bor], {}),
            ([ana], [bor], {"captain_a": bor}),
            ([ana], [bor], {"captain_b": 2**64}),
            ([ana], [bor], {"captain_b": [bor]}),
            ([ana], [bor], {"token": "1"}),
            ([ana] * 201, [bor], {}),
            ([ana], [bor], {"sides": []}),
        ):
            with self.subTest(str((us, them, more))[:80]):
                answer = self.save_as(self.ana, us, them, **{"token": 1} | more)  # type: ignore[arg-type]
                self.assertEqual(answer.status_code, 400)
                self.assertEqual(fingerprint(tables()), before)

    def test_only_editors_save(self) -> None:
        answer = self.save_as(self.bor, [id_of(self.ana)], [id_of(self.bor)], token=0)

        self.assertEqual(answer.status_code, 403)

    def test_two_editors_never_overwrite_each_other_unseen(self) -> None:
        other = make.person("Dora", promoter=True)
        a, b = [id_of(self.ana)], [id_of(self.bor)]
        self.save_as(other, a, b, token=0)

        stale = self.save_as(self.ana, b, a, token=0)
        unseen = self.save_as(self.ana, b, a)
        own = self.save_as(other, b, a)
        seen = self.save_as(self.ana, a, b, token=2)

        self.assertEqual((stale.status_code, unseen.status_code), (409, 409))
        self.assertIn("Dora saved the teams at 19:30 CET", stale.json()["detail"])
        self.assertEqual((own.status_code, seen.status_code), (200, 200))
        self.assertEqual(Lineup.objects.count(), 3)


class BalancedTests(RoomCase):
    def test_it_proposes_two_fair_teams_and_saves_none(self) -> None:
        found = self.post("balanced-teams", {}).json()

        self.assertEqual((found["status"], found["rated_count"]), ("ok", 6))
        self.assertEqual((len(found["side_a"]), len(found["side_b"])), (3, 3))
        self.assertEqual(set(found["names"]), {id_of(who) for who in self.six})
        self.assertEqual(found["rating_gap"], 0.05)
        self.assertFalse(Lineup.objects.exists())

    def test_a_seed_makes_the_same_teams_again(self) -> None:
        first = self.post("balanced-teams?seed=7", {}).json()

        self.assertEqual(first["seed"], 7)
        self.assertEqual(self.post("balanced-teams?seed=7", {}).json(), first)
        for seed in ("-1", str(2**31), str(2**64), "x"):
            self.assertEqual(self.post(f"balanced-teams?seed={seed}", {}).status_code, 400)

    def test_of_fewer_than_two_there_are_none(self) -> None:
        Entry.objects.exclude(person=self.bor).delete()

        found = self.post("balanced-teams", {}).json()

        self.assertEqual((found["side_a"], found["side_b"], found["rating_gap"]), ([], [], 0.0))
        self.assertEqual(found["message"], teams.too_few())

    def test_it_takes_a_player(self) -> None:
        self.assertEqual(self.post("balanced-teams", {}, self.cene).status_code, 403)


class PingTests(RoomCase):
    def test_with_enough_nobody_is_asked_and_that_is_no_refusal(self) -> None:
        answer = self.post("ping", {})

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            answer.json(),
            {
                "status": "ok",
                "pinged": False,
                "need_count": 0,
                "asked": 0,
                "message": "Enough are looking: we play. Nobody needs to be asked.",
            },
        )

    def test_whoever_wants_it_is_asked_and_once_in_a_while(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING)
        make.person("Vid", allow_planning=True)

        first, again = self.post("ping", {}), self.post("ping", {})

        self.assertEqual(
            first.json(),
            {"status": "ok", "pinged": True, "need_count": 1, "asked": 1, "message": None},
        )
        self.assertEqual(again.status_code, 429)
        self.assertIn("Again in", again.json()["detail"])

    def test_with_nobody_left_it_says_so(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING)

        answer = self.post("ping", {})

        self.assertEqual(answer.status_code, 409)
        self.assertEqual(answer.json()["detail"], "Nobody is left who could be asked.")

    def test_it_takes_a_player(self) -> None:
        self.assertEqual(self.post("ping", {}, self.cene).status_code, 403)
