"""One sensible request for every door that changes something, and a club in which each of them means something.

`{name}` in an address or in a field is a fact of the stage.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client, override_settings

from accounts import sessions
from accounts.models import User
from availability import actions as evenings
from availability.models import Away
from planning.raids import actions as raids
from planning.raids.policy import Actor
from planning.rooms.actions import lineups, naming
from promotions import actions as calls
from tests import make, routes
from tests.cast import TONIGHT
from tests.channels.keys import HAVE_BOTH
from tests.raids import stage
from tests.rooms.evening import RoomStage, RoomTestCase

SECRET = "a-bridge-of-ours-0123456789"
settings_of_the_stage = override_settings(
    DISCORD_GUILD_ID=stage.KAVARNA,
    ADMIN_DISCORD_IDS=[],
    INTERNAL_API_SECRET=SECRET,
    DATA_UPLOAD_MAX_NUMBER_FIELDS=200,
    **HAVE_BOTH,
)


@dataclass(frozen=True)
class Sending:
    """A request that does something: its route, who sends it, and what."""

    method: str
    route: str
    who: str = "bor"
    fields: Mapping[str, Any] = field(default_factory=dict)
    # Where the same would be refused for a reason of its own, this is done just before.
    before: str = ""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def is_json(self) -> bool:
        """Tell whether it is a door of the JSON API."""
        return self.route.startswith(("api/", "auth/"))


def _post(route: str, who: str = "bor", /, **fields: Any) -> Sending:
    return Sending("POST", route, who, fields)


API = "api/availability"
ROOM_API = "api/planning/today"
WISHES = {
    "allow_promotions": "on",
    "timezone": "Europe/Ljubljana",
    "quiet_start": "23:00",
    "quiet_end": "07:00",
}
SENDINGS = (
    _post("remind/", remind="discord"),
    _post("language/", language="sl"),
    _post("link/player/", "cene", player="{free_guid}"),
    _post("link/new/", "cene", name="Cenebert"),
    _post("link/contest/", "cene", player="{guid}"),
    _post("link/contest/withdraw/", "cene", player="{guid}"),
    _post("link/proof/", player="{guid}"),
    _post("you/preferences/", **WISHES),
    _post("you/stop/"),
    _post("you/name/", how="custom", name="Borko"),
    _post("you/order/", channel="telegram", move="off"),
    _post("you/channels/telegram/"),
    _post("you/channels/telegram/test/"),
    _post("you/channels/telegram/disconnect/"),
    _post("you/player/unlink/"),
    _post("you/discord/unlink/"),
    _post("you/data/export/"),
    _post("you/erase/", word="erase"),
    _post("you/week/usual/", day="4", status="LOOKING"),
    _post("you/week/away/", **{"from": "2026-12-01", "to": "2026-12-03"}),
    _post("you/week/back/", absence="{away}"),
    _post("you/week/undo/", change="1", date="2026-11-20"),
    _post("you/week/calendar/personal/", lead="15"),
    _post("you/week/calendar/personal/ring/", lead="30"),
    _post("you/week/calendar/personal/revoke/"),
    _post("stop/{stop_token}/"),
    _post("s/{once_token}/", status="AVAILABLE"),
    _post("evenings/2026-11-20/", status="AVAILABLE"),
    _post("evenings/2026-11-20/clear/"),
    _post("evenings/2026-11-20/next/", after="LOOKING"),
    _post("evenings/2026-11-20/undo/"),
    _post("nudge/", "ana"),
    _post("promote/", "ana", include_maybe="on"),
    _post("promote/sample/", "ana", kind="reminder"),
    _post("calls/{call}/cancel/", "ana"),
    _post("calls/{call}/add/", "ana"),
    _post("calls/{call}/post/", "ana"),
    _post("room/2026-11-19/again/"),
    _post("room/open/"),
    _post("room/join/"),
    _post("room/leave/"),
    _post("room/names/", text="Wolves"),
    _post("room/names/back/"),
    _post("room/names/{name}/vote/"),
    _post("room/names/{name}/withdraw/", "ana"),
    _post("room/teams/", token="{token}", do="balance"),
    _post("room/wishes/", first="{bor}", second="{jan}", kind="together"),
    _post("room/wishes/back/", first="{bor}", second="{jan}"),
    _post("room/standby/1/accept/"),
    _post("room/standby/1/decline/"),
    _post("room/standby/take/", side="A"),
    _post("room/ping/"),
    _post("room/draft/start/", "ana", captain_a="{ana}", captain_b="{bor}"),
    _post("room/draft/pick/", "ana", who="{jan}"),
    _post("room/draft/back/", "ana"),
    _post("room/draft/stop/", "ana"),
    _post("raids/on/{server}/listed/", listed="no"),
    _post(
        "raids/on/{server}/plan/",
        "ana",
        dungeon="Nanos",
        days="Fri 27.11.",
        times="20:00",
        min_players="1",
    ),
    _post("raids/{raid}/vote/", day="Fri 27.11.", time="20:00"),
    _post("raids/{raid}/leave/"),
    _post("raids/{raid}/rejoin/"),
    _post("raids/{raid}/finish/", "ana"),
    _post("raids/{raid}/cancel/", "ana"),
    _post("raids/{raid}/edit/", "ana", days="Fri 27.11.", times="20:00", min_players="3"),
    _post("raids/{raid}/hand-over/", "ana", person="{bor}"),
    _post("raids/{raid}/object/", says="no"),
    _post("raids/{raid}/correct/", "ana", person="{bor}", status="ATTENDED"),
    _post("raids/{raid}/settle/", "ana", person="{bor}", accept="yes"),
    _post("accounts/sign-out/"),
    _post("accounts/second-factor/", "ana", code="000000"),
    _post("operations/seen/", "admin", key="bot"),
    _post(f"{API}/promotions/campaigns", "ana", include_maybe=True),
    _post(f"{API}/promotions/campaigns/{{call}}/cancel", "ana"),
    _post(f"{API}/promotions/campaigns/{{call}}/add", "ana"),
    _post(f"{API}/promotions/campaigns/{{call}}/post", "ana"),
    _post(f"{API}/promotions/sample", "ana", kind="reminder"),
    _post(f"{API}/promotion-preferences", allow_promotions=True, timezone="Europe/Ljubljana"),
    _post(f"{API}/preferences", timezone="Europe/London"),
    _post(f"{API}/settings", sound_enabled=True),
    _post(f"{API}/subscriptions", channel_type="discord", enabled=False),
    _post(API, date="2026-11-20", status="AVAILABLE"),
    Sending("DELETE", f"{API}?date=2026-11-20"),
    _post(f"{API}/undo", date="2026-11-20"),
    _post(f"{API}/pattern", days={"friday": "LOOKING"}),
    _post(f"{API}/away", **{"from": "2026-12-01", "to": "2026-12-03"}),
    Sending("DELETE", f"{API}/away/{{away}}"),
    _post(f"{API}/calendar", kind="personal"),
    Sending("PATCH", f"{API}/calendar/personal", "bor", {"lead_minutes": 30}),
    Sending("DELETE", f"{API}/calendar/personal"),
    _post(f"{API}/link-token", channel_type="signal"),
    Sending("DELETE", f"{API}/subscriptions/telegram"),
    _post(
        f"{API}/link-confirm",
        "",
        channel_type="signal",
        token="{code}",
        channel_address="+386401234567",
    ),
    _post(f"{ROOM_API}/create"),
    _post(f"{ROOM_API}/join"),
    _post(f"{ROOM_API}/suggestions", name="Wolves"),
    Sending("DELETE", f"{ROOM_API}/suggestions/{{name}}", "ana"),
    _post(f"{ROOM_API}/vote", suggestion_id="#name"),
    Sending("DELETE", f"{ROOM_API}/vote", "ana"),
    _post(f"{ROOM_API}/teams", side_a=[], side_b=[]),
    _post(f"{ROOM_API}/balanced-teams", seed=7),
    _post(f"{ROOM_API}/ping"),
    _post("auth/link", "cene", player_guid="{free_guid}"),
    Sending("DELETE", "auth/link"),
    _post("auth/discord/unlink"),
    _post("auth/account/display-name", action="custom", name="Borko"),
)
# Unsafe routes that stand elsewhere.
NOT_HERE = {
    "accounts/discord/login/": "leads to Discord; tests/accounts/test_sign_in.py",
    "hooks/telegram/<slug:secret>/": "Telegram's own; tests/channels/test_webhook.py",
}


class SendingStage(RoomStage):
    """A room with a name in it, a call, a raid, an absence, a linked channel: all of it to be changed."""

    def setUp(self) -> None:
        super().setUp()
        self.admin = make.person("Admin")
        User.objects.filter(pk=self.admin.pk).update(is_superuser=True, is_staff=True)
        self.admin = User.objects.with_identity().get(pk=self.admin.pk)
        stage.bring_back()
        self.raid = stage.plan(guild=stage.server(), actor=Actor(self.ana), min_players=1)
        self.handle = make.handle(self.bor)
        away = Away.objects.create(
            person=self.bor, first=TONIGHT.date(), last=TONIGHT.date(), said_at=TONIGHT
        )
        # So that there is something to take back.
        for status in ("MAYBE", "LOOKING"):
            evenings.answer(person=self.bor, day=TONIGHT.date(), status=status, at=TONIGHT)
        evenings.make_feed(person=self.bor, kind="personal", at=TONIGHT)
        raids.set_votes(
            raid_id=self.raid.pk, person=self.bor, days=["Fri 27.11."], times=["20:00"], at=TONIGHT
        )
        self.save_teams()
        self.facts = {
            "call": calls.promote(
                promoter=self.ana,
                include_available=False,
                include_maybe=False,
                dry_run=False,
                at=TONIGHT,
            ).pk,
            "name": naming.suggest(person=self.ana, text="Foxes", at=TONIGHT).pk,
            "raid": self.raid.pk,
            "server": self.raid.guild_id,
            "away": away.pk,
            "guid": self.bor.link.player.guid,
            "free_guid": make.player("free").guid,
            "token": lineups.newest(self.room),
            **{who: getattr(self, who).pk for who in ("ana", "bor", "jan")},
            **self._tokens(),
        }

    def _tokens(self) -> dict[str, str]:
        from accounts import links
        from accounts.actions import handles

        stop = links.stop_link(self.bor).rsplit("/", 2)[1]
        once = links.answer_link(self.bor.pk, "telegram", TONIGHT.date(), TONIGHT).rsplit("/", 2)[1]
        code = handles.issue_token(person=self.jan, channel="signal", at=TONIGHT).token
        return {"stop_token": stop, "once_token": once, "code": code}

    def client_of(self, who: str) -> Client:
        """Return a browser in which somebody has just signed in."""
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(getattr(self, who))
            session = client.session
            session[sessions.SIGNED_IN_AT] = TONIGHT.timestamp()
            session.save()
        return client

    def again(self, client: Client) -> Client:
        """Return another browser with the same session; the first may have been signed out."""
        fresh = Client(raise_request_exception=False)
        fresh.cookies = deepcopy(client.cookies)
        return fresh

    def send(self, sending: Sending, client: Client | None = None, **extra: Any) -> Any:
        """Send it, with more fields than it asks for."""
        client = client or self.client_of(sending.who)
        fields = {name: self.filled(value) for name, value in sending.fields.items()} | extra
        path = f"/{sending.route.format(**self.facts)}"
        if not sending.is_json:
            return client.post(path, fields)
        headers = dict(routes.AJAX)
        if not sending.who:
            headers["Authorization"] = f"Bearer {SECRET}"
        ask: Callable[..., Any] = getattr(client, sending.method.lower())
        return ask(path, fields, content_type="application/json", headers=headers)

    def filled(self, value: Any) -> Any:
        """Return a field with the stage's facts; "#name" is the number itself."""
        if not isinstance(value, str):
            return value
        return self.facts[value[1:]] if value.startswith("#") else value.format(**self.facts)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Let nothing stay of what happens inside."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


@settings_of_the_stage
class SendingCase(SendingStage, RoomTestCase):
    """Everything is rolled back after each test."""
