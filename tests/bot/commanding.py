"""What people do with commands: run them, complete them, write them."""

from typing import Any

from accounts.models import User
from tests.bot.journey import CHANNEL, JourneyCase


class CommandCase(JourneyCase):
    """A night whose bot has told Discord its commands."""

    async def ready(self) -> None:
        """Wait until Discord knows our commands."""

        def known() -> bool:
            wrote = [one["path"] for one in self.standin.journal if one["method"] == "PUT"]
            return any(path.endswith("/commands") for path in wrote)

        await self.until(known)

    async def run_as(self, who: User, command: str, /, **options: Any) -> str:
        """Run a slash command; return what its writer alone reads."""
        return str((await self.told(who, command, **options))["content"])

    async def told(self, who: User, command: str, /, **options: Any) -> dict[str, Any]:
        """Run a slash command; return the whole answer."""
        told = await self.standin.run_command(who.discord.discord_id, CHANNEL, command, options)
        self.assertTrue(told["ephemeral"])
        return dict(told)

    async def offered(self, who: User, name: str, option: str, typed: str) -> list[str]:
        """Type the beginning of an option; return what is offered."""
        found = await self.standin.autocomplete(
            who.discord.discord_id, CHANNEL, name, {option: typed}, option
        )
        return [one["name"] for one in found]

    async def dm(self, who: User) -> int:
        """Open somebody's direct messages with the bot, unless they are."""
        known = self.standin.parts.store.dms.get(who.discord.discord_id)
        return known or await self.bot.channel.open_dm(who.discord.discord_id)

    def inbox(self, who: User) -> list[str]:
        """Return what the bot said to somebody privately."""
        said = self.standin.inbox(who.discord.discord_id)
        return [one["content"] for one in said if one["author"].get("bot")]

    async def press_below(self, who: User, told: dict[str, Any], label: str) -> dict[str, Any]:
        """Press a button below what a command has answered."""
        posts = self.standin.parts.store.posts.values()
        post = [one for one in posts if one.message["content"] == told["content"]][-1]
        pressed = next(one for one in buttons(told) if one.get("label") == label)
        number = who.discord.discord_id
        return dict(await self.standin.press(number, post.id, pressed["custom_id"]))

    async def write(self, who: User, text: str) -> str:
        """Write to the bot privately; return the answer."""
        number, channel = who.discord.discord_id, await self.dm(who)
        before = len(self.inbox(who))
        await self.standin.say(number, channel, text)
        await self.until(lambda: len(self.inbox(who)) > before)
        return self.inbox(who)[-1]


def buttons(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a message's buttons."""
    return [button for row in told["components"] for button in row["components"]]


def labels(told: dict[str, Any]) -> list[str]:
    """Return what stands on a message's buttons."""
    return [button["label"] for button in buttons(told)]
