"""What a server's channel shows to whoever may not read its history: nothing, without a word."""

from datetime import timedelta

from botworker.channels import ChannelError, Said, Verdict
from botworker.channels.discord import DiscordChannel
from botworker.claims import Job
from botworker.standin import permissions
from slomix.lib import clock
from tests.bot.journey import APPLICATION, CHANNEL, JourneyCase


class HistoryTests(JourneyCase):
    def a_post(self) -> Job:
        at = clock.now()
        return Job(
            delivery_id=1,
            fence=1,
            channel="discord",
            recipient=f"channel:{CHANNEL}",
            body="Game night at 21:00 CET.",
            extras={"rows": [[{"id": "evening:20261120:looking:{marker}", "label": "In"}]]},
            marker="m" * 22,
            nonce="n" * 25,
            deadline_at=at + timedelta(minutes=10),
            person_id=None,
            kind="combined_post",
            due_at=at,
            started_at=at,
            channel_id=CHANNEL,
        )

    def may_not_read(self) -> None:
        """Forbid the bot to read the channel's history, as a moderator can."""
        mine = {"id": str(APPLICATION), "type": permissions.MEMBER_OVERWRITE, "allow": "0"}
        here = self.standin.parts.store.channels.all[CHANNEL]
        here["permission_overwrites"] = [mine | {"deny": str(permissions.READ_HISTORY)}]

    async def said_and_found(self, *, said: bool, blind: bool = False) -> Said | None:
        async with self.night():
            channel, post = DiscordChannel(self.bot), self.a_post()
            if said:
                await channel.send(post)
            if blind:
                self.may_not_read()
            return await channel.find(post)

    async def test_a_post_is_found_by_its_marker(self) -> None:
        found = await self.said_and_found(said=True)

        self.assertEqual(found and found.channel_id, CHANNEL)

    async def test_an_empty_history_that_may_be_read_is_empty(self) -> None:
        self.assertIsNone(await self.said_and_found(said=False))

    async def test_an_empty_history_that_may_not_be_read_tells_nothing(self) -> None:
        """Discord answers with an empty list, and a post that stands there would be said again."""
        with self.assertRaises(ChannelError) as refused:
            await self.said_and_found(said=True, blind=True)

        self.assertIs(refused.exception.refusal.verdict, Verdict.UNKNOWN)
