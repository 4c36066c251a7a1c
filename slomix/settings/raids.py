"""Raids: who owns the bot, and how long before a slot its people are reminded."""

from slomix.lib import env

# Beside the application's own owners. On a server this person is nobody special.
PRIVILEGED_USER_ID = env.snowflake("PRIVILEGED_USER_ID")
# Channels with the operators' copies of every server's list and slots; 0: none.
RAIDLIST_DEBUG_CHANNEL_ID = env.snowflake("RAIDLIST_DEBUG_CHANNEL_ID")
MEMBERLIST_DEBUG_CHANNEL_ID = env.snowflake("MEMBERLIST_DEBUG_CHANNEL_ID")
RAID_REMINDER_MINUTES = env.number("RAID_REMINDER_MINUTES", 10, at_least=1, at_most=1440)
