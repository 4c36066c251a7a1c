"""What a press in Discord does in a room, and what the presser reads then. Knows nothing of discord.py.

Who presses and which evening a button means is looked at again at every press. Run through
`availability.commands.common.run`, which speaks the presser's language and tells whoever has no
player how to get one.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import access
from accounts.models import User
from availability import queries
from availability.actions import NotLinked
from availability.commands import common
from availability.models import Status
from availability.presses import Press, Reply, met, refusal, unknown_button
from botworker import outbox
from botworker.plain import bare, plain
from planning.rooms import actions, reading, tally
from planning.rooms.actions import after, naming, opening, ping, standby
from planning.rooms.chat import offers, phrases
from planning.rooms.models import Name, Offer, Side
from slomix.lib import clock, dates

# A verb, what it is about (an evening, a name, an offer), and the marker of a message of ours.
BUTTON = r"room:(?P<deed>[a-z]{2,8}):(?P<number>[0-9]{1,18})(?::(?P<marker>[\w-]{22}))?"
FORM = r"room:name:(?P<number>[0-9]{8})"
# Below a message to one person, which says afterwards what holds.
PRIVATE = frozenset({"take", "pass", "drop", "leave", "back"})
SUGGEST, BALANCE = "suggest", "balance"
MOST_OPTIONS, LONGEST_OPTION = 25, 100
Verb = Callable[[Press, User, int], Reply]


def pressed(press: Press, *, deed: str, number: str, chosen: str = "") -> Reply:
    """Answer a button or a select of a room; `chosen` is what was chosen in it."""
    about = int(chosen) if chosen.isdecimal() else int(number)
    if deed in PRIVATE:
        return _private(press, deed, about)
    if deed in ("choose", "for"):
        return _changing(press, lambda person: _vote_for(press, person, about))
    if deed not in EVENING:
        return unknown_button()
    if other_day := not_tonight(press, number, over=deed == "again"):
        return other_day
    if deed == "vote":
        return _names(press, _linked(press), about)
    return _changing(press, lambda person: EVENING[deed](press, person, about))


def may_suggest(press: Press, *, number: str) -> Reply:
    """Say whether a name can be suggested now; a refusal tells why not, anything else is not shown."""
    if other_day := not_tonight(press, number):
        return other_day
    _linked(press)
    try:
        opening.opened(clock.today(press.at), press.at)
    except actions.Refused as refused:
        return said_no(refused)
    return Reply("")


def suggest(press: Press, *, number: str, text: str) -> Reply:
    """Suggest the name that was written into the form."""
    if other_day := not_tonight(press, number):
        return other_day
    return _changing(press, lambda person: _suggest(press, person, text))


def not_tonight(press: Press, number: str, *, over: bool = False) -> Reply | None:
    """Refuse an evening that is not tonight's; with `over` one before is meant, too."""
    day = day_of(number)
    if day is None:
        return unknown_button()
    today = clock.today(press.at)
    if day == today or (over and day < today):
        return None
    text = _("**That was %(day)s, it is over.** For tonight press here.")
    return refusal(text % {"day": dates.about(day)}, _("Tonight"), "/room/")


