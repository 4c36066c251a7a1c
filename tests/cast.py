"""The cast of the tests: ana promotes, bor is linked, cene is a guest with Discord and no player."""

from datetime import datetime
from typing import Any, ClassVar

import time_machine
from django.test import TestCase, TransactionTestCase, override_settings

from accounts.models import User
from tests import make

TONIGHT = make.TONIGHT
# For tests of the reminder and the start alone: a call promises nothing else.
without_the_check = override_settings(VOICE_CHECK_ENABLED=False)


class Stage:
    """It is half past seven on a Friday; `travel` moves the clock, which stands still."""

    now: ClassVar[datetime] = TONIGHT

    def setUp(self) -> None:
        self._clock = time_machine.travel(self.now, tick=False)
        self._clock.start()
        try:
            super().setUp()  # type: ignore[misc]
            self.ana: User = make.person("Ana Dinamit", promoter=True, opted_in=True)
            self.bor: User = make.person("Bazooka Bor", opted_in=True)
            self.cene: User = make.person("Cene", linked=False)
        except BaseException:
            # Nobody tears down what did not come up, and every later test would live tonight.
            self._clock.stop()
            raise

    def tearDown(self) -> None:
        super().tearDown()  # type: ignore[misc]
        self._clock.stop()

    def travel(self, to: datetime | str) -> datetime:
        """Set the clock to an instant, or to tonight's wall time: travel("20:45")."""
        self._clock.stop()
        moment = make.at(to) if isinstance(to, str) else to
        self._clock = time_machine.travel(moment, tick=False)
        self._clock.start()
        return moment

    def sign_in(self, who: User) -> None:
        """Sign somebody in, without the way over Discord."""
        client: Any = self.client  # type: ignore[attr-defined]
        client.force_login(who)


class SlomixTestCase(Stage, TestCase):
    """Everything is rolled back after each test."""


class SlomixLiveTestCase(Stage, TransactionTestCase):
    """For tests whose threads and processes must see what is committed."""
