"""The start says where it is: the voice channel, a way into it, and the game server."""

from typing import Any

from django.test import override_settings

from botworker import game, voice_name
from botworker.models import Delivery
from promotions import actions, jobs
from promotions.preview import Preview
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

GUILD, BRIEFING, AXIS = (
    700_000_000_000_000_001,
    1_098_116_460_002_050_048,
    1_098_116_460_345_982_976,
)
WISH: dict[str, Any] = {"include_available": False, "include_maybe": False}
OPENS = f"https://discord.com/channels/{GUILD}/{BRIEFING}"
PRESSED = ["I’m in", "10 min late", "Can’t make it"]


@override_settings(
    DISCORD_GUILD_ID=GUILD,
    VOICE_CHANNEL_IDS=frozenset({BRIEFING}),
    GAME_SERVER=("et.example", 27960),
    READY_THRESHOLD=1,
)
class PlacesTests(SlomixTestCase):
    """bor is called, and enough of us play."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        voice_name.note(BRIEFING, "Briefing")

    def call(self) -> None:
        actions.promote(promoter=self.ana, dry_run=False, at=TONIGHT, **WISH)

    def row(self, kind: str) -> Delivery:
        return Delivery.objects.get(person=self.bor, kind=kind)

    def said(self) -> tuple[str, list[dict[str, Any]]]:
        """Return the start's words and its first row of buttons, as the job released them."""
        self.call()
        for job_id in jobs.due(make.at("21:00")):
            jobs.run(job_id, at=make.at("21:00"))
        start = self.row("start")
        return start.body, start.extras["rows"][0]

    def seen(self, wall: str) -> Preview:
        return actions.preview(promoter=self.ana, at=make.at(wall), **WISH)

    def test_it_names_both_and_opens_voice(self) -> None:
        words, first = self.said()

        self.assertEqual(
            words,
            "🔔 **21:00 CET, we are starting.** Voice: Briefing. "
            "Server: `/connect et.example:27960`",
        )
        self.assertEqual([one["label"] for one in first], [*PRESSED, "Open voice"])
        self.assertEqual(first[-1], {"label": "Open voice", "url": OPENS})

    def test_so_it_does_where_no_worker_writes_it_anew(self) -> None:
        self.call()

        start = self.row("start")
        self.assertIn("Server: `/connect et.example:27960`", start.body)
        self.assertEqual(start.extras["rows"][0][-1]["url"], OPENS)

    def test_nothing_before_and_after_it_does(self) -> None:
        self.call()

        for kind in ("reminder", "follow_up"):
            self.assertNotIn("/connect", self.row(kind).body)
            labels = [one["label"] for one in self.row(kind).extras["rows"][0]]
            self.assertEqual(labels, PRESSED)

    @override_settings(VOICE_CHANNEL_IDS=frozenset({BRIEFING, AXIS}))
    def test_of_several_voice_channels_none_is_opened(self) -> None:
        words, first = self.said()

        self.assertIn("See you in voice. Server: `/connect et.example:27960`", words)
        self.assertEqual([one["label"] for one in first], PRESSED)

    @override_settings(DISCORD_GUILD_ID=0)
    def test_nor_is_one_without_its_server(self) -> None:
        _words, first = self.said()

        self.assertEqual([one["label"] for one in first], PRESSED)

    @override_settings(GAME_SERVER=None)
    def test_without_a_game_server_it_names_none(self) -> None:
        words, _first = self.said()

        self.assertEqual(words, "🔔 **21:00 CET, we are starting.** Voice: Briefing.")

    @override_settings(READY_THRESHOLD=6)
    def test_with_too_few_of_us_it_opens_voice_all_the_same(self) -> None:
        words, first = self.said()

        self.assertIn("Every one counts.", words)
        self.assertEqual(first[-1]["url"], OPENS)

    def test_the_preview_shows_what_is_sent(self) -> None:
        self.assertEqual([one["label"] for one in self.seen("20:50").sample_rows[0]], PRESSED)

        seen = self.seen("20:58")
        self.assertEqual([one["label"] for one in seen.sample_rows[0]], [*PRESSED, "Open voice"])
        self.assertEqual((seen.sample, seen.sample_rows[0]), self.said())

    def test_so_does_the_page(self) -> None:
        self.travel("20:58")
        self.sign_in(self.ana)

        page = self.client.get("/promote/")

        self.assertContains(page, "Server: <code>/connect et.example:27960</code>")
        self.assertContains(page, '<li class="badge">Open voice</li>', html=True)

    @override_settings(GAME_SERVER=("2001:db8::1", 27961))
    def test_an_address_of_many_colons_is_set_off_from_its_port(self) -> None:
        self.assertEqual(game.address(), "[2001:db8::1]:27961")
