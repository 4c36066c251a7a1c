"""The admin: for looking, and for naming promoters."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import access
from accounts.models import AuditEntry, User
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

LISTS = (
    "accounts/user",
    "accounts/player",
    "accounts/discordaccount",
    "accounts/playerlink",
    "accounts/preferences",
    "accounts/auditentry",
    "availability/entry",
)


class AdminTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(User.objects.create_superuser("operator", "a long password"))

    def test_every_list_opens_and_can_be_searched(self) -> None:
        make.entry(self.bor)
        AuditEntry.write("player_linked", at=TONIGHT, actor=self.bor)
        for name in LISTS:
            with self.subTest(name):
                page = self.client.get(f"/admin/{name}/", {"q": "Bor"})

                self.assertContains(page, "Bazooka Bor")

    def test_a_list_asks_no_more_for_more_people(self) -> None:
        for name in ("accounts/user", "accounts/player", "availability/entry"):
            with self.subTest(name):
                make.entry(make.person())
                few = self.count(name)
                for _n in range(10):
                    make.entry(make.person())

                self.assertEqual(self.count(name), few)

    def count(self, name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            self.client.get(f"/admin/{name}/")
        return len(asked)

    def test_a_promoter_is_named_here(self) -> None:
        form = {"display_name": "", "is_promoter": "on", "is_active": "on"}

        self.client.post(f"/admin/accounts/user/{self.bor.pk}/change/", form)

        bor = User.objects.with_identity().get(pk=self.bor.pk)
        self.assertTrue(access.of(bor).promoter)

    def test_answers_and_the_log_are_not_written_here(self) -> None:
        for name in ("availability/entry", "accounts/auditentry", "accounts/preferences"):
            with self.subTest(name):
                self.assertEqual(self.client.get(f"/admin/{name}/add/").status_code, 403)
