"""What of a server's raids could not be shown lately, and why, in the reader's language.

Stored is the keeper's own word; the log has it, too.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from accounts.models import Guild
from botworker import tracked_moves
from planning.raids import keys
from planning.raids.models import Raid
from planning.raids.posts import keeping, mirrors, names, role

MOST = 3
SAID = {
    "the channel is gone": noop("the channel is gone"),
    "the bot may not see this channel": noop("the bot may not see this channel"),
    "the bot may not write here": noop("the bot may not write here"),
    "the bot may not manage roles there": noop("the bot may not manage roles here"),
    "the bot is not on this server": noop("the bot is not on this server"),
    "Discord had trouble": noop("Discord had trouble"),
    "Discord cannot be reached": noop("Discord could not be reached"),
    "too many requests": noop("too much at once, tried again"),
}


def of_guild(guild: Guild) -> list[str]:
    """Return a line for each reason, with the channel that it is about; copies are left out."""
    open_ones = set(Raid.objects.of(guild).open().values_list("pk", flat=True))
    found = {
        (one.channel_id if one.kind != role.KIND else 0, one.error)
        for one in tracked_moves.kept(keeping.KINDS)
        if one.error
        and one.kind != mirrors.KIND
        and (one.key == keys.raidlist(guild.pk) or names.raid_of(one.key) in open_ones)
    }
    return [_line(*one) for one in sorted(found)[:MOST]]


def _line(channel: int, error: str) -> str:
    why = _(SAID.get(error, noop("Discord did not take it")))
    if not channel:
        return _("⚠️ Discord refuses: %(why)s.") % {"why": why}
    return _("⚠️ Discord refuses in %(channel)s: %(why)s.") % {
        "channel": f"<#{channel}>",
        "why": why,
    }
