"""Why a channel did not take a message, in words; the ledger keeps the channels' own. Pure."""

import re

from django.utils.translation import gettext_lazy

# The number that a provider gives with its refusal says nothing to a person.
CODE = re.compile(r" \([0-9A-Za-z_-]*\)$")
WORDS = {
    "the channel is gone": gettext_lazy("The channel is gone"),
    "the bot may not see this channel": gettext_lazy("The bot may not see the channel"),
    "the bot may not write here": gettext_lazy("The bot may not write in the channel"),
    "Discord refused it": gettext_lazy("Discord refused it"),
    "Telegram refused it": gettext_lazy("Telegram refused it"),
    "Signal refused it": gettext_lazy("Signal refused it"),
    "a mistake of ours": gettext_lazy("Our own mistake; an admin finds it in the log"),
    "the re-check was too old": gettext_lazy("We took too long, so it was looked at again"),
    "too many requests": gettext_lazy("Too much at once; tried again"),
    "direct messages opened too fast": gettext_lazy("Too much at once; tried again"),
    "Discord had trouble": gettext_lazy("Discord had trouble"),
    "Discord cannot be reached": gettext_lazy("Discord could not be reached"),
    "Telegram cannot be reached": gettext_lazy("Telegram could not be reached"),
    "Signal cannot be reached": gettext_lazy("Signal could not be reached"),
    "the channel failed": gettext_lazy("The channel failed; an admin finds it in the log"),
    "the answer made no sense": gettext_lazy("The answer made no sense"),
    "Telegram gave no clear answer": gettext_lazy("Telegram gave no clear answer"),
    "Signal gave no clear answer": gettext_lazy("Signal gave no clear answer"),
    "Signal gave no news": gettext_lazy("Signal gave no news"),
    "no answer in time": gettext_lazy("No answer in time"),
    "nothing was asked in time": gettext_lazy("We took too long; tried again"),
    "the history cannot be read": gettext_lazy("Discord did not let us look whether it arrived"),
    "the history may not be read": gettext_lazy("Discord did not let us look whether it arrived"),
    "Telegram cannot be read back": gettext_lazy("Telegram does not say whether it arrived"),
    "Signal cannot be read back": gettext_lazy("Signal does not say whether it arrived"),
    "no Discord account": gettext_lazy("Has no Discord account"),
    "shut out by address": gettext_lazy("Discord has shut our server out for a while"),
    "Discord does not accept the bot's token": gettext_lazy("The bot’s Discord token is wrong"),
    "Telegram does not accept the bot's token": gettext_lazy("The bot’s Telegram token is wrong"),
    "signal-cli does not know our number": gettext_lazy("Our Signal number is not set up"),
    "Signal asks for a captcha": gettext_lazy("Signal asks an admin for a captcha"),
}


def without_code(reason: str) -> str:
    """Return a reason without the provider's number: “Discord refused it (50035)”."""
    return CODE.sub("", reason)
