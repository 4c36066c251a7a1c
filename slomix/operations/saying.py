"""The words for what is wrong, for the page and for whoever is told: one of each for every code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from slomix.lib import clock
from slomix.operations.facts import Run
from slomix.operations.judging import Cause

Lazy = Any  # a text that is translated when it is shown; some count


@dataclass(frozen=True)
class Code:
    """What one code says: a title, the words below it, the first thing to do, and its command."""

    title: Lazy
    words: Lazy
    todo: Lazy
    command: str = ""
    # It happened and is not undone; nobody is told of its end.
    passes: bool = True


CODES: dict[str, Code] = {
    "run.reminder": Code(
        gettext_lazy("The %(at)s run is not finished"),
        gettext_lazy("Reminders that still wait: %(late)d of %(all)d."),
        gettext_lazy("See which part is silent, and start that one again."),
        "systemctl restart slomix-bot slomix-worker",
    ),
    "run.start": Code(
        gettext_lazy("The %(at)s run is not finished"),
        gettext_lazy("Words of the start that still wait: %(late)d of %(all)d."),
        gettext_lazy("See which part is silent, and start that one again."),
        "systemctl restart slomix-bot slomix-worker",
    ),
    "bot.silent": Code(
        gettext_lazy("The bot is silent"),
        gettext_lazy("Its last word: %(since)s. Without it nothing is sent on Discord."),
        gettext_lazy("Start the bot again. Nothing is sent twice by it."),
        "systemctl restart slomix-bot",
    ),
    "bot.cut_off": Code(
        gettext_lazy("The bot has no connection to Discord"),
        gettext_lazy("Messages are tried all the same; buttons are not answered."),
        gettext_lazy("Wait for a minute. If it stays so, look at the bot’s log."),
        "journalctl -u slomix-bot -n 50",
    ),
    "bot.no_leader": Code(
        gettext_lazy("No bot keeps the gateway"),
        gettext_lazy("Messages are sent all the same; nobody is heard and nothing is shown."),
        gettext_lazy("Wait for half a minute. If it stays so, start the bot again."),
        "systemctl restart slomix-bot",
    ),
    "channel.silent": Code(
        gettext_lazy("Nobody listens on %(channel)s"),
        gettext_lazy("What people write there is not answered, and perhaps nothing is sent."),
        gettext_lazy("Look at the bot’s log for what it is answered."),
        "journalctl -u slomix-bot -n 100",
    ),
    "voice.old": Code(
        gettext_lazy("Nobody knows who is in voice"),
        gettext_lazy("The last look: %(since)s. So nobody is asked after the start."),
        gettext_lazy("Start the bot again."),
        "systemctl restart slomix-bot",
    ),
    "worker.silent": Code(
        gettext_lazy("The worker or its clock is silent"),
        gettext_lazy(
            "Its last word: %(since)s. Reminders go out five seconds late, and nobody sums up "
            "the evening."
        ),
        gettext_lazy("Start the worker and beat again."),
        "systemctl restart slomix-worker slomix-beat",
    ),
    "web.silent": Code(
        gettext_lazy("The site is not watching"),
        gettext_lazy("Its last word: %(since)s. Who opens the site perhaps gets no answer."),
        gettext_lazy("Start the site again."),
        "systemctl restart slomix-web",
    ),
    "hold.on": Code(
        gettext_lazy("Everything is on hold"),
        gettext_lazy("Since %(since)s nothing is sent, on any channel."),
        gettext_lazy("Look whether the restored database is right, then let it send again."),
        "manage.py hold",
    ),
    "due.waiting": Code(
        gettext_lazy("Something due is not being sent"),
        gettext_lazy("The oldest was due at %(since)s; so many wait: %(number)d."),
        gettext_lazy("See whether the bot lives and whether a channel is left alone."),
        "systemctl restart slomix-bot",
    ),
    "campaign.expired": Code(
        gettext_lazy("Messages of a call came too late"),
        gettext_lazy("Of the %(at)s run %(number)d of %(all)d were dropped: late is never."),
        gettext_lazy("Say it in the channel yourself, and look what held them up."),
        passes=False,
    ),
    "campaign.unconfirmed": Code(
        gettext_lazy("Nobody knows whether some messages arrived"),
        gettext_lazy("Of the %(at)s run %(number)d of %(all)d are unconfirmed. None is repeated."),
        gettext_lazy("Ask in the channel who has not heard of it."),
        passes=False,
    ),
    "delivery.unknown": Code(
        gettext_lazy("Messages of unclear fate"),
        gettext_lazy("So many are looked for at the provider: %(number)d."),
        gettext_lazy("Wait: they are looked for every ten seconds, and never sent twice."),
    ),
    "identify.many": Code(
        gettext_lazy("The bot begins anew too often"),
        gettext_lazy(
            "It identified %(number)d times in 24 hours; at 1000 Discord resets the token."
        ),
        gettext_lazy("Look at the bot’s log for why it ends. Stop it if nothing helps."),
        "journalctl -u slomix-bot -n 200",
    ),
    "breaker.open": Code(
        gettext_lazy("%(channel)s is left alone"),
        gettext_lazy("Until %(until)s: %(reason)s. Then one message is tried."),
        gettext_lazy("See whether the provider has trouble, and whether our token still holds."),
    ),
    "backup.none": Code(
        gettext_lazy("There is no backup yet"),
        gettext_lazy("The nightly one has not run so far."),
        gettext_lazy("Make one now."),
        "manage.py backup",
    ),
    "backup.old": Code(
        gettext_lazy("The last backup is too old"),
        gettext_lazy("The last good one: %(since)s."),
        gettext_lazy("Make one now, and look why the nightly one failed."),
        "manage.py backup",
    ),
    "backup.drill": Code(
        gettext_lazy("A backup could not be restored"),
        gettext_lazy("The drill of %(at)s failed, so the backups may be worth nothing."),
        gettext_lazy("Make a new one and verify it."),
        "manage.py restore --verify",
    ),
    "trial.missing": Code(
        gettext_lazy("The daily trial did not arrive"),
        gettext_lazy("That of %(at)s is %(state)s: %(reason)s. A reminder takes the same way."),
        gettext_lazy("See whether the bot lives, and whether that person can be reached."),
        "journalctl -u slomix-bot -n 100",
        passes=False,
    ),
    "clock.wrong": Code(
        gettext_lazy("The clocks differ"),
        gettext_lazy("This machine is %(seconds)s s ahead of the database."),
        gettext_lazy("Set the clocks by NTP. Messages go by the database’s clock."),
        "timedatectl status",
    ),
    "readiness.red": Code(
        gettext_lazy("The site is not ready"),
        gettext_lazy("It says: %(code)s."),
        gettext_lazy("Look the code up in the runbook."),
    ),
    "readiness.notice": Code(
        gettext_lazy("Something is not as it should be"),
        gettext_lazy("The site says: %(code)s. It is in nobody’s way."),
        gettext_lazy("Look the code up in the runbook."),
    ),
    "database.down": Code(
        gettext_lazy("The database does not answer"),
        gettext_lazy("Nothing is saved and nothing is sent until it is back."),
        gettext_lazy("Start the database, and look at its disk."),
        "systemctl status postgresql",
    ),
    "people.unreached": Code(
        gettext_lazy("Somebody cannot be reached"),
        ngettext_lazy(
            "%(number)d person got no message on any channel tonight.",
            "%(number)d people got no message on any channel tonight.",
            "number",
        ),
        gettext_lazy("The call’s page says who and why; tell them yourself."),
    ),
    "job.late": Code(
        gettext_lazy("A job was not run"),
        gettext_lazy("That of %(at)s. Its messages go out all the same, five seconds late."),
        gettext_lazy("Look at the worker’s log."),
        "journalctl -u slomix-worker -n 100",
    ),
    "part.failing": Code(
        gettext_lazy("Work that fails: %(name)s"),
        gettext_lazy("It is tried again at its next turn and holds nothing else."),
        gettext_lazy("What failed stands in the admin under Workers."),
    ),
}


def title(cause: Cause) -> str:
    """Say what is wrong in a few words, in the language that is spoken now."""
    return str(CODES[cause.code].title % _values(cause))


def words(cause: Cause) -> str:
    """Say it in a sentence."""
    return str(CODES[cause.code].words % _values(cause))


def ending(run: Run) -> str:
    """Say how a run ended that was told of as not finished."""
    at = clock.wall(run.slot.due_at)
    sent = run.states["sent"]
    return _("The %(at)s run is over: %(sent)d of %(all)d sent, %(expired)d too late.") % {
        "at": at,
        "sent": sent,
        "all": run.total,
        "expired": run.states["expired"],
    }


def ago(seconds: float) -> str:
    """Say how long ago something was, roughly."""
    if seconds < 100:
        return ngettext("%(n)d s ago", "%(n)d s ago", int(seconds)) % {"n": int(seconds)}
    if seconds < 100 * 60:
        return ngettext("%(n)d min ago", "%(n)d min ago", int(seconds / 60)) % {
            "n": int(seconds / 60)
        }
    hours = int(seconds / 3600)
    return ngettext("%(n)d h ago", "%(n)d h ago", hours) % {"n": hours}


def moment(at: datetime, now: datetime) -> str:
    """Say when something was: the time today, else the day with it."""
    local = clock.local(at)
    if clock.today(at) == clock.today(now):
        return clock.wall(at)
    return f"{local:%Y-%m-%d} {local:%H:%M}"


def _values(cause: Cause) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in cause.values.items()}


def _value(name: str, value: object) -> object:
    if isinstance(value, datetime):
        short = name == "at" or not value.second
        return clock.wall(value.replace(second=0)) if short else _dated(value)
    return _("never") if value is None else value


def _dated(at: datetime) -> str:
    local = clock.local(at)
    today = clock.today(at) == clock.today(clock.now())
    whole = clock.wall(at.replace(microsecond=0))
    return whole if today else f"{local:%Y-%m-%d} {whole}"
