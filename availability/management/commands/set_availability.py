from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from accounts.models import User
from availability import actions
from availability.actions.behalf import answer_for
from slomix.lib import clock

CLEAR = "clear"


class Command(BaseCommand):
    help = (
        "Answer for somebody: PLAYER is a player's name or guid, or a Discord id; DAY is today, "
        "tomorrow or 2026-11-24; STATUS is looking, available, maybe, not_playing or clear. The "
        "person sees in their history that it was an admin and not they, with the name where --by "
        "names one; the audit log keeps it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("player")
        parser.add_argument("day")
        parser.add_argument("status")
        parser.add_argument(
            "--by",
            metavar="PLAYER",
            help="the promoter or admin on whose behalf you type; without it, an operator",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        person = _person(options["player"].strip())
        by = _person(options["by"].strip()) if options["by"] else None
        status = options["status"].strip().replace("-", "_").upper()
        try:
            day = actions.day_of(options["day"], at)
            entry = answer_for(
                person=person,
                day=day,
                status=None if status == CLEAR.upper() else status,
                at=at,
                by=by,
                door="command",
            )
        except actions.AnswerRefused as refused:
            raise CommandError(str(refused)) from refused
        said = entry.status if entry else "no answer"
        self.stdout.write(f"{person.name} on {day}: {said}.")


def _person(text: str) -> User:
    wanted = Q(link__player__name__iexact=text) | Q(link__player__guid__iexact=text)
    if text.isascii() and text.isdigit() and int(text) < 2**63:
        wanted |= Q(discord__discord_id=int(text))
    # A zero byte is no text for PostgreSQL.
    found = list(User.objects.with_identity().filter(wanted)[:2]) if "\0" not in text else []
    if not found:
        raise CommandError(
            f"Nobody plays as {text[:64]!r}. Write the name as it stands in the admin."
        )
    if len(found) > 1:
        raise CommandError(
            f"Several people play as {text[:64]!r}. Write the guid or the Discord id."
        )
    return found[0]
