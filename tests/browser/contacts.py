"""What was so before somebody opened a page about themselves: channels, proofs, what was sent.

As `tests.browser.club`, these run in the process that serves the pages.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from accounts import actions as people
from accounts import links
from accounts.actions import handles
from accounts.models import Handle, HandleChannel, Player, PlayerLink
from botworker import pulse
from botworker.models import Attempt, Delivery, State
from slomix.lib import clock
from tests import make
from tests.browser.club import ANA, JAZBEC, MLADA, Facts, member, person

CODE = "7K4M"
GUID_OF_ANA = member(ANA).guid


def names_are_known() -> None:
    """Our bot has said on Telegram what it is called."""
    pulse.beat("telegram", "@slomix_bot")


def jazbec_has_channels() -> None:
    """Telegram works, the Signal number is gone, and there is something to read about it."""
    names_are_known()
    who = person(JAZBEC)
    telegram = make.handle(who, HandleChannel.TELEGRAM, "7012345678")
    make.handle(who, HandleChannel.SIGNAL, "+447700900118")
    then = clock.now() - timedelta(days=3)
    handles.worked("telegram", [who.pk], then)
    handles.switch_off(who.pk, "signal", Handle.Off.GONE, then - timedelta(days=14))
    Handle.objects.filter(pk=telegram.pk).update(verified_at=then - timedelta(days=60))
    make.told(who, 4)
    _tell(JAZBEC)


def _tell(username: str) -> None:
    """Let what was sent to somebody have gone in many ways; the oldest fell back on Telegram."""
    fates = (
        ("reminder", State.SUPPRESSED, "quiet hours", "discord"),
        ("start", State.WITHDRAWN, "said no", "discord"),
        ("reminder", State.FAILED, "direct messages are closed", "discord"),
        ("session_ready", State.EXPIRED, "", "discord"),
        ("reminder", State.UNCONFIRMED, "", "telegram"),
        ("reachability", State.SCHEDULED, "", "telegram"),
    )
    who = person(username)
    make.told(who, len(fates) + 1, "telegram")
    rows = list(Delivery.objects.filter(person=who, channel="telegram").order_by("-due_at"))
    for ago, (row, fate) in enumerate(zip(rows, fates, strict=False)):
        row.kind, row.state, row.reason, row.channel = fate
        row.due_at = clock.now() - timedelta(days=5 - ago, minutes=7)
        row.expires_at = row.due_at + timedelta(minutes=12)
        row.settled_at = None if row.state == State.SCHEDULED else row.due_at
        row.save()
        row.tries.all().delete()
    fallen = rows[-1]
    fallen.tries.update(n=2)
    Attempt.objects.create(
        delivery=fallen,
        n=1,
        channel="discord",
        nonce=f"first{fallen.pk}",
        fence=1,
        started_at=fallen.due_at,
        outcome=Attempt.Outcome.REJECTED,
        error="direct messages are closed",
    )


def jazbec_wrote_stop() -> None:
    people.set_preferences(person=person(JAZBEC), at=clock.now(), allow_promotions=True)
    handles.stop(person=person(JAZBEC), channel="telegram", at=clock.now())


def jazbec_left_the_guild() -> None:
    at = clock.now() - timedelta(hours=2)
    people.dm_refused(member(JAZBEC).discord_id, "not on our Discord server", at)


def nobody_knows_jazbec() -> None:
    """His player is a claim of his own."""
    PlayerLink.objects.filter(user=person(JAZBEC)).update(proof=PlayerLink.Proof.CLAIMED)


def ana_is_proved() -> None:
    PlayerLink.objects.filter(user=person(ANA)).update(proof=PlayerLink.Proof.PROMOTER)


def ana_only_claims() -> None:
    PlayerLink.objects.filter(user=person(ANA)).update(proof=PlayerLink.Proof.CLAIMED)


def smreka_is_new() -> None:
    people.add_newcomer(person=person(MLADA), name="Mlada smreka ♣", at=clock.now())


def smreka_contests() -> None:
    ana_only_claims()
    people.contest_player(person=person(MLADA), guid=GUID_OF_ANA, at=clock.now())
    _code(MLADA, GUID_OF_ANA)


def jazbec_has_a_code() -> None:
    nobody_knows_jazbec()
    _code(JAZBEC)


def _code(username: str, guid: str = "") -> None:
    code = people.start_code(person=person(username), guid=guid, at=clock.now())
    code.code = CODE
    code.save()


def no_server_is_watched() -> None:
    settings.GAME_SERVER = None


def the_code_was_seen() -> None:
    for player in Player.objects.filter(name_codes__isnull=False):
        people.codes_seen(names=[f"{player.name}-{CODE}"], at=clock.now())


def jazbec_can_stop() -> Facts:
    return {"token": urlsplit(links.stop_link(person(JAZBEC))).path.strip("/").split("/")[-1]}


def jazbec_has_a_link() -> Facts:
    """Somebody who is linked on Signal got a message there, with a link for one answer."""
    make.handle(person(JAZBEC), HandleChannel.SIGNAL, "+447700900118")
    at = clock.now()
    link = links.answer_link(person(JAZBEC).pk, "signal", clock.today(at), at)
    return {"token": urlsplit(link).path.strip("/").split("/")[-1]}
