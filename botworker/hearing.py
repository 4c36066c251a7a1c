"""What we hear on Telegram and Signal: seen once, answered by whoever knows the words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import language, limits, text, vault
from accounts.actions import handles
from accounts.models import Handle, HandleChannel, User
from accounts.text import Heard, Pressed, Reply
from botworker import outbox
from botworker.claims import MARKER
from botworker.models import Listener, SeenUpdate
from botworker.outbox import Event, Message
from slomix.lib import clock

# How long a process that hears a channel is believed to live.
LEASE = timedelta(seconds=60)
NOTICE = "security"
# Below the word that a channel was linked; the stamp is when, in seconds.
UNLINK_BUTTON = r"unlink:(?P<marker>[\w-]{22}):(?P<channel>[a-z]{2,12}):(?P<stamp>[0-9]{10})"
NOTICE_IS_WORTH = timedelta(hours=24)
# Answers take the same turns as reminders, so nobody alone may use them up.
HEARD = limits.Limit("text_heard", 20, timedelta(minutes=1))
TOLD = limits.Limit("text_told", 1, timedelta(minutes=1))


@dataclass(frozen=True)
class Answer:
    """What a chat is told: a new message, or `message_id` with other words and buttons.

    `query_id` is the press that waits for it; a refused one is told to the presser alone and
    changes no message.
    """

    address: str
    text: str
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    message_id: int | None = None
    query_id: str = ""
    refused: bool = False


def hold(channel: str, owner: str, *, at: datetime) -> bool:
    """Become or stay the one process that hears a channel; False while another one does."""
    Listener.objects.get_or_create(channel=channel, defaults={"until": at})
    mine = Listener.objects.filter(Q(owner=owner) | Q(until__lte=at), channel=channel)
    return bool(mine.update(owner=owner, until=at + LEASE))


def let_go(channel: str, owner: str, *, at: datetime) -> None:
    """Let another process hear the channel from now on."""
    Listener.objects.filter(channel=channel, owner=owner).update(owner="", until=at)


@transaction.atomic
def telegram(update: Any, *, at: datetime) -> Answer | None:
    """Handle one update of Telegram's; returns what to say, or nothing to say.

    Private chats only: an address is one person's. Changes nothing when it is told again.
    """
    if not isinstance(update, dict) or not first_time("telegram", str(update.get("update_id")), at):
        return None
    if isinstance(update.get("my_chat_member"), dict):
        _membership(update["my_chat_member"], at)
        return None
    if isinstance(update.get("callback_query"), dict):
        return _pressed(update["callback_query"], at)
    said = update.get("message")
    address = _private(said)
    if not isinstance(said, dict) or not address or not isinstance(said.get("text"), str):
        return None
    return answer(Heard("telegram", address, said["text"], at))


def _private(said: object) -> str:
    """Return the address that a message's private chat is; empty for any other."""
    chat = said.get("chat") if isinstance(said, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return ""
    address = str(chat.get("id"))
    return address if handles.is_address("telegram", address) else ""


def _pressed(query: dict[str, Any], at: datetime) -> Answer | None:
    """Answer a press. Whoever pressed is whose chat it is; the button's word is not trusted."""
    said, who = query.get("message"), query.get("from")
    address = _private(said)
    number = said.get("message_id") if isinstance(said, dict) else None
    data, query_id = query.get("data"), query.get("id")
    if not address or not isinstance(who, dict) or str(who.get("id")) != address:
        return None
    if not (isinstance(data, str) and isinstance(query_id, str) and isinstance(number, int)):
        return None
    pressed = Pressed("telegram", address, data, at)
    wait = limits.take(HEARD, f"telegram:{address}", at=at)
    reply = _too_much(wait, pressed) if wait else _ask(pressed)
    return Answer(address, reply.text, reply.rows, number, query_id, reply.refused)


def _membership(change: dict[str, Any], at: datetime) -> None:
    """Somebody blocked the bot, or lets it write again."""
    chat, now = change.get("chat"), change.get("new_chat_member")
    if not isinstance(chat, dict) or not isinstance(now, dict):
        return
    person = handles.owner_of("telegram", str(chat.get("id")))
    if person is None:
        return
    if now.get("status") == "kicked":
        handles.switch_off(person.pk, "telegram", Handle.Off.BLOCKED, at)
    else:
        handles.came_back("telegram", [person.pk])


@transaction.atomic
def signal(envelope: dict[str, Any], *, at: datetime) -> Answer | None:
    """Handle one envelope of Signal's; returns what to say to its sender, or nothing to say."""
    said = envelope.get("dataMessage")
    if not isinstance(said, dict) or said.get("groupInfo"):
        return None
    number, account = str(envelope.get("sourceNumber")), str(envelope.get("sourceUuid"))
    # Somebody may hide their number.
    address = number if handles.is_address("signal", number) else account
    words = said.get("message")
    if not isinstance(words, str) or not handles.is_address("signal", address):
        return None
    key = f"{envelope.get('timestamp')}:{vault.index('signal', address)[:16]}"
    if not first_time("signal", key, at):
        return None
    return answer(Heard("signal", address, words, at))


def answer(heard: Heard) -> Answer | None:
    """Let the first module that knows the words answer; `accounts.text` always does.

    Who writes more than anybody answers is told so once a minute, and then nothing.
    """
    who = f"{heard.channel}:{heard.address}"
    if wait := limits.take(HEARD, who, at=heard.at):
        told = limits.take(TOLD, who, at=heard.at)
        return None if told else Answer(heard.address, _too_much(wait, heard).text)
    reply = _ask(heard)
    if reply.linked:
        tell_linked(reply.linked, heard.channel, heard.at)
    return Answer(heard.address, reply.text, reply.rows, refused=reply.refused)


def _too_much(wait: int, what: Heard | Pressed) -> Reply:
    person = handles.owner_of(what.channel, what.address)
    with translation.override(language.spoken_to(person)):
        counted = ngettext("Again in %(n)d second.", "Again in %(n)d seconds.", wait) % {"n": wait}
        return Reply(_("That was a lot at once.") + f" {counted}", refused=True)


def _ask(what: Heard | Pressed) -> Reply:
    for door in _doors():
        found: Reply | None = door.answer(what) if isinstance(what, Heard) else door.press(what)
        if found is not None:
            return found
    return text.answer(what) if isinstance(what, Heard) else text.press(what)


def _doors() -> Iterator[ModuleType]:
    return (import_module(name) for name in settings.TEXT_DOORS)


def first_time(channel: str, key: str, at: datetime) -> bool:
    """Say whether an update is new. Call it in the transaction of what the update does."""
    try:
        with transaction.atomic():
            SeenUpdate.objects.create(channel=channel, key=key[:64], at=at)
    except IntegrityError:
        return False
    return True


def seen(channel: str, key: str) -> bool:
    """Say whether `first_time` has said yes to this already; changes nothing."""
    return SeenUpdate.objects.filter(channel=channel, key=key[:64]).exists()


def tell_linked(person: User, channel: str, at: datetime) -> None:
    """Tell a person on Discord that a channel was linked to them: it may not have been them."""
    if not hasattr(person, "discord"):
        return
    with translation.override(language.spoken_to(person)):
        facts = {"channel": HandleChannel(channel).label, "at": clock.named(at)}
        body = _("**%(channel)s is linked to you since %(at)s.** Not you? Press.")
        # Whole seconds: the link that the message tells of was there at the end of its own.
        pressed = f"unlink:{MARKER}:{channel}:{int(at.timestamp()) + 1}"
        unlink = {"id": pressed, "label": _("Unlink it now"), "style": "danger"}
    message = Message(
        recipient=outbox.recipient_of(person.discord.discord_id),
        body=body % facts,
        person_id=person.pk,
        extras={"rows": [[unlink]]},
    )
    event = Event(f"LINKED:{channel}:{at:%Y-%m-%dT%H:%M:%S}", NOTICE, at, at + NOTICE_IS_WORTH)
    outbox.enqueue([message], event, at=at, planned=False)
