"""/level: one's own points, and whether there shall be any. Knows nothing of discord.py."""

from django.utils.translation import gettext as _

from availability.presses import Press, Reply, met
from botworker import levels
from planning.raids import actions
from planning.raids.commands.common import Where, guild_of


def own(press: Press, where: Where, *, counts: bool | None) -> Reply:
    """Say how far somebody came here; first switch their points on or off where they say so.

    Whoever wants none stands in no list of this server either, as with *Leave me out* on the site.
    """
    guild, person = guild_of(where, press), met(press)
    if counts is not None:
        actions.set_listed(guild=guild, person=person, listed=counts)
        if not counts:
            text = _("**No points are counted for you here any more, and no list names you.**")
            return Reply(f"{text} {_('What there was is gone.')}")
    return Reply(levels.standing(guild, person))
