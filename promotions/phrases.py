"""What promoters read about a call, through every door. Pure: facts in, words out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def added(number: int) -> str:
    """Say how many more are called."""
    if not number:
        return _("Nobody else answered since the call.")
    text = ngettext(
        "%(n)d more person is called, for what is still ahead.",
        "%(n)d more people are called, for what is still ahead.",
        number,
    )
    return text % {"n": number}


def off(stopped: int) -> str:
    """Say that a call is off, and how much of it is not said."""
    text = ngettext("%(n)d message is not sent.", "%(n)d messages are not sent.", stopped)
    return _("The call is off. ") + text % {"n": stopped}
