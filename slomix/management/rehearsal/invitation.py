"""What a live rehearsal needs to know, and what it tells the operator before it begins."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from slomix.management.rehearsal.cast import Cast, NotReady
from slomix.management.rehearsal.evening import Evening
from slomix.management.rehearsal.live_system import Discord

NEEDED = {
    "DISCORD_BOT_TOKEN": "copy it from the bot's page",
    "DISCORD_GUILD_ID": "copy the id of your Discord server",
}


def discord(channel_id: int) -> Discord:
    """Return the Discord that this machine's settings name. Raises NotReady."""
    missing = [
        f"{name} is not set; {remedy}."
        for name, remedy in NEEDED.items()
        if not getattr(settings, name)
    ]
    if missing:
        raise NotReady(" ".join(missing))
    return Discord(
        base_url=settings.DISCORD_BASE_URL,
        gateway_url=settings.DISCORD_GATEWAY_URL,
        cdn_url=settings.DISCORD_CDN_URL,
        token=settings.DISCORD_BOT_TOKEN,
        guild_id=settings.DISCORD_GUILD_ID,
        client_id=settings.DISCORD_CLIENT_ID,
        client_secret=settings.DISCORD_CLIENT_SECRET,
        channel_id=channel_id,
    )


def check(promoter: int | None, people: Sequence[int] | None) -> None:
    """Refuse a call without somebody who calls, or whom. Raises NotReady."""
    if not promoter or not people:
        raise NotReady("Name who calls and who is told: --live --promoter ID --people ID,ID")
    if promoter in people:
        raise NotReady(f"{promoter} makes the call and so hears nothing; name others in --people.")


def words(found: Cast, to: Discord, night: Evening, last_row: int) -> list[str]:
    """Return what will happen, line by line: where, to whom, what, when, and what else it does."""
    told = ", ".join(one.words for one in found.people)
    lines = [
        f"A live rehearsal at {to.base_url}: {found.bot.name} on the server {found.server}.",
        f"{found.promoter.words} calls. These people get real direct messages:",
        f"  {told}",
        *(f"  {line}" for line in _messages(to, night, last_row)),
        "Times are told in the zone " + night.zone.key + ". Nobody else hears anything.",
        "Your database is not touched. Stop your own bot first: two with one token both answer",
        "every button and command. This one knows the named people alone.",
    ]
    if last_row >= 10:
        lines.append("Our worker and bot are killed at the start, and come back.")
    return lines


def _messages(to: Discord, night: Evening, last_row: int) -> list[str]:
    if last_row < 6:
        return ["Nothing is said before row 6, so this says nothing."]

    def after(at: datetime) -> str:
        seconds = round((at - night.begins_at).total_seconds())
        return f"{seconds // 60}:{seconds % 60:02} min after your yes"

    lines = [f"{after(night.reminder_at)}: the reminder (“Game night at … Coming?”)"]
    if last_row >= 7:
        lines.append(f"{after(night.start_at)}: the start (“It is …”, “… we are starting.”)")
    if last_row >= 8:
        lines.append(f"{after(night.check_at)}: one more to whoever is not in voice then")
        if to.channel_id:
            lines.append(f"{after(night.check_at)}: one summary in the channel {to.channel_id}")
    return lines
