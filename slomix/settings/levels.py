"""Experience points and what the bot hears in channels."""

from datetime import timedelta

from slomix.lib import env

# After a message that earned points, further ones earn none for so long; 0: every message earns.
MESSAGE_XP_COOLDOWN = timedelta(
    seconds=env.number("MESSAGE_XP_COOLDOWN_SECONDS", 15, at_most=86_400)
)
VOICE_XP_AFK = env.flag("VOICE_XP_AFK", False)
VOICE_XP_ALONE = env.flag("VOICE_XP_ALONE", False)
# Discord guards what people write: without the switch in the developer portal, a bot that asks for
# it is not let in at all. Keyword replies need it, and typed commands are only known by it.
MESSAGE_CONTENT_INTENT = env.flag("ENABLE_MESSAGE_CONTENT_INTENT", False)
# How often Discord is asked which commands it knows.
SELF_TEST_INTERVAL = env.number("SELF_TEST_INTERVAL_SECONDS", 900, at_least=30)
