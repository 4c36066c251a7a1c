"""The only place that decides who may do what with raids. Pure but for the list of owners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.members import Standing
from accounts.models import User
from planning.raids.errors import NotYours
from planning.raids.models import GuildSettings, Raid


@dataclass(frozen=True)
class Actor:
    """Whoever asks, and what their door knows about them.

    `guild_admin`: administrator of this very server, as Discord says, or an admin on the site.
    `owner`: an owner of the application, as Discord says. `roles`: the ids of their roles there.
    """

    person: User
    guild_admin: bool = False
    owner: bool = False
    roles: frozenset[int] = field(default_factory=frozenset)


class Deed(StrEnum):
    """What is asked for."""

    PLAN = "plan"
    # One raid: its creator's, or an admin's.
    FINISH = "finish"
    CANCEL = "cancel"
    EDIT = "edit"
    HAND_OVER = "hand_over"
    CORRECT = "correct"
    # A server: its admins'.
    SETTINGS = "settings"
    CANCEL_ALL = "cancel_all"
    PURGE = "purge"
    SEE_IDS = "see_ids"
    # The whole bot, or a server from outside: the owners'.
    RESTART = "restart"
    REMOTE = "remote"
    BACKUP = "backup"


ON_A_RAID = frozenset({Deed.FINISH, Deed.CANCEL, Deed.EDIT, Deed.HAND_OVER, Deed.CORRECT})
ON_A_GUILD = frozenset({Deed.SETTINGS, Deed.CANCEL_ALL, Deed.PURGE, Deed.SEE_IDS})
OWNERS_ALONE = frozenset({Deed.RESTART, Deed.REMOTE, Deed.BACKUP})


def is_owner(actor: Actor) -> bool:
    """Say whether this is PRIVILEGED_USER_ID or an owner of the application."""
    account = getattr(actor.person, "discord", None)
    named = account is not None and account.discord_id == settings.PRIVILEGED_USER_ID
    return actor.owner or named


def may(
    actor: Actor, deed: Deed, *, raid: Raid | None = None, wishes: GuildSettings | None = None
) -> bool:
    """Decide. A deed on a raid needs the raid; planning needs the server's settings.

    An owner of the bot is nobody special on somebody else's server, and a server's admin is not
    an owner of the bot.
    """
    if deed in OWNERS_ALONE:
        return is_owner(actor)
    if deed in ON_A_GUILD or actor.guild_admin:
        return actor.guild_admin
    if deed is Deed.PLAN:
        role = wishes.planner_role_id if wishes else None
        return role is None or role in actor.roles
    return raid is not None and raid.creator_id == actor.person.pk


def check(
    actor: Actor, deed: Deed, *, raid: Raid | None = None, wishes: GuildSettings | None = None
) -> None:
    """Refuse with words that say whom to ask. Raises NotYours."""
    if not may(actor, deed, raid=raid, wishes=wishes):
        raise NotYours("person", refusal(deed, raid))


def refusal(deed: Deed, raid: Raid | None = None) -> str:
    """Return why somebody may not, and who may."""
    if deed in OWNERS_ALONE:
        return _("Only the owner of this bot can do this.")
    if deed is Deed.PLAN:
        return _("Only some roles can plan raids here. Ask an admin of this server.")
    if deed in ON_A_GUILD or raid is None or raid.creator is None:
        return _("Only an admin of this server can do this. Ask one of them.")
    return _of_a_raid(deed) % {"name": raid.creator.name}


def _of_a_raid(deed: Deed) -> str:
    words = {
        Deed.FINISH: _("Only %(name)s or an admin can finish this raid. Ask one of them."),
        Deed.CANCEL: _("Only %(name)s or an admin can cancel this raid. Ask one of them."),
    }
    return words.get(deed, _("Only %(name)s or an admin can change this raid. Ask one of them."))


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at raids on the site, which cannot ask Discord.

    `servers`: where they are now, by the servers' rows, as the bot saw it a moment ago. `known`:
    those, and where they were met: they wrote or spoke there, planned a raid, voted or were at one.
    """

    person_id: int = 0
    linked: bool = False
    admin: bool = False
    known: frozenset[int] = field(default_factory=frozenset)
    servers: Mapping[int, Standing] = field(default_factory=dict)

    def manages(self, guild_id: int) -> bool:
        """Say whether they are an admin of the site, or of this server as Discord says."""
        here = self.servers.get(guild_id)
        return self.admin or (here is not None and here.manages)


class Sight(StrEnum):
    """What somebody sees of a server's raids."""

    NOTHING = "nothing"
    COUNTS = "counts"
    NAMES = "names"


def sight(viewer: Viewer, guild_id: int, *, home: bool) -> Sight:
    """Decide what of a server's raids is shown. `home`: it is the community's own server.

    At home everybody sees how many; elsewhere only whoever was met there sees anything. Names are
    for people with a player.
    """
    if not (home or viewer.admin or guild_id in viewer.known):
        return Sight.NOTHING
    return Sight.NAMES if viewer.linked else Sight.COUNTS


def takes_part(viewer: Viewer, guild_id: int, *, home: bool) -> bool:
    """Say whether somebody may vote there on the site, as they would in Discord."""
    return guild_id in viewer.known or (home and viewer.linked)


def not_met() -> str:
    """Return why somebody may not vote, and how they may."""
    return _(
        "We have not met you on this server yet. Vote there once, or write something, "
        "and it works here, too."
    )


def plans_here(viewer: Viewer, guild_id: int) -> bool:
    """Say whether somebody may open the form for a raid on the site: linked, and on that server."""
    return viewer.linked and guild_id in viewer.servers


def not_there(viewer: Viewer) -> str:
    """Return why somebody may not plan on the site, and what they can do."""
    if not viewer.linked:
        return _("Link Discord and a player first. In Discord, /raidplan works without.")
    return _(
        "The bot does not see you on this server, or has not looked for a few minutes. "
        "In Discord, /raidplan works now."
    )
