"""What was so before an operator opened their page."""

from datetime import timedelta

from botworker import pulse, workers
from botworker.models import GatewayLeader, Listener, Look, PartPulse
from slomix.lib import clock
from tests import make
from tests.browser import club
from tests.browser.club import Facts


def all_lives() -> None:
    """Every part lives and says so; the last backup is of the night and was restored."""
    at = clock.now()
    pulse.beat("bot", "connected")
    pulse.beat("worker")
    pulse.beat("web")
    GatewayLeader.objects.create(
        name="discord", epoch=4, owner="host-a:4711:0a0b0c0d", at=at, released=False
    )
    Look.objects.create(place="voice", at=at - timedelta(seconds=2), number=4)
    Look.objects.create(place="server", at=at - timedelta(seconds=5), number=9)
    for channel in ("telegram", "signal"):
        Listener.objects.create(channel=channel, owner="host-a", until=at + timedelta(seconds=50))
    night = make.at("04:00")
    workers.note("backup", seconds=3.2, at=night)
    workers.note("restore drill", seconds=11.0, at=night + timedelta(hours=1))


def called_and_well() -> Facts:
    all_lives()
    return club.called()


def one_is_not_reached() -> Facts:
    found = called_and_well()
    club.reminded()
    return found


def the_bot_is_silent() -> Facts:
    """Nine people are called; the bot said its last word four minutes ago."""
    found = called_and_well()
    ago = clock.now() - timedelta(minutes=4, seconds=36)
    PartPulse.objects.filter(part="bot").update(at=ago)
    Look.objects.filter(place="voice").update(at=ago)
    return found
