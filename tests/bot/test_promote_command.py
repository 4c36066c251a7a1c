"""A call made, extended and taken back from Discord, with the real client over real sockets."""

from typing import Any

from django.test import override_settings

from accounts.models import AuditEntry, User
from botworker.models import Delivery
from botworker.standin import StandIn
from promotions import actions
from promotions.models import Campaign
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.bot.journey import CHANNEL
from tests.cast import TONIGHT


class PromoteCase(CommandCase):
    """bor is looking; emil is, too, and has not asked for reminders."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        make.entry(make.person("Emil"))

    def somebody_answers(self) -> User:
        dora = make.person("Dora", opted_in=True)
        make.entry(dora)
        return dora

    def doors(self) -> list[tuple[str, str]]:
        rows = AuditEntry.objects.filter(action__startswith="campaign")
        return list(rows.order_by("pk").values_list("action", "door"))

    async def planned(self) -> int:
        return await call(Delivery.objects.filter(state="planned").count)


class CallTests(PromoteCase):
    async def test_it_shows_numbers_reasons_and_times_and_names_nobody(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.told(self.ana, "promote")

        text = told["content"]
        self.assertIn("**Call 1 person for 21:00 CET?** They hear it at 20:45, 21:00.", text)
        self.assertIn("2 are looking, 1 asked to be reminded.", text)
        self.assertIn("1 will not: Has not asked for reminders (1).", text)
        self.assertNotIn("Bor", text)
        samples = ["Sample of the reminder", "Sample of the follow-up"]
        self.assertEqual(
            labels(told), ["Call them", "Dry run", "Not now", *samples, "See everyone"]
        )

    async def test_call_add_and_call_off(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote", maybe=False)

            called = await self.press_below(self.ana, told, "Call them")

            self.assertIn("0 of 1 reached.", called["content"])
            self.assertEqual(await self.planned(), 3)
            campaign = await call(Campaign.objects.get)
            self.assertEqual((campaign.include_available, campaign.include_maybe), (True, False))

            await call(self.somebody_answers)
            told = await self.told(self.ana, "promote")
            self.assertEqual(labels(told), ["Add the 1 since", "Call it off", "See who and how"])
            added = await self.press_below(self.ana, told, "Add the 1 since")
            self.assertIn("1 more person is called", added["content"])
            self.assertEqual(await self.planned(), 6)

            asked = await self.press_below(self.ana, added, "Call it off")
            self.assertEqual(await self.planned(), 6)
            off = await self.press_below(self.ana, asked, "Yes, call it off")

        self.assertIn("**The call is off.** 6 messages are not sent.", off["content"])
        self.assertEqual(await self.planned(), 0)
        self.assertEqual(
            await call(self.doors),
            [
                ("campaign_confirmed", "discord"),
                ("campaign_extended", "discord"),
                ("campaign_cancelled", "discord"),
            ],
        )

    async def test_a_dry_run_sends_nothing_and_takes_nobodys_place(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            said = len(self.standin.journal)

            dry = await self.press_below(self.ana, told, "Dry run")

            wrote = [one["path"] for one in self.standin.journal[said:]]
            self.assertFalse([path for path in wrote if path.endswith("/messages")], wrote)
            self.assertIn("A dry run, nothing is sent.", dry["content"])
            self.assertEqual(await self.planned(), 0)

            told = await self.told(self.ana, "promote")
            self.assertIn("Call them", labels(told))

    @override_settings(PROMOTION_DRY_RUN_DEFAULT=True)
    async def test_a_dry_run_can_be_the_first_choice(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.told(self.ana, "promote")

        self.assertEqual(labels(told)[:2], ["Dry run", "Call them"])

    async def test_not_now_and_leaving_a_call_alone_change_nothing(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")

            nothing = await self.press_below(self.ana, told, "Not now")

            self.assertIn("Nobody was called.", nothing["content"])
            called = await self.press_below(self.ana, told, "Call them")
            asked = await self.press_below(self.ana, called, "Call it off")
            left = await self.press_below(self.ana, asked, "Let it go on")

        self.assertIn("The call goes on.", left["content"])
        self.assertEqual(await self.planned(), 3)

    async def test_a_second_press_is_no_second_call(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            await self.press_below(self.ana, told, "Call them")

            again = await self.press_below(self.ana, told, "Call them")

        self.assertIn("You have called this evening already.", again["content"])
        self.assertEqual(await call(Campaign.objects.count), 1)

    @override_settings(PROMOTION_GLOBAL_COOLDOWN=True)
    async def test_with_the_cooldown_another_promoter_is_told_who_called_when(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            other = await call(self._other_calls)

            refused = await self.press_below(self.ana, told, "Call them")

        self.assertIn(
            f"Tonight is already called, by {other.name} at 19:30 CET.** Nobody hears it twice.",
            refused["content"],
        )

    def _other_calls(self) -> User:
        other = make.person("Other", promoter=True)
        actions.promote(
            promoter=other, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )
        return other


class BesideTests(PromoteCase):
    """What a promoter may do beside calling: post for whom no channel reached, see a sample."""

    @override_settings(ANNOUNCE_CHANNEL_ID=CHANNEL)
    async def test_what_no_channel_takes_is_posted_once_by_a_button(self) -> None:
        self.go_to("20:46")
        async with self.night(bot=False) as discord:
            await call(self._nobody_is_reached)
            await self.start_bot()
            await self.ready()
            told = await self.told(self.ana, "promote")

            posted = await self.press_below(self.ana, told, "Post it in the channel")
            again = await self.press_below(self.ana, told, "Post it in the channel")

            self.assertIn("**It is on its way into the channel.**", posted["content"])
            self.assertNotIn("Post it in the channel", labels(posted))
            self.assertIn("It is posted already.", again["content"])
            await self.until(lambda: any("pass it on" in one["content"] for one in said(discord)))
        self.assertEqual(len([one for one in said(discord) if "pass it" in one["content"]]), 1)

    def _nobody_is_reached(self) -> None:
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        Delivery.objects.update(state="failed", reason="direct messages are closed")

    async def test_before_the_reminder_there_is_no_such_button(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")

            called = await self.press_below(self.ana, told, "Call them")

        self.assertNotIn("Post it in the channel", labels(called))

    async def test_a_sample_comes_by_direct_message(self) -> None:
        self.go_to("19:30")
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")

            for label in ("Sample of the reminder", "Sample of the follow-up"):
                shown = await self.press_below(self.ana, told, label)
                self.assertIn("**A sample is on its way to you, on Discord.**", shown["content"])

            await self.until(lambda: len(self.inbox(self.ana)) == 2)
        self.assertTrue(all("only for you" in one for one in self.inbox(self.ana)))


def said(discord: StandIn) -> list[dict[str, Any]]:
    """Return what everybody reads in the channel."""
    return [one for one in discord.messages(CHANNEL) if not one.get("only_for")]


class RefusalTests(PromoteCase):
    async def press_as(self, who: User, told: dict[str, Any], label: str) -> str:
        return str((await self.press_below(who, told, label))["content"])

    async def test_others_learn_whom_to_ask(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "promote")

        self.assertIn("**Only promoters can call the others.** Ask Ana Dinamit or an admin.", told)

    async def test_whoever_has_no_player_learns_how_to_get_one(self) -> None:
        async with self.night():
            await self.ready()

            self.assertIn("First tell us who you are", await self.run_as(self.cene, "promote"))

    async def test_a_right_that_is_gone_is_looked_at_as_the_button_is_pressed(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            await call(User.objects.update, is_promoter=False)

            self.assertIn("Only promoters", await self.press_as(self.ana, told, "Call them"))

        self.assertEqual(await call(Campaign.objects.count), 0)

    async def test_yesterdays_button_calls_nobody(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            self.travel(TONIGHT.replace(day=21))

            told_of = await self.press_as(self.ana, told, "Call them")

        self.assertIn("**That was Friday 20 November, it is over.**", told_of)
        self.assertEqual(await call(Campaign.objects.count), 0)

    async def test_too_late_is_said_in_words(self) -> None:
        async with self.night():
            await self.ready()
            self.travel("21:30")

            told = await self.run_as(self.ana, "promote")

        self.assertIn("**It is too late to call anybody for 21:00 CET.**", told)

    async def test_an_id_that_somebody_made_up_does_nothing(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "promote")
            posts = self.standin.parts.store.posts.values()
            post = [one for one in posts if one.message["content"] == told["content"]][-1]
            made_up = "promote:20261120:sure:999999"
            post.message["components"][0]["components"][0]["custom_id"] = made_up

            answer = await self.standin.press(self.ana.discord.discord_id, post.id, made_up)

        self.assertIn("does nothing any more", dict(answer)["content"])
