"""The evening: its zone, its times, what is said and when."""

from datetime import time, timedelta

from slomix.lib import env

env.same("AVAILABILITY_PROMOTION_TIMEZONE", "AVAILABILITY_POLL_TIMEZONE")
EVENING_ZONE = env.zone(
    "AVAILABILITY_PROMOTION_TIMEZONE", env.text("AVAILABILITY_POLL_TIMEZONE", "Europe/Ljubljana")
)
TIME_ZONE = EVENING_ZONE.key
USE_TZ = True
REMINDER_TIME = env.wall_time("AVAILABILITY_PROMOTION_REMINDER_TIME", "20:45")
START_TIME = env.wall_time("AVAILABILITY_PROMOTION_START_TIME", "21:00")
if REMINDER_TIME >= START_TIME:
    raise env.wrong(
        "AVAILABILITY_PROMOTION_REMINDER_TIME",
        f"{REMINDER_TIME:%H:%M:%S}",
        f"write a time before AVAILABILITY_PROMOTION_START_TIME, {START_TIME:%H:%M:%S}.",
    )
env.same("AVAILABILITY_SESSION_READY_THRESHOLD", "AVAILABILITY_POLL_THRESHOLD")
READY_THRESHOLD = env.number(
    "AVAILABILITY_SESSION_READY_THRESHOLD",
    env.number("AVAILABILITY_POLL_THRESHOLD", 6, at_least=1),
    at_least=1,
    at_most=100,
)
PROMOTION_ENABLED = env.flag("AVAILABILITY_PROMOTION_ENABLED", True)
PROMOTION_GLOBAL_COOLDOWN = env.flag("AVAILABILITY_PROMOTION_GLOBAL_COOLDOWN", False)
PROMOTION_DRY_RUN_DEFAULT = env.flag("AVAILABILITY_PROMOTION_DRY_RUN_DEFAULT", False)
VOICE_CHECK_DELAY = timedelta(
    seconds=env.number("AVAILABILITY_VOICE_CHECK_DELAY_SECONDS", 120, at_most=1100)
)
POLL_ENABLED = env.flag("AVAILABILITY_POLL_ENABLED", False)
POLL_CHANNEL_ID = env.snowflake("AVAILABILITY_POLL_CHANNEL_ID")
POLL_POST_TIME = env.wall_time("AVAILABILITY_POLL_POST_TIME", "10:00")
# An evening that is on is also a scheduled event of the Discord server.
EVENT_MIRROR_ENABLED = env.flag("AVAILABILITY_EVENT_MIRROR_ENABLED", False)
# What is said to those who asked for it, without a call: the daily question, “we play”.
PROMPTS_ENABLED = env.flag("AVAILABILITY_MULTICHANNEL_ENABLED", True)
# Where an evening begins before the usual time of the question, it is asked an hour before.
_HOUR_BEFORE = time(max(0, START_TIME.hour - 1), START_TIME.minute)
_ASKED_AT = min(time(16), _HOUR_BEFORE)
DAILY_REMINDER_TIME = env.wall_time("AVAILABILITY_DAILY_REMINDER_TIME", f"{_ASKED_AT:%H:%M}")
if DAILY_REMINDER_TIME >= START_TIME and env.text("AVAILABILITY_DAILY_REMINDER_TIME"):
    raise env.wrong(
        "AVAILABILITY_DAILY_REMINDER_TIME",
        f"{DAILY_REMINDER_TIME:%H:%M:%S}",
        f"write a time before AVAILABILITY_PROMOTION_START_TIME, {START_TIME:%H:%M:%S}.",
    )
# How often “Need one more” may ask one person in seven days.
NUDGES_A_WEEK = env.number("AVAILABILITY_NUDGES_A_WEEK", 2, at_least=1, at_most=7)
# “We play” is also said in a channel.
ANNOUNCE_ENABLED = env.flag("AVAILABILITY_DISCORD_CHANNEL_ANNOUNCE_ENABLED", False)
ANNOUNCE_CHANNEL_ID = env.snowflake("AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID") or POLL_CHANNEL_ID
