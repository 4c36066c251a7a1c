"""What must not be found: files of ours, versions, hosts, figures."""

import json
import re
from urllib.parse import urlsplit

from slomix.management.security.report import NotRun, Seen
from slomix.management.security.wire import Site

HIDDEN = (
    *("/.git/HEAD", "/.git/config", "/.env", "/.env.example", "/manage.py", "/pyproject.toml"),
    *("/requirements.txt", "/var/slomix.sqlite3", "/slomix.sqlite3", "/backups/", "/.ci/run"),
    *(
        "/static/../.env",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/static/..%2fmanage.py",
    ),
    *(
        "/static/..%5cmanage.py",
        "/static/....//manage.py",
        "/static//etc/passwd",
        "/static/.git/HEAD",
    ),
    *("/static/../../../../../../etc/passwd", "/static/%00", "/static/", "/avatars/../manage.py"),
    *(
        "/server-status",
        "/debug/",
        "/__debug__/",
        "/silk/",
        "/phpinfo.php",
        "/standin/",
        "/-/tonight",
    ),
)
OURS = re.compile(r"DJANGO_SETTINGS_MODULE|SECRET_KEY|\[core\]|ref: refs/|root:x:0:0|django==")
# 5.2.19 and 27.0; an address of four numbers is told apart.
VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
PLACES = re.compile(r"postgres(?:ql)?:|redis:|sqlite|/(?:home|srv|opt|usr|var)/|Traceback|password")
HEALTH = {
    "/health": {"status", "database"},
    "/livez": {"status"},
    "/readyz": {"status", "codes", "parts", "notices"},
}


def files(site: Site, seen: Seen) -> None:
    """Neither the repository nor the settings nor the database can be fetched."""
    for path in HIDDEN:
        answer = site.stranger().get(path)
        gone = answer.status in (400, 403, 404, 405) or answer.status in (301, 302)
        seen.expect(gone, f"{answer}")
        seen.expect(not OURS.search(answer.text), f"{answer}: shows what is ours")


def methods(site: Site, seen: Seen) -> None:
    """TRACE and methods that are none are refused and echo nothing."""
    for method in ("TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG"):
        answer = site.stranger().ask(method, "/", headers={"X-Canary": "canary-of-trace"})
        seen.expect(400 <= answer.status < 600 and answer.status != 500, f"{answer}")
        seen.expect("canary-of-trace" not in answer.text, f"{answer}: echoes what it was sent")


def hosts(site: Site, seen: Seen) -> None:
    """A foreign Host is refused, and a forwarded one is nobody's word."""
    for host in (
        "evil.example",
        "evil.example:80",
        "",
        f"{urlsplit(site.origin).netloc}.evil.example",
    ):
        answer = site.stranger().get("/", Host=host)
        seen.expect(answer.status == 400, f"Host {host!r}: {answer}")
    for header in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
        value = "host=evil.example" if header == "Forwarded" else "evil.example"
        for path in ("/", "/you/", "/accounts/sign-in/"):
            answer = site.stranger().ask("GET", path, headers={header: value})
            told = answer.text + answer.header("Location")
            seen.expect("evil.example" not in told, f"{answer}: believes {header}")
            seen.expect(answer.status in (200, 302), f"{answer} with {header}")


def figures(site: Site, seen: Seen) -> None:
    """Metrics and operators' pages are not for strangers; the API's page loads nothing foreign."""
    for path in ("/metrics", "/metrics/", "/admin/", "/admin/safe/", "/admin/doc/"):
        answer = site.stranger().get(path)
        seen.expect(answer.status in (302, 401, 403, 404), f"{answer}")
        seen.expect("# TYPE" not in answer.text, f"{answer}: shows figures")
    page = site.stranger().get("/api/docs").text
    foreign = re.findall(r'(?:src|href)="((?:https?:)?//[^"]+)"', page)
    seen.expect(not foreign, f"/api/docs loads {foreign}")
    seen.note = "/api/docs is public on purpose"


def health(site: Site, seen: Seen) -> None:
    """Health says whether, never what: no version, host, path or address."""
    for path, names in HEALTH.items():
        answer = site.stranger().get(path)
        seen.expect(answer.status in (200, 503), f"{answer}")
        try:
            said = json.loads(answer.text)
        except ValueError:
            seen.expect(False, f"{answer}: no JSON")
            continue
        seen.expect(set(said) <= names, f"{answer}: says {sorted(set(said) - names)}")
        words = json.dumps({key: said[key] for key in said if key != "parts"})
        telling = VERSION.findall(words) + PLACES.findall(words)
        seen.expect(not telling, f"{answer}: tells {telling}")


def banners(site: Site, seen: Seen) -> None:
    """No answer names a version of what made it, and no error page shows how it came about."""
    for path in ("/", "/nowhere/", "/api/nowhere", "/stop/forged/", "/admin/login/"):
        answer = site.stranger().get(path)
        for name in ("Server", "X-Powered-By", "Via", "X-AspNet-Version", "X-Runtime"):
            given = answer.header(name)
            seen.expect(not VERSION.search(given), f"{answer}: {name} is {given!r}")
        if answer.status >= 400:
            shown = PLACES.findall(answer.text)
            seen.expect(not shown, f"{answer}: shows {shown[:3]}")


def https(site: Site, seen: Seen) -> None:
    """Plain http leads to https and sets no cookie on the way."""
    if not site.https:
        raise NotRun("this origin is no https")
    if not site.as_proxy:
        raise NotRun("asked through the proxy: whether it opens port 80 is its own matter")
    plainly = Site(site.address, site.origin.replace("https://", "http://"))
    answer = plainly.get("/")
    led = answer.header("Location")
    seen.expect(answer.status == 301, f"{answer} over plain http")
    seen.expect(led.startswith(site.origin), f"{answer}: leads to {led!r}")
    seen.expect(not list(answer.cookies), f"{answer}: sets a cookie over plain http")
