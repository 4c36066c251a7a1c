"""The page asks the database the same few questions, however many people there are."""

from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from availability.models import Status
from promotions import actions
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH

MOST = 12
ONES_OWN = 11


class TonightQueriesTests(SlomixTestCase):
    def crowd(self, number: int) -> None:
        for n in range(number):
            who = make.person(opted_in=True)
            for offset in range(6):
                status = Status.values[(offset + n) % 4]
                make.entry(who, status, day=TONIGHT.date() + timedelta(days=offset))
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

    def queries(self, who: User | None, path: str) -> int:
        self.client.logout()
        if who:
            self.sign_in(who)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = self.client.get(path)
        self.assertEqual(answer.status_code, 200)
        self.assertLessEqual(len(asked), MOST, "\n".join(one["sql"] for one in asked))
        return len(asked)

    def counted(self) -> list[int]:
        viewers = (None, self.cene, self.bor, self.ana)
        return [self.queries(who, path) for who in viewers for path in ("/", "/?day=2026-12-24")]

    def test_with_five_people(self) -> None:
        self.crowd(5)

        self.assertLessEqual(max(self.counted()), MOST)

    def test_with_sixty_people(self) -> None:
        self.crowd(60)

        self.assertLessEqual(max(self.counted()), MOST)

    def test_looking_again_costs_next_to_nothing(self) -> None:
        self.crowd(5)
        self.sign_in(self.bor)
        page = self.client.get("/").content.decode()
        seen = page.split("seen=")[1].split('"')[0]

        with self.assertNumQueries(3):
            self.client.get(f"/?seen={seen}")


class OtherPagesTests(SlomixTestCase):
    def grows(self, path: str) -> tuple[int, int]:
        counts = []
        for number in (3, 30):
            for n in range(number):
                make.entry(make.person(f"Ida {number} {n}", opted_in=True))
            with CaptureQueriesContext(connection) as asked:
                self.client.get(path)
            counts.append(len(asked))
        return counts[0], counts[1]

    def test_the_preview_asks_no_more_for_a_crowd(self) -> None:
        self.sign_in(self.ana)

        few, many = self.grows("/promote/")

        self.assertEqual(few, many)

    def test_nor_does_the_search_for_a_player(self) -> None:
        self.sign_in(self.cene)
        # How often somebody searches is counted in a row that the first search makes.
        self.client.get("/link/?q=ida")

        few, many = self.grows("/link/?q=ida")

        self.assertEqual(few, many)

    def test_nor_does_the_page_of_a_call(self) -> None:
        self.sign_in(self.ana)
        for _n in range(20):
            make.entry(make.person(opted_in=True))
        campaign = actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

        with CaptureQueriesContext(connection) as asked:
            self.client.get(f"/calls/{campaign.pk}/")

        # Three of them count who answered since, four whom no channel reached; one asks for a hold.
        self.assertLessEqual(len(asked), 14)

    def test_nor_does_ones_own_page(self) -> None:
        self.sign_in(self.bor)

        few, many = self.grows("/you/")

        self.assertEqual(few, many)
        self.assertLessEqual(many, ONES_OWN)

    @override_settings(**HAVE_BOTH)
    def test_nor_with_every_channel_and_a_long_history(self) -> None:
        self.sign_in(self.bor)
        counts = []
        for channel, messages in (("telegram", 3), ("signal", 60)):
            make.handle(self.bor, channel)
            make.told(self.bor, messages, channel)
            with CaptureQueriesContext(connection) as asked:
                self.client.get("/you/")
            counts.append(len(asked))

        self.assertEqual(*counts)
        self.assertLessEqual(max(counts), ONES_OWN + 1)
