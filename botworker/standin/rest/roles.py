"""/guilds/…/roles: roles made, changed, deleted, given and taken."""

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.gateway import whole
from botworker.standin.life import looks, roles
from botworker.standin.world import Json

from . import grounds
from .call import Call

MOST_ROLES = 250
FIELDS = {
    "name": checks.text(100),
    "permissions": checks.snowflake,
    "color": checks.whole(0, 0xFFFFFF),
    "colors": checks.an_object,
    "hoist": checks.yes_or_no,
    "mentionable": checks.yes_or_no,
}
IGNORED = ("icon", "unicode_emoji")


def listed(call: Call) -> list[Json]:
    """List the roles, @everyone first."""
    return list(whole.shown(call.parts.store, grounds.guild(call))["roles"])


def one(call: Call) -> Json:
    """Give one role."""
    return call.parts.store.guilds.roles[grounds.guild(call)][_role(call)]


def counts(call: Call) -> Json:
    """Say how many members have each role; @everyone is not counted."""
    here = grounds.guild(call)
    everybody = call.parts.store.guilds.members[here].values()
    return {
        str(role): sum(str(role) in one["roles"] for one in everybody)
        for role in call.parts.store.guilds.roles[here]
        if role != here
    }


def create(call: Call) -> Json:
    """Make a role; 30005 when there are 250."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.MANAGE_ROLES)
    wanted = _wanted(call)
    if len(call.parts.store.guilds.roles[here]) >= MOST_ROLES:
        raise refusal(30005)
    return roles.create(call.parts, here, wanted)


def edit(call: Call) -> Json:
    """Change a role below the bot's own."""
    here, role = grounds.guild(call), _role(call)
    _manages(call, here, role)
    return roles.change(call.parts, here, role, _wanted(call))


def move(call: Call) -> list[Json]:
    """Give roles other positions."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.MANAGE_ROLES)
    positions = {
        int(one["id"]): int(one["position"])
        for one in call.body["list"]
        if one.get("position") is not None
    }
    for role, position in positions.items():
        if role not in call.parts.store.guilds.roles[here]:
            raise refusal(10011)
        _manages(call, here, role)
        grounds.above(call, position)
    roles.move(call.parts, here, positions)
    return listed(call)


def delete(call: Call) -> None:
    """Delete a role; @everyone and roles of bots stay."""
    here, role = grounds.guild(call), _role(call)
    _manages(call, here, role)
    if role == here or call.parts.store.guilds.roles[here][role]["managed"]:
        raise refusal(50028)
    roles.delete(call.parts, here, role)


def give(call: Call) -> None:
    """Give a member a role below the bot's own."""
    here, user, role = grounds.guild(call), grounds.member(call), _role(call)
    _manages(call, here, role)
    roles.give(call.parts, here, user, role)


def take(call: Call) -> None:
    """Take a role from a member."""
    here, user, role = grounds.guild(call), grounds.member(call), _role(call)
    _manages(call, here, role)
    roles.take(call.parts, here, user, role)


def _role(call: Call) -> int:
    if call.id("role") not in call.parts.store.guilds.roles[grounds.guild(call)]:
        raise refusal(10011)
    return call.id("role")


def _manages(call: Call, here: int, role: int) -> None:
    grounds.needs(call, permissions.MANAGE_ROLES)
    if role != here:
        grounds.above(call, call.parts.store.guilds.roles[here][role]["position"])


def _wanted(call: Call) -> Json:
    wanted = grounds.check(call, grounds.NONE, FIELDS, IGNORED)
    if wanted.get("permissions") is None:
        return wanted
    bits = int(wanted["permissions"])
    if bits > permissions.ALL:
        raise invalid_form([Problem("permissions", "BASE_TYPE_MAX", "Unknown permissions")])
    # Nobody gives away what they do not have.
    if bits & ~looks.may(call.parts.store, grounds.guild(call), grounds.bot(call)):
        raise refusal(50013)
    return {**wanted, "permissions": str(bits)}
