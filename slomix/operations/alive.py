"""What is alive, part by part, in words for the operators' page. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from botworker.presence import VOICE_FRESH
from botworker.timing import WRONG
from slomix.lib import clock
from slomix.operations import saying
from slomix.operations.facts import Facts
from slomix.operations.judging import BACKUP, BACKUP_TOO_OLD, DRILL, HEARS_WITHIN, Limits


@dataclass(frozen=True)
class Part:
    """One line: what it is, what it says, and whether it is well ("good", "soft" or "bad")."""

    icon: str
    name: str
    words: str
    badge: str
    tone: str = "good"


@dataclass(frozen=True)
class Beside:
    """What no row says: which parts are set up, and how many of us the bot knows."""

    game: bool
    known: int
    page_ms: int
    not_ready: tuple[str, ...] = ()


def parts(facts: Facts, limits: Limits, beside: Beside) -> list[Part]:
    """Say of every part whether it lives, faults first."""
    found = [
        _web(facts, limits, beside),
        _worker(facts, limits),
        *([_discord(facts, limits, beside), *_voice(facts)] if _has_bot(facts, limits) else []),
        *(_heard(facts, channel) for channel in limits.channels),
        *([_game(facts)] if beside.game else []),
        _database(facts, beside),
        _backup(facts, limits),
        _time(facts),
    ]
    return sorted(found, key=lambda part: part.tone != "bad")


def _has_bot(facts: Facts, limits: Limits) -> bool:
    return limits.has_bot or "bot" in facts.signs


def _badge(facts: Facts, part: str, after: timedelta) -> tuple[str, str]:
    silence = facts.silent(part)
    if silence is None:
        return _("never"), "bad"
    if silence > after:
        return _("silent"), "bad"
    return saying.ago(max(0.0, silence.total_seconds())), "good"


def _web(facts: Facts, limits: Limits, beside: Beside) -> Part:
    if facts.silent("web") is None:
        words = _("answers; it does not watch, so nobody is told of a silent worker")
        return Part("web", _("Web"), words, _("now"), "soft")
    words = _("answers, and watches the others")
    if beside.page_ms:
        words = _("answers in %(n)d ms, and watches the others") % {"n": beside.page_ms}
    badge, tone = _badge(facts, "web", limits.silent_after)
    return Part("web", _("Web"), words, badge, tone)


def _worker(facts: Facts, limits: Limits) -> Part:
    badge, tone = _badge(facts, "worker", limits.silent_after)
    words = _("looks for jobs every 2 s")
    if tone == "bad":
        words = _last_word(facts, "worker")
    return Part("beat", _("Worker and clock"), words, badge, tone)


def _discord(facts: Facts, limits: Limits, beside: Beside) -> Part:
    badge, tone = _badge(facts, "bot", limits.silent_after)
    if tone == "bad":
        return Part("chat", _("Discord"), _last_word(facts, "bot"), badge, tone)
    host = facts.leader.host if facts.leader and not facts.leader.released else ""
    sign = facts.signs["bot"]
    if sign.detail != "connected":
        words = _("no connection to the gateway at the moment")
        return Part("chat", _("Discord"), words, badge, "bad")
    known = ngettext("%(n)d member known", "%(n)d members known", beside.known) % {
        "n": beside.known
    }
    shut = next((one for one in facts.shut if one.channel == "discord"), None)
    if shut:
        words = _("left alone until %(at)s: %(why)s") % {
            "at": clock.wall(shut.until.replace(microsecond=0)),
            "why": shut.reason,
        }
        return Part("chat", _("Discord"), words, badge, "bad")
    leads = _("%(host)s leads") % {"host": host} if host else _("nobody leads")
    return Part("chat", _("Discord"), f"{leads}, {known}", badge, "good" if host else "bad")


def _voice(facts: Facts) -> list[Part]:
    found = facts.looks.get("voice")
    if not facts.calls or found is None:
        return []
    at, number = found
    age = facts.at - at
    if age > VOICE_FRESH:
        words = _("last known %(at)s, so nobody would be asked after the start") % {
            "at": clock.wall(at.replace(microsecond=0))
        }
        return [Part("voice", _("Who is in voice"), words, _("too old"), "bad")]
    words = ngettext("%(n)d in voice", "%(n)d in voice", number) % {"n": number}
    return [Part("voice", _("Who is in voice"), words, saying.ago(age.total_seconds()))]


def _heard(facts: Facts, channel: str) -> Part:
    icon, name = {"telegram": "plane"}.get(channel, "wave"), channel.title()
    badge, tone = _badge(facts, f"hears {channel}", HEARS_WITHIN)
    shut = next((one for one in facts.shut if one.channel == channel), None)
    if shut:
        words = _("left alone until %(at)s: %(why)s") % {
            "at": clock.wall(shut.until.replace(microsecond=0)),
            "why": shut.reason,
        }
        return Part(icon, name, words, badge, "bad")
    words = _("sends, and hears what people write") if tone == "good" else _("nobody listens")
    return Part(icon, name, words, badge, tone)


def _game(facts: Facts) -> Part:
    found = facts.looks.get("server")
    if found is None or facts.at - found[0] > timedelta(minutes=5):
        words = _("asked only while somebody proves their player, and after the start")
        return Part("server", _("Game server"), words, _("at rest"), "soft")
    at, number = found
    words = ngettext("%(n)d player", "%(n)d players", number) % {"n": number}
    badge = saying.ago((facts.at - at).total_seconds())
    return Part("server", _("Game server"), words, badge)


def _database(facts: Facts, beside: Beside) -> Part:
    if beside.not_ready:
        words = ", ".join(beside.not_ready)
        return Part("base", _("Database"), words, _("not ready"), "bad")
    if facts.silent("web") is None:
        return Part("base", _("Database"), _("answers; nobody looks further"), _("now"), "soft")
    return Part("base", _("Database"), _("all migrations in, secrets open"), _("now"))


def _backup(facts: Facts, limits: Limits) -> Part:
    made, drill = facts.workers.get(BACKUP), facts.workers.get(DRILL)
    if made is None or made.last_good_at is None:
        tone = "bad" if limits.production else "soft"
        return Part("copy", _("Backup"), _("none was made so far"), _("none"), tone)
    age = facts.at - made.last_good_at
    words = _("the last one %(at)s") % {"at": saying.moment(made.last_good_at, facts.at)}
    if drill and drill.error:
        return Part("copy", _("Backup"), _("could not be restored"), _("broken"), "bad")
    if drill and drill.last_good_at:
        words = _("%(made)s, restored to a test copy") % {"made": words}
    tone = "bad" if age > BACKUP_TOO_OLD else "good"
    return Part("copy", _("Backup"), words, saying.ago(age.total_seconds()), tone)


def _time(facts: Facts) -> Part:
    seconds = abs(facts.skew.total_seconds())
    words = _("%(zone)s, %(seconds)s s off the database’s") % {
        "zone": clock.zone().key,
        "seconds": f"{seconds:.1f}",
    }
    if facts.skew > WRONG or -facts.skew > WRONG:
        return Part("clock", _("Time"), words, _("wrong"), "bad")
    return Part("clock", _("Time"), words, _("in step"))


def _last_word(facts: Facts, part: str) -> str:
    sign = facts.signs.get(part)
    if sign is None:
        return _("it was never started")
    return _("no word since %(at)s") % {"at": _when(sign.at, facts.at)}


def _when(at: datetime, now: datetime) -> str:
    return saying.moment(at.replace(microsecond=0), now)
