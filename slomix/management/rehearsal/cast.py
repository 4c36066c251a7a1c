"""Who plays in a live rehearsal: found at Discord before anything is started."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from slomix.management.rehearsal.rest import FORBIDDEN, NOT_FOUND, UNAUTHORIZED, Refused, Rest


class NotReady(Exception):
    """A live rehearsal cannot begin; the text says what is missing and where to get it."""


@dataclass(frozen=True)
class Guest:
    """Somebody of the real club, as Discord tells them."""

    discord_id: int
    username: str
    name: str

    @property
    def words(self) -> str:
        """How the operator knows them again."""
        return f"{self.name} (@{self.username}, {self.discord_id})"


@dataclass(frozen=True)
class Cast:
    """Who plays: the server, our bot, whoever calls, and whoever is told."""

    server: str
    bot: Guest
    promoter: Guest
    people: tuple[Guest, ...]
    afk_channel: int

    @property
    def all(self) -> tuple[Guest, ...]:
        """Everybody once, the promoter first."""
        return tuple(dict.fromkeys([self.promoter, *self.people]))

    def player_name(self, guest: Guest) -> str:
        """Return what somebody is called in the rehearsal: no two alike."""
        alike = [one for one in self.all if one.name == guest.name]
        return guest.name if len(alike) == 1 else f"{guest.name[:30]} @{guest.username}"

    def as_json(self) -> dict[str, Any]:
        """Return what the rehearsal's own database is made of."""
        told = [{**asdict(one), "player_name": self.player_name(one)} for one in self.all]
        return {
            "promoter": self.promoter.discord_id,
            "people": [one.discord_id for one in self.people],
            "all": told,
        }


def find(rest: Rest, guild_id: int, promoter: int, people: Sequence[int]) -> Cast:
    """Ask Discord who our bot is and who the named people are. Raises NotReady."""
    try:
        bot = rest.get("/users/@me")
        guild = rest.get(f"/guilds/{guild_id}")
    except Refused as refused:
        raise NotReady(_why(refused, guild_id)) from refused
    if str(bot["id"]) in {str(one) for one in (promoter, *people)}:
        raise NotReady(f"{bot['username']} is the bot itself; it writes to no bot.")
    found = {one: _member(rest, guild_id, one) for one in dict.fromkeys([promoter, *people])}
    return Cast(
        server=guild["name"],
        bot=_guest(bot),
        promoter=found[promoter],
        people=tuple(found[one] for one in dict.fromkeys(people)),
        afk_channel=int(guild.get("afk_channel_id") or 0),
    )


def _why(refused: Refused, guild_id: int) -> str:
    if refused.status == UNAUTHORIZED:
        return "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
    if refused.status in (FORBIDDEN, NOT_FOUND):
        return f"The bot is not on the server {guild_id} (DISCORD_GUILD_ID); invite it, or correct the id."
    return str(refused)


def _member(rest: Rest, guild_id: int, discord_id: int) -> Guest:
    try:
        member = rest.get(f"/guilds/{guild_id}/members/{discord_id}")
    except Refused as refused:
        if refused.status == NOT_FOUND:
            raise NotReady(
                f"Nobody on the server has the id {discord_id}; copy it from Discord (developer mode)."
            ) from refused
        raise NotReady(str(refused)) from refused
    if member["user"].get("bot"):
        raise NotReady(f"{member['user']['username']} ({discord_id}) is a bot; name people.")
    return _guest(member["user"], member.get("nick"))


def _guest(user: dict[str, Any], nick: str | None = None) -> Guest:
    name = nick or user.get("global_name") or user["username"]
    return Guest(int(user["id"]), user["username"], name)
