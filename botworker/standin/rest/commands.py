"""/applications: which slash commands there are."""

from botworker.standin.errors import refusal
from botworker.standin.world import Json

from .call import Call

GLOBAL = "global"


def registered(call: Call) -> list[Json]:
    """List the commands of the guild, or the global ones."""
    return call.parts.store.commands.get(_scope(call), [])


def replace_all(call: Call) -> list[Json]:
    """Register exactly these commands; one that keeps its name keeps its id."""
    before = {one["name"]: one["id"] for one in registered(call)}
    commands = [_command(call, one, before.get(one["name"])) for one in call.body["list"]]
    call.parts.store.set_commands(_scope(call), commands)
    return commands


def _scope(call: Call) -> str:
    if call.id("application") != call.parts.world.application.id:
        raise refusal(50001)
    return call.path.get("guild", GLOBAL)


def _command(call: Call, raw: Json, known_id: str | None) -> Json:
    version = str(call.parts.store.snowflakes.next())
    guild = {"guild_id": call.path["guild"]} if "guild" in call.path else {}
    told = {name: value for name, value in raw.items() if value is not None}
    if "default_member_permissions" in told:
        told["default_member_permissions"] = str(told["default_member_permissions"])
    return {
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        "dm_permission": True,
        "nsfw": False,
        "integration_types": [0],
        "options": [],
        **told,
        "id": known_id or version,
        "application_id": str(call.parts.world.application.id),
        "version": version,
        **guild,
    }
