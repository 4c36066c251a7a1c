"""The room's pages ask the same few questions, however many people, names and picks there are."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from availability.models import Status
from planning.rooms import drafts
from planning.rooms.actions import drafting, lineups, naming, standby, teams
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.rooms.evening import RoomTestCase, after

MOST, MOST_OF_A_DRAFT = 22, 13


class Crowded(RoomTestCase):
    def fill(self, number: int) -> None:
        """Let more people in, each with a name of their own; the teams are balanced anew."""
        for n in range(number):
            who = make.person(f"Ida {number} {n}")
            self.say(who, Status.values[n % 3])
            naming.suggest(person=who, text=f"Team of {number} {n}", at=TONIGHT)
        token = lineups.newest(self.room)
        teams.balance(person=self.ana, token=token, seed=1, at=TONIGHT)

    def asks(self, who: User | None, path: str) -> int:
        self.client.logout()
        if who:
            self.sign_in(who)
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200)
        return len(asked)

    def few_and_many(self, who: User | None, path: str) -> tuple[int, int]:
        self.fill(3)
        few = self.asks(who, path)
        self.fill(20)
        return few, self.asks(who, path)


class RoomQueriesTests(Crowded):
    def test_for_an_editor(self) -> None:
        """W36: nobody's name is asked for one by one."""
        few, many = self.few_and_many(self.ana, "/room/")

        self.assertEqual(few, many)
        self.assertLessEqual(many, MOST)

    def test_for_a_player(self) -> None:
        few, many = self.few_and_many(self.bor, "/room/")

        self.assertEqual(few, many)

    def test_for_a_visitor(self) -> None:
        few, many = self.few_and_many(None, "/room/")

        self.assertEqual(few, many)
        self.assertLessEqual(many, 7)

    def test_with_offers(self) -> None:
        self.fill(3)
        counts = []
        for who in (self.bor, self.eva):
            self.say(who, Status.NOT_PLAYING, at=after(1))
            standby.reconcile(after(2))
            counts.append(self.asks(self.ana, "/room/"))

        self.assertEqual(*counts)

    def test_looking_again_costs_next_to_nothing(self) -> None:
        self.fill(3)
        self.sign_in(self.bor)
        page = self.client.get("/room/").content.decode()
        seen = page.split("seen=")[1].split('"')[0]

        with self.assertNumQueries(5):
            self.client.get(f"/room/?seen={seen}")


class DraftQueriesTests(Crowded):
    def start(self) -> None:
        drafting.start(
            person=self.ana,
            captain_a=self.ana.pk,
            captain_b=self.bor.pk,
            token=lineups.newest(self.room),
            at=TONIGHT,
        )

    def test_as_many_with_a_long_pool_and_picks(self) -> None:
        self.start()
        few = self.asks(self.eva, "/room/draft/")
        drafting.stop(person=self.ana, at=TONIGHT)
        self.fill(20)
        self.start()
        for _n in range(6):
            state = drafts.of(self.room)
            assert state
            assert state.captain
            who = state.pool[0].person.pk
            drafting.pick(person=state.captain, who=who, turn=state.turn, at=TONIGHT)

        many = self.asks(self.eva, "/room/draft/")

        self.assertEqual(few, many)
        self.assertLessEqual(many, MOST_OF_A_DRAFT)

    def test_a_second_of_the_clock_costs_next_to_nothing(self) -> None:
        self.start()
        self.sign_in(self.eva)
        page = self.client.get("/room/draft/").content.decode()
        again = page.split('hx-get="')[1].split('"')[0]
        self.travel(after(3))

        with self.assertNumQueries(5):
            self.client.get(again, headers={"HX-Request": "true"})


class TonightTests(SlomixTestCase):
    """Tonight's panel and lead say what the room is up to."""

    def test_with_enough_it_can_be_opened_from_there(self) -> None:
        for _n in range(6):
            make.entry(make.person())
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(page, "may be opened</span>")
        self.assertContains(page, 'action="/room/open/"')
        self.assertContains(page, '<a href="/room/">The planning room may be opened.</a>')

    def test_a_visitor_is_not_asked_to_open_it(self) -> None:
        for _n in range(6):
            make.entry(make.person())

        self.assertNotContains(self.client.get("/"), "The planning room may be opened.")


class TonightWithARoomTests(RoomTestCase):
    def test_it_says_how_many_are_in_and_leads_there(self) -> None:
        self.sign_in(self.bor)

        page = self.client.get("/")

        self.assertContains(page, "in the room: 6")
        self.assertContains(page, "6 are in, 1 on standby.")
        self.assertContains(page, '<a href="/room/">The planning room is open.</a>')

    def test_visitors_read_it_too(self) -> None:
        self.assertContains(self.client.get("/"), "The planning room is open.")
