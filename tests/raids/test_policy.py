from django.test import override_settings

from planning.raids import policy
from planning.raids.actions import common
from planning.raids.errors import NotYours
from planning.raids.policy import Actor, Deed
from tests import fresh, make
from tests.raids.stage import RaidTestCase

OWNER = 1_098_115_200_337_412_096


def test_the_owner_that_is_named_may_what_no_admin_may() -> None:
    assert OWNER == fresh.settings(PRIVILEGED_USER_ID=str(OWNER)).PRIVILEGED_USER_ID
    assert fresh.settings().PRIVILEGED_USER_ID == 0


class PolicyTests(RaidTestCase):
    def test_a_servers_admin_may_not_what_is_the_owners(self) -> None:
        """R11: one id in the code could do everything everywhere, and nobody else anything."""
        for deed in policy.OWNERS_ALONE:
            self.assertFalse(policy.may(self.admin, deed), deed)
            with self.assertRaisesRegex(NotYours, "Only the owner of this bot"):
                policy.check(self.admin, deed)

    def test_an_owner_is_the_applications_or_the_one_that_is_named(self) -> None:
        named = Actor(self.bor)
        with override_settings(PRIVILEGED_USER_ID=self.bor.discord.discord_id):
            self.assertTrue(policy.may(named, Deed.RESTART))
        self.assertFalse(policy.may(named, Deed.RESTART))
        self.assertTrue(policy.may(Actor(self.bor, owner=True), Deed.BACKUP))

    def test_an_owner_is_nobody_special_on_a_server(self) -> None:
        """R11: whoever owned the bot acted as an admin on every server."""
        raid, owner = self.plan(), Actor(self.bor, owner=True)

        for deed in policy.ON_A_GUILD | policy.ON_A_RAID:
            self.assertFalse(policy.may(owner, deed, raid=raid), deed)

    def test_a_raid_is_its_makers_and_the_admins(self) -> None:
        raid = self.plan()

        for deed in policy.ON_A_RAID:
            with self.subTest(deed):
                self.assertTrue(policy.may(Actor(self.ana), deed, raid=raid))
                self.assertTrue(policy.may(self.admin, deed, raid=raid))
                self.assertFalse(policy.may(Actor(self.bor), deed, raid=raid))

    def test_a_refusal_says_whom_to_ask(self) -> None:
        raid = self.plan()

        with self.assertRaisesMessage(
            NotYours,
            "Only Ana Dinamit or an admin can finish this raid. Ask one of them.",
        ):
            policy.check(Actor(self.bor), Deed.FINISH, raid=raid)

    def test_a_server_may_say_who_plans(self) -> None:
        """R11: everybody could plan raids, and no server could change that."""
        wishes = common.settings_of(self.guild)
        self.assertTrue(policy.may(Actor(self.bor), Deed.PLAN, wishes=wishes))

        wishes.planner_role_id = 77

        self.assertFalse(policy.may(Actor(self.bor), Deed.PLAN, wishes=wishes))
        leader = Actor(self.bor, roles=frozenset({77}))
        self.assertTrue(policy.may(leader, Deed.PLAN, wishes=wishes))
        self.assertTrue(policy.may(self.admin, Deed.PLAN, wishes=wishes))

    def test_whoever_has_no_discord_account_owns_nothing(self) -> None:
        nobody = Actor(make.person("Brez", discord=False, linked=False))

        self.assertFalse(policy.is_owner(nobody))
