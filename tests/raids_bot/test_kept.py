"""A raid's messages stand once, wherever they belong, whatever happens to them."""

from typing import Any

import pytest

from botworker.models import Attempt, Delivery, State, Tracked
from botworker.standin.faults import Fault
from planning.raids import actions, keys
from planning.raids.models import Raid
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.raids_bot.playing import LIST, OTHER, PLANNER, SLOTS, RaidCase

pytestmark = pytest.mark.slow


class KeptTests(RaidCase):
    async def comes_back(self, channel: int, key: str) -> None:
        """Delete the one message of a channel; it is posted again, and its row knows where."""
        await self.known(key)
        [first] = self.posts(channel)
        await self.bot.http.delete_message(channel, int(first["id"]))
        self.go_to("19:32")
        await self.until(
            lambda: [one["id"] for one in self.posts(channel)] not in ([first["id"]], [])
        )
        await self.known(key)
        [second] = self.posts(channel)
        self.assertEqual((await self.kept(key)).message_id, int(second["id"]))

    async def known(self, key: str) -> None:
        found = Tracked.objects.filter(key=key, message_id__isnull=False)

        async def there() -> bool:
            return await call(found.exists)

        await self.until(there)

    async def test_a_deleted_vote_is_posted_again_and_its_new_id_kept(self) -> None:
        """R5, R18: a message that was gone came twice, or stayed away."""
        async with self.night():
            await self.ready()
            raid = await self.planned()
            with self.assertLogs("botworker.tracked_rows"):
                await self.comes_back(PLANNER, keys.planner(raid.pk))

            self.assertIn("Your days", await self.choose_in(self.bor, "day", "Fri 27.11."))

    async def test_a_deleted_slot_is_posted_again_and_notifies_nobody_twice(self) -> None:
        """R5, R18: a message that was gone came twice, or stayed away."""
        async with self.night():
            await self.ready()
            raid = await self.stand()
            [tracked] = await call(lambda: list(Tracked.objects.filter(kind="raid_slot")))
            with self.assertLogs("botworker.tracked_rows"):
                await self.comes_back(SLOTS, tracked.key)

            [again] = self.posts(SLOTS)
            self.assertEqual(again["mentions"], [])
            self.assertEqual(keys.slot_of(tracked.key) is not None, bool(raid))

    async def test_a_deleted_list_is_missed_though_nothing_changes(self) -> None:
        """R5, R18: a deleted list was not noticed until what it said changed."""
        async with self.night():
            await self.ready()
            await self.until(lambda: bool(self.posts(LIST)))
            with self.assertLogs("botworker.tracked_rows"):
                await self.comes_back(LIST, keys.raidlist(self.guild.pk))

    async def test_any_other_trouble_is_tried_again_and_posts_nothing_twice(self) -> None:
        """R5: each error counted as a deleted message, so the post came twice with live buttons."""
        async with self.night():
            await self.ready()
            raid = await self.planned()
            await self.known(keys.planner(raid.pk))
            edit = f"PATCH /channels/{PLANNER}/messages/*"
            self.standin.parts.faults.add(Fault(edit, "refuse", code=50013, times=1))
            with self.assertLogs("botworker.tracked_rows"):
                await self.vote(self.bor)

                async def tried() -> bool:
                    return bool((await self.kept(keys.planner(raid.pk))).error)

                await self.until(tried)
            self.go_to("19:33")

            await self.until(lambda: "Bazooka Bor" in self.fields().get("Both answered", ""))

            self.assertEqual(len(self.posts(PLANNER)), 1)

    async def test_everything_moves_to_the_channels_that_an_admin_chooses(self) -> None:
        """R17: votes, slots and lists stayed behind in the old channels, and lived on there."""
        async with self.night():
            await self.ready()
            raid = await self.stand()
            await self.until(lambda: bool(self.posts(LIST)))
            await self.known(keys.planner(raid.pk))
            await self.known(keys.raidlist(self.guild.pk))

            await call(
                self.choose,
                **dict.fromkeys(
                    ("planner_channel_id", "participants_channel_id", "raidlist_channel_id"), OTHER
                ),
            )

            await self.until(lambda: len(self.posts(OTHER)) == 3)
            olds = (PLANNER, SLOTS, LIST)
            await self.until(lambda: not any(self.posts(old) for old in olds))

    async def test_a_move_while_it_is_posted_leaves_one(self) -> None:
        """R17: whoever was slow left a second vote with live buttons."""
        async with self.night():
            await self.ready()
            slow = f"POST /channels/{PLANNER}/messages"
            self.standin.parts.faults.add(Fault(slow, "slow", seconds=2.0))
            await self.plan()
            await self.until(lambda: self.begun("raid_planner"))
            await call(self.choose, planner_channel_id=OTHER)

            await self.until(lambda: len(self.posts(OTHER)) == 1)
            await self.until(self.all_removed)

            self.assertEqual(self.posts(PLANNER), [])

    async def begun(self, kind: str) -> bool:
        found = Delivery.objects.filter(kind=kind, state=State.SENDING)
        return await call(found.exists)

    async def all_removed(self) -> bool:
        left = Tracked.objects.alive().filter(form=Tracked.Form.REMOVED)
        return not await call(left.exists)

    async def test_a_list_that_is_switched_off_goes_and_comes_back(self) -> None:
        async with self.night():
            await self.ready()
            await self.until(lambda: bool(self.posts(LIST)))
            await call(self.choose, raidlist_channel_id=None)
            await self.until(lambda: not self.posts(LIST))

            await call(self.choose, raidlist_channel_id=LIST)

            await self.until(lambda: len(self.posts(LIST)) == 1)

    async def test_a_channel_that_is_deleted_is_told_once_and_a_new_one_serves(self) -> None:
        async with self.night() as there:
            await self.ready()
            raid = await self.planned()
            await self.known(keys.planner(raid.pk))
            await there.delete_channel(PLANNER)
            with self.assertLogs("botworker.tracked_rows", "WARNING") as told:
                await self.call_vote(raid)

                async def noticed() -> bool:
                    return bool((await self.kept(keys.planner(raid.pk))).error)

                await self.until(noticed)
                await call(self.choose, planner_channel_id=OTHER)
                await self.until(lambda: len(self.posts(OTHER)) == 1)

            mine = [one for one in told.output if keys.planner(raid.pk) in one]
            self.assertEqual(len(mine), 1)

    async def call_vote(self, raid: Raid) -> None:
        def vote() -> None:
            actions.set_votes(
                raid_id=raid.pk,
                person=self.bor,
                days=["Fri 27.11."],
                times=["20:00"],
                at=clock.now(),
            )

        await call(vote)

    # --- whatever dies -----------------------------------------------------------------------

    def lose_the_answers(self, **which: Any) -> None:
        """Let the drain have died between Discord's answer and writing it down."""
        for row in Delivery.objects.filter(state=State.SENT, **which):
            Delivery.objects.filter(pk=row.pk).update(
                state=State.SENDING, lease_until=clock.now(), settled_at=None
            )
            Attempt.objects.filter(delivery=row).update(
                outcome="pending", provider_channel_id=None, provider_message_id=None, ended_at=None
            )
        Tracked.objects.update(message_id=None, shown_hash="", look_at=clock.now())

    async def test_a_crash_after_posting_leaves_one_of_each(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.stand()
            await self.until(lambda: bool(self.posts(LIST)))
            await self.stop_bot()
            await call(self.lose_the_answers, kind__startswith="raid_")
            await self.start_bot()

            await self.known(keys.planner(raid.pk))
            await self.known(keys.raidlist(self.guild.pk))
            await self.vote(self.cene)
            await self.until(lambda: "3 of 2" in " ".join(self.texts(SLOTS)))

            for channel in (PLANNER, SLOTS, LIST):
                self.assertEqual(len(self.posts(channel)), 1)
