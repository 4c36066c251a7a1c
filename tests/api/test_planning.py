"""The planning room through the JSON API, by the first Slomix's routes."""

from availability.models import Entry, Status
from planning.rooms import reading
from planning.rooms.actions import naming
from planning.rooms.models import Name, Room, Vote
from tests import make
from tests.api.client import Caller
from tests.api.planning import PATH, RoomCase, id_of
from tests.cast import TONIGHT, SlomixTestCase
from tests.corpus import BODIES, DATES, NUMBERS, TEXTS, fingerprint, tables
from tests.rooms.evening import TODAY


class LockedTests(SlomixTestCase):
    """Nobody has opened a room yet."""

    def test_visitors_see_numbers_alone(self) -> None:
        make.entry(self.bor)
        make.entry(self.ana, Status.MAYBE)

        for who in (None, self.cene):
            answer = Caller(who).get(PATH)
            found = answer.json()
            self.assertNotIn("Bor", answer.content.decode())
            self.assertNotIn(id_of(self.bor), answer.content.decode())
            self.assertEqual((found["participants"], found["session"]), ([], None))
            self.assertEqual(
                (found["participant_count"], found["committed_count"], found["standby_count"]),
                (2, 1, 1),
            )
            self.assertEqual(found["viewer"]["authenticated"], who is not None)

    def test_it_says_the_same_number_wherever_it_says_how_many_are_missing(self) -> None:
        """W32: available people were counted for "need" and not for opening: need 0, and locked."""
        for number in range(5):
            make.entry(make.person(), Status.LOOKING if number < 2 else Status.AVAILABLE)
        make.entry(self.bor, Status.AVAILABLE)

        found = Caller(self.bor).get(PATH).json()
        answer = Caller(self.bor).post(f"{PATH}/create", {})

        self.assertEqual(found["session_ready"]["looking_count"], 2)
        self.assertEqual((found["need_count"], found["unlocked"]), (4, False))
        self.assertEqual(answer.status_code, 409)
        self.assertIn("4 more", answer.json()["detail"])
        self.assertEqual(reading.of(TODAY).need_count, found["need_count"])

    def test_it_opens_once_with_enough_people(self) -> None:
        for _n in range(6):
            make.entry(make.person())

        first, second = (Caller(self.bor).post(f"{PATH}/create", {}).json() for _n in range(2))

        self.assertEqual((first["created"], second["created"]), (True, False))
        self.assertFalse(first["thread_created"])
        self.assertEqual(first["state"]["session"]["created_by_user_id"], id_of(self.bor))
        self.assertEqual(Room.objects.count(), 1)

    def test_without_a_room_there_is_nothing_to_do_in_it(self) -> None:
        caller = Caller(self.bor)
        answers = [
            caller.post(f"{PATH}/join", {}),
            caller.post(f"{PATH}/suggestions", {"name": "Alpha"}),
            caller.post(f"{PATH}/vote", {"suggestion_id": 1}),
            caller.delete(f"{PATH}/vote"),
            caller.delete(f"{PATH}/suggestions/1"),
            caller.post(f"{PATH}/teams", {"side_a": [], "side_b": []}),
        ]

        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertFalse(Entry.objects.exists())

    def test_any_day_may_be_asked_for_that_is_one(self) -> None:
        for day in ("2026-01-01", "2030-12-31", "0001-01-01", "9999-12-31"):
            self.assertEqual(Caller(self.bor).get(PATH, date=day).json()["date"], day)
        for day in ("tomorrow", "", *DATES[:4], *DATES[8:]):
            with self.subTest(day):
                answer = Caller(self.bor).get(PATH, date=day)
                self.assertEqual((answer.status_code, answer.json()["field"]), (422, "date"))


class ReadTests(RoomCase):
    def test_the_room_is_shown_with_names_votes_and_teams(self) -> None:
        wolves = naming.suggest(person=self.bor, text="Wolves", at=TONIGHT)
        naming.suggest(person=self.jan, text="Foxes", at=TONIGHT)
        naming.vote(person=self.eva, name_id=wolves.pk, at=TONIGHT)
        self.save_teams()

        session = self.state()["session"]

        self.assertEqual(session["session_date"], TODAY.isoformat())
        self.assertEqual(session["my_vote_suggestion_id"], wolves.pk)
        first = session["suggestions"][0]
        self.assertEqual(
            {key: first[key] for key in ("name", "votes", "voted_by_me", "suggested_by_user_id")},
            {
                "name": "Wolves",
                "votes": 2,
                "voted_by_me": True,
                "suggested_by_user_id": id_of(self.bor),
            },
        )
        self.assertEqual([one["tie"] for one in session["suggestions"]], [False, False])
        team = session["teams"]["A"]
        self.assertEqual((team["side"], team["name"]), ("A", "Wolves"))
        self.assertEqual(team["captain_user_id"], id_of(self.ana))
        self.assertEqual(
            [one["user_id"] for one in team["members"]],
            [id_of(who) for who in (self.ana, self.jan, self.fran)],
        )
        self.assertEqual(session["token"], 1)

    def test_visitors_and_the_unlinked_see_no_room(self) -> None:
        for who in (None, self.cene):
            found = Caller(who).get(PATH).json()
            self.assertIsNone(found["session"])
            self.assertTrue(found["unlocked"])

    def test_participants_come_with_what_they_said(self) -> None:
        found = self.state()["participants"]

        self.assertEqual(len(found), 7)
        self.assertEqual(
            found[-1],
            {"user_id": id_of(self.dana), "display_name": "Dana", "status": "MAYBE"},
        )

    def test_it_costs_the_same_for_seven_and_for_forty(self) -> None:
        """W36: names were resolved one by one."""
        caller = Caller(self.bor)
        self.save_teams()
        naming.suggest(person=self.bor, text="Wolves", at=TONIGHT)
        caller.get(PATH)
        with self.assertNumQueries(10):
            caller.get(PATH)
        many = [make.person() for _n in range(34)]
        for number, who in enumerate(many):
            make.entry(who)
            naming.suggest(person=who, text=f"Name {number}", at=TONIGHT)
        self.save((self.ana, *many[:17]), (self.bor, *many[17:]))

        with self.assertNumQueries(10):
            caller.get(PATH)


