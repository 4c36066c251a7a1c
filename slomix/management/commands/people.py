import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from accounts import actions, second_factor
from accounts.actions.roles import ROLES
from accounts.models import DiscordAccount, Erasure, User
from botworker import outbox
from slomix import person as people
from slomix.lib import clock
from slomix.lib.progress import Progress

DOOR = "command"
# Discord's ids count milliseconds since 2015; ours are short.
SHORTEST_ID = 10**16


class Command(BaseCommand):
    help = (
        "Roles and the rights of people. WHO is a Discord id, our own number, or a player's name. "
        "The first admin: `people first_admin DISCORD_ID`, then sign in on the site and open /admin/. "
        "Exit code: 0 done or nothing to do, 1 refused, with the reason; then nothing was changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for name in ("grant", "revoke"):
            one = verbs.add_parser(name, help=f"{name} a role")
            one.add_argument("role", choices=sorted(ROLES))
            one.add_argument("who")
        helps = {
            "unlink": "untie somebody's player",
            "export_person": "write everything we keep about somebody, as JSON",
            "erase_person": "forget somebody; needs --yes",
            "reset_second_factor": "let somebody set up a new second factor",
            "first_admin": "make the person with this Discord id an admin, also before they came",
        }
        for name, text in helps.items():
            one = verbs.add_parser(name, help=text)
            one.add_argument("who")
            if name == "export_person":
                one.add_argument("--out", type=Path, help="a file; else it is printed")
            if name == "erase_person":
                one.add_argument("--yes", action="store_true")
        verbs.add_parser("erasures", help="print who was erased, as keyed hashes: keep it apart")
        again = verbs.add_parser("erase_again", help="erase them after a backup was restored")
        again.add_argument("file", type=Path, help="what `erasures` printed")
        again.add_argument("--dry-run", action="store_true", help="say how many, and erase nobody")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            said = getattr(self, verb)(**options)
        except (actions.RoleRefused, actions.LinkRefused, actions.ClaimRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(said)

    def grant(self, *, who: str, role: str, **_options: Any) -> str:
        person = find(who)
        new = actions.grant(person=person, role=role, by=None, at=clock.now(), door=DOOR)
        return f"{person.name} is {role} now." if new else f"{person.name} was {role} already."

    def revoke(self, *, who: str, role: str, **_options: Any) -> str:
        person = find(who)
        gone = actions.revoke(person=person, role=role, by=None, at=clock.now(), door=DOOR)
        return f"{person.name} is {role} no more." if gone else f"{person.name} was not {role}."

    def first_admin(self, *, who: str, **_options: Any) -> str:
        if not who.isdecimal() or not SHORTEST_ID <= int(who) < 2**63:
            raise CommandError("Write the Discord id, 17 to 19 digits; Discord copies it.")
        person = actions.meet(
            discord_id=int(who), username=who, display_name="", avatar="", at=clock.now()
        )
        self.grant(who=who, role="admin")
        return (
            f"Number {person.pk} is admin now. Sign in with Discord, open /admin/; in production "
            "you set up your second factor there, within ten minutes of the sign-in."
        )

    def unlink(self, *, who: str, **_options: Any) -> str:
        person = find(who)
        player = people.unlink_player(person=person, at=clock.now(), door=DOOR)
        return f"{player.name} is nobody's player now."

    def export_person(self, *, who: str, out: Path | None, **_options: Any) -> str:
        found = people.export(person=find(who), at=clock.now(), door=DOOR)
        text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        if out is None:
            return text
        out.touch(mode=0o600)
        out.write_text(text, encoding="utf-8")
        return f"Written to {out}. It holds contact data in clear."

    def erase_person(self, *, who: str, yes: bool, **_options: Any) -> str:
        person = find(who)
        if not yes:
            raise CommandError(f"This cannot be taken back. To erase {person.name}, add --yes.")
        now = clock.now()
        stopped = people.erase(person=person, at=now, signed_in_at=now, door=DOOR)
        return f"Erased. {stopped} messages were cancelled."

    def reset_second_factor(self, *, who: str, **_options: Any) -> str:
        gone = second_factor.remove(find(who), clock.now())
        return "They set up a new one at their next visit." if gone else "There was none."

    def erasures(self, **_options: Any) -> str:
        return "\n".join(Erasure.objects.order_by("at").values_list("key", flat=True))

    def erase_again(self, *, file: Path, dry_run: bool, **_options: Any) -> str:
        try:
            keys = set(file.read_text().split())
        except (OSError, UnicodeDecodeError) as unread:
            raise CommandError(f"{file} cannot be read: {unread}") from unread
        accounts = DiscordAccount.objects.select_related("user")
        found = [one.user for one in accounts if outbox.recipient_of(one.discord_id) in keys]
        if dry_run:
            return f"{len(found)} of {len(keys)} are there again; nobody was erased."
        now = clock.now()
        with Progress(len(found), "people", self.stderr) as progress:
            for person in found:
                people.erase(person=person, at=now, signed_in_at=now, door=DOOR)
                progress.step()
        return f"{len(found)} of {len(keys)} were there again and are erased."


def find(who: str) -> User:
    """Return the one person that is meant; raises CommandError for nobody and for several."""
    everybody = User.objects.with_identity().filter(is_active=True)
    if who.isdecimal():
        number = int(who)
        if number >= 2**63:
            raise CommandError(f"{who} is no id.")
        by = {"discord__discord_id" if number >= SHORTEST_ID else "pk": number}
        found = list(everybody.filter(**by))
    else:
        found = list(everybody.filter(link__player__name=who)[:2])
    if len(found) != 1:
        how = "Nobody is" if not found else "Several people are"
        raise CommandError(f"{how} {who!r}. Write their Discord id.")
    return found[0]
