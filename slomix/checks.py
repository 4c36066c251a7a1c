"""Configuration mistakes that would otherwise show at 21:00, each with a number and a remedy."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

# Discord's ids count milliseconds since 2015, so none is shorter.
SHORTEST_ID = 10**16


@register()
def a_bot_needs_a_guild(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The bot looks at one server; without its id it has nobody to remind."""
    if not settings.DISCORD_BOT_TOKEN or settings.DISCORD_GUILD_ID:
        return []
    hint = (
        "Add DISCORD_GUILD_ID=<number>, or remove DISCORD_BOT_TOKEN to run without Discord. "
        "Discord copies the id when you right-click the server in developer mode."
    )
    return [Error("DISCORD_BOT_TOKEN is set but DISCORD_GUILD_ID is not.", hint, id="slomix.E001")]


@register()
def a_post_needs_a_channel(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The evening's post is switched on; it must have a place."""
    if not settings.POLL_ENABLED or settings.POLL_CHANNEL_ID:
        return []
    text = "AVAILABILITY_POLL_ENABLED is true but AVAILABILITY_POLL_CHANNEL_ID is not set."
    hint = "Add AVAILABILITY_POLL_CHANNEL_ID=<number>, or set AVAILABILITY_POLL_ENABLED=false."
    return [Error(text, hint, id="slomix.E002")]


@register()
def a_thread_needs_a_channel(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Rooms are threads as well; these must hang somewhere."""
    if not settings.PLANNING_THREAD_ENABLED or settings.PLANNING_THREAD_PARENT_ID:
        return []
    switch = "AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD"
    channel = "AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID"
    hint = f"Add {channel}=<number>, or set {switch}=false."
    return [Error(f"{switch} is true but {channel} is not set.", hint, id="slomix.E007")]


@register(Tags.security)
def signing_in_needs_two_halves(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """An application without its secret, or a secret without its application, signs nobody in."""
    halves = {
        "DISCORD_CLIENT_ID": settings.DISCORD_CLIENT_ID,
        "DISCORD_CLIENT_SECRET": settings.DISCORD_CLIENT_SECRET,
    }
    missing = [name for name, value in halves.items() if not value]
    if len(missing) != 1:
        return []
    (there,) = set(halves) - set(missing)
    hint = "Both are on the page OAuth2 of https://discord.com/developers/applications."
    return [Error(f"{there} is set but {missing[0]} is not.", hint, id="slomix.E003")]


@register(Tags.security)
def the_way_back_is_allowed(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The address that Discord sends people back to must be on our own list."""
    if settings.DISCORD_REDIRECT_URI in settings.DISCORD_REDIRECT_URI_ALLOWLIST:
        return []
    text = f"{settings.DISCORD_REDIRECT_URI} is not in DISCORD_REDIRECT_URI_ALLOWLIST."
    hint = "Add DISCORD_REDIRECT_URI to the list, or remove the list to allow that address alone."
    return [Error(text, hint, id="slomix.E004")]


@register()
def ids_look_like_ids(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """An id that is too short belongs to nobody, and nobody would notice before the evening."""
    return [
        Error(
            f"{name} holds {number}, which is no Discord id.",
            "Copy the id from Discord in developer mode: 17 to 19 digits.",
            id="slomix.E005",
        )
        for name, numbers in _ids().items()
        for number in sorted(numbers)
        if number and number < SHORTEST_ID
    ]


def _ids() -> dict[str, set[int]]:
    application = settings.DISCORD_CLIENT_ID
    return {
        "DISCORD_GUILD_ID": {settings.DISCORD_GUILD_ID},
        "AVAILABILITY_POLL_CHANNEL_ID": {settings.POLL_CHANNEL_ID},
        "AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID": {settings.PLANNING_THREAD_PARENT_ID},
        "AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID": {settings.FOLLOWUP_CHANNEL_ID},
        "AVAILABILITY_VOICE_CHANNEL_IDS": set(settings.VOICE_CHANNEL_IDS),
        "PROMOTER_DISCORD_IDS": set(settings.PROMOTER_DISCORD_IDS),
        "ADMIN_DISCORD_IDS": set(settings.ADMIN_DISCORD_IDS),
        "DISCORD_CLIENT_ID": {int(application) if application.isdecimal() else bool(application)},
    }


@register(Tags.security)
def we_answer_to_our_own_name(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A site that does not trust its own address answers 400 to everybody."""
    host = urlsplit(settings.FRONTEND_ORIGIN).hostname
    if host in settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return []
    text = f"FRONTEND_ORIGIN is {settings.FRONTEND_ORIGIN}, but TRUSTED_HOSTS lacks {host}."
    return [Error(text, f"Add {host} to TRUSTED_HOSTS.", id="slomix.E006")]


@register()
def production_has_servers(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Several processes on one SQLite file and a folder for a broker are for one machine's demo."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if not settings.REDIS_URL:
        hint = "Add REDIS_URL=redis://host:6379/0."
        found.append(Warning("Production runs without REDIS_URL.", hint, id="slomix.W001"))
    if not settings.DATABASE_URL.startswith(("postgresql://", "postgres://")):
        hint = "Add DATABASE_URL=postgresql://user:password@host/name."
        found.append(Warning("Production runs without PostgreSQL.", hint, id="slomix.W002"))
    return found


@register(Tags.security)
def the_ledger_has_its_own_key(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A new SECRET_KEY would make strangers of everybody in the ledger: reminded twice."""
    if not settings.PRODUCTION or settings.LEDGER_KEY != settings.SECRET_KEY:
        return []
    hint = "Give LEDGER_KEY 50 random characters of its own; between two evenings, not during one."
    return [Warning("LEDGER_KEY is the same as SECRET_KEY.", hint, id="slomix.W003")]


@register(Tags.security)
def somebody_can_sign_in(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Discord is the only way in."""
    if not settings.PRODUCTION or settings.DISCORD_CLIENT_ID:
        return []
    hint = "Add DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET of your Discord application."
    return [Warning("Nobody can sign in without DISCORD_CLIENT_ID.", hint, id="slomix.W004")]
