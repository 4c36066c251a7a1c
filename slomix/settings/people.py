"""Who you are: signing in, and who may do what."""

from slomix.lib import env
from slomix.settings.place import FRONTEND_ORIGIN, HTTPS, PRODUCTION

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.People"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "tonight"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapter.DiscordAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
# allauth refuses SOCIALACCOUNT_ONLY beside its authenticators; none of its own pages is mounted.
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Slomix"
MFA_ADAPTER = "accounts.second_factor.Adapter"
# Whoever may do more shows a code besides the sign-in.
ADMIN_SECOND_FACTOR = PRODUCTION
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
DISCORD_CLIENT_ID = env.text("DISCORD_CLIENT_ID")
DISCORD_CLIENT_SECRET = env.text("DISCORD_CLIENT_SECRET")
DISCORD_REDIRECT_URI = env.text(
    "DISCORD_REDIRECT_URI", f"{FRONTEND_ORIGIN}/accounts/discord/login/callback/"
)
DISCORD_REDIRECT_URI_ALLOWLIST = env.words("DISCORD_REDIRECT_URI_ALLOWLIST", DISCORD_REDIRECT_URI)
# allauth itself forgets a sign-in after ten minutes.
DISCORD_OAUTH_STATE_TTL_SECONDS = env.number(
    "DISCORD_OAUTH_STATE_TTL_SECONDS", 600, at_least=60, at_most=600
)
DISCORD_OAUTH_RATE_LIMIT_WINDOW_SECONDS = env.number(
    "DISCORD_OAUTH_RATE_LIMIT_WINDOW_SECONDS", 60, at_least=10, at_most=86_400
)
DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS = env.number(
    "DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS", 40, at_least=5, at_most=10_000
)
# How many proxies of our own stand between a visitor and us. Who speaks https speaks to one.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", int(HTTPS), at_most=10)
SOCIALACCOUNT_PROVIDERS = {
    "discord": {
        "APPS": [{"client_id": DISCORD_CLIENT_ID, "secret": DISCORD_CLIENT_SECRET, "key": ""}],
        "SCOPE": ["identify"],
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "accounts.adapter.SignIn",
    }
}
PROMOTER_DISCORD_IDS = env.snowflakes("PROMOTER_DISCORD_IDS")
env.same("ADMIN_DISCORD_IDS", "WEBSITE_ADMIN_DISCORD_IDS")
ADMIN_DISCORD_IDS = env.snowflakes("ADMIN_DISCORD_IDS") or env.snowflakes(
    "WEBSITE_ADMIN_DISCORD_IDS"
)
