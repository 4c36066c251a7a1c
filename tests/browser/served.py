"""The site in a process of its own, as the browser tests and the pictures look at it.

    python -m tests.browser.served FOLDER

Its clock stands still on a Friday in winter, its people are the demo's club, and nothing is sent.
It prints its address. GET /-/SCENE puts everything back, arranges the scene, and answers with its
path and with the session of everybody who may open it.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ADMIN = "zabar_"
FACES = Path(__file__).resolve().parents[2] / "static" / "faces"
Reply = Callable[[str, list[tuple[str, str]]], Any]


class Stage:
    """The database and the clock behind the pages."""

    def __init__(self) -> None:
        from django.core.management import call_command
        from django.db import connection

        from slomix.management.demo.seed import seed
        from tests import make

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.clock: Any = None
        self.travel("19:30")
        seed(make.at("19:30"))
        connection.close()
        self.file = str(connection.settings_dict["NAME"])
        self.first = sqlite3.connect(":memory:", check_same_thread=False)
        with sqlite3.connect(self.file) as seeded:
            seeded.backup(self.first)

    def travel(self, to: str) -> None:
        """Stop the clock at a time of that Friday."""
        import time_machine

        from tests import make

        if self.clock:
            self.clock.stop()
        self.clock = time_machine.travel(make.at(to), tick=False)
        self.clock.start()

    def arrange(self, name: str) -> dict[str, Any]:
        """Put everything back to half past seven, then do what the scene wants."""
        from django.conf import settings
        from django.core.cache import cache

        from tests.browser.scenes import BY_NAME

        name, _slash, later = name.partition("/")
        scene = BY_NAME[name]
        if later:
            return {"facts": [step() for step in scene.then]}
        with sqlite3.connect(self.file) as live:
            self.first.backup(live)
        live.close()
        cache.clear()
        settings.GAME_SERVER = ("et.example", 27960)
        self.travel(scene.at)
        facts: dict[str, int | str] = {}
        for step in scene.so:
            facts |= step() or {}
        return {"path": scene.path.format(**facts), "sessions": sessions()}


def sessions() -> dict[str, str]:
    """Sign everybody in; returns the cookie of each."""
    from django.conf import settings
    from django.test import Client

    from accounts.sessions import SIGNED_IN_AT
    from slomix.lib import clock
    from tests.browser import club

    cookies = {}
    for username in club.WATCHED:
        client = Client()
        client.force_login(club.person(username))
        if username != club.LOJZE:  # who signed in long ago
            session = client.session
            session[SIGNED_IN_AT] = clock.now().timestamp()
            session.save()
        cookies[username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return cookies


def beside(site: Any, stage: Stage) -> Any:
    """Serve the scenes and the faces beside the site itself."""

    def answer(environ: dict[str, Any], reply: Reply) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/-/"):
            reply("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(stage.arrange(path[3:])).encode()]
        if path.startswith("/avatars/"):
            reply("200 OK", [("Content-Type", "image/svg+xml")])
            return [(FACES / f"{Path(path).stem}.svg").read_bytes()]
        served: Iterable[bytes] = site(environ, reply)
        return served

    return answer


def environment(folder: Path, address: str) -> dict[str, str]:
    """Return the settings of such a site: a demo's, with pictures of its own."""
    from slomix.management.community import GUILD_ID, MEMBERS
    from tests.channels import keys

    admins = [str(one.discord_id) for one in MEMBERS if one.username == ADMIN]
    promoters = [str(one.discord_id) for one in MEMBERS if one.promoter]
    return {
        "DJANGO_SETTINGS_MODULE": "slomix.settings",
        "SLOMIX_VAR": str(folder),
        "SLOMIX_ENV_FILE": os.devnull,
        "DATABASE_URL": f"sqlite:///{folder / 'slomix.sqlite3'}",
        "REDIS_URL": "",
        "DEBUG": "true",
        "FRONTEND_ORIGIN": address,
        "DISCORD_CDN_URL": address,
        "DISCORD_GUILD_ID": str(GUILD_ID),
        "PROMOTER_DISCORD_IDS": " ".join(promoters),
        "ADMIN_DISCORD_IDS": "".join(admins),
        "DISCORD_INVITE_URL": "https://discord.gg/example",
        "CONTACT_DATA_ENCRYPTION_KEY": keys.written(keys.KEY),
        "AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID": "1098116459156865024",
        "AVAILABILITY_TELEGRAM_BOT_TOKEN": keys.BOT_TOKEN,
        "AVAILABILITY_SIGNAL_SENDER": keys.SENDER,
    }


def main(folder: Path) -> None:
    """Serve until the process is ended."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing of each request."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    os.environ |= environment(folder, address)
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    # Players see our own page of a fault, which Django shows with DEBUG off only.
    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.web.test_faults"
    stage = Stage()
    server.set_app(beside(get_wsgi_application(), stage))
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
