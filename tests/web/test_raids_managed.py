"""A raid on the site is in the hands of its maker and of the server's admins as Discord names them."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from accounts.actions.members import Seen, see_members
from accounts.models import AuditEntry, User
from planning.raids.models import Raid
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.at_home import AtHome
from tests.raids.stage import KAVARNA

EDITED = {"days": "Sun 29.11.", "times": "19:00", "min_players": "4"}


class ManagedTests(AtHome):
    """Ana made the raid; Bor is one of the server's people, Dora somebody else's."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        self.see(bor_manages=False)

    def see(self, *, bor_manages: bool, ago: timedelta = timedelta(0)) -> None:
        there = {self.ana.pk: Seen(), self.bor.pk: Seen(manages=bor_manages)}
        see_members(guild_id=KAVARNA, there=there, at=TONIGHT - ago)

    def does(self, who: User, verb: str, **form: object) -> HttpResponse:
        self.sign_in(who)
        answer: Any = self.client.post(f"{self.here}{verb}/", form)
        return answer  # type: ignore[no-any-return]

    def kept(self) -> Raid:
        return Raid.objects.get(pk=self.raid.pk)

    def test_a_servers_admin_does_what_its_maker_may(self) -> None:
        self.see(bor_manages=True)
        self.assertIn('id="finish-it"', self.page(self.bor))

        self.assertEqual(self.does(self.bor, "edit", **EDITED).status_code, 302)
        self.assertEqual(self.does(self.bor, "hand-over", to=self.bor.pk).status_code, 302)
        self.assertEqual(self.does(self.bor, "finish").status_code, 302)

        self.assertEqual((self.kept().status, self.kept().min_players), ("finished", 4))
        self.assertEqual(self.kept().creator, self.bor)

    def test_an_admin_of_another_server_is_nobody_special(self) -> None:
        other = stage.server(KAVARNA + 100, "Drugje")
        see_members(guild_id=other.discord_id, there={self.bor.pk: Seen(manages=True)}, at=TONIGHT)

        self.nobody_special(self.bor)

    def test_who_was_an_admin_long_ago_is_nobody_special(self) -> None:
        self.see(bor_manages=True, ago=timedelta(minutes=5, seconds=1))

        self.nobody_special(self.bor)

    def test_a_member_is_nobody_special(self) -> None:
        self.nobody_special(self.bor)
        self.nobody_special(self.dora)

    def nobody_special(self, who: User) -> None:
        self.assertNotIn('id="finish-it"', self.page(who))
        for verb, form in (
            ("edit", EDITED),
            ("hand-over", {"to": who.pk}),
            ("finish", {}),
            ("cancel", {}),
        ):
            refused = self.does(who, verb, **form)
            self.assertContains(refused, "or an admin can", status_code=400)
        self.assertEqual((self.kept().status, self.kept().creator), ("open", self.ana))

    def test_its_maker_hands_it_to_somebody_on_the_server(self) -> None:
        self.assertIn(f'<option value="{self.bor.pk}">Bazooka Bor</option>', self.page(self.ana))

        answer = self.does(self.ana, "hand-over", to=self.bor.pk)

        self.assertRedirects(answer, self.here)
        self.assertEqual(self.kept().creator, self.bor)
        entry = AuditEntry.objects.get(action="raid_handed_over")
        self.assertEqual((entry.actor, entry.subject, entry.door), (self.ana, self.bor, "web"))

    def test_nobody_from_outside_is_given_a_raid(self) -> None:
        for wrong in (self.dora.pk, self.ana.pk, 999_999, "x", ""):
            self.assertEqual(self.does(self.ana, "hand-over", to=wrong).status_code, 400)
        self.assertEqual(self.kept().creator, self.ana)

    def test_while_the_bot_is_away_there_is_nobody_to_choose(self) -> None:
        self.see(bor_manages=False, ago=timedelta(hours=1))

        self.assertNotIn('id="hand-over"', self.page(self.ana))
        self.assertEqual(self.does(self.ana, "hand-over", to=self.bor.pk).status_code, 400)
