"""What we hear on Telegram and Signal: seen once, answered by whoever knows the words."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import text, vault
from accounts.actions import handles
from accounts.models import Handle, HandleChannel, User
from accounts.text import Heard, Reply
from botworker import outbox
from botworker.models import Listener, SeenUpdate
from botworker.outbox import Event, Message
from slomix.lib import clock

# How long a process that hears a channel is believed to live.
LEASE = timedelta(seconds=60)
NOTICE_IS_WORTH = timedelta(hours=24)


def hold(channel: str, owner: str, *, at: datetime) -> bool:
    """Become or stay the one process that hears a channel; False while another one does."""
    Listener.objects.get_or_create(channel=channel, defaults={"until": at})
    mine = Listener.objects.filter(Q(owner=owner) | Q(until__lte=at), channel=channel)
    return bool(mine.update(owner=owner, until=at + LEASE))


def let_go(channel: str, owner: str, *, at: datetime) -> None:
    """Let another process hear the channel from now on."""
    Listener.objects.filter(channel=channel, owner=owner).update(owner="", until=at)


@transaction.atomic
def telegram(update: Any, *, at: datetime) -> tuple[str, str] | None:
    """Handle one update of Telegram's; returns the chat and what to say there, or nothing to say.

    Private chats only: an address is one person's. Changes nothing when it is told again.
    """
    if not isinstance(update, dict) or not first_time("telegram", str(update.get("update_id")), at):
        return None
    if isinstance(update.get("my_chat_member"), dict):
        _membership(update["my_chat_member"], at)
        return None
    said = update.get("message")
    chat = said.get("chat") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(chat, dict) or chat.get("type") != "private":
        return None
    words, address = said.get("text"), str(chat.get("id"))
    if not isinstance(words, str) or not handles.is_address("telegram", address):
        return None
    return address, answer(Heard("telegram", address, words, at))


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
def signal(envelope: dict[str, Any], *, at: datetime) -> tuple[str, str] | None:
    """Handle one envelope of Signal's; returns the sender and what to say, or nothing to say."""
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
    return address, answer(Heard("signal", address, words, at))


def answer(heard: Heard) -> str:
    """Let the first module that knows the words answer; `accounts.text` always does."""
    reply = _ask(heard)
    if reply.linked:
        tell_linked(reply.linked, heard.channel, heard.at)
    return reply.text


def _ask(heard: Heard) -> Reply:
    for name in settings.TEXT_DOORS:
        found: Reply | None = import_module(name).answer(heard)
        if found is not None:
            return found
    return text.answer(heard)


def first_time(channel: str, key: str, at: datetime) -> bool:
    """Say whether an update is new. Call it in the transaction of what the update does."""
    try:
        with transaction.atomic():
            SeenUpdate.objects.create(channel=channel, key=key[:64], at=at)
    except IntegrityError:
        return False
    return True


def tell_linked(person: User, channel: str, at: datetime) -> None:
    """Tell a person on Discord that a channel was linked to them: it may not have been them."""
    if not hasattr(person, "discord"):
        return
    facts = {"channel": HandleChannel(channel).label, "at": clock.named(at)}
    body = _("**%(channel)s is linked to you since %(at)s.** Not you? Unlink it on the site.")
    site = {"label": _("Unlink it on the site"), "url": f"{settings.FRONTEND_ORIGIN}/you/"}
    message = Message(
        recipient=outbox.recipient_of(person.discord.discord_id),
        body=body % facts,
        person_id=person.pk,
        extras={"rows": [[site]]},
    )
    event = Event(f"LINKED:{channel}:{at:%Y-%m-%dT%H:%M:%S}", "security", at, at + NOTICE_IS_WORTH)
    outbox.enqueue([message], event, at=at, planned=False)
