"""On hold the site works, and says so to those who call the others; nobody else is worried."""

from botworker import hold
from slomix.lib import clock
from tests import make
from tests.cast import SlomixTestCase

WORDS = "Sending is on hold."


class BannerTests(SlomixTestCase):
    def page(self, address: str = "/") -> str:
        return self.client.get(address).content.decode()

    def test_promoters_and_operators_read_it_and_nobody_else(self) -> None:
        hold.put_on(reason="restored", at=clock.now())
        self.assertNotIn(WORDS, self.page())
        operator = make.person("Dora", linked=False)
        operator.is_superuser = True
        operator.save(update_fields=["is_superuser"])
        for who, told in ((self.bor, False), (self.ana, True), (operator, True)):
            self.sign_in(who)
            self.assertEqual(WORDS in self.page("/link/" if who == operator else "/"), told)

    def test_it_is_gone_with_the_hold(self) -> None:
        hold.put_on(reason="restored", at=clock.now())
        hold.release(at=clock.now())
        self.sign_in(self.ana)
        self.assertNotIn(WORDS, self.page())
