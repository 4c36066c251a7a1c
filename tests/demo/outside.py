"""A local Discord as if it were the real one: known to a rehearsal by its addresses alone."""

from botworker.standin import Limits
from botworker.standin.standin import StandIn
from botworker.standin.world import World
from slomix.management import community
from slomix.management.rehearsal.cast import Cast, Guest
from tests.fresh import BASE

TOKEN = "MTA5ODExNzcxNjAwMTA2MjkxMg.GdemoX.only-for-the-tests-0123456789abcdef"
BRIEFING = community.VOICE_IDS["Briefing"]


def _id(name: str) -> int:
    return next(one.discord_id for one in community.MEMBERS if one.name == name)


JAZBEC, CMRLJ, ZABAR, LOJZE, ANA = map(_id, ("Jazbec", "Čmrlj", "Žabar", "Lojze73", "Ana Dinamit"))


def outside() -> StandIn:
    """Return a Discord with the club on it, its rate limits on."""
    told = community.world(client_secret="s", token=TOKEN, callback="http://127.0.0.1/")
    return StandIn(World.from_json(told), assets=BASE / "static", limits=Limits())


def address(standin: StandIn) -> dict[str, str]:
    """Return the operator's environment that leads there."""
    return {
        "DISCORD_BASE_URL": standin.url,
        "DISCORD_GATEWAY_URL": standin.gateway_url,
        "DISCORD_CDN_URL": f"{standin.url}/cdn",
        "DISCORD_BOT_TOKEN": TOKEN,
        "DISCORD_GUILD_ID": str(community.GUILD_ID),
    }


BOT = Guest(community.APPLICATION_ID, "slomix", "Slomix")
PLAYED = Cast(
    server="Slovenia ET",
    bot=BOT,
    promoter=Guest(JAZBEC, "jazbec_bor", "Jazbec"),
    people=(Guest(CMRLJ, "cmrlj", "Čmrlj"), Guest(ZABAR, "zabar_", "Žabar")),
    afk_channel=community.VOICE_IDS["AFK"],
)
