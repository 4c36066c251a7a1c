"""Fifty presses at the same instant, through the page and the API: one call, and nobody missed."""

from collections import Counter

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.models import AuditEntry, User
from botworker.models import Delivery
from promotions import actions, report
from promotions.models import Campaign, Job
from tests import make
from tests.api.client import PROMOTIONS
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together
from tests.routes import AJAX

PRESSES = 50


@pytest.mark.postgresql
class ConfirmingTests(SlomixLiveTestCase):
    """bor and four others are looking; ana presses and presses."""

    def setUp(self) -> None:
        super().setUp()
        for who in (self.bor, *(make.person(opted_in=True) for _n in range(4))):
            make.entry(who)

    def session(self, who: User) -> str:
        client = Client()  # of one's own: signing somebody else in would end the session
        client.force_login(who)
        return str(client.cookies[settings.SESSION_COOKIE_NAME].value)

    def press(self, number: int, session: str) -> str:
        """Confirm, by turns on the page and by JSON; return what came of it."""
        client = Client(raise_request_exception=True)
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        if number % 2:
            page = client.post("/promote/", {"include_available": "on"})
            return f"web {page.status_code} {page.headers.get('Location', '')}"
        answer = client.post(
            f"{PROMOTIONS}/campaigns", "{}", content_type="application/json", headers=AJAX
        )
        return f"api {answer.status_code}"

    def test_fifty_presses_on_two_doors_make_one_call(self) -> None:
        """W1: on a real database no call could ever be stored. W21: two at once made half a one."""
        session = self.session(self.ana)

        found = Counter(together(PRESSES, lambda number: self.press(number, session)))

        call = Campaign.objects.get()
        on_the_page = found.pop(f"web 302 /calls/{call.pk}/")
        self.assertEqual(on_the_page, PRESSES // 2)
        self.assertEqual(found["api 200"] + found["api 409"], PRESSES // 2)
        self.assertLessEqual(found["api 200"], 1)
        self.assertEqual((Job.objects.count(), Delivery.objects.count()), (3, 15))
        self.assertEqual(AuditEntry.objects.filter(action="campaign_confirmed").count(), 1)

    @override_settings(PROMOTION_GLOBAL_COOLDOWN=True)
    def test_with_the_cooldown_ten_promoters_make_one_call(self) -> None:
        sessions = [self.session(make.person(promoter=True)) for _n in range(10)]

        together(PRESSES, lambda number: self.press(number, sessions[number % 10]))

        self.assertEqual(Campaign.objects.count(), 1)
        self.assertEqual(Delivery.objects.count(), 15)

    def test_without_it_everybody_hears_once_all_the_same(self) -> None:
        sessions = [self.session(make.person(promoter=True)) for _n in range(10)]

        together(PRESSES, lambda number: self.press(number, sessions[number % 10]))

        self.assertEqual(Campaign.objects.count(), 10)
        self.assertEqual(Delivery.objects.filter(state="planned").count(), 15)

    def test_taken_back_and_made_again_by_many_misses_nobody(self) -> None:
        session = self.session(self.ana)
        self.press(1, session)
        first = Campaign.objects.get()

        def both(number: int) -> str:
            if number % 5:
                return self.press(number, session)
            return str(actions.cancel(campaign=first, by=self.ana, at=TONIGHT))

        together(PRESSES, both)
        self.press(1, session)

        call = Campaign.objects.get(cancelled_at__isnull=True)
        self.assertEqual(report.of(call, TONIGHT).counts["waiting"], 15)
        self.assertEqual(Delivery.objects.filter(state="planned").count(), 15)

    def test_additions_at_once_add_each_once(self) -> None:
        session = self.session(self.ana)
        self.press(1, session)
        call = Campaign.objects.get()
        for _n in range(7):
            make.entry(make.person(opted_in=True))

        found = together(
            20, lambda _n: actions.add_recipients(campaign=call, by=self.ana, at=TONIGHT)
        )

        self.assertEqual(Counter(found), {7: 1, 0: 19})
        self.assertEqual(Delivery.objects.filter(state="planned").count(), 36)
