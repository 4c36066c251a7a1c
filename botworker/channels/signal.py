"""Signal, through signal-cli-rest-api. https://bbernhard.github.io/signal-cli-rest-api/

One recipient a request: a failure then names nobody else. There is no idempotency key and no
history, so whatever is not a clear answer is never tried again. Its error texts hold numbers and
are never kept.
"""

import logging
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts import links
from accounts.models import Handle
from botworker import outbox
from botworker.channels import ChannelError, Refusal, Said, Verdict, http
from botworker.claims import Job
from slomix.lib import clock

Rows = list[list[dict[str, Any]]]
log = logging.getLogger(__name__)

UNREGISTERED = Refusal(
    "the number has no Signal", Verdict.PERMANENT, None, 400, off=Handle.Off.GONE
)
UNTRUSTED = Refusal("the Signal keys changed", Verdict.PERMANENT, None, 400)
# signal-cli was cut off in the middle: the message may be out.
NETWORK = Refusal("no clear answer", Verdict.UNKNOWN, None, 400)
LIMITED_FOR = 60.0
NOT_OURS = Refusal("signal-cli does not know our number", Verdict.BLOCKED, LIMITED_FOR, 400)
# What signal-cli says in its words, and as the type of a result that looks like a success.
BY_WORDS = {
    "Unregistered user": UNREGISTERED,
    "Untrusted Identity": UNTRUSTED,
    "is not registered": NOT_OURS,
    "Network failure": NETWORK,
}
BY_TYPE = {
    "UNREGISTERED_FAILURE": UNREGISTERED,
    "IDENTITY_FAILURE": UNTRUSTED,
    "NETWORK_FAILURE": NETWORK,
}


class Api:
    """Calls the REST server for our number."""

    def __init__(self) -> None:
        self.http = http.client(settings.SIGNAL_DAEMON_URL)

    async def send(self, recipient: str, text: str) -> int:
        """Send one message and return its timestamp, which is its name. Raises ChannelError."""
        body = {"number": settings.SIGNAL_SENDER, "recipients": [recipient], "message": text}
        try:
            answer = await self.http.post("/v2/send", json=body)
        except httpx.HTTPError as fault:
            raise ChannelError(http.broken("Signal", fault)) from None
        told = http.read(answer)
        if refused := refusal(answer.status_code, told):
            raise ChannelError(refused)
        stamp = str(told.get("timestamp", ""))
        if not stamp.isdecimal():
            raise ChannelError(Refusal("the answer made no sense", Verdict.UNKNOWN, None, 201))
        return int(stamp)

    async def receive(self, *, wait: int) -> list[dict[str, Any]]:
        """Return what came in, waiting some seconds for the first; each is given once.

        Raises ChannelError.
        """
        query = {"timeout": str(wait)}
        timeout = httpx.Timeout(wait + http.TOTAL, connect=http.CONNECT)
        path = f"/v1/receive/{settings.SIGNAL_SENDER}"
        try:
            answer = await self.http.get(path, params=query, timeout=timeout)
            found = answer.json() if answer.status_code == 200 else None
        except httpx.HTTPError as fault:
            raise ChannelError(http.broken("Signal", fault)) from None
        except ValueError:
            found = None
        if not isinstance(found, list):
            raise ChannelError(Refusal("Signal gave no news", Verdict.TRANSIENT))
        return [one["envelope"] for one in found if isinstance(one, dict) and "envelope" in one]

    async def close(self) -> None:
        """Close what is open."""
        await self.http.aclose()


def refusal(status: int, told: dict[str, Any]) -> Refusal | None:
    """Return what an answer means for a delivery; None for a success that is one."""
    results = told.get("results")
    for result in results if isinstance(results, list) else []:
        kind = result.get("type") if isinstance(result, dict) else None
        if kind != "SUCCESS":
            return _by_type(str(kind), result)
    if 200 <= status < 300:
        return None
    error = str(told.get("error", ""))
    if status == 429:
        return _limited()
    for words, refused in BY_WORDS.items():
        if words in error:
            return refused
    if status >= 500 or status < 400:
        return Refusal("Signal gave no clear answer", Verdict.UNKNOWN, None, status)
    log.error("Signal refused a message (%d)", status)
    return Refusal(f"Signal refused it ({status})", Verdict.PERMANENT, None, status)


