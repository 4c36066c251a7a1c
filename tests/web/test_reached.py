"""Your channels on your own page: whether they work, their order, tests, and letting them go."""

import re

from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accounts import actions
from accounts.actions import handles
from accounts.models import Handle, LinkToken
from botworker.models import Delivery, State
from slomix.pages import reached
from tests import fresh, make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.keys import HAVE_BOTH, PHONE


@override_settings(**HAVE_BOTH)
class ReachedCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)

    def page(self) -> str:
        return self.client.get("/you/").content.decode()

    def order(self, channel: str, move: str) -> str:
        answer = self.client.post("/you/order/", {"channel": channel, "move": move}, follow=True)
        return answer.content.decode()

    def stored(self) -> list[str]:
        found: list[str] = actions.preferences_of(self.bor)["channel_order"]
        return found


class WayTests(ReachedCase):
    def test_a_channel_says_when_it_last_worked(self) -> None:
        make.handle(self.bor, "telegram")
        self.assertIn("Nothing has arrived there yet", self.page())

        handles.worked("telegram", [self.bor.pk], make.at("19:12"))

        self.assertIn("Worked last: today, 19:12.", self.page())

    def test_discord_says_so_by_the_ledger(self) -> None:
        make.told(self.bor, 1)

        self.assertIn("Worked last: ", self.page())

    def test_why_one_is_off_is_said_in_words(self) -> None:
        make.handle(self.bor, "telegram")
        told = {
            Handle.Off.STOPPED: "you sent STOP there",
            Handle.Off.BLOCKED: "you blocked our bot there",
            Handle.Off.GONE: "the number is registered no more",
        }
        for reason, words in told.items():
            Handle.objects.update(off_reason=reason, off_at=TONIGHT)
            with self.subTest(reason):
                self.assertIn(words, self.page())

    def test_an_address_is_never_shown_whole(self) -> None:
        make.handle(self.bor, "signal", PHONE)

        page = self.page()

        self.assertNotIn(PHONE, page)
        self.assertIn(PHONE[-2:], page)

    @override_settings(DISCORD_INVITE_URL="https://discord.gg/example")
    def test_whoever_is_not_on_our_server_is_invited_there(self) -> None:
        self.assertNotIn("https://discord.gg/example", self.page())
        actions.dm_refused(self.bor.discord.discord_id, reached.OUTSIDE, TONIGHT)

        page = self.page()

        self.assertIn("you are not on our Discord server", page)
        self.assertRegex(page, r'href="https://discord.gg/example"[^>]*>.*Join our Discord')
        with self.assertRaises(ImproperlyConfigured):
            fresh.settings(DISCORD_INVITE_URL="javascript:alert(1)")

    @override_settings(SIGNAL_ENABLED=False)
    def test_only_what_is_set_up_here_is_offered(self) -> None:
        page = self.page()

        self.assertIn("Link Telegram", page)
        self.assertNotIn("Signal", page)


class OrderTests(ReachedCase):
    def setUp(self) -> None:
        super().setUp()
        make.handle(self.bor, "telegram")

    def test_one_can_be_tried_earlier(self) -> None:
        page = self.order("telegram", "earlier")

        self.assertEqual(self.stored()[:2], ["telegram", "discord"])
        self.assertIn("Telegram is tried earlier now.", page)

    def test_the_first_stays_first(self) -> None:
        self.order("discord", "earlier")

        self.assertEqual(self.stored()[0], "discord")

    def test_one_can_be_left_out_and_used_again(self) -> None:
        self.assertIn("We use Discord no more.", self.order("discord", "off"))
        self.assertNotIn("discord", self.stored())

        self.order("discord", "on")

        self.assertEqual(self.stored()[-1], "discord")

    def test_what_stop_took_comes_back_with_one_press(self) -> None:
        handles.stop(person=self.bor, channel="telegram", at=TONIGHT)
        self.assertIn("Switch on again", self.page())

        self.order("telegram", "start")

        self.assertTrue(actions.preferences_of(self.bor)["allow_promotions"])
        self.assertTrue(Handle.objects.get().on)

    def test_anything_else_is_refused_in_words(self) -> None:
        answer = self.client.post("/you/order/", {"channel": "telegram", "move": "sideways"})

        self.assertContains(answer, "Please choose", status_code=400)
        self.assertEqual(self.client.post("/you/order/", {"channel": "fax"}).status_code, 404)

    def test_disconnecting_forgets_the_address(self) -> None:
        answer = self.client.post("/you/channels/telegram/disconnect/", follow=True)

        self.assertContains(answer, "We have forgotten the address.")
        self.assertFalse(Handle.objects.exists())


