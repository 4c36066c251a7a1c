"""What Discord reads about a room. Pure: facts in, words out.

The words are those of the design's message book; a phrase with a number in it is one msgid.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from botworker.plain import plain
from planning.rooms.models import Side

Rows = list[list[dict[str, Any]]]
# What leads: the name of team A, and of team B; empty for none.
Names = tuple[str, str]
MOST_NAMES = 20
# Of the 1024 that Discord takes in a field; the rest is for “and 12 more”, in any language.
MOST_LETTERS = 950
# A name of a team is 48 characters at most.
LONGEST_NAME = 48


def shown(name: str) -> str:
    """Return a suggested name so that Discord shows it as it was written."""
    return plain(name, LONGEST_NAME)


def team(side: str, name: str) -> str:
    """Return what a team is called by itself: its name, else “Team A”."""
    return shown(name) if name else _("Team %(side)s") % {"side": side}


def playing(side: str, names: Names) -> str:
    """Say that somebody has a place in a team."""
    if name := called(side, names):
        return _("**You play in %(team)s.** See you in voice.") % {"team": name}
    return _("**You play in team %(side)s.** See you in voice.") % {"side": side}


def called(side: str, names: Names) -> str:
    """Return the name that leads for a team, as Discord shows it; empty without one."""
    return shown(names[0] if side == Side.A else names[1])


def heading(side: str, name: str, rating: int | None) -> str:
    """“Team A: Ajdova četa · 4625”; the rating once there is one."""
    if not name:
        said = _("Team %(side)s") % {"side": side}
    else:
        facts = {"side": side, "name": shown(name)}
        said = _("Team %(side)s: %(name)s") % facts
    return f"{said} · {rating}" if rating else said


def named(people: Iterable[User | None]) -> str:
    """Name people for a field: twenty at most, then how many more."""
    everybody = [plain(one.name) if one else _("somebody who left Slomix") for one in people]
    shown: list[str] = []
    for name in everybody:
        # A name full of markup is twice as long once that is escaped.
        if len(shown) == MOST_NAMES or len(", ".join([*shown, name])) > MOST_LETTERS:
            break
        shown.append(name)
    rest = len(everybody) - len(shown)
    if rest:
        return _("%(names)s and %(k)d more") % {"names": ", ".join(shown), "k": rest}
    return ", ".join(shown)


def votes(number: int) -> str:
    """“5 votes”."""
    return ngettext("%(n)d vote", "%(n)d votes", number) % {"n": number}


def points(number: int) -> str:
    """“38 points”."""
    return ngettext("%(n)d point", "%(n)d points", number) % {"n": number}


def free_places(number: int) -> str:
    """“1 place is free”; nothing for none."""
    if not number:
        return ""
    return ngettext("%(n)d place is free", "%(n)d places are free", number) % {"n": number}


def naming(until: str) -> str:
    """Say that names are wanted."""
    text = _("**Suggest a team name and vote.** Voting closes at %(until)s.")
    return text % {"until": until}


def picks(captain: str, number: int, total: int, until: str) -> str:
    """Say who picks."""
    facts = {"captain": captain, "n": number, "total": total, "until": until}
    return _("**%(captain)s picks.** %(n)d of %(total)d, until %(until)s.") % facts


def stand(gap: int, first: str, *, even: bool) -> str:
    """Say that there are teams, how far apart, and who plays Axis first or that a swap would help."""
    if not even:
        return _("**Teams are saved, %(apart)s apart.** A swap could help.") % {
            "apart": points(gap)
        }
    if gap == 0:
        return _("**Teams stand, as even as it gets.** Axis first: %(team)s.") % {"team": first}
    facts = {"apart": points(gap), "team": first}
    return _("**Teams stand, %(apart)s apart.** Axis first: %(team)s.") % facts


def closed() -> str:
    """Say that the evening is over."""
    return _("**The room is closed.** Good game.")


def place_free(side: str, names: Names) -> str:
    """Call whoever is there to a free place."""
    if name := called(side, names):
        text = _("**One place is free in %(team)s.** First to press has it.") % {"team": name}
    else:
        text = _("**One place is free in team %(side)s.** First to press has it.") % {"side": side}
    return f"⏳ {text}"


def place_gone(side: str, names: Names) -> str:
    """Say that nobody is needed there any more."""
    if name := called(side, names):
        return _("**The place in %(team)s is no longer free.**") % {"team": name}
    return _("**The place in team %(side)s is no longer free.**") % {"side": side}


def button_id(verb: str, number: int | str, *, marked: bool = True) -> str:
    """Return the id of a button: what it does, to what, and the message's marker where it has one."""
    return f"room:{verb}:{number}:{{marker}}" if marked else f"room:{verb}:{number}"


def day_number(day: date) -> str:
    """Return an evening as an id carries it."""
    return f"{day:%Y%m%d}"


def button(custom_id: str, label: str, style: str = "secondary") -> dict[str, Any]:
    """Return one button as plain data."""
    return {"id": custom_id, "label": label, "style": style}


def page(day: date | None = None) -> dict[str, Any]:
    """Return the button that opens the room's page."""
    path = f"/room/{day}/" if day else "/room/"
    return {"label": _("Open the room"), "url": settings.FRONTEND_ORIGIN + path}


def post_rows(day: date) -> Rows:
    """Return the buttons of the post while the room is open; their ids carry the evening."""
    number = day_number(day)
    first = [
        button(button_id("suggest", number), _("Suggest a name"), "primary"),
        button(button_id("vote", number), _("Vote")),
        button(button_id("out", number), _("Step out")),
    ]
    return [first, [page(day)]]


def closed_rows(day: date) -> Rows:
    """Return the buttons of the post afterwards."""
    again = button(button_id("again", day_number(day)), _("Same again next week"), "primary")
    return [[again], [page(day)]]


def place_rows(day: date, side: str) -> Rows:
    """Return the button of a call to a free place."""
    verb = "placea" if side == Side.A else "placeb"
    return [[button(button_id(verb, day_number(day)), _("I’ll take it"), "primary")]]
