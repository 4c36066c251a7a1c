"""What the commands of raids have in common: who asks, where, in which language, what is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Guild, Preferences
from availability.commands.common import first_sentence_bold
from availability.presses import Press, Reply, met, refusal
from botworker.plain import plain
from planning.raids import actions, queries
from planning.raids.actions.common import gone
from planning.raids.models import Raid
from planning.raids.policy import Actor
from slomix.lib.compiled import Compiled

# Below what nobody but its reader sees there is no marker: it is changed in place.
RAID_ID = (
    r"raid:(?P<raid>[0-9]{1,18}):(?P<verb>[a-z_]{2,12})"
    r"(?::(?P<day>[0-9]{1,18}):(?P<time>[0-9]{1,18}))?(?::(?P<marker>[\w-]{22}))?"
)
LIST_ID = (
    r"raidlist:(?P<guild>[0-9]{1,18}):(?P<verb>[a-z]{2,8}):(?P<number>[0-9]{1,6})"
    r"(?::(?P<marker>[\w-]{22}))?"
)
SETTINGS_ID = r"raidset:(?P<which>[a-z]{2,12}):(?P<chosen>[0-9]{1,19}-[0-9]{1,19}-[0-9]{1,19})"
FORM_ID = r"raidform:(?P<verb>plan|edit):(?P<number>[0-9]{1,18})"
LONGEST_REFUSAL = 1500
# Asked with every press.
OF_PERSON = Compiled(
    lambda: Preferences.objects.filter(user__discord__discord_id=0).values_list("language")
)
OF_SERVER = Compiled(lambda: Guild.objects.filter(discord_id=0).values_list("language"))


@dataclass(frozen=True)
class Where:
    """The server that something was asked on, as Discord tells it; without a number: privately.

    `rights`: for each channel that was looked at what the bot lacks there; a channel that is not on
    this server has no entry. `makes_roles`: the bot may.
    """

    guild_id: int = 0
    name: str = ""
    guild_admin: bool = False
    roles: frozenset[int] = field(default_factory=frozenset)
    rights: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    makes_roles: bool = True


@dataclass(frozen=True)
class Text:
    """One line, or a box of lines, of a form."""

    key: str
    label: str
    value: str = ""
    placeholder: str = ""
    most: int = 400
    long: bool = False


@dataclass(frozen=True)
class Form:
    """What opens for somebody to fill in."""

    custom_id: str
    title: str
    texts: tuple[Text, ...]


class OnlyInServer(actions.RaidRefused):
    """It was asked in a private message."""


def run(press: Press, where: Where, verb: Callable[..., Any], **given: Any) -> Any:
    """Run one verb in the language of whoever asks; a refusal is an answer like any other."""
    with translation.override(spoken(press, where)):
        try:
            return verb(press, where, **given)
        except actions.RaidRefused as refused:
            return said_no(str(refused))


def spoken(press: Press, where: Where) -> str:
    """Return the language to answer in: what somebody chose, else the server's."""
    asked = ((OF_PERSON, press.presser.discord_id), (OF_SERVER, where.guild_id))
    chosen = (word for rows, number in asked for (word,) in rows.all(number))
    offered = (word for word in chosen if word in dict(settings.LANGUAGES))
    return next(offered, None) or settings.LANGUAGE_CODE


def said_no(text: str) -> Reply:
    """Return a refusal as Discord shows it; names in it are nobody's mention and no markup."""
    return refusal(first_sentence_bold(plain(text, LONGEST_REFUSAL)))


def guild_of(where: Where, press: Press) -> Guild:
    """Return the server that was asked on; the bot may have come to it a moment ago."""
    if not where.guild_id:
        raise OnlyInServer("guild", _("This works only in the server, not in private messages."))
    known = Guild.objects.filter(discord_id=where.guild_id).first()
    return known or actions.guild_joined(discord_id=where.guild_id, name=where.name, at=press.at)


def actor_of(press: Press, where: Where) -> Actor:
    """Return who asks, with what their server says of them; a first contact makes somebody."""
    return Actor(met(press), guild_admin=where.guild_admin, roles=where.roles)


def by_number(press: Press, where: Where, display_id: int) -> Raid:
    """Return this server's open raid of a number. Raises RaidGone."""
    guild = guild_of(where, press)
    found = queries.find(guild, display_id) if 0 <= display_id < 2**31 else None
    if found is None:
        raise gone()
    return found


def by_id(where: Where, raid: str | int) -> Raid:
    """Return the raid that a button is about, on this server or privately. Raises RaidGone."""
    found = queries.raids().filter(pk=int(raid)).first()
    if found is None or (where.guild_id and found.guild.discord_id != where.guild_id):
        raise gone()
    return found


def button(raid: Raid, verb: str, label: str, style: str = "secondary") -> dict[str, Any]:
    """Return a button below what only its reader sees."""
    return {"id": f"raid:{raid.pk}:{verb}", "label": label, "style": style}
