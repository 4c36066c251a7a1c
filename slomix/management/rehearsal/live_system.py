"""The processes of a live rehearsal: ours alone, in a folder of their own, without a local Discord."""

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slomix.management.demo import config
from slomix.management.rehearsal.cast import Cast
from slomix.management.rehearsal.evening import Evening
from slomix.management.rehearsal.prepare import CAST
from slomix.management.rehearsal.system import BASE, System, some_port

# Of everything that Slomix reads, a live rehearsal takes over these and what it is told of Discord.
KEPT = frozenset({"SLOMIX_LANGUAGE", "LOG_LEVEL", "GAME_SERVER_ADDRESS"})
NAMED = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


@dataclass(frozen=True)
class Discord:
    """Where Discord is, and as whom we go there. `channel_id` 0: no summary is posted."""

    base_url: str
    gateway_url: str
    cdn_url: str
    token: str
    guild_id: int
    client_id: str = ""
    client_secret: str = ""
    channel_id: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The settings that say so."""
        return {
            "DISCORD_BASE_URL": self.base_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
            "DISCORD_CDN_URL": self.cdn_url,
            "DISCORD_BOT_TOKEN": self.token,
            "DISCORD_GUILD_ID": str(self.guild_id),
            "DISCORD_CLIENT_ID": self.client_id,
            "DISCORD_CLIENT_SECRET": self.client_secret,
            "AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID": str(self.channel_id or "off"),
        }


# Nobody but the named people hears anything: no post, no other channel, no event of the server.
SILENT = {
    "AVAILABILITY_POLL_ENABLED": "false",
    "AVAILABILITY_POLL_CHANNEL_ID": "",
    "AVAILABILITY_MULTICHANNEL_ENABLED": "false",
    "AVAILABILITY_EVENT_MIRROR_ENABLED": "false",
    "AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD": "false",
    "AVAILABILITY_TELEGRAM_ENABLED": "false",
    "AVAILABILITY_TELEGRAM_BOT_TOKEN": "",
    "AVAILABILITY_TELEGRAM_API_BASE_URL": "",
    "AVAILABILITY_SIGNAL_ENABLED": "false",
    "AVAILABILITY_SIGNAL_SENDER": "",
    "AVAILABILITY_SIGNAL_DAEMON_URL": "",
}


class LiveSystem(System):
    """Site, worker, beat and bot on a new database, pointed at the Discord that is named."""

    command = "python -m slomix.management.rehearsal"
    argv = (sys.executable, "-m", "slomix.management.rehearsal")

    def __init__(self, var: Path, evening: Evening, discord: Discord, cast: Cast) -> None:
        self.to, self.cast = discord, cast
        self.discord_url, self.guild_id = discord.base_url, discord.guild_id
        self.logins = 1
        (var / "logs").mkdir(parents=True, exist_ok=True)
        (var / CAST).write_text(json.dumps(cast.as_json(), ensure_ascii=False, indent=1))
        super().__init__(var, evening)

    def environment(self) -> dict[str, str]:
        """Return what the processes are told: nothing of the operator's own but Discord."""
        own = without_ours(os.environ)
        port = config.free_port(some_port())
        # The second port is that of a local Discord, and there is none.
        made = config.environment(own, self.var, web_port=port, standin_port=port)
        return (
            made
            | SILENT
            | self.to.environment
            | self.evening.environment
            | {
                "GAME_SERVER_ADDRESS": own.get("GAME_SERVER_ADDRESS", ""),
                "PROMOTER_DISCORD_IDS": str(self.cast.promoter.discord_id),
                "SLOMIX_ENV_FILE": os.devnull,
                "DJANGO_SETTINGS_MODULE": "slomix.settings",
                "PYTHONPATH": str(BASE),
            }
        )

    def signs(self, ready: dict[str, Any]) -> dict[str, bool]:
        """Say of every part whether it answers; the bot also says that Discord took it in."""
        alive = ready.get("parts", {})
        logged_in = self._logins() >= self.logins
        return {
            "the site": bool(ready),
            "the worker": "worker" in alive,
            "the bot": "bot" in alive and logged_in,
        }

    def expect_another_login(self) -> None:
        """Take the bot for back only when it has logged in once more."""
        self.logins = self._logins() + 1

    def _logins(self) -> int:
        log = self.var / "logs" / "bot.log"
        return log.read_text(errors="replace").count("logged in as") if log.is_file() else 0


def without_ours(own: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the variables that Slomix reads, but for a few."""
    ours = set(NAMED.findall((BASE / ".env.example").read_text())) - KEPT
    prefixes = ("AVAILABILITY_", "DISCORD_", "SKIP_", "SLOMIX_")
    return {
        name: value
        for name, value in own.items()
        if name in KEPT or (name not in ours and not name.startswith(prefixes))
    }
