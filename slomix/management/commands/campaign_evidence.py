"""manage.py campaign_evidence: what was promised, what became of it, and whether it adds up."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from promotions.models import Campaign
from slomix.lib import clock
from slomix.management.evidence import checks, facts, queries, show


class Command(BaseCommand):
    help = (
        "Show a call, its jobs, its deliveries and their tries, and check them: people by number, "
        "never by name. Exits 1 when a check does not hold, and names it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", help="the number of a call, or: latest")
        parser.add_argument("--json", action="store_true", help="the same for machines")
        parser.add_argument("--sql", action="store_true", help="print queries that show the rows")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = _find(options["campaign"])
        if options["sql"]:
            self.stdout.write("\n\n".join(queries.of(campaign.pk)))
            return
        found = facts.of(campaign, clock.now())
        verdict = checks.all_of(found)
        if options["json"]:
            tree = show.tree(found, verdict)
            self.stdout.write(json.dumps(tree, cls=DjangoJSONEncoder, indent=1))
        else:
            self.stdout.write("\n".join(show.lines(found, verdict)))
        if failed := [check.name for check in verdict if not check.holds]:
            self.stderr.write(f"does not hold: {'; '.join(failed)}")
            sys.exit(1)


def _find(wanted: str) -> Campaign:
    calls = Campaign.objects.order_by("-created_at", "-pk")
    if wanted == "latest":
        found = calls.first()
    elif wanted.isdecimal() and len(wanted) < 19:
        found = calls.filter(pk=int(wanted)).first()
    else:
        raise CommandError(f"{wanted!r} is no call; write its number, or: latest")
    if found is None:
        raise CommandError("there is no such call; the newest is shown by: latest")
    return found
