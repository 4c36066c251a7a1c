"""An offered place in somebody's direct messages: what the message says as the offer goes on.

`actions.offering` writes it; the keeper follows it (`botworker.tracked.follow`) and edits it.
"""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from accounts.models import User
from availability import actions as answers
from availability import queries
from availability.models import Status
from availability.replies import Reply
from botworker import tracked
from botworker.tracked import Drawn
from planning.rooms import actions, line, reading, tally, words
from planning.rooms.actions import standby
from planning.rooms.chat import keys, phrases
from planning.rooms.models import Offer, Room
from slomix.lib import clock

KIND = "room_offer"
versions = keys.versions
State = Offer.State


def promise(room: Room, at: datetime) -> None:
    """Follow what is offered now; whoever is told nothing has no message to follow."""
    until = queries.times(room.day).ends_at
    for offer in Offer.objects.filter(room=room, state=State.OPEN).values_list("pk", flat=True):
        key = words.offer_key(room.day, offer)
        if not tracked.is_kept(key):
            tracked.follow(key, kind=KIND, at=at, until=until)


def draw(key: str, at: datetime) -> Drawn:
    """Return an offer as its message should be now, in the language of whoever it was made to."""
    offer = Offer.objects.select_related("room").get(pk=int(key.rsplit(":", 1)[1]))
    spoken = language.by_person([offer.person_id or 0])[offer.person_id or 0]
    with translation.override(spoken):
        reply = shown(offer, at)
    return Drawn(reply.text, {"rows": reply.rows})


def shown(offer: Offer, at: datetime) -> Reply:
    """Return what an offer's message says, and the buttons that are left, in the language spoken."""
    room = offer.room
    times = queries.times(room.day)
    names = tally.winners(reading.named(room))
    over = at >= times.ends_at
    if offer.state == State.OPEN:
        said = words.offer(times.start_at, words.team(offer.side, names), offer.expires_at)
        return Reply(said, [] if over else words.offer_rows(offer.pk))
    mine = queries.answer_of(offer.person_id, room.day) if offer.person_id else None
    here = mine is not None and mine.status in line.RANKS
    reply = _ended(offer, names, here=here)
    return Reply(reply.text) if over else reply


def _ended(offer: Offer, names: phrases.Names, *, here: bool) -> Reply:
    if offer.state == State.ACCEPTED:
        return _accepted(offer, names) if here else _out(offer)
    if offer.state == State.DECLINED:
        return _declined(offer) if here else _left(offer)
    said = {
        State.EXPIRED: _("**The offer ended at %(at)s.** You stay in line.")
        % {"at": clock.wall(offer.expires_at.replace(second=0, microsecond=0))},
        State.FILLED: _(
            "**The place was filled a moment before.** You are first in line for the next."
        ),
        State.RETURNED: _("**The place is not free after all.** You stay first in line."),
    }
    return Reply(said[State(offer.state)])


def _accepted(offer: Offer, names: phrases.Names) -> Reply:
    return Reply(
        phrases.playing(offer.side, names), _one(offer, "drop", _("Can’t make it after all"))
    )


def _out(offer: Offer) -> Reply:
    said = [_("**You are not playing tonight.**"), _("Thanks for telling us.")]
    return Reply(" ".join(said), _one(offer, "back", _("I can come after all")))


def _declined(offer: Offer) -> Reply:
    text = _("**All right, next in line.** You stay on standby tonight.")
    return Reply(text, _one(offer, "leave", _("Leave standby")))


def _left(offer: Offer) -> Reply:
    text = _("**You left standby for tonight.**")
    return Reply(text, _one(offer, "back", _("Back on standby")))


def _one(offer: Offer, verb: str, label: str) -> phrases.Rows:
    return [[phrases.button(phrases.button_id(verb, offer.pk), label)]]


def answer(deed: str, offer: Offer, *, person: User, at: datetime, door: str) -> None:
    """Do what a button or a word below an offer says: "take", "pass", "back" or "leave".

    Raises what the verbs behind them raise.
    """
    if deed == "take":
        standby.accept(offer_id=offer.pk, person=person, at=at, door=door)
    elif deed == "pass":
        standby.decline(offer_id=offer.pk, person=person, at=at, door=door)
    elif deed == "back":
        status = _status_before(person, offer)
        answers.answer(day=offer.room.day, status=status, person=person, at=at, door=door)
    else:
        actions.leave(person=person, at=at, door=door)


def _status_before(person: User, offer: Offer) -> str:
    """Return what somebody had said for the evening before they left it: what they go back to."""
    left = person.changes.filter(day=offer.room.day, after=Status.NOT_PLAYING)
    before = left.order_by("-pk").values_list("before", flat=True).first() or ""
    return before if before in line.RANKS else Status.LOOKING
