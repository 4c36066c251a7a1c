from datetime import timedelta

from accounts.models import PlayerAlias, User
from botworker import presence
from botworker.models import Presence
from botworker.presence import Seen
from tests import make
from tests.cast import SlomixTestCase

NINE = make.at("21:00")
BRIEFING, AXIS = 11, 12


def wears(who: User, name: str) -> None:
    PlayerAlias.objects.create(player=who.link.player, name=name)


class PresenceTests(SlomixTestCase):
    def there(self, *seconds: float) -> tuple[bool, ...]:
        at = [NINE + timedelta(seconds=one) for one in seconds]
        return tuple(self.bor.pk in presence.evidence(at=one).in_voice for one in at)

    def see(self, *channels: int, seconds: float = 0) -> bool:
        seen = [Seen(self.bor.discord.discord_id, one) for one in channels]
        return presence.note_voice(seen, at=NINE + timedelta(seconds=seconds))

    def test_a_look_is_believed_for_a_minute(self) -> None:
        self.see(BRIEFING)

        self.assertEqual(self.there(0, 60, 60.1), (True, True, False))

    def test_an_empty_look_is_news_too(self) -> None:
        self.see(BRIEFING)
        self.see(seconds=5)

        self.assertEqual(self.there(5), (False,))
        self.assertTrue(presence.evidence(at=NINE).voice_fresh)

    def test_old_news_change_nothing(self) -> None:
        """A leader that was stopped wakes up and writes what it saw before."""
        self.see(BRIEFING, seconds=10)

        self.assertFalse(self.see(seconds=5))
        self.assertEqual(self.there(10), (True,))

    def test_it_keeps_since_when_somebody_is_in_a_channel(self) -> None:
        self.see(BRIEFING)
        self.see(BRIEFING, seconds=30)
        self.assertEqual(Presence.objects.get().since, NINE)

        self.see(AXIS, seconds=40)
        self.assertEqual(Presence.objects.get().since, NINE + timedelta(seconds=40))

    def test_nothing_is_known_before_the_first_look(self) -> None:
        seen = presence.evidence(at=NINE)

        self.assertEqual((seen.voice_fresh, seen.server_fresh), (False, False))


class ServerTests(SlomixTestCase):
    def on_server(self, *names: str, seconds: float = 0) -> frozenset[int]:
        presence.note_server(names, at=NINE)
        return presence.evidence(at=NINE + timedelta(seconds=seconds)).on_server

    def test_a_name_is_somebodys_whatever_its_colours(self) -> None:
        self.assertEqual(self.on_server("^1Bazooka ^7BOR", "stranger"), {self.bor.pk})
        self.assertEqual(presence.evidence(at=NINE).server_number, 2)

    def test_it_is_believed_for_half_a_minute(self) -> None:
        self.assertEqual(self.on_server("Bazooka Bor", seconds=30.1), frozenset())

    def test_a_name_they_once_wore_is_theirs_too(self) -> None:
        wears(self.bor, "^3Boris")

        self.assertEqual(self.on_server("boris"), {self.bor.pk})

    def test_a_name_of_today_goes_before_one_of_once(self) -> None:
        wears(self.bor, "Ana Dinamit")

        self.assertEqual(self.on_server("Ana Dinamit"), {self.ana.pk})

    def test_a_name_that_two_share_is_nobodys(self) -> None:
        wears(self.bor, "ghost")
        wears(self.ana, "^2ghost")

        self.assertEqual(self.on_server("ghost"), frozenset())

    def test_colours_alone_are_no_name(self) -> None:
        self.assertEqual(self.on_server("^1^2", ""), frozenset())