def _by_type(kind: str, result: object) -> Refusal:
    if kind == "RATE_LIMIT_FAILURE":
        named = result.get("retryAfterSeconds") if isinstance(result, dict) else None
        return _limited(float(named) if isinstance(named, int | float) else LIMITED_FOR)
    return BY_TYPE.get(kind, Refusal("Signal refused it", Verdict.PERMANENT, None, 201))


def _limited(seconds: float = LIMITED_FOR) -> Refusal:
    # It is about our number and not about this message; signal-cli wants a captcha to be solved.
    return Refusal("Signal asks for a captcha", Verdict.BLOCKED, seconds, 429)


class SignalChannel:
    """Says deliveries to linked Signal accounts."""

    name = "signal"
    reads_back = False

    def __init__(self, api: Api) -> None:
        self.api = api

    async def send(self, job: Job) -> Said:
        """Say it to the person's number; raises ChannelError."""
        recipient = await http.address(job)
        words = await http.words(job, ways_back)
        return Said(0, await self.api.send(recipient, words))

    async def find(self, job: Job) -> Said | None:
        """Refuse: nobody can read what is on a phone."""
        raise ChannelError(Refusal("Signal cannot be read back", Verdict.UNKNOWN))


# What is written instead of a press, by the verb in the button's id.
WORDS = {
    "in": pgettext_lazy("to send", "IN"),
    "late": pgettext_lazy("to send", "LATE"),
    "no": pgettext_lazy("to send", "NO"),
    "stop": pgettext_lazy("to send", "STOP"),
    "resume": pgettext_lazy("to send", "REMIND"),
    "looking": pgettext_lazy("to send", "LOOKING"),
    "available": pgettext_lazy("to send", "AVAILABLE"),
    "maybe": pgettext_lazy("to send", "MAYBE"),
    "notplaying": pgettext_lazy("to send", "NO"),
    "clear": pgettext_lazy("to send", "CLEAR"),
    "leave": pgettext_lazy("to send", "LEAVE"),
    "nodaily": pgettext_lazy("to send", "STOP DAILY"),
    # Below a place in a team that is offered.
    "room:take": pgettext_lazy("to send", "TAKE"),
    "room:pass": pgettext_lazy("to send", "PASS"),
    "room:drop": pgettext_lazy("to send", "NO"),
    "room:leave": pgettext_lazy("to send", "NO"),
    "room:back": pgettext_lazy("to send", "IN"),
}


def ways_back(job: Job) -> list[str]:
    """Return how to answer a delivery from a chat without buttons: the words, and a link for once.

    Nothing for one that has no buttons, or is about no evening; no link for an offer, which is
    not answered with an answer for the evening.
    """
    rows = job.extras.get("rows", [])
    if offered := verbs_of(rows, "room:"):
        return send_words(offered)
    verbs = verbs_of(rows, "dlv:")
    said = outbox.addressed(job.marker) if verbs else None
    if said is None or said.evening is None or job.person_id is None:
        return []
    link = links.answer_link(job.person_id, "signal", said.evening, clock.now())
    return [*send_words(verbs), _("Or choose here, once: %(link)s") % {"link": link}]


def verbs_of(rows: Rows, kind: str) -> list[str]:
    """Return what the buttons whose id begins so stand for, as `WORDS` names it."""
    ids = [str(button.get("id", "")) for row in rows for button in row]
    found = [one.split(":") for one in ids if one.startswith(kind)]
    return [parts[2] if kind == "dlv:" else f"{parts[0]}:{parts[1]}" for parts in found]


def send_words(verbs: list[str]) -> list[str]:
    """Return “Send IN, LATE, NO or STOP.” for some buttons; nothing where no word stands for one."""
    found = [str(WORDS[verb]) for verb in verbs if verb in WORDS]
    if len(found) < 2:
        return [_("Send %(words)s.") % {"words": found[0]}] if found else []
    named = _("%(some)s or %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}
    return [_("Send %(words)s.") % {"words": named}]
