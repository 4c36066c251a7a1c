"""What guessing tells, and how often one may guess."""

import secrets
import statistics
from urllib.parse import quote

from slomix.management.security.report import NotRun, Seen
from slomix.management.security.wire import Answer, Site

BEGIN = "/accounts/discord/login/"
# More presses than any sensible limit allows within a minute; the default is 40.
MOST_SIGN_INS, MOST_PASSWORDS = 120, 20
TIMED = 25
# What differs between any two answers: when they were made, their tokens, and what they repeat.
ALWAYS_NEW = {"date", "set-cookie", "etag", "x-request-id", "content-length", "expires"}


def shape(answer: Answer, *told: str) -> tuple[int, tuple[str, ...], str]:
    """Return an answer without what is new in each, and without what was asked for."""
    text = answer.text
    head = [f"{name}: {value}" for name, value in answer.headers if name.lower() not in ALWAYS_NEW]
    for word in told:
        text = text.replace(word, "…")
        head = [line.replace(word, "…") for line in head]
    return answer.status, tuple(sorted(head)), _without_tokens(text)


def _without_tokens(text: str) -> str:
    pieces = text.split('"')
    return '"'.join("…" if len(piece) == 64 and piece.isalnum() else piece for piece in pieces)


def guesses(site: Site, seen: Seen) -> None:
    """A guessed link, code or number gets the very answer that any other guess gets."""
    doors = ("/s/{}/", "/stop/{}/", "/evenings/calendar/{}.ics", "/hooks/telegram/{}/")
    for door in doors:
        # As long as a true one, of the same letters, and two that could never be one.
        words = [secrets.token_urlsafe(32), secrets.token_urlsafe(32), "x" * 43, "0" * 43]
        found = {shape(site.stranger().get(door.format(word)), word) for word in words}
        seen.expect(len(found) == 1, f"{door}: {len(found)} different answers to guesses")
    for door in ("/raids/{}/", "/calls/{}/", "/api/availability/away/{}"):
        paths = [door.format(number) for number in (1, 2, 999_999_937)]
        found = {shape(site.stranger().get(one), one, quote(one, safe="")) for one in paths}
        seen.expect(len(found) == 1, f"{door}: tells a visitor which numbers there are")


def usernames(site: Site, seen: Seen) -> None:
    """The operators' door answers a wrong password as it answers a user that it does not know."""
    if not site.known_user:
        raise NotRun("needs --username, an operator who has a password")
    known, unknown = site.known_user, f"nobody-{secrets.token_hex(8)}"
    answers = {name: _password(site, name) for name in (known, unknown)}
    if any(one.status == 429 for one in answers.values()):
        raise NotRun("too many passwords were tried from here; wait five minutes")
    shapes = {shape(one, name) for name, one in answers.items()}
    seen.expect(len(shapes) == 1, "a known user gets another answer than an unknown one")
    took = {name: one.took for name, one in answers.items()}
    seen.note = f"known {took[known] * 1000:.0f} ms, unknown {took[unknown] * 1000:.0f} ms"


def timing(site: Site, seen: Seen) -> None:
    """How long guesses take is told, for information."""
    medians = []
    for word in ("x", secrets.token_urlsafe(32)):
        took = [site.stranger().get(f"/s/{word}/").took for _n in range(TIMED)]
        medians.append(statistics.median(took) * 1000)
        seen.expect(took, "nothing was measured")
    seen.note = (
        f"medians of {TIMED}: {medians[0]:.1f} ms short, {medians[1]:.1f} ms as long as true"
    )


def _password(site: Site, name: str, *, forwarded_for: str = "") -> Answer:
    stranger = site.stranger()
    page = stranger.get("/admin/login/").text
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"csrfmiddlewaretoken": token, "username": name, "password": "wrong on purpose"}
    return stranger.post("/admin/login/", form, forwarded_for=forwarded_for)


def sign_ins(site: Site, seen: Seen) -> None:
    """So many sign-ins and no more, whatever a visitor writes into X-Forwarded-For."""
    stranger = site.stranger()
    form = {"csrfmiddlewaretoken": stranger.token()}
    for number in range(1, MOST_SIGN_INS + 1):
        answer = stranger.post(BEGIN, form, forwarded_for=f"198.51.100.{number}")
        if answer.status == 429:
            break
    seen.expect(answer.status == 429, f"{number} sign-ins in a row were begun, each as another")
    wait = answer.header("Retry-After")
    seen.expect(wait.isdecimal() and int(wait) > 0, f"Retry-After is {wait!r}")
    seen.note = f"the sign-in number {number} waits {wait} s; sign-ins from here do so, too"


def passwords(site: Site, seen: Seen) -> None:
    """Passwords are not guessed for long at the operators' door."""
    name = f"nobody-{secrets.token_hex(4)}"
    for number in range(1, MOST_PASSWORDS + 1):
        answer = _password(site, name, forwarded_for=f"198.51.100.{number}")
        if answer.status == 429:
            break
    seen.expect(answer.status == 429, f"{number} passwords in a row were tried, each as another")
    wait = answer.header("Retry-After")
    seen.expect(wait.isdecimal() and int(wait) > 0, f"Retry-After is {wait!r}")
    seen.note = f"the password number {number} waits {wait} s"
