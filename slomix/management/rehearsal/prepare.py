"""The database of a live rehearsal: the named people, linked, reminded and LOOKING; nobody else."""

import json
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction

from accounts import actions as people
from accounts.models import Player, User
from accounts.sessions import SIGNED_IN_AT
from availability import actions as evenings
from slomix.lib import clock

CAST, SESSION = "cast.json", "session"


class NotOurs(Exception):
    """This is not a rehearsal's own, new database; nothing was written."""


def prepare(var: Path, at: datetime) -> None:
    """Make the database in the rehearsal's folder and leave the promoter's session there.

    Raises NotOurs when the database lies elsewhere or somebody is in it.
    """
    if Path(str(connection.settings_dict["NAME"])).resolve().parent != var.resolve():
        raise NotOurs(f"the database is not in {var}; nothing is invented in another")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable")
    if User.objects.exists():
        raise NotOurs("somebody is in this database already; a rehearsal begins with nobody")
    cast = json.loads((var / CAST).read_text())
    with transaction.atomic():
        found = {one["discord_id"]: _come_in(one, at) for one in cast["all"]}
        for discord_id in cast["people"]:
            _call_for(found[discord_id], at)
        _leave_session(found[cast["promoter"]], var / SESSION, at)


def _come_in(one: dict[str, Any], at: datetime) -> User:
    guid = sha256(f"rehearsal {one['discord_id']}".encode()).hexdigest()[:32].upper()
    Player.objects.create(guid=guid, name=one["player_name"])
    person = people.meet(
        discord_id=one["discord_id"],
        username=one["username"],
        display_name=one["name"],
        avatar="",
        at=at,
    )
    people.link_player(person=person, guid=guid, at=at)
    # Times are told in the evening's zone, and no hour is quiet: they were asked by name.
    people.set_preferences(person=person, at=at, timezone=clock.zone().key, show_name=False)
    return person


def _call_for(person: User, at: datetime) -> None:
    people.answer_the_question(person=person, remind=True, at=at)
    evenings.answer(person=person, day=clock.today(at), status="LOOKING", at=at)


def _leave_session(promoter: User, file: Path, at: datetime) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(promoter.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = promoter.get_session_auth_hash()
    session[SIGNED_IN_AT] = at.timestamp()
    session.create()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as private:
        private.write(str(session.session_key))
