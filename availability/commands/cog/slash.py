"""The slash commands for evenings."""

from discord import app_commands
from discord.ext import commands

from accounts.models import CHANNELS, HandleChannel
from availability.commands import days, evening, question, reached, standing
from availability.commands.cog import door
from availability.commands.cog.door import Choices, Interaction, answer, complete
from botworker.client import SlomixBot

Choice = app_commands.Choice[str]
# Discord keeps these words for everybody, and has no Slovene to translate them into.
STATUSES = [
    Choice(name="Looking", value="LOOKING"),
    Choice(name="Available", value="AVAILABLE"),
    Choice(name="Maybe", value="MAYBE"),
    Choice(name="Not playing", value="NOT_PLAYING"),
]
NOTHING = Choice(name="Nothing in particular", value=standing.NOTHING)
WEEKDAYS = [
    Choice(name=name, value=str(number))
    for number, name in enumerate(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    )
]
EVERY_DAY = Choice(name="Every day", value=standing.EVERY_DAY)
LINKABLE = [Choice(name=reached.TITLES[one], value=one) for one in HandleChannel.values]
STOPPABLE = [Choice(name=reached.TITLES[one], value=one) for one in CHANNELS]
EVERYWHERE = Choice(name="Everywhere", value=reached.EVERYWHERE)


class Slash(commands.Cog):
    """Evenings by slash command; what is answered only whoever wrote it sees."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.tree.error(door.on_error)
        self.bot.add_dynamic_items(
            door.button(reached.WAY_BACK, reached.back),
            door.button(question.ANSWER, question.answer),
        )

    @app_commands.command(name="avail", description="Say whether you play on an evening")
    @app_commands.describe(
        day="Today, tomorrow, a weekday or a date",
        status="Your answer",
        from_time="If you come later than the start: 21:30",
    )
    @app_commands.rename(from_time="from")
    @app_commands.choices(status=STATUSES)
    async def avail(
        self, interaction: Interaction, day: str, status: str, from_time: str = ""
    ) -> None:
        await answer(interaction, evening.answer, day=day, status=status, from_time=from_time)

    @app_commands.command(name="avail_clear", description="Take your answer for an evening back")
    @app_commands.describe(day="Today, tomorrow, a weekday or a date")
    async def avail_clear(self, interaction: Interaction, day: str) -> None:
        await answer(interaction, evening.clear, day=day)

    @avail.autocomplete("day")
    @avail_clear.autocomplete("day")
    async def evenings(self, interaction: Interaction, typed: str) -> Choices:
        return await complete(interaction, days.offered, typed)

    @app_commands.command(name="tonight", description="See what holds tonight, and answer")
    async def tonight(self, interaction: Interaction) -> None:
        await answer(interaction, evening.tonight)

    @app_commands.command(name="queue", description="See who is looking for a game tonight")
    async def queue(self, interaction: Interaction) -> None:
        await answer(interaction, evening.queue)

    @app_commands.command(name="pattern", description="See or set the weekdays you usually play")
    @app_commands.describe(weekday="Which day", status="What you usually do that day")
    @app_commands.choices(weekday=[*WEEKDAYS, EVERY_DAY], status=[*STATUSES, NOTHING])
    async def pattern(self, interaction: Interaction, weekday: str = "", status: str = "") -> None:
        await answer(interaction, standing.pattern, weekday=weekday, status=status)

    @app_commands.command(name="away", description="Say when you are away, or see it")
    @app_commands.describe(
        first="The first day away", last="The last day away", end="An absence to take back"
    )
    @app_commands.rename(first="from", last="to")
    async def away(
        self, interaction: Interaction, first: str = "", last: str = "", end: str = ""
    ) -> None:
        await answer(interaction, standing.away, first=first, last=last, end=end)

    @away.autocomplete("first")
    @away.autocomplete("last")
    async def days_away(self, interaction: Interaction, typed: str) -> Choices:
        return await complete(interaction, days.offered, typed)

    @away.autocomplete("end")
    async def absences(self, interaction: Interaction, typed: str) -> Choices:
        return await complete(interaction, standing.ends_offered, typed)

    @app_commands.command(name="avail_link", description="Get a code to link Telegram or Signal")
    @app_commands.describe(channel="What to link; the code comes by direct message")
    @app_commands.choices(channel=LINKABLE)
    async def avail_link(self, interaction: Interaction, channel: str) -> None:
        if await door.taken(interaction):
            press = door.press_of(interaction.id, interaction.user)
            await door.whisper(interaction, await door.hand_code(self.bot, press, channel))

    @app_commands.command(name="avail_unsubscribe", description="Get no more messages somewhere")
    @app_commands.describe(channel="Where; your answers stay")
    @app_commands.choices(channel=[*STOPPABLE, EVERYWHERE])
    async def avail_unsubscribe(self, interaction: Interaction, channel: str) -> None:
        await answer(interaction, reached.unsubscribe, channel=channel)
