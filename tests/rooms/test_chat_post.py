"""What the post in the thread says and costs, without Discord."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from availability import queries
from availability.models import Status
from botworker.tracked import Drawn
from planning.rooms.chat import even, keys, phrases, post, threads
from planning.rooms.models import InThread, Room
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.rooms.evening import after, rate

DAY = TONIGHT.date()


class DrawTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.room = Room.objects.create(day=DAY, creator=self.ana, opened_at=TONIGHT)
        make.entry(self.bor)

    def draw(self) -> Drawn:
        return post.draw(keys.post(DAY), TONIGHT)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as asked:
            self.draw()
        return len(asked)

    def test_it_asks_as_much_for_two_as_for_thirty(self) -> None:
        few = self.queries()
        for _each in range(30):
            make.entry(make.person())

        self.assertEqual(self.queries(), few)

    def test_many_names_are_cut_and_counted(self) -> None:
        for _each in range(30):
            make.entry(make.person("x" * 60))

        [field] = self.draw().extras["embed"]["fields"]

        self.assertEqual(field["name"], "In 31")
        self.assertLess(len(field["value"]), 1024)
        self.assertIn(" more", field["value"])

    def test_the_channel_reads_its_own_language_whoever_is_served(self) -> None:
        with translation.override("sl"):
            title = self.draw().extras["embed"]["title"]

        self.assertEqual(title, "Planning room, 21:00 CET")

    def test_versions_rise_with_the_room_and_with_its_answers(self) -> None:
        key = keys.post(DAY)
        before = keys.versions([key])[key]
        make.entry(self.ana)
        Room.objects.update(version=5)

        self.assertEqual(keys.versions([key, "ROOM-POST:2026-01-01"])[key], before + 6)


class ThreadTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.room = Room.objects.create(day=DAY, creator=self.ana, opened_at=TONIGHT)
        self.key = keys.thread(DAY)

    def test_whoever_has_no_discord_account_is_not_waited_for(self) -> None:
        make.entry(make.person(discord=False))
        make.entry(self.bor)

        self.assertEqual(
            threads.draw(self.key, TONIGHT).add, frozenset({self.bor.discord.discord_id})
        )

    def test_whoever_was_let_in_is_not_let_in_twice(self) -> None:
        make.entry(self.bor)
        threads.moved(self.key, [self.bor.discord.discord_id], [], TONIGHT)
        threads.moved(self.key, [self.bor.discord.discord_id], [], TONIGHT)

        drawn = threads.draw(self.key, TONIGHT)

        self.assertEqual((drawn.add, drawn.remove), (frozenset(), frozenset()))
        self.assertEqual(InThread.objects.count(), 1)

    def test_whoever_says_no_is_taken_out_once_they_had_time_to_step_back_in(self) -> None:
        threads.moved(self.key, [self.bor.discord.discord_id], [], TONIGHT)
        make.entry(self.bor, Status.NOT_PLAYING, since=after(10))

        self.assertEqual(threads.draw(self.key, after(129)).remove, frozenset())
        self.assertEqual(
            threads.draw(self.key, after(130)).remove, frozenset({self.bor.discord.discord_id})
        )

    def test_whoever_took_their_answer_back_is_taken_out(self) -> None:
        threads.moved(self.key, [self.bor.discord.discord_id], [], TONIGHT)

        self.assertEqual(
            threads.draw(self.key, TONIGHT).remove, frozenset({self.bor.discord.discord_id})
        )


class EvenTests(SlomixTestCase):
    def judged(self, a: int, *ratings: float) -> tuple[int, bool]:
        """Judge teams of rated people, of whom the first `a` are side A."""
        people = [rate(make.person(), rating) for rating in ratings]
        for who in people:
            make.entry(who)
        return even.of(queries.named_days(DAY, DAY)[DAY], [people[:a], people[a:]])

    def test_a_small_gap_is_even(self) -> None:
        self.assertEqual(self.judged(2, 1.0, 1.0, 1.0, 0.95), (50, True))

    def test_a_large_one_that_a_swap_makes_smaller_is_not(self) -> None:
        self.assertEqual(self.judged(2, 2.0, 2.0, 1.0, 1.0), (2000, False))

    def test_a_large_one_that_nothing_helps_is(self) -> None:
        self.assertEqual(self.judged(1, 2.0, 1.0), (1000, True))

    def test_sides_of_different_size_are_compared_by_player(self) -> None:
        self.assertEqual(self.judged(2, 1.0, 1.0, 1.0), (0, True))


def test_a_team_is_named_inside_a_sentence() -> None:
    assert phrases.place_free("A", ("", "")).endswith("in team A.** First to press has it.")
    assert phrases.playing("B", ("x", "*y*")).startswith("**You play in \\*y\\*.**")


def test_nothing_apart_has_its_own_sentence() -> None:
    assert phrases.stand(0, "x", even=True) == "**Teams stand, as even as it gets.** Axis first: x."
    assert "1 point apart" in phrases.stand(1, "x", even=True)
