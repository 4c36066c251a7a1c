"""What /backup_db answers. Knows nothing of discord.py."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.presses import Press, Reply
from planning.raids import policy
from planning.raids.commands.common import Where, actor_of
from planning.raids.policy import Deed


def may_back_up(press: Press, where: Where, *, owner: bool) -> None:
    """Refuse whoever is no owner of the bot, admins of a server, too. Raises NotYours."""
    policy.check(replace(actor_of(press, where), owner=owner), Deed.BACKUP)


def backed_up(press: Press, where: Where, *, made: dict[str, Any] | None, busy: bool) -> Reply:
    """Say what the backup is called and how big it is; the file itself is shown to nobody."""
    if made is None:
        if busy:
            return Reply(_("**Another backup is being made just now.**"), refused=True)
        return Reply(_("**The backup failed.** The log says why."), refused=True)
    text = ngettext(
        "**The backup is made:** `%(name)s`, %(n)d row, %(size)s MB.",
        "**The backup is made:** `%(name)s`, %(n)d rows, %(size)s MB.",
        made["rows"],
    )
    # A name that we made up ourselves: nothing in it is markup.
    name = made["file"].rpartition("/")[2]
    return Reply(text % {"name": name, "n": made["rows"], "size": f"{made['bytes'] / 1e6:.1f}"})
