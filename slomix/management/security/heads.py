"""Headers and cookies, on every kind of answer that can be had."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

from slomix.management.security.report import NotRun, Seen
from slomix.management.security.wire import Answer, Site

CSS = re.compile(r'href="(/static/[^"]+\.css)"')
YEAR = 31_536_000
NOTHING = {"object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
REFERRERS = {"same-origin", "no-referrer", "strict-origin", "strict-origin-when-cross-origin"}
# Error pages, refusals, redirects and answers of each of the site's doors.
ASKED = (
    *(("GET", "/"), ("GET", "/accounts/sign-in/"), ("GET", "/you/"), ("GET", "/nowhere/")),
    *(("GET", "/stop/forged/"), ("POST", "/language/"), ("DELETE", "/health"), ("HEAD", "/")),
    *(("GET", "/health"), ("GET", "/livez"), ("GET", "/readyz"), ("GET", "/admin/login/")),
    *(("GET", "/api/availability"), ("GET", "/api/availability/me"), ("GET", "/api/nowhere")),
    *(("GET", "/api/docs"), ("OPTIONS", "/"), ("GET", "/accounts/discord/login/callback/")),
    *(("GET", "/static/nothing-of-ours.css"), ("GET", "/evenings/calendar/forged.ics")),
)


def answers(site: Site) -> Iterator[Answer]:
    """Yield one answer of every kind, a file and a refused host among them."""
    stranger = site.stranger()
    for method, path in ASKED:
        yield stranger.ask(method, path)
    file = CSS.search(stranger.get("/").text)
    if file:
        yield stranger.get(file[1])
    yield stranger.get("/", Host="evil.example")


def policy_of(answer: Answer) -> dict[str, list[str]]:
    """Return the content security policy as directives and their sources."""
    parts = answer.header("Content-Security-Policy").split(";")
    return {words[0]: words[1:] for words in (part.split() for part in parts) if words}


def policy(site: Site, seen: Seen) -> None:
    """A content security policy without inline code on every answer."""
    for answer in answers(site):
        found = policy_of(answer)
        sources = [word for words in found.values() for word in words]
        unsafe = [word for word in sources if word.startswith("'unsafe") or word in ("*", "data")]
        scripts = found.get("script-src", found.get("default-src", []))
        seen.expect("default-src" in found, f"{answer}: no default-src")
        seen.expect(not unsafe, f"{answer}: {' '.join(unsafe)}")
        seen.expect(set(scripts) <= {"'self'", "'none'"}, f"{answer}: scripts from {scripts}")
        for name, wanted in NOTHING.items():
            given = found.get(name)
            seen.expect(given == [wanted], f"{answer}: {name} is {given}")
        forms = found.get("form-action", ["anywhere"])
        seen.expect(forms[0] == "'self'", f"{answer}: form-action is {forms}")


def plain(site: Site, seen: Seen) -> None:
    """Nosniff and a referrer policy on every answer; HSTS under https."""
    for answer in answers(site):
        sniff = answer.header("X-Content-Type-Options")
        seen.expect(sniff == "nosniff", f"{answer}: X-Content-Type-Options is {sniff!r}")
        referrer = answer.header("Referrer-Policy")
        seen.expect(referrer in REFERRERS, f"{answer}: Referrer-Policy is {referrer!r}")
        if site.https and answer.status != 400:
            _strict(answer, seen)
    seen.note = "HSTS too" if site.https else "HSTS not run: this origin is no https"


def _strict(answer: Answer, seen: Seen) -> None:
    given = answer.header("Strict-Transport-Security")
    age = re.search(r"max-age=(\d+)", given)
    enough = age is not None and int(age[1]) >= YEAR and "includeSubDomains" in given
    seen.expect(enough, f"{answer}: Strict-Transport-Security is {given!r}")


def scripting(site: Site, seen: Seen) -> None:
    """Htmx evaluates nothing, adds no styles and runs no script it was sent."""
    page = site.stranger().get("/").text
    for name in ("allowEval", "includeIndicatorStyles", "allowScriptTags"):
        seen.expect(f'"{name}":false' in page, f"htmx-config does not switch {name} off")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=|<[^>]+\sstyle=", page)
    seen.expect(not inline, f"inline code on the front page: {inline[:3]}")


def kept(site: Site, seen: Seen) -> None:
    """What somebody who is signed in reads is kept by no cache."""
    if not site.session:
        raise NotRun("needs --session, the cookie of somebody who is signed in")
    someone = site.someone()
    me = someone.get("/api/availability/me")
    if me.status != 200:
        raise NotRun(f"--session signs nobody in: /api/availability/me answers {me.status}")
    for path in ("/", "/you/", "/you/data/", "/you/week/", "/room/", "/raids/", "/nowhere/"):
        answer = someone.get(path)
        given = answer.header("Cache-Control")
        seen.expect("no-store" in given, f"{answer}: Cache-Control is {given!r}")
    given = me.header("Cache-Control")
    seen.expect("no-store" in given, f"{me}: Cache-Control is {given!r}")


def cookies(site: Site, seen: Seen) -> None:
    """Cookies are for this host alone, over https alone, and no script reads the session's."""
    if not site.https:
        raise NotRun(
            "this origin is no https, so its cookies cannot be Secure; ask the https profile"
        )
    given = list(_set(site))
    sessions = [name for name, _attributes in given if name == site.session_cookie]
    seen.expect(sessions, f"no cookie {site.session_cookie} was set by beginning a sign-in")
    for name, one in given:
        seen.expect(one["secure"], f"{name} is not Secure")
        same = one["samesite"]
        seen.expect(same in ("Lax", "Strict"), f"{name} has SameSite={same!r}")
        seen.expect(one["path"] == "/" and not one["domain"], f"{name} is not for this host alone")
        if name != "django_language":
            seen.expect(name.startswith("__Host-"), f"{name} has no __Host- prefix")
        if "session" in name:
            seen.expect(one["httponly"], f"{name} can be read by a script")


def _set(site: Site) -> Iterator[tuple[str, dict[str, str]]]:
    stranger = site.stranger()
    token = stranger.token()
    form = {"csrfmiddlewaretoken": token, "language": "en"}
    seen = [stranger.get("/"), stranger.post("/accounts/discord/login/", form)]
    seen += [stranger.post("/language/", form), stranger.get("/accounts/sign-in/")]
    for answer in seen:
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                yield name, dict(morsel)
