"""manage.py security_check: what a stranger can see, send and get away with, on a running instance."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from slomix.management.security import report
from slomix.management.security.all import CHECKS
from slomix.management.security.report import Check
from slomix.management.security.wire import NoLine, Site


class Command(BaseCommand):
    help = (
        "Ask a running instance of this very version what no browser would ask, and judge its answers. "
        "It changes nothing but begun sign-ins and what is counted against its address. "
        "Exits 0 when all holds, 1 when a check fails, 2 when nobody answers."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="where it answers: https://slomix.example")
        parser.add_argument(
            "--origin",
            default="",
            help="the address in people's browsers, where URL is behind the proxy: speaks as it would",
        )
        parser.add_argument(
            "--session", default="", help="the session cookie of somebody signed in"
        )
        parser.add_argument("--username", default="", help="an operator who has a password")
        parser.add_argument("--only", action="append", default=[], help="the name of one check")
        parser.add_argument("--json", action="store_true", help="the same for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        site = _site(options)
        wanted = [check for check in CHECKS if not options["only"] or check.name in options["only"]]
        if not wanted:
            raise CommandError(f"write one of: {', '.join(check.name for check in CHECKS)}")
        try:
            site.stranger().get("/livez")
        except NoLine as fault:
            self.stderr.write(f"nobody answers at {site.address}: {fault}")
            sys.exit(2)
        found = report.run(site, wanted, self._tell)
        failed = [one for one in found if one.state == report.FAILS]
        if options["json"]:
            tree = {"site": site.origin, "holds": not failed, "checks": [asdict(o) for o in found]}
            self.stdout.write(json.dumps(tree, indent=1))
        else:
            self.stdout.write("\n".join(one.line() for one in found))
            self.stdout.write(_sum(found))
        if failed:
            sys.exit(1)

    def _tell(self, check: Check) -> None:
        self.stderr.write(f"… {check.name}")


def _site(options: dict[str, Any]) -> Site:
    for name in ("url", "origin"):
        parts = urlsplit(options[name])
        if options[name] and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise CommandError(f"{name} is {options[name]!r}; write it as https://slomix.example")
    site = Site(options["url"], options["origin"], known_user=options["username"])
    site.session = options["session"]
    site.session_cookie = "__Host-sessionid" if site.https else "sessionid"
    return site


def _sum(found: list[report.Found]) -> str:
    count = {state: sum(one.state == state for one in found) for state in _STATES}
    return ", ".join(f"{number} {state}" for state, number in count.items())


_STATES = (report.HOLDS, report.FAILS, report.NOT_RUN)
