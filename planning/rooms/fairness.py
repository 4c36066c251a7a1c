"""What a split or a half-picked draft says about itself, in the reader's language. Pure but for it.

Names come as the door shows them: escaped, shortened, or made plain for Discord.
"""

import unicodedata
from collections.abc import Mapping

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.rooms.balance import Label, Reason, Split, Standing, Unkept, Wish, points

Names = Mapping[int, str]


def apart(standing: Standing) -> str:
    """“38 points apart, in favour of A.” Of unequal sides per player, and who has one more."""
    if standing.per_player:
        return " ".join(one for one in (_per_player(standing), _one_more(standing)) if one)
    number = points(standing.gap)
    if standing.ahead is None or number == 0:
        return _("Even.")
    words: dict[Label, str] = {
        "A": ngettext(
            "%(n)d point apart, in favour of A.", "%(n)d points apart, in favour of A.", number
        ),
        "B": ngettext(
            "%(n)d point apart, in favour of B.", "%(n)d points apart, in favour of B.", number
        ),
    }
    return words[standing.ahead] % {"n": number}


def _per_player(standing: Standing) -> str:
    """“Per player, B is 26 points ahead: 834 to 809.” The stronger side's average comes first."""
    number = points(standing.gap)
    if not all(standing.averages):
        return ""  # nobody was picked on a side yet
    if standing.ahead is None or number == 0:
        return _("Even, per player.")
    words: dict[Label, str] = {
        "A": ngettext(
            "Per player, A is %(n)d point ahead: %(more)d to %(less)d.",
            "Per player, A is %(n)d points ahead: %(more)d to %(less)d.",
            number,
        ),
        "B": ngettext(
            "Per player, B is %(n)d point ahead: %(more)d to %(less)d.",
            "Per player, B is %(n)d points ahead: %(more)d to %(less)d.",
            number,
        ),
    }
    less, more = (points(one) for one in sorted(standing.averages))
    return words[standing.ahead] % {"n": number, "more": more, "less": less}


def _one_more(standing: Standing) -> str:
    if standing.larger is None:
        return ""
    if standing.more == 1:
        return (
            _("A has one player more.") if standing.larger == "A" else _("B has one player more.")
        )
    words = {
        "A": ngettext("A has %(n)d player more.", "A has %(n)d players more.", standing.more),
        "B": ngettext("B has %(n)d player more.", "B has %(n)d players more.", standing.more),
    }
    return words[standing.larger] % {"n": standing.more}


def searched(split: Split, names: Names) -> str:
    """“Best of the 210 splits that keep Ana and Lojze together.” Without the gap and the seed."""
    if split.equals is None:
        return _compared(split)
    told = {"n": formats.number_format(split.possible, force_grouping=True)}
    return _best(split, names, told)


def _best(split: Split, names: Names, told: dict[str, str]) -> str:
    only, kept = split.possible == 1, split.kept
    if split.unkept and kept:
        words = _("Best of the %(n)s splits that keep as many wishes as can be.")
        alone = _("The only split that keeps as many wishes as can be.")
    elif not kept:
        words, alone = _("Best of the %(n)s splits."), _("There is no other split.")
    elif len(kept) > 1:
        words = _("Best of the %(n)s splits that keep all wishes.")
        alone = _("The only split that keeps all wishes.")
    else:
        words, alone = _of_one_wish(kept[0])
        told |= _two(kept[0], names)
    return (alone if only else words) % told


def _of_one_wish(wish: Wish) -> tuple[str, str]:
    if wish.apart:  # whose it is, is nobody else's
        return (
            _("Best of the %(n)s splits that keep a wish to play apart."),
            _("The only split that keeps a wish to play apart."),
        )
    return (
        _("Best of the %(n)s splits that keep %(one)s and %(two)s together."),
        _("The only split that keeps %(one)s and %(two)s together."),
    )


def _compared(split: Split) -> str:
    number = formats.number_format(split.examined, force_grouping=True)
    if split.proved:
        return _("No split is fairer.")
    return _("Best of %(n)s splits that were compared.") % {"n": number}


def others(split: Split) -> str:
    """Say what another seed would change: nothing where no other split is as fair."""
    if split.equals is None:
        return ""
    number = split.equals - 1
    if number == 0:
        return _("No other split is as fair.")
    words = ngettext("%(n)s other split is as fair.", "%(n)s other splits are as fair.", number)
    return words % {"n": formats.number_format(number, force_grouping=True)}


def unrated(split: Split) -> str:
    """“2 without a rating count as 834 each, the others’ mean.” Empty where all are rated."""
    number = len(split.unrated)
    if not number:
        return ""
    words = ngettext(
        "%(n)d without a rating counts as %(points)d, the others’ mean.",
        "%(n)d without a rating count as %(points)d each, the others’ mean.",
        number,
    )
    return words % {"n": number, "points": points(split.stand_in)}


def unkept(split: Split, names: Names) -> list[str]:
    """Say of each wish of people who play why it could not be kept."""
    away = (Reason.ABSENT, Reason.ONESELF)
    return [_refusal(one, names) for one in split.unkept if one.reason not in away]


def _refusal(one: Unkept, names: Names) -> str:
    told = {"wish": _wish(one.wish, names)}
    if one.reason is Reason.CONTRADICTION:
        against = ", ".join(_wish(other, names) for other in one.against)
        return _("Not kept: %(wish)s. Against it: %(against)s.") % {**told, "against": against}
    if one.reason is Reason.CAPTAINS:
        return _("Not kept: %(wish)s. The captains stand on different sides.") % told
    return _("Not kept: %(wish)s. The sides would not be equal in size.") % told


def _wish(wish: Wish, names: Names) -> str:
    if wish.apart:
        return _("a wish to play apart")
    return _("%(one)s and %(two)s together") % _two(wish, names)


def _two(wish: Wish, names: Names) -> dict[str, str]:
    return {"one": _whole(names[wish.first]), "two": _whole(names[wish.second])}


def _whole(name: str) -> str:
    """Keep a name that is written from right to left from turning the sentence round."""
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if turns else name
