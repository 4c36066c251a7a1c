"""“Unlink it now”, below the word that a channel was linked: for whoever did not do it themselves."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from accounts.actions import handles
from accounts.models import HandleChannel
from availability.commands import common
from availability.presses import Press, Reply, refusal, unknown_button
from botworker import hearing, outbox

DOOR = "discord"
BUTTON = hearing.UNLINK_BUTTON


def run(press: Press, *, marker: str, channel: str, stamp: str) -> Reply:
    """Unlink the channel that a message tells of, once, and only for whom it was sent to.

    A link that was made after the message is another one and stays.
    """
    given = {"marker": marker, "channel": channel, "stamp": stamp}
    return common.run(press, _unlink, **given)


def _unlink(press: Press, *, marker: str, channel: str, stamp: str) -> Reply:
    said = outbox.addressed(marker)
    if said is None or said.kind != hearing.NOTICE or channel not in HandleChannel.values:
        return unknown_button()
    if said.recipient != outbox.recipient_of(press.presser.discord_id):
        return refusal(_("**This belongs to somebody else.** Yours is in your own messages."))
    linked_by = datetime.fromtimestamp(int(stamp), UTC)
    person = common.meet(press)
    if not handles.disconnect(
        person=person, channel=channel, at=press.at, door=DOOR, linked_by=linked_by
    ):
        text = _("**That link is gone already.** *You* shows what is linked.")
        return refusal(text, _("You"), "/you/")
    facts = {"channel": HandleChannel(channel).label}
    return Reply(_("**%(channel)s is unlinked.** Your answers stay.") % facts)
