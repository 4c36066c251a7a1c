"""Somebody leaves Slomix in the middle of an evening: nothing of the others is lost."""

from django.apps import apps

from accounts.models import User
from planning.rooms import leaving, reading
from planning.rooms.actions import drafting, naming, teams, wishes
from planning.rooms.models import Came, Draft, Member, Name, Offer, Pick, Room, Vote, Wish
from slomix import belongings, person
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import TODAY, RoomTestCase, after


def rows_of(who: User) -> dict[str, int]:
    """Count what points to somebody, by table and column."""
    found: dict[str, int] = {}
    for model in apps.get_app_config("rooms").get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is User:
                rows = model._default_manager.filter(**{field.name: who})
                found[f"{model.__name__}.{field.name}"] = rows.count()
    return found


class LeavingCase(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.wolves = naming.suggest(person=self.bor, text="Wolves", at=TONIGHT)
        self.foxes = naming.suggest(person=self.jan, text="Foxes", at=TONIGHT)
        naming.vote(person=self.eva, name_id=self.wolves.pk, at=TONIGHT)
        self.lineup = self.save_teams()
        for one, two in ((self.bor, self.eva), (self.jan, self.eva)):
            wishes.wish(person=one, first=one.pk, second=two.pk, kind="apart", at=TONIGHT)
        drafting.start(
            person=self.ana, captain_a=self.ana.pk, captain_b=self.bor.pk, token=1, at=TONIGHT
        )
        drafting.pick(person=self.bor, who=self.jan.pk, turn=1, at=TONIGHT)
        offered = {"room": self.room, "side": "A", "offered_at": TONIGHT, "expires_at": after(90)}
        Offer.objects.create(**offered, instead_of=self.bor, person=self.dana)
        Offer.objects.create(**offered, instead_of=self.jan, person=self.bor)
        Came.objects.create(room=self.room, person=self.bor, first_at=TONIGHT, last_at=TONIGHT)

    def erase(self, who: User) -> None:
        person.erase(person=who, at=TONIGHT, signed_in_at=TONIGHT)


class ErasedTests(LeavingCase):
    def test_no_row_of_a_room_leads_to_them_any_more(self) -> None:
        self.assertGreater(sum(rows_of(self.bor).values()), 8)

        self.erase(self.bor)

        for model in (name for name in belongings.ERASE if name.startswith("rooms.")):
            with self.subTest(model):
                self.assertEqual(belongings.EXPORT[model](self.bor), [])
        self.assertEqual({place: n for place, n in rows_of(self.bor).items() if n}, {})

    def test_the_teams_keep_their_places_and_all_the_others(self) -> None:
        self.erase(self.bor)

        self.assertEqual(
            self.teams(),
            ([self.ana.pk, self.jan.pk, self.fran.pk], [None, self.eva.pk, self.gaja.pk]),
        )
        captains = [team.captain for team in reading.teams_of(self.lineup)]
        self.assertEqual(captains, [self.ana, None])

    def test_a_name_stays_with_the_others_votes(self) -> None:
        self.erase(self.bor)

        kept = reading.named(self.room)
        self.assertEqual(
            [(one.text, one.person, one.count) for one in kept],  # type: ignore[attr-defined]
            [("Wolves", None, 1), ("Foxes", self.jan, 1)],
        )

    def test_wishes_about_them_go_and_an_offer_to_them_ends(self) -> None:
        self.erase(self.bor)

        self.assertEqual(list(Wish.objects.values_list("by", flat=True)), [self.jan.pk])
        states = dict(Offer.objects.values_list("person", "state"))
        self.assertEqual(states, {None: "declined", self.dana.pk: "open"})
        self.assertEqual((Pick.objects.count(), Draft.objects.count()), (1, 1))
        self.assertEqual(Came.objects.count(), 1)

    def test_every_page_and_post_of_the_room_notices(self) -> None:
        before = Room.objects.get().version

        self.erase(self.gaja)

        self.assertGreater(Room.objects.get().version, before)

    def test_the_creator_leaves_a_room_that_goes_on(self) -> None:
        drafting.stop(person=self.ana, at=TONIGHT)
        dora = make.person("Dora", promoter=True)
        self.erase(self.ana)

        self.assertIsNone(reading.of(TODAY).room.creator)  # type: ignore[union-attr]
        token = reading.current(self.room).number  # type: ignore[union-attr]
        moved = teams.move(person=dora, who=self.fran.pk, side="A", token=token, at=TONIGHT)
        self.assertIn(
            self.fran.pk, Member.objects.filter(lineup=moved).values_list("person", flat=True)
        )
        naming.suggest(person=self.jan, text="Badgers", at=TONIGHT)


class ExportTests(LeavingCase):
    def test_everything_of_theirs_is_in_it_and_nothing_of_others(self) -> None:
        found = person.export(person=self.bor, at=TONIGHT)["tables"]

        counts = {name: len(rows) for name, rows in found.items() if name.startswith("rooms.")}
        self.assertEqual(
            {name: counts[f"rooms.{name}"] for name in ("Name", "Vote", "Wish", "Team", "Member")},
            {"Name": 1, "Vote": 1, "Wish": 1, "Team": 1, "Member": 1},
        )
        self.assertEqual(
            {name: counts[f"rooms.{name}"] for name in ("Draft", "Pick", "Offer", "Came")},
            {"Draft": 1, "Pick": 0, "Offer": 2, "Came": 1},
        )
        text = str({name: found[name] for name in counts})
        for other in ("Jan", "Eva", "Dana", "Ana"):
            self.assertNotIn(other, text)

    def test_whoever_opened_and_saved_is_told_so(self) -> None:
        self.assertEqual(len(leaving.rooms_of(self.ana)), 1)
        self.assertEqual(len(leaving.lineups_of(self.ana)), 1)
        self.assertEqual(len(leaving.drafts_of(self.ana)), 1)
        self.assertEqual(len(leaving.picks_of(self.jan)), 1)

    def test_forgetting_leaves_the_rows_of_others(self) -> None:
        self.erase(self.bor)

        self.assertEqual(
            set(Vote.objects.values_list("person", flat=True)), {self.jan.pk, self.eva.pk}
        )
        self.assertEqual(Name.objects.count(), 2)
