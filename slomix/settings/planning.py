"""The planning room: where its thread hangs in Discord, and how long things last in it."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env
from slomix.settings.providers import DISCORD_BOT_TOKEN

# The evening's room is also a private thread, with its people in it and one post.
PLANNING_THREAD_ENABLED = env.flag("AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD", False)
PLANNING_THREAD_PARENT_ID = env.snowflake("AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID")
if env.text("AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN", DISCORD_BOT_TOKEN) != DISCORD_BOT_TOKEN:
    # Whoever begins a private thread answers in it: another bot's thread would be closed to ours,
    # and its buttons would be pressed where we do not listen. Without their values: secrets.
    raise ImproperlyConfigured(
        "AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN and DISCORD_BOT_TOKEN differ; the bot that begins "
        "a thread also answers in it, so keep DISCORD_BOT_TOKEN alone."
    )
# How long a captain has for a pick; then the highest rated joins.
PLANNING_PICK_SECONDS = env.number(
    "AVAILABILITY_PLANNING_PICK_SECONDS", 45, at_least=10, at_most=600
)
# How long a free place is kept for one person of the standby.
PLANNING_OFFER = timedelta(
    seconds=env.number("AVAILABILITY_PLANNING_OFFER_SECONDS", 120, at_least=60, at_most=600)
)
# How long after “Need more” it can be pressed again.
PLANNING_PING_COOLDOWN = timedelta(
    seconds=env.number("AVAILABILITY_PLANNING_PING_COOLDOWN_SECONDS", 900, at_least=60)
)