class NameTests(RoomCase):
    def test_a_name_is_suggested_voted_for_and_taken_out(self) -> None:
        made = self.post("suggestions", {"name": "  Wolves "}).json()
        number = made["suggestion_id"]
        voted = self.post("vote", {"suggestion_id": number}, self.jan)
        kept = Caller(self.bor).delete(f"{PATH}/suggestions/{number}")
        back = Caller(self.jan).delete(f"{PATH}/vote").json()
        gone = Caller(self.bor).delete(f"{PATH}/suggestions/{number}")

        self.assertEqual(made["state"]["session"]["suggestions"][0]["name"], "Wolves")
        self.assertEqual(voted.json()["state"]["session"]["suggestions"][0]["votes"], 2)
        self.assertEqual((kept.status_code, back["taken_back"], gone.status_code), (400, True, 200))
        self.assertFalse(Name.objects.exists())

    def test_twins_are_a_conflict_and_other_peoples_names_not_theirs_to_take(self) -> None:
        number = self.post("suggestions", {"name": "Alpha"}).json()["suggestion_id"]

        twin = self.post("suggestions", {"name": "АLPHA"}, self.jan)
        theirs = Caller(self.jan).delete(f"{PATH}/suggestions/{number}")

        self.assertEqual((twin.status_code, twin.json()["field"]), (409, "name"))
        self.assertEqual(theirs.status_code, 403)

    def test_whatever_is_sent_as_a_name_is_taken_or_refused_and_then_changes_nothing(self) -> None:
        before = fingerprint(tables())
        for text in TEXTS:
            with self.subTest(ascii(text[:20])):
                answer = self.post("suggestions", {"name": text})
                if answer.status_code == 200:
                    Name.objects.all().delete()
                    Vote.objects.all().delete()
                    Room.objects.update(version=0)
                self.assertIn(answer.status_code, {200, 400})
        Room.objects.update(version=self.room.version)
        self.assertEqual(fingerprint(tables()), before)

    def test_a_vote_is_for_a_name_of_this_room(self) -> None:
        before = fingerprint(tables())
        for number in NUMBERS:
            with self.subTest(repr(number)):
                answer = self.post("vote", {"suggestion_id": number})
                self.assertIn(answer.status_code, {400, 404})
        for number in ("-1", "0", str(2**31), str(2**63), str(2**64), "x", "1.5"):
            with self.subTest(number):
                answer = self.caller().delete(f"{PATH}/suggestions/{number}")
                self.assertIn(answer.status_code, {400, 404})

        self.assertEqual(fingerprint(tables()), before)

    def test_a_body_that_is_none_changes_nothing(self) -> None:
        before = fingerprint(tables())
        for path in ("suggestions", "vote", "teams"):
            for body in BODIES:
                with self.subTest(f"{path} {body[:20]!r}"):
                    self.assertEqual(self.post(path, body).status_code, 400)

        self.assertEqual(fingerprint(tables()), before)


class JoinTests(RoomCase):
    def test_who_comes_in_is_looking(self) -> None:
        vid = make.person("Vid")

        found = self.post("join", {}, vid).json()

        self.assertEqual(found["status"], "LOOKING")
        self.assertEqual(found["state"]["committed_count"], 7)

    def test_a_maybe_stays_on_standby(self) -> None:
        self.assertEqual(self.post("join", {}, self.dana).json()["status"], "MAYBE")

    def test_it_takes_a_player_and_our_own_script(self) -> None:
        self.assertEqual(self.post("join", {}, self.cene).status_code, 403)
        bare = Caller(self.bor).post(f"{PATH}/join", {}, **{"X-Requested-With": ""})
        strange = Caller(self.bor).post(f"{PATH}/join", {}, **{"X-CSRFToken": ""})
        self.assertEqual((bare.status_code, strange.status_code), (403, 403))
