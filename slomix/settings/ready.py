"""The ready check: who is in voice and on the game server after the start."""

from datetime import timedelta

from slomix.lib import env
from slomix.settings.evening import ANNOUNCE_CHANNEL_ID

# Whoever said that they play and is not in voice is asked once; switched off nobody is.
VOICE_CHECK_ENABLED = env.flag("AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED", True)
# Look at the game server as well: whoever plays there without voice reads other words.
SERVER_CHECK_ENABLED = env.flag("AVAILABILITY_PROMOTION_SERVER_CHECK_ENABLED", True)
# Where the summary goes: unless told otherwise where “we play” is said, and that is the post's
# channel unless told otherwise. 0: it is not written.
FOLLOWUP_CHANNEL_ID = env.channel("AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID", ANNOUNCE_CHANNEL_ID)
# Whoever says “I'm in” is not asked before this long after the start.
VOICE_CHECK_GRACE = timedelta(
    seconds=env.number("AVAILABILITY_VOICE_CHECK_GRACE_SECONDS", 600, at_most=1100)
)
# Empty: every voice channel of the server but the AFK one.
VOICE_CHANNEL_IDS = env.snowflakes("AVAILABILITY_VOICE_CHANNEL_IDS")
