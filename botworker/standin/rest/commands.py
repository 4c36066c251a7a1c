"""/applications: which commands there are, global ones and those of one server.

https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from botworker.standin import checks, command_checks
from botworker.standin.command_checks import SLASH
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.validate import refuse
from botworker.standin.world import Json

from .call import Answered, Call

GLOBAL = "global"
LOCALIZED = ("name_localizations", "description_localizations")


def registered(call: Call) -> list[Json]:
    """List the commands of the guild, or the global ones."""
    return [_shown(call, one) for one in _kept(call)]


def one(call: Call) -> Json:
    """Give one command, 10063 when there is none."""
    return _found(call)


def create(call: Call) -> Answered:
    """Register one more command, or replace that of the same name and kind."""
    call.notice(call.body, command_checks.FIELDS)
    refuse(list(command_checks.problems(call.body)))
    before = _same(_kept(call), call.body)
    made = _command(call, call.body, before)
    _keep(call, [*(one for one in _kept(call) if one is not before), made])
    return Answered(made, 200 if before else 201)


def replace_all(call: Call) -> list[Json]:
    """Register exactly these commands; one that keeps its name keeps its id."""
    wanted = call.body.get("list")
    if wanted is None:
        words = "Only iterables may be used in a ListType"
        raise invalid_form([Problem("", "LIST_TYPE_CONVERT", words)])
    refuse([wrong for n, one in enumerate(wanted) for wrong in checks.an_object(one, str(n))])
    for one in wanted:
        call.notice(one, command_checks.FIELDS)
    wrong = [p for n, one in enumerate(wanted) for p in command_checks.problems(one, str(n))]
    refuse([*wrong, *command_checks.duplicates(wanted)])
    _keep(call, [_command(call, one, _same(_kept(call), one)) for one in wanted])
    return _kept(call)


def change(call: Call) -> Json:
    """Change what the body names of a command."""
    call.notice(call.body, command_checks.FIELDS)
    before = _found(call)
    wanted = {**before, **call.body, "type": before["type"]}
    refuse(list(command_checks.problems(wanted)))
    other = _same(_kept(call), wanted)
    if other is not None and other is not before:
        words = "Application command names must be unique"
        raise invalid_form([Problem("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", words)])
    changed = _command(call, wanted, before)
    _keep(call, [changed if one is before else one for one in _kept(call)])
    return changed


def delete(call: Call) -> None:
    """Take a command away."""
    gone = _found(call)
    _keep(call, [one for one in _kept(call) if one is not gone])


def permissions(call: Call) -> list[Json]:
    """List the commands whose permissions somebody has changed on the server: none."""
    _scope(call)
    return []


def permissions_of(call: Call) -> Json:
    """Say who may use one command: 10066, as nobody has changed it."""
    _scope(call)
    raise refusal(10066)


def _scope(call: Call) -> str:
    if call.id("application") != call.parts.world.application.id:
        raise refusal(50001)
    guild = call.path.get("guild", GLOBAL)
    if guild != GLOBAL:
        members = call.parts.store.guilds.members.get(int(guild), {})
        if call.parts.world.application.id not in members:
            raise refusal(50001)
    return guild


def _kept(call: Call) -> list[Json]:
    return call.parts.store.commands.get(_scope(call), [])


def _keep(call: Call, commands: list[Json]) -> None:
    if command_checks.too_many(commands):
        raise refusal(30032)
    call.parts.store.set_commands(_scope(call), commands)


def _found(call: Call) -> Json:
    wanted = str(call.id("command"))
    for one in _kept(call):
        if one["id"] == wanted:
            return one
    raise refusal(10063)


def _same(commands: list[Json], wanted: Json) -> Json | None:
    key = wanted.get("type") or SLASH, wanted.get("name")
    return next((one for one in commands if (one["type"], one["name"]) == key), None)


def _shown(call: Call, one: Json) -> Json:
    if call.query.get("with_localizations", "").lower() in ("1", "true"):
        return one
    return {key: value for key, value in one.items() if key not in LOCALIZED}


def _command(call: Call, raw: Json, before: Json | None) -> Json:
    version = str(call.parts.store.snowflakes.next())
    guild = {"guild_id": call.path["guild"]} if "guild" in call.path else {}
    needed = raw.get("default_member_permissions")
    given = {key: value for key, value in raw.items() if key != "id" and value is not None}
    return {
        "description": "",
        "dm_permission": True,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
        "options": [],
        **given,
        "type": raw.get("type") or SLASH,
        "default_member_permissions": None if needed is None else str(needed),
        "id": before["id"] if before else version,
        "application_id": str(call.parts.world.application.id),
        "version": version,
        **guild,
    }