class CodeTests(ReachedCase):
    def test_opening_the_page_makes_no_code(self) -> None:
        answer = self.client.get("/you/channels/telegram/")

        self.assertContains(answer, "Show me a code")
        self.assertFalse(LinkToken.objects.exists())

    def test_the_code_is_shown_once_and_links_the_account_that_sends_it(self) -> None:
        shown = self.client.post("/you/channels/telegram/").content.decode()
        found = re.search(r"LINK ([A-Z2-7-]{32})<", shown)
        assert found
        since = re.search(r"since=(\d+)", shown)
        assert since
        look = f"/you/channels/telegram/?since={since[1]}"
        self.assertContains(self.client.get(look), "Nothing has arrived yet.")
        self.assertNotContains(self.client.get(look), found[1])

        handles.redeem(
            channel="telegram", address="7012345678", token=found[1], at=TONIGHT, door="test"
        )

        htmx = self.client.get(look, headers={"HX-Request": "true"})
        self.assertTrue(htmx.content.strip().startswith(b'<div id="waiting"'))
        self.assertContains(htmx, "Telegram is linked, as 70******78.")

    def test_a_second_code_at_once_is_refused_in_words(self) -> None:
        self.client.post("/you/channels/signal/")

        again = self.client.post("/you/channels/signal/")

        self.assertContains(again, "You have just got a code.", status_code=400)

    def test_a_channel_that_is_not_set_up_has_no_page(self) -> None:
        for channel in ("discord", "fax"):
            self.assertEqual(self.client.get(f"/you/channels/{channel}/").status_code, 404)

    def test_without_a_player_the_way_leads_to_one(self) -> None:
        self.sign_in(self.cene)

        self.assertRedirects(self.client.get("/you/channels/telegram/"), "/link/")


class SendTests(ReachedCase):
    def test_a_test_goes_through_the_outbox_and_stands_in_the_history(self) -> None:
        answer = self.client.post("/you/channels/discord/test/", follow=True)

        row = Delivery.objects.get()
        self.assertEqual(
            (row.kind, row.channel, row.state), ("reachability", "discord", "scheduled")
        )
        self.assertContains(answer, "A test is on its way, Discord.")
        self.assertContains(answer, "On its way, Discord")

    def test_a_channel_that_is_not_linked_cannot_be_tested(self) -> None:
        answer = self.client.post("/you/channels/signal/test/", follow=True)

        self.assertContains(answer, "This channel is not linked.")
        self.assertFalse(Delivery.objects.exists())


class HistoryTests(ReachedCase):
    def test_it_says_what_where_and_why_not(self) -> None:
        make.told(self.bor, 3)
        _last, middle, first = Delivery.objects.order_by("pk")
        Delivery.objects.filter(pk=middle.pk).update(state=State.SUPPRESSED, reason="quiet hours")
        Delivery.objects.filter(pk=first.pk).update(state=State.EXPIRED)

        page = self.page()

        self.assertIn("Discord, 19:30", page)
        self.assertIn("Your quiet hours", page)
        self.assertIn("nothing is sent late", page)

    def test_it_shows_the_latest_thirty_and_nobody_elses(self) -> None:
        make.told(self.bor, 31)
        make.told(self.ana, 5)

        self.assertEqual(self.page().count("<b>Reminder</b>"), 30)

    def test_before_the_first_one_it_says_what_will_stand_there(self) -> None:
        self.assertIn("Nothing was sent to you yet.", self.page())
