"""Of a queue of hundreds a page shows the first, oneself, and the way to everybody."""

import re
from datetime import timedelta

from availability.models import Status
from slomix.pages.queue import SHOWN
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
ROW = re.compile(r"<b><bdi>([^<]+)</bdi></b>(?:<small>([^<]+)</small>)?")


class LongQueueTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.people = [make.person(f"player {number:02}") for number in range(SHOWN + 10)]
        for minute, one in enumerate(self.people):
            since = TONIGHT + timedelta(minutes=minute)
            make.entry(one, day=TODAY, status=Status.LOOKING, since=since)

    def queue(self, who: int, query: str = "") -> str:
        self.client.force_login(self.people[who])
        page = self.client.get(f"/{query}").content.decode()
        return page.partition('id="queue"')[2].partition("</footer>")[0]

    def test_the_first_sixty_are_shown_and_how_many_more(self) -> None:
        queue = self.queue(3)

        rows = ROW.findall(queue)
        self.assertEqual(len(rows), SHOWN)
        self.assertEqual(rows[0], ("player 00", "first in"))
        self.assertEqual(rows[3], ("player 03", "you"))
        self.assertIn('<a href="/?queue=all#queue">10 more, show everybody</a>', queue)

    def test_whoever_is_further_back_sees_themselves_too(self) -> None:
        queue = self.queue(SHOWN + 4)

        rows = ROW.findall(queue)
        self.assertEqual(len(rows), SHOWN + 1)
        self.assertEqual(rows[-1], (f"player {SHOWN + 4}", "you"))
        self.assertIn("9 more, show everybody", queue)

    def test_everybody_is_shown_to_whoever_asks(self) -> None:
        queue = self.queue(SHOWN + 4, "?queue=all")

        rows = ROW.findall(queue)
        self.assertEqual([name for name, _note in rows], [one.name for one in self.people])
        self.assertEqual(rows[SHOWN + 4][1], "you")
        self.assertNotIn("show everybody", queue)

    def test_and_goes_on_being_shown_as_the_page_looks_again(self) -> None:
        self.client.force_login(self.ana)
        later = TODAY + timedelta(days=20)

        page = self.client.get(f"/?day={later}&queue=all").content.decode()

        self.assertIn(f'hx-get="/?day={later}&amp;queue=all&amp;seen=', page)
        self.assertIn(f'value="/?day={later}&amp;queue=all#today"', page)
