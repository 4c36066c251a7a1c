"""The guilds: their settings, roles and members, as Discord's JSON has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from botworker.standin import guild_shapes
from botworker.standin.world import Guild, Json, Person

from .topic import Ledger, Topic


class Guilds(Topic):
    """Every guild there is, also one that the bot is not on."""

    DOES = {
        "guild": "_do_guild",
        "role": "_do_role",
        "role gone": "_do_role_gone",
        "member": "_do_member",
        "member gone": "_do_member_gone",
    }

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.all: dict[int, Json] = {}
        self.roles: dict[int, dict[int, Json]] = {}
        # Without the user object, which changes by itself; the bot's own among them.
        self.members: dict[int, dict[int, Json]] = {}
        for one in ledger.world.guilds:
            self._found(one)

    def _found(self, one: Guild) -> None:
        world = self.ledger.world
        self.all[one.id] = guild_shapes.settings(one, world)
        self.roles[one.id] = {int(role["id"]): role for role in guild_shapes.roles(one, world)}
        people = [who for who in world.people if _belongs(one, who.id, in_guild=who.in_guild)]
        mine = {who.id: guild_shapes.membership(who.roles) for who in people}
        if one.bot_in:
            role = guild_shapes.bot_role_id(one, world)
            mine = {world.application.id: guild_shapes.membership((role,)), **mine}
        self.members[one.id] = mine

    def agree_with(self, people: Iterable[Person]) -> None:
        """Follow who is `in_guild`: that flag alone is kept of who left the first server."""
        first = self.ledger.world.guild
        mine = self.members[first.id]
        for who in people:
            if not who.in_guild:
                mine.pop(who.id, None)
            elif who.id not in mine and first.members is None:
                mine[who.id] = guild_shapes.membership(who.roles)

    def put(self, guild: int, settings: Json) -> None:
        """Replace a guild's settings."""
        self.write("guild", guild=guild, settings=settings)

    def put_role(self, guild: int, role: Json) -> None:
        self.write("role", guild=guild, role=role)

    def drop_role(self, guild: int, role: int) -> None:
        """Delete a role; whoever had it has it no more."""
        self.write("role gone", guild=guild, role=role)

    def put_member(self, guild: int, user: int, member: Json) -> None:
        self.write("member", guild=guild, user=user, member=member)

    def drop_member(self, guild: int, user: int) -> None:
        self.write("member gone", guild=guild, user=user)

    def told(self) -> Iterator[Json]:
        for guild, settings in self.all.items():
            yield {"do": "guild", "guild": guild, "settings": settings}
            for role in self.roles[guild].values():
                yield {"do": "role", "guild": guild, "role": role}
            # The world's own roles and members come back first; what is gone must go again.
            yield from self._gone(guild)
            for user, member in self.members[guild].items():
                yield {"do": "member", "guild": guild, "user": user, "member": member}

    def _gone(self, guild: int) -> Iterator[Json]:
        fresh = Guilds(self.ledger)
        for role in fresh.roles.get(guild, {}).keys() - self.roles[guild].keys():
            yield {"do": "role gone", "guild": guild, "role": role}
        for user in fresh.members.get(guild, {}).keys() - self.members[guild].keys():
            yield {"do": "member gone", "guild": guild, "user": user}

    def _do_guild(self, change: Json) -> None:
        self.all[change["guild"]] = change["settings"]
        self.roles.setdefault(change["guild"], {})
        self.members.setdefault(change["guild"], {})

    def _do_role(self, change: Json) -> None:
        role = change["role"]
        self.roles[change["guild"]][int(role["id"])] = role
        self.snowflakes.seen(int(role["id"]))

    def _do_role_gone(self, change: Json) -> None:
        self.roles[change["guild"]].pop(change["role"], None)
        gone = str(change["role"])
        for user, member in self.members[change["guild"]].items():
            if gone in member["roles"]:
                left = [one for one in member["roles"] if one != gone]
                self.members[change["guild"]][user] = {**member, "roles": left}

    def _do_member(self, change: Json) -> None:
        self.members[change["guild"]][change["user"]] = change["member"]

    def _do_member_gone(self, change: Json) -> None:
        self.members[change["guild"]].pop(change["user"], None)


def _belongs(guild: Guild, person: int, *, in_guild: bool) -> bool:
    return in_guild if guild.members is None else person in guild.members
