"""CSRF, signing in, and where forms lead to."""

import html
import re
import secrets
from urllib.parse import parse_qs, quote, urlsplit

from slomix.management.security import addresses
from slomix.management.security.report import NotRun, Seen
from slomix.management.security.wire import FORM, Answer, Site

REFUSED = {401, 403, 404, 405}
BEGIN, BACK = "/accounts/discord/login/", "/accounts/discord/login/callback/"
NEXT = re.compile(r'name="next" value="([^"]*)"')
EVIL = (
    *(
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
    ),
    *("https:evil.example", "https:/evil.example", "http://evil.example", "HTTPS://EVIL.EXAMPLE"),
    *("http:///evil.example", "http:\\\\evil.example", "//evil.example:80/", "ftp://evil.example/"),
    *(
        "//[::1]/",
        "https://user@evil.example/",
        "@evil.example",
        "//evil%2eexample",
        "evil.example",
    ),
    *("%2f%2fevil.example", "/%2fevil.example", "/%5cevil.example", "/%09/evil.example"),
    *(
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "\x00//evil.example",
    ),
    *("/\r\nLocation: https://evil.example", "/%0d%0aLocation:%20https://evil.example"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x"),
    *("vbscript:x", "file:///etc/passwd", "//\u2044evil.example", "https://\u0435vil.example"),
    *("/\u2028/evil.example", "//evil.example/%2f..", "https://evil.example#x", "/\\/evil.example"),
    *("https://evil.example?x=", "///\\;@evil.example", "/.evil.example//evil.example/.."),
)


def csrf(site: Site, seen: Seen) -> None:
    """Every unsafe method of every route needs our own token, and comes from our own pages."""
    someone = site.someone() if site.session else site.stranger()
    token = someone.token()
    if not token:
        seen.expect(False, "the front page carries no token")
    # What a form and a script of another site can send along with somebody's cookies.
    origin = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    tries: dict[str, dict[str, str]] = {
        "no token": {},
        "a foreign token": {"X-CSRFToken": secrets.token_hex(32)},
        "a foreign origin": {"X-CSRFToken": token} | origin,
    }
    for address in addresses.all_of():
        if address.bears_secret:
            continue
        for what, headers in tries.items():
            for method in addresses.METHODS if what == "no token" else ("POST",):
                sent = {"Content-Type": FORM, "X-Requested-With": "XMLHttpRequest"} | headers
                answer = someone.ask(method, address.path, b"", sent)
                seen.expect(answer.status in REFUSED, f"{answer} with {what}")
    seen.note = "as somebody" if site.session else "as a visitor; --session asks as somebody"


def csrf_is_passable(site: Site, seen: Seen) -> None:
    """With our own token a form is taken, so the refusals above are about the token."""
    stranger = site.stranger()
    form = {"csrfmiddlewaretoken": stranger.token(), "language": "en"}
    taken = stranger.post("/language/", form)
    seen.expect(taken.status == 302, f"{taken} with our own token")


def login_by_get(site: Site, seen: Seen) -> None:
    """A link, a picture or a redirect starts no sign-in."""
    for method in ("GET", "HEAD"):
        answer = site.stranger().ask(method, BEGIN)
        led = answer.header("Location")
        seen.expect("/oauth2/" not in led, f"{answer}: leads to {led}")
        seen.expect(not _leads_away(site, answer), f"{answer}: leads to {led}")


def begin(site: Site, **form: str) -> tuple[Site, Answer, dict[str, str]]:
    """Press the button as somebody new; return them, the answer, and what Discord is asked."""
    stranger = site.stranger()
    sent = {"csrfmiddlewaretoken": stranger.token()} | form
    answer = stranger.post(BEGIN, sent)
    asked = parse_qs(urlsplit(answer.header("Location")).query)
    return stranger, answer, {name: values[0] for name, values in asked.items()}


def oauth(site: Site, seen: Seen) -> None:
    """Discord is asked with a state, with PKCE, for `identify` alone, to lead back to us."""
    _one, answer, asked = begin(site)
    _other, _answer, again = begin(site)
    if answer.status == 429:
        raise NotRun("too many sign-ins were begun from here; wait a minute")
    seen.expect(answer.status == 302 and asked, f"{answer}: leads to no sign-in")
    state, challenge = asked.get("state", ""), asked.get("code_challenge", "")
    seen.expect(len(state) >= 16, f"state is {state!r}")
    seen.expect(state != again.get("state"), "two sign-ins have one state")
    seen.expect(asked.get("code_challenge_method") == "S256", "PKCE is not S256")
    seen.expect(len(challenge) >= 43, f"code_challenge is {challenge!r}")
    seen.expect(challenge != again.get("code_challenge"), "two sign-ins have one challenge")
    seen.expect(
        asked.get("response_type") == "code", f"response_type: {asked.get('response_type')}"
    )
    seen.expect(asked.get("scope") == "identify", f"scope is {asked.get('scope')!r}")
    wanted = f"{site.origin}{BACK}"
    seen.expect(asked.get("redirect_uri") == wanted, f"redirect_uri: {asked.get('redirect_uri')}")


def callback(site: Site, seen: Seen) -> None:
    """Whoever comes back without the state of this very browser is refused and stays a stranger."""
    owner, _answer, asked = begin(site)
    state = asked.get("state", "")
    other = site.stranger()
    tries = (
        ("no state", owner, "?code=x"),
        ("nothing", owner, ""),
        ("a made-up state", owner, f"?code=x&state={'y' * 16}"),
        ("another browser's state", other, f"?code=x&state={quote(state)}"),
        ("another browser's, a second time", other, f"?code=x&state={quote(state)}"),
        ("a forged code", owner, f"?code=forged&state={quote(state)}"),
        ("the same state again", owner, f"?code=forged&state={quote(state)}"),
    )
    for what, who, query in tries:
        answer = who.get(f"{BACK}{query}")
        # With Discord away, a forged code ends as 502: refused all the same.
        refused = 400 <= answer.status < 500 or (answer.status == 502 and "code" in what)
        seen.expect(refused, f"{answer} with {what}")
        me = who.get("/api/availability/me")
        seen.expect(me.status == 401, f"{me} after {what}: somebody is signed in")


def redirects(site: Site, seen: Seen) -> None:
    """No `next` leads to another site."""
    stranger = site.stranger()
    token = stranger.token()
    for wish in EVIL:
        form = {"csrfmiddlewaretoken": token, "language": "en", "next": wish}
        answers = [stranger.post("/language/", form)]
        answers.append(stranger.get(f"/accounts/sign-in/?next={quote(wish, safe='')}"))
        if site.session:
            answers.append(site.someone().get(f"/accounts/sign-in/?next={quote(wish, safe='')}"))
        for answer in answers:
            led = answer.header("Location")
            seen.expect(not _leads_away(site, answer), f"next={wish!r} leads to {led!r}")
            shown = NEXT.search(answer.text)
            kept = html.unescape(shown[1]) if shown else "/"
            seen.expect(not _is_away(site, kept), f"next={wish!r} is kept as {kept!r}")
    for path in ("//evil.example/you", "/%5cevil.example/you", "//evil.example/%2e%2e"):
        answer = stranger.get(path)
        seen.expect(not _leads_away(site, answer), f"{answer}: {answer.header('Location')!r}")
    seen.note = f"{len(EVIL)} wishes at {3 if site.session else 2} doors"


def _leads_away(site: Site, answer: Answer) -> bool:
    return _is_away(site, answer.header("Location"))


def _is_away(site: Site, led: str) -> bool:
    # A browser takes a backslash for a slash, and leaves tabs and line ends out.
    led = led.replace("\\", "/")
    led = "".join(sign for sign in led if sign not in "\t\r\n")
    parts = urlsplit(led.strip())
    home = urlsplit(site.origin)
    return bool(parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (
        home.scheme,
        home.netloc,
    )
