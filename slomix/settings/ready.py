"""The ready check: who is in voice and on the game server after the start."""

from datetime import timedelta

from slomix.lib import env

# Whoever said that they play and is not in voice is asked once; without it nobody is.
VOICE_CHECK_ENABLED = env.flag("AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED", False)
# Look at the game server as well: whoever plays there without voice reads other words.
SERVER_CHECK_ENABLED = env.flag("AVAILABILITY_PROMOTION_SERVER_CHECK_ENABLED", True)
# Where the summary goes; without one it is not written.
FOLLOWUP_CHANNEL_ID = env.snowflake("AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID")
# Whoever says “I'm in” is not asked before this long after the start.
VOICE_CHECK_GRACE = timedelta(
    seconds=env.number("AVAILABILITY_VOICE_CHECK_GRACE_SECONDS", 600, at_most=1100)
)
# Empty: every voice channel of the server but the AFK one.
VOICE_CHANNEL_IDS = env.snowflakes("AVAILABILITY_VOICE_CHANNEL_IDS")
