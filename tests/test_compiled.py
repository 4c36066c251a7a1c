"""A query whose SQL is made once finds what the query set itself finds."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.backend import People
from accounts.models import User
from availability import actions, queries
from availability.models import Entry
from slomix.lib.compiled import Compiled
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()


class CompiledTests(SlomixTestCase):
    def test_a_person_comes_with_everything_that_a_page_asks_of_them(self) -> None:
        make.person("Dora", opted_in=True)
        for who in User.objects.all():
            whole = User.objects.with_identity().get(pk=who.pk)

            found = People().get_user(who.pk)

            assert found is not None
            with CaptureQueriesContext(connection) as asked:
                self.assertEqual(self.all_of(found), self.all_of(whole))
            self.assertEqual(len(asked), 0)

    def all_of(self, person: User) -> list[object]:
        parts = [person, getattr(person, "discord", None), getattr(person, "preferences", None)]
        link = getattr(person, "link", None)
        parts += [link, link and link.player]
        return [
            {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
            if one
            else None
            for one in parts
        ]

    def test_it_is_asked_anew_each_time(self) -> None:
        User.objects.filter(pk=self.bor.pk).update(display_name="Borut")
        found = People().get_user(self.bor.pk)

        self.assertEqual(found and found.name, "Borut")

    def test_nobody_is_found_who_is_not_there_or_may_not_sign_in(self) -> None:
        User.objects.filter(pk=self.bor.pk).update(is_active=False)

        self.assertIsNone(People().get_user(self.bor.pk))
        self.assertIsNone(People().get_user(0))

    def test_each_gets_their_own_answers_of_the_days_asked_for(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)
        actions.answer(person=self.bor, day=tomorrow, status="MAYBE", at=TONIGHT)
        actions.answer(person=self.ana, day=TODAY, status="AVAILABLE", at=TONIGHT)

        self.assertEqual(queries.answers_of(self.bor.pk, TODAY, TODAY), {TODAY: "LOOKING"})
        self.assertEqual(queries.answers_of(self.ana.pk, TODAY, tomorrow), {TODAY: "AVAILABLE"})

    def test_another_number_of_values_is_refused(self) -> None:
        asked = Compiled(lambda: Entry.objects.filter(person_id=0).values_list("day"))

        with self.assertRaisesRegex(TypeError, "1 values are wanted, not 2"):
            asked.all(1, 2)
