"""What protects people's addresses, and the codes that link one."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env

# The first one seals; the others still open what they sealed (`manage.py rotate_keys`).
CONTACT_KEYS = env.keys("CONTACT_DATA_ENCRYPTION_KEY")
LINK_TOKEN_TTL = timedelta(
    minutes=env.number("AVAILABILITY_LINK_TOKEN_TTL_MINUTES", 10, at_least=5, at_most=120)
)
LINK_TOKEN_EVERY = timedelta(
    seconds=env.number("AVAILABILITY_LINK_TOKEN_MIN_INTERVAL_SECONDS", 30, at_least=5, at_most=3600)
)
# What a bridge of one's own shows when it brings what it heard. Empty: there is none.
INTERNAL_API_SECRET = env.text("INTERNAL_API_SECRET")
if INTERNAL_API_SECRET and len(INTERNAL_API_SECRET) < 32:
    raise ImproperlyConfigured("INTERNAL_API_SECRET is too short; write 32 random characters.")
