"""Roles are made, changed, deleted, given and taken."""

from __future__ import annotations

from botworker.standin import guild_shapes
from botworker.standin.world import Json, Role

from . import members
from .place import Place

ONE_COLOUR = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}


def create(place: Place, guild: int, wanted: Json) -> Json:
    """Make a role just above @everyone, as Discord does."""
    store = place.store
    new = Role(store.snowflakes.next(), wanted.get("name") or "new role")
    everyone = store.guilds.roles[guild][guild]
    role = guild_shapes.role(new, 1) | {"permissions": everyone["permissions"]} | _clean(wanted)
    for other in list(store.guilds.roles[guild].values()):
        if other["position"] >= 1:
            store.guilds.put_role(guild, {**other, "position": other["position"] + 1})
    store.guilds.put_role(guild, role)
    place.hub.tell("GUILD_ROLE_CREATE", {"guild_id": str(guild), "role": role})
    return role


def change(place: Place, guild: int, role: int, wanted: Json) -> Json:
    """Change a role."""
    changed = {**place.store.guilds.roles[guild][role], **_clean(wanted)}
    place.store.guilds.put_role(guild, changed)
    place.hub.tell("GUILD_ROLE_UPDATE", {"guild_id": str(guild), "role": changed})
    return changed


def move(place: Place, guild: int, positions: dict[int, int]) -> None:
    """Give roles other positions; a role that stays where it is causes no event."""
    for role, position in positions.items():
        if place.store.guilds.roles[guild][role]["position"] != position:
            change(place, guild, role, {"position": position})


def delete(place: Place, guild: int, role: int) -> None:
    """Delete a role; whoever had it is changed too."""
    store = place.store
    had = [user for user, one in store.guilds.members[guild].items() if str(role) in one["roles"]]
    store.guilds.drop_role(guild, role)
    place.hub.tell("GUILD_ROLE_DELETE", {"guild_id": str(guild), "role_id": str(role)})
    for user in had:
        member = {"guild_id": str(guild), **store.member(guild, user)}
        place.hub.tell("GUILD_MEMBER_UPDATE", member)


def give(place: Place, guild: int, user: int, role: int) -> Json:
    """Give somebody a role."""
    now = place.store.guilds.members[guild][user]["roles"]
    wanted = now if str(role) in now else [*now, str(role)]
    return members.change(place, guild, user, {"roles": wanted})


def take(place: Place, guild: int, user: int, role: int) -> Json:
    """Take a role from somebody."""
    now = place.store.guilds.members[guild][user]["roles"]
    left = [one for one in now if one != str(role)]
    return members.change(place, guild, user, {"roles": left})


def _clean(wanted: Json) -> Json:
    cleaned = {key: value for key, value in wanted.items() if value is not None}
    if "color" in cleaned:
        cleaned["colors"] = {**ONE_COLOUR, "primary_color": cleaned["color"]}
    if wanted.get("colors"):
        cleaned["colors"] = {**ONE_COLOUR, **wanted["colors"]}
        cleaned["color"] = cleaned["colors"]["primary_color"]
    return cleaned
