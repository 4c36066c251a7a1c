"""What the demo's parts are told: ports, secrets, and the environment made of them."""

import json
import os
import secrets
import socket
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

from slomix.management import community

HOST = "127.0.0.1"
TRIES = 50
# A person's own database is touched only under these names, never by DATABASE_URL of a `.env`.
OWN_DATABASE, OWN_REDIS = "DEV_DATABASE_URL", "DEV_REDIS_URL"


class NoPort(Exception):
    """Every port that was tried is taken."""


def free_port(first: int, taken: frozenset[int] = frozenset()) -> int:
    """Return `first` or the next port that nobody listens on. Raises NoPort after fifty."""
    for port in range(first, min(first + TRIES, 65536)):
        if port not in taken and _free(port):
            return port
    raise NoPort(f"Ports {first} to {first + TRIES - 1} are taken; choose others: WEBSITE_PORT=….")


def _free(port: int) -> bool:
    # The local Discord's port is the game server's as well, over UDP.
    with socket.socket() as door, socket.socket(type=socket.SOCK_DGRAM) as game:
        # A server that has just ended leaves its port waiting; that is free enough.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
            game.bind((HOST, port))
        except OSError:
            return False
    return True


def keys(file: Path) -> dict[str, str]:
    """Return the demo's secrets; they are made once and readable by their owner alone."""
    found: dict[str, str] = json.loads(file.read_text()) if file.is_file() else {}
    made = {
        "secret_key": secrets.token_urlsafe(48),
        "ledger_key": secrets.token_urlsafe(48),
        "client_secret": secrets.token_urlsafe(24),
        "token": _token(),
        "telegram_token": f"{community.TELEGRAM_ID}:{secrets.token_urlsafe(28)}",
        "contact_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    } | found
    if made != found:
        # Beside it and then in its place: a demo that is killed here loses no key.
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as private:
            json.dump(made, private)
        new.replace(file)
    return made


def _token() -> str:
    bot = urlsafe_b64encode(str(community.APPLICATION_ID).encode()).decode().rstrip("=")
    return f"{bot}.{secrets.token_hex(3)}.{secrets.token_urlsafe(28)}"


def environment(
    own: Mapping[str, str], var: Path, *, web_port: int, standin_port: int
) -> dict[str, str]:
    """Return the environment of the demo's parts: what a person set stays, what they need is set.

    Times, zone and threshold pass through. A real Discord or a real database never does: an empty
    value keeps a `.env` from bringing one in.
    """
    made = keys(var / "demo.json")
    site = f"http://{HOST}:{web_port}"
    return {
        **own,
        **_site(own, var, site, web_port),
        **_discord(f"{HOST}:{standin_port}"),
        **_elsewhere(f"http://{HOST}:{standin_port}"),
        "GAME_SERVER_ADDRESS": f"{HOST}:{standin_port}",
        "DISCORD_REDIRECT_URI": callback(site),
        "SECRET_KEY": made["secret_key"],
        "LEDGER_KEY": made["ledger_key"],
        "DISCORD_CLIENT_SECRET": made["client_secret"],
        "DISCORD_BOT_TOKEN": made["token"],
        "AVAILABILITY_TELEGRAM_BOT_TOKEN": made["telegram_token"],
        "CONTACT_DATA_ENCRYPTION_KEY": made["contact_key"],
        "PYTHONUNBUFFERED": "1",
    }


def callback(site: str) -> str:
    """Return where Discord sends people back to."""
    return f"{site}/accounts/discord/login/callback/"


def _site(own: Mapping[str, str], var: Path, site: str, port: int) -> dict[str, str]:
    return {
        "BOT_ENVIRONMENT": "dev",
        "BOT_STARTUP_VALIDATE_ONLY": "",
        "DEBUG": "true",
        "SLOMIX_VAR": str(var),
        "MIGRATOR_DATABASE_URL": "",
        "DATABASE_URL": own.get(OWN_DATABASE) or f"sqlite:///{var / 'slomix.sqlite3'}",
        "REDIS_URL": own.get(OWN_REDIS, ""),
        "WEBSITE_HOST": HOST,
        "WEBSITE_PORT": str(port),
        "FRONTEND_ORIGIN": site,
        "TRUSTED_HOSTS": f"{HOST} localhost",
        "CSRF_ALLOWED_ORIGINS": "",
        "SESSION_HTTPS_ONLY": "false",
    }


def _discord(standin: str) -> dict[str, str]:
    promoters = [str(one.discord_id) for one in community.MEMBERS if one.promoter]
    return {
        "DISCORD_BASE_URL": f"http://{standin}",
        "DISCORD_GATEWAY_URL": f"ws://{standin}/gateway",
        "DISCORD_CDN_URL": f"http://{standin}/cdn",
        "DISCORD_CLIENT_ID": str(community.APPLICATION_ID),
        "DISCORD_REDIRECT_URI_ALLOWLIST": "",
        "DISCORD_GUILD_ID": str(community.GUILD_ID),
        "PROMOTER_DISCORD_IDS": " ".join(promoters),
        "ADMIN_DISCORD_IDS": "",
        "WEBSITE_ADMIN_DISCORD_IDS": "",
        "AVAILABILITY_POLL_ENABLED": "true",
        "AVAILABILITY_POLL_CHANNEL_ID": str(community.GAME_NIGHT_ID),
        "AVAILABILITY_POLL_POST_TIME": "00:00",
        "AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD": "true",
        "AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID": str(community.NOCOJ_ID),
        "AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN": "",
        "AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED": "true",
        "AVAILABILITY_PROMOTION_SERVER_CHECK_ENABLED": "true",
        "AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID": str(community.NOCOJ_ID),
        "AVAILABILITY_VOICE_CHANNEL_IDS": "",
    }


def _elsewhere(standin: str) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": "",
        "AVAILABILITY_TELEGRAM_ENABLED": "true",
        "AVAILABILITY_TELEGRAM_API_BASE_URL": f"{standin}/telegram",
        "AVAILABILITY_TELEGRAM_WEBHOOK_SECRET": "",
        "AVAILABILITY_SIGNAL_ENABLED": "true",
        "AVAILABILITY_SIGNAL_SENDER": community.SIGNAL_NUMBER,
        "AVAILABILITY_SIGNAL_DAEMON_URL": f"{standin}/signal",
        "INTERNAL_API_SECRET": "",
    }


def write_world(var: Path, env: Mapping[str, str]) -> None:
    """Tell the local Discord who exists; the file holds the token."""
    told = community.world(
        client_secret=env["DISCORD_CLIENT_SECRET"],
        token=env["DISCORD_BOT_TOKEN"],
        telegram_token=env["AVAILABILITY_TELEGRAM_BOT_TOKEN"],
        callback=env["DISCORD_REDIRECT_URI"],
    )
    file = var / "world.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1))
