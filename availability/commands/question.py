"""“Remind you at 20:45 and 21:00?”, asked once below somebody's first *Looking* in Discord."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import access, actions, language
from accounts.models import CHANNELS, User
from availability import presses, queries
from availability.commands import common
from availability.models import Change, Door, Status
from availability.presses import Press, Reply
from availability.words import Rows
from slomix.lib import clock

DOOR = "discord"
# The id of its buttons.
ANSWER = r"ask:(?P<word>yes|no)"


def on_post(press: Press, *, day: str, verb: str) -> Reply:
    """Answer an evening from its living post, and ask below it what is asked once."""
    with translation.override(language.on_discord(press.presser.discord_id)):
        return below(press, presses.on_post(press, day=day, verb=verb))


def below(press: Press, reply: Reply) -> Reply:
    """Add the question to an answer, where it is due."""
    person = User.objects.with_identity().filter(discord__discord_id=press.presser.discord_id)
    found = None if reply.refused else person.first()
    if found is None or not is_due(found):
        return reply
    times = queries.times(clock.today(press.at))
    text = _(
        "**Remind you at %(call)s and %(start)s** on evenings you might play? We ask only once."
    ) % {"call": clock.wall(times.reminder_at), "start": clock.named(times.start_at)}
    return Reply(f"{reply.text}\n\n{text}", [*reply.rows, *_rows()])


def is_due(person: User) -> bool:
    """Say whether somebody has just said Looking in Discord for the first time, and was not asked."""
    if not access.of(person).linked or not hasattr(person, "preferences"):
        return False
    if person.preferences.asked_at or person.preferences.allow_promotions:
        return False
    said = Change.objects.filter(person=person, door=Door.DISCORD).order_by("-pk")
    last = said.first()
    first = last is not None and last.after == Status.LOOKING
    return first and said.filter(after=Status.LOOKING).count() == 1


def _rows() -> Rows:
    channels = {"label": _("On another channel"), "url": f"{settings.FRONTEND_ORIGIN}/you/"}
    here = {"id": "ask:yes", "label": _("On Discord")}
    return [[here, channels, {"id": "ask:no", "label": _("No, thank you")}]]


def answer(press: Press, *, word: str) -> Reply:
    """Remember whether somebody wants to be reminded, and say what now holds."""
    person = common.linked(press)
    remind = word == "yes"
    if remind:
        order = actions.preferences_of(person)["channel_order"]
        wanted = [DOOR, *(one for one in order if one in CHANNELS and one != DOOR)]
        actions.set_preferences(person=person, at=press.at, door=DOOR, channel_order=wanted)
    actions.answer_the_question(person=person, remind=remind, at=press.at, door=DOOR)
    if not remind:
        text = _("**No reminders, and we won’t ask again.** Change it under *You*.")
        return Reply(text, [[{"label": _("You"), "url": f"{settings.FRONTEND_ORIGIN}/you/"}]])
    times = queries.times(clock.today(press.at))
    text = _(
        "**We remind you here at %(call)s and %(start)s,** never in your quiet hours. STOP ends it "
        "at any time."
    ) % {"call": clock.wall(times.reminder_at), "start": clock.named(times.start_at)}
    return Reply(text, [[{"id": "ask:no", "label": _("Stop reminders")}]])
