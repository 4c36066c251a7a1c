"""Two teams: saved whole or not at all, by those who may, on what they saw."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from availability.actions import NotLinked
from availability.models import Door, Status
from planning.rooms import reading
from planning.rooms.actions import drafting, lineups, teams
from planning.rooms.actions.lineups import Sides
from planning.rooms.actions.refusals import NoRoom, Refused, Stale
from planning.rooms.actions.teams import NotAnEditor, TeamsRefused
from planning.rooms.models import Lineup, Member, Side
from tests import make
from tests.cast import TONIGHT
from tests.corpus import fingerprint, tables
from tests.rooms.evening import TODAY, RoomTestCase, after


class TeamsCase(RoomTestCase):
    def token(self) -> int:
        return lineups.newest(self.room)

    def set(self, us: tuple[User, ...], them: tuple[User, ...], **more: Any) -> Lineup:
        facts: dict[str, Any] = {
            "person": self.ana,
            "a": [who.pk for who in us],
            "b": [who.pk for who in them],
            "captain_a": us[0].pk,
            "captain_b": them[0].pk,
            "token": self.token(),
            "at": TONIGHT,
        }
        return teams.save(**facts | more)

    def refused(self, kind: type[Exception] = TeamsRefused, **more: Any) -> Any:
        before = fingerprint(tables())
        with self.assertRaises(kind) as refusal:
            self.set((self.ana, self.jan), (self.bor, self.eva), **more)
        self.assertEqual(fingerprint(tables()), before, "a refusal changed something")
        return refusal.exception


class SaveTests(TeamsCase):
    def test_the_teams_are_saved_with_their_order_and_captains(self) -> None:
        lineup = self.set((self.jan, self.ana), (self.bor, self.eva), captain_a=self.ana.pk)

        self.assertEqual(self.teams(), ([self.jan.pk, self.ana.pk], [self.bor.pk, self.eva.pk]))
        captains = {team.side: team.captain for team in reading.teams_of(lineup)}
        self.assertEqual(captains, {Side.A: self.ana, Side.B: self.bor})
        self.assertEqual((lineup.number, lineup.by, lineup.how), (1, self.ana, "by hand"))

    def test_saving_again_keeps_what_was(self) -> None:
        first = self.set((self.ana, self.jan), (self.bor, self.eva))

        self.set((self.ana,), (self.bor,))

        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk]))
        self.assertEqual(Member.objects.filter(lineup=first).count(), 4)

    def test_a_maybe_and_somebody_without_a_captain_may_be_in_a_team(self) -> None:
        self.set((self.dana,), (self.bor,), captain_a=None, captain_b=None)

        self.assertEqual(self.teams(), ([self.dana.pk], [self.bor.pk]))

    def test_it_is_written_down_without_names(self) -> None:
        self.set((self.ana, self.jan), (self.bor,))

        entry = AuditEntry.objects.get(action="teams_saved")
        self.assertEqual(entry.actor, self.ana)
        self.assertEqual(
            entry.detail, {"room": self.room.pk, "number": 1, "how": "by hand", "a": 2, "b": 1}
        )

    def test_the_page_and_the_post_notice(self) -> None:
        seen = reading.version_of(TODAY)

        self.set((self.ana,), (self.bor,))

        self.assertGreater(reading.version_of(TODAY), seen)


class RefusalTests(TeamsCase):
    def test_strange_teams_are_refused_with_the_reason(self) -> None:
        ana, bor, eva, jan = (who.pk for who in (self.ana, self.bor, self.eva, self.jan))
        many = [make.entry(make.person()).person_id for _n in range(teams.LARGEST + 1)]
        cases: tuple[tuple[dict[str, Any], str], ...] = (
            ({"a": [ana, bor], "b": [bor, eva], "captain_b": None}, "side_b"),
            ({"a": [ana, ana], "b": [bor]}, "side_a"),
            ({"a": [ana, self.cene.pk]}, "side_a"),
            ({"b": [bor, 10**6]}, "side_b"),
            ({"b": [bor, 2**63]}, "side_b"),
            ({"a": [ana, -1]}, "side_a"),
            ({"captain_a": bor}, "captain_a"),
            ({"captain_b": jan}, "captain_b"),
            ({"captain_b": 2**64}, "captain_b"),
            ({"a": many, "captain_a": None}, "side_a"),
        )
        for wrong, field in cases:
            with self.subTest(str(wrong)[:60]):
                refusal = self.refused(**wrong)

                self.assertEqual(refusal.field, field)
                self.assertGreater(len(str(refusal)), 10)

    def test_whoever_said_no_is_no_participant(self) -> None:
        self.say(self.eva, Status.NOT_PLAYING)

        self.assertEqual(self.refused().field, "side_b")

    def test_only_the_creator_promoters_and_admins_may(self) -> None:
        self.refused(NotAnEditor, person=self.bor)
        self.refused(NotLinked, person=self.cene)

        self.room.creator = self.bor
        self.room.save()
        self.set((self.ana,), (self.bor,), person=self.bor)
        self.set((self.jan,), (self.bor,), person=self.ana)

    def test_a_stale_token_says_who_saved_and_when(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))

        refusal = self.refused(Stale, token=0)

        self.assertEqual(
            str(refusal),
            "Ana Dinamit saved the teams at 19:30 CET. Look at them, then do it again.",
        )
        for strange in (-1, 2, 2**63):
            self.refused(Stale, token=strange)

    def test_yesterdays_room_stays_as_it_was(self) -> None:
        self.refused(NoRoom, at=after(24 * 3600))

    def test_while_the_captains_pick_nobody_saves_over_it(self) -> None:
        drafting.start(
            person=self.ana,
            captain_a=self.ana.pk,
            captain_b=self.bor.pk,
            token=self.token(),
            at=TONIGHT,
        )

        self.refused()


class SurvivalTests(TeamsCase):
    """W4: saving deleted the old teams first, and a stranger among the new ones left none."""

    def test_whatever_fails_in_the_middle_leaves_the_teams_that_were(self) -> None:
        """W4: one id without an account wiped all teams."""
        self.set((self.ana, self.jan), (self.bor, self.eva))
        there, before = self.teams(), fingerprint(tables())

        for wrong in ([self.ana.pk, 987_654_321], [self.ana.pk, self.cene.pk]):
            with self.subTest(wrong), self.assertRaises(TeamsRefused):
                self.set((self.ana,), (self.bor,), a=wrong)
        # What no check saw fails at the last row, after the others are written.
        twice = Sides([self.ana.pk, self.jan.pk], [self.bor.pk, self.jan.pk])
        with self.assertRaises(IntegrityError), transaction.atomic():
            lineups.write(self.room, twice, token=1, by=self.ana, at=TONIGHT, how="by hand")

        self.assertEqual(self.teams(), there)
        self.assertEqual(fingerprint(tables()), before)

    def test_somebody_who_only_ever_used_discord_plays_like_all_others(self) -> None:
        """W4: people who answered through the bot had no account that a team could hold."""
        make.entry(vid := make.person("Vid"), door=Door.DISCORD)

        self.set((self.ana, vid), (self.bor,))

        self.assertEqual(self.teams(), ([self.ana.pk, vid.pk], [self.bor.pk]))


class MoveTests(TeamsCase):
    def move(self, who: User, side: str, **more: Any) -> Lineup:
        facts: dict[str, Any] = {"person": self.ana, "token": self.token(), "at": TONIGHT}
        return teams.move(**facts | {"who": who.pk, "side": side} | more)

    def test_somebody_goes_into_a_team_over_to_the_other_and_out(self) -> None:
        self.move(self.bor, "A")
        self.assertEqual(self.teams(), ([self.bor.pk], []))
        self.move(self.eva, "A")
        self.move(self.bor, "B")
        self.assertEqual(self.teams(), ([self.eva.pk], [self.bor.pk]))
        self.move(self.bor, "")
        self.assertEqual(self.teams(), ([self.eva.pk], []))

    def test_who_moves_is_captain_no_more(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))

        moved = self.move(self.ana, "B")

        sides = lineups.sides_of(moved)
        self.assertEqual((sides.captain_a, sides.captain_b), (None, self.bor.pk))

    def test_where_they_are_already_nothing_happens(self) -> None:
        there = self.set((self.ana, self.jan), (self.bor, self.eva))

        self.assertEqual(self.move(self.jan, "A"), there)

    def test_whoever_dropped_out_keeps_the_place_that_standby_is_asked_for(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))
        self.say(self.jan, Status.NOT_PLAYING)

        self.move(self.fran, "B")

        self.assertEqual(self.teams()[0], [self.ana.pk, self.jan.pk])

    def test_it_refuses_strangers_sides_that_are_none_and_stale_tokens(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))
        before = fingerprint(tables())
        cases: tuple[tuple[User, str, dict[str, Any], type[Refused]], ...] = (
            (self.cene, "A", {}, TeamsRefused),
            (self.fran, "C", {}, TeamsRefused),
            (self.fran, "A", {"token": 0}, Stale),
            (self.fran, "A", {"person": self.bor}, NotAnEditor),
        )
        for who, side, more, kind in cases:
            with self.subTest(side), self.assertRaises(kind):
                self.move(who, side, **more)

        self.assertEqual(fingerprint(tables()), before)


class CaptainTests(TeamsCase):
    def test_somebody_in_a_team_becomes_its_captain(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))

        made = teams.make_captain(person=self.ana, who=self.eva.pk, token=1, at=TONIGHT)

        sides = lineups.sides_of(made)
        self.assertEqual((sides.captain_a, sides.captain_b), (self.ana.pk, self.eva.pk))
        self.assertEqual(sides.b, (self.bor.pk, self.eva.pk))

    def test_somebody_without_a_team_does_not(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))

        with self.assertRaises(TeamsRefused):
            teams.make_captain(person=self.ana, who=self.fran.pk, token=1, at=TONIGHT)


class UndoTests(TeamsCase):
    def undo(self) -> Lineup:
        return teams.undo(person=self.ana, token=self.token(), at=TONIGHT)

    def test_it_brings_the_teams_before_back_and_again_the_ones_after(self) -> None:
        self.set((self.ana, self.jan), (self.bor, self.eva))
        self.set((self.ana,), (self.bor,))

        undone = self.undo()
        self.assertEqual(self.teams(), ([self.ana.pk, self.jan.pk], [self.bor.pk, self.eva.pk]))
        self.assertEqual((undone.number, undone.how), (3, "undo"))
        self.undo()
        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk]))

    def test_before_the_first_there_were_none(self) -> None:
        self.set((self.ana,), (self.bor,))

        self.undo()

        self.assertEqual(self.teams(), ([], []))

    def test_with_nothing_saved_there_is_nothing_to_undo(self) -> None:
        with self.assertRaises(TeamsRefused):
            self.undo()
