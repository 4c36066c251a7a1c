"""Who may change the shape of the database, where that is somebody else than who works in it."""

from urllib.parse import urlsplit

from slomix.lib import env
from slomix.settings.storage import DATABASE_URL, DATABASES, database

# Owns every table. Only commands that change the shape need it; a process that serves people
# does not, and is better off without its password.
MIGRATOR_DATABASE_URL = env.text("MIGRATOR_DATABASE_URL")
MIGRATOR: dict[str, str | int] = {}
if MIGRATOR_DATABASE_URL:
    if urlsplit(MIGRATOR_DATABASE_URL).scheme not in ("postgresql", "postgres"):
        raise env.wrong(
            "MIGRATOR_DATABASE_URL",
            f"{urlsplit(MIGRATOR_DATABASE_URL).scheme}://…",
            "write postgresql://user:password@host/name, or leave it out.",
        )
    _owners = database(MIGRATOR_DATABASE_URL)
    _ours = DATABASES["default"]
    # A file has no roles; whoever plays on one beside has nothing to set back.
    _on_a_server = _owners["ENGINE"] == _ours["ENGINE"]
    if _on_a_server and _owners["NAME"] != _ours["NAME"]:
        raise env.wrong(
            "MIGRATOR_DATABASE_URL",
            f"for the database {_owners['NAME']}",
            "name the same database as DATABASE_URL, under another user.",
        )
    if _on_a_server:
        MIGRATOR = {name: _owners[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
# Who may make a database for a trial, and end it.
MAKER_URL = MIGRATOR_DATABASE_URL if MIGRATOR else DATABASE_URL

# Asked before a bot, a drain or a worker begins: each says, line by line, what is in the way.
BEFORE_WORK = ["slomix.operations.shape.refusal"]
