"""Raids end: asked once more, then done. And one that went quiet goes on."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from availability.presses import Press, Reply
from planning.raids import actions, policy, queries
from planning.raids.commands.common import (
    Where,
    actor_of,
    button,
    by_id,
    by_number,
    guild_of,
)
from planning.raids.models import Raid
from planning.raids.posts import phrases

Deed = policy.Deed


def ask_finish(press: Press, where: Where, *, raid: str) -> Reply:
    """Ask once more before a raid is finished, with how many would be counted."""
    return _ask_finish(press, where, by_id(where, raid))


def finish_by_number(press: Press, where: Where, *, raid_id: int) -> Reply:
    """The same, by the number that people call it."""
    return _ask_finish(press, where, by_number(press, where, raid_id))


def _ask_finish(press: Press, where: Where, raid: Raid) -> Reply:
    _check(press, where, raid, Deed.FINISH)
    counted = len(queries.board(raid, names=False).members)
    text = ngettext(
        "**Finish raid #%(id)d?** In its slots: %(n)d person. They are counted.",
        "**Finish raid #%(id)d?** In its slots: %(n)d people. They are counted.",
        counted,
    )
    yes = button(raid, "done", _("Finish"), "danger")
    return Reply(text % {"id": raid.display_id, "n": counted}, [[yes, _not_yet(raid)]])


def ask_cancel(press: Press, where: Where, *, raid: str) -> Reply:
    """Ask once more before a raid is called off."""
    return _ask_cancel(press, where, by_id(where, raid))


def cancel_by_number(press: Press, where: Where, *, raid_id: int) -> Reply:
    """The same, by the number that people call it."""
    return _ask_cancel(press, where, by_number(press, where, raid_id))


def _ask_cancel(press: Press, where: Where, raid: Raid) -> Reply:
    _check(press, where, raid, Deed.CANCEL)
    text = _("**Cancel raid #%(id)d?** Nobody is counted, and its people are told.")
    yes = button(raid, "off", _("Cancel the raid"), "danger")
    return Reply(text % {"id": raid.display_id}, [[yes, _not_yet(raid)]])


def _not_yet(raid: Raid) -> dict[str, str]:
    return button(raid, "notyet", _("Not yet"))


def _check(press: Press, where: Where, raid: Raid, deed: Deed) -> None:
    if not raid.is_open:
        raise actions.common.gone()
    policy.check(actor_of(press, where), deed, raid=raid)


def not_yet(press: Press, where: Where, *, raid: str) -> Reply:
    """Leave it as it is."""
    return Reply(_("**All right.** Nothing changed."))


def finish(press: Press, where: Where, *, raid: str) -> Reply:
    """Finish a raid and say how many were counted."""
    found = by_id(where, raid)
    done = actions.finish(raid_id=found.pk, actor=actor_of(press, where), at=press.at)
    return Reply(phrases.finished(done.raid, done.counted))


def cancel(press: Press, where: Where, *, raid: str) -> Reply:
    """Call a raid off."""
    found = by_id(where, raid)
    return Reply(
        phrases.cancelled(
            actions.cancel(raid_id=found.pk, actor=actor_of(press, where), at=press.at)
        )
    )


def goes_on(press: Press, where: Where, *, raid: str) -> Reply:
    """Let a raid that went quiet live on."""
    found = by_id(where, raid)
    actions.goes_on(raid_id=found.pk, actor=actor_of(press, where), at=press.at)
    return Reply(_("**It goes on.** We ask again in a week."))


def ask_cancel_all(press: Press, where: Where) -> Reply:
    """Ask once more before every open raid of the server is called off."""
    guild = guild_of(where, press)
    policy.check(actor_of(press, where), Deed.CANCEL_ALL)
    number = Raid.objects.of(guild).open().count()
    if not number:
        return Reply(phrases.open_raids(0))
    text = ngettext(
        "**Cancel %(n)d raid?** Nobody is counted, and its people are told.",
        "**Cancel %(n)d raids?** Nobody is counted, and their people are told.",
        number,
    )
    yes = {"id": f"raidlist:{guild.pk}:alloff:0", "label": _("Cancel them all"), "style": "danger"}
    no = {"id": f"raidlist:{guild.pk}:notyet:0", "label": _("Not yet"), "style": "secondary"}
    return Reply(text % {"n": number}, [[yes, no]])


def cancel_all(press: Press, where: Where, *, guild: str) -> Reply:
    """Call every open raid of the server off, and say how many those were."""
    here = guild_of(where, press)
    if here.pk != int(guild):
        raise actions.common.gone()
    done = actions.cancel_all(guild=here, actor=actor_of(press, where), at=press.at)
    text = ngettext("**%(n)d raid is cancelled.**", "**%(n)d raids are cancelled.**", done)
    return Reply(text % {"n": done})


BY_BUTTON: dict[str, Callable[..., Reply]] = {
    "finish": ask_finish,
    "cancel": ask_cancel,
    "done": finish,
    "off": cancel,
    "notyet": not_yet,
    "goes_on": goes_on,
}
