"""Rooms in the admin: to look at, for promoters and admins."""

from planning.rooms.actions import naming
from planning.rooms.models import Member
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase


class AdminTests(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        naming.suggest(person=self.bor, text="<b>Wolves</b>", at=TONIGHT)
        self.lineup = self.save_teams()
        Member.objects.filter(person=self.gaja).update(person=None)
        self.sign_in(self.ana)

    def test_a_promoter_sees_names_votes_and_teams(self) -> None:
        page = self.client.get(f"/admin/rooms/room/{self.room.pk}/change/")

        self.assertContains(page, "&lt;b&gt;Wolves&lt;/b&gt;")
        self.assertContains(page, "A: Ana Dinamit (captain), Jan, Fran")
        self.assertContains(page, "B: Bazooka Bor (captain), Eva, somebody who has left")
        self.assertNotContains(page, 'name="_save"')

    def test_nothing_is_changed_there(self) -> None:
        for path in (f"room/{self.room.pk}/change/", f"lineup/{self.lineup.pk}/change/"):
            answer = self.client.post(f"/admin/rooms/{path}", {"day": "2027-01-01"})

            self.assertEqual(answer.status_code, 403)

    def test_a_page_costs_the_same_for_one_name_and_for_twenty(self) -> None:
        """W36: names were looked up one by one."""
        page = f"/admin/rooms/room/{self.room.pk}/change/"
        self.client.get(page)
        with self.assertNumQueries(13):
            self.client.get(page)
        for number in range(19):
            naming.suggest(person=make.person(), text=f"Name {number}", at=TONIGHT)

        with self.assertNumQueries(13):
            self.client.get(page)