def day_of(number: str) -> date | None:
    """Return the evening that an id carries; None for what is none."""
    try:
        return datetime.strptime(number, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def said_no(refused: actions.Refused) -> Reply:
    """Return a refusal as Discord shows it; names in it are nobody's mention and no markup."""
    return refusal(common.first_sentence_bold(plain(str(refused), 1900)))


def _linked(press: Press) -> User:
    person = met(press)
    if not access.of(person).linked:
        raise NotLinked("person", "")
    return person


def _changing(press: Press, verb: Callable[[User], Reply]) -> Reply:
    """Run what changes something: one transaction, and the same press again changes nothing."""
    with transaction.atomic():
        person = _linked(press)
        if not outbox.first_time(press.interaction_id, press.at):
            return refusal(_("**That is done already.** Nothing changed."))
        try:
            return verb(person)
        except actions.Refused as refused:
            # Not raised on: what a refusal wrote down (who lost a place by a moment) stays.
            return said_no(refused)


def _suggest(press: Press, person: User, text: str) -> Reply:
    try:
        name = naming.suggest(person=person, text=text, at=press.at, door=press.door)
    except naming.NameTaken as taken:
        said = _("**%(name)s is already there. Vote for it instead?**")
        vote = phrases.button(phrases.button_id("for", taken.name.pk, marked=False), _("Vote"))
        return Reply(said % {"name": phrases.shown(taken.name.text)}, [[vote]], refused=True)
    said = _("**Suggested: %(name)s. It has your vote.**")
    return Reply(said % {"name": phrases.shown(name.text)})


def _names(press: Press, person: User, _number: int) -> Reply:
    """Offer the names to choose from; the vote that holds is chosen already."""
    state = reading.of(clock.today(press.at), viewer_id=person.pk)
    if state.room is None:
        return refusal(_("**There is no planning room yet.** Open it first."))
    said = phrases.naming(clock.named(queries.times(state.day.day).ends_at))
    number = phrases.day_number(state.day.day)
    add = phrases.button(phrases.button_id(SUGGEST, number, marked=False), _("Suggest a name"))
    if not state.names:
        return Reply(said, [[add]])
    options = [_option(one, mine=state.my_vote) for one in tally.of(state.names)[:MOST_OPTIONS]]
    select = {
        "id": phrases.button_id("choose", number, marked=False),
        "placeholder": _("Names"),
        "options": options,
    }
    buttons = [add]
    if state.my_vote:
        unvote = phrases.button_id("unvote", number, marked=False)
        buttons.append(phrases.button(unvote, _("Take my vote back")))
    return Reply(said, [[{"select": select}], buttons])


def _option(one: tally.Counted, *, mine: int | None) -> dict[str, object]:
    return {
        "label": bare(one.name.text, LONGEST_OPTION),
        "value": str(one.name.pk),
        "description": phrases.votes(one.votes) if one.votes else _("no votes yet"),
        "default": one.name.pk == mine,
    }


def _vote_for(press: Press, person: User, name_id: int) -> Reply:
    vote = naming.vote(person=person, name_id=name_id, at=press.at, door=press.door)
    name = Name.objects.get(pk=vote.name_id)
    said = _("**Voted for %(name)s. Vote again to change it.**")
    return Reply(said % {"name": phrases.shown(name.text)})


def _unvote(press: Press, person: User, _number: int) -> Reply:
    if not naming.take_back_vote(person=person, at=press.at, door=press.door):
        return refusal(_("**You have no vote in this room.** Nothing changed."))
    return Reply(_("**Your vote is taken back.**"))


def _step_out(press: Press, person: User, number: int) -> Reply:
    actions.leave(person=person, at=press.at, door=press.door)
    back = phrases.button(phrases.button_id("in", number, marked=False), _("Step back in"))
    return Reply(_("**You stepped out. Your place goes to standby.**"), [[back]])


def _step_in(press: Press, person: User, number: int) -> Reply:
    entry = actions.join(person=person, at=press.at, door=press.door)
    out = phrases.button(phrases.button_id("out", number, marked=False), _("Step out"))
    if entry.status == Status.MAYBE:
        return Reply(_("**You said Maybe, so you stay on standby.**"), [[out]])
    return Reply(_("**You are in.**"), [[out]])


def _place(side: str) -> Verb:
    """Take a free place as the first to press."""

    def take(press: Press, person: User, _number: int) -> Reply:
        taken = standby.accept_place(person=person, side=side, at=press.at, door=press.door)
        state = reading.of(clock.today(press.at))
        return Reply(phrases.playing(taken.side, tally.winners(state.names)))

    return take


def _need_more(press: Press, person: User, _number: int) -> Reply:
    asked = ping.need_more(person=person, at=press.at, door=press.door)
    text = ngettext(
        "**Asked %(n)d person who could come.** Nobody in quiet hours.",
        "**Asked %(n)d people who could come.** Nobody in quiet hours.",
        asked,
    )
    return Reply(text % {"n": asked})


def _again(press: Press, person: User, number: int) -> Reply:
    day = day_of(str(number))
    assert day is not None  # looked at before
    entry = after.same_again(person=person, day=day, at=press.at, door=press.door)
    text = _("**Your answer for %(day)s: %(status)s.**")
    return Reply(text % {"day": dates.about(entry.day), "status": Status(entry.status).label})


EVENING: dict[str, Verb] = {
    "vote": _names,
    "unvote": _unvote,
    "out": _step_out,
    "in": _step_in,
    "placea": _place(Side.A),
    "placeb": _place(Side.B),
    "more": _need_more,
    "again": _again,
}


def _private(press: Press, deed: str, offer_id: int) -> Reply:
    """Answer below an offer of a place; only whoever it was made to can."""
    person = _linked(press)
    offer = Offer.objects.select_related("room").filter(pk=offer_id).first()
    if offer is None:
        return unknown_button()
    if offer.person_id != person.pk:
        return refusal(_("**This belongs to somebody else.** Yours is in your own messages."))
    if other_day := not_tonight(press, phrases.day_number(offer.room.day)):
        return other_day
    return _changing(press, lambda who: _about_offer(press, who, deed, offer))


def _about_offer(press: Press, person: User, deed: str, offer: Offer) -> Reply:
    offers.answer(deed, offer, person=person, at=press.at, door=press.door)
    return offers.shown(Offer.objects.select_related("room").get(pk=offer.pk), press.at)
