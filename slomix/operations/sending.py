"""Telling operators: by a webhook, by mail, and by a ping to a service outside.

Every request is limited in time, follows no redirect and is made outside of any transaction. The
addresses are the operator's own settings and may hold secrets: no log names them, nor what a fault
says, because that repeats them.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.mail import EmailMessage

log = logging.getLogger(__name__)

WITHIN = httpx.Timeout(5.0, connect=3.0)
DISCORD = ("discord.com", "discordapp.com", "canary.discord.com", "ptb.discord.com")
LONGEST = 1900


@dataclass(frozen=True)
class News:
    """What operators are told."""

    state: str  # "raised" or "over"
    code: str
    key: str
    title: str
    words: str
    todo: str
    since: datetime
    at: datetime
    # Which process tells it: worker, web or watch.
    told_by: str

    @property
    def text(self) -> str:
        """The whole of it in a few lines."""
        if self.state == "over":
            return f"✅ Over: {self.title}. {self.words}".strip()
        help_ = f"\n{self.todo} Runbook: {self.code}" if self.todo else f"\nRunbook: {self.code}"
        return f"⚠️ {self.title}. {self.words}{help_}\n{settings.FRONTEND_ORIGIN}/operations/"


def reachable() -> bool:
    """Say whether anybody is told at all."""
    return bool(settings.ALERT_WEBHOOK_URL or settings.ALERT_MAIL_TO)


def tell(news: News) -> bool:
    """Tell it everywhere once; False when it arrived nowhere and should be tried again."""
    ways = []
    if settings.ALERT_WEBHOOK_URL:
        ways.append(_by_webhook(news))
    if settings.ALERT_MAIL_TO:
        ways.append(_by_mail(news))
    return any(ways)


def ping() -> bool:
    """Tell the service outside that a run went out whole."""
    return _request("the ping", "GET", settings.ALERT_PING_URL)


def _by_webhook(news: News) -> bool:
    url = settings.ALERT_WEBHOOK_URL
    return _request("the alert webhook", "POST", url, json=body(news, url))


def body(news: News, url: str) -> dict[str, Any]:
    """Return what is posted: Discord's own shape, and for others every fact by its name, too."""
    said = {
        "content": news.text[:LONGEST],
        "username": "Slomix",
        "allowed_mentions": {"parse": []},
    }
    if urlsplit(url).hostname in DISCORD:
        return said
    facts = {
        "state": news.state,
        "code": news.code,
        "key": news.key,
        "title": news.title,
        "words": news.words,
        "todo": news.todo,
        "since": news.since.isoformat(),
        "at": news.at.isoformat(),
        "told_by": news.told_by,
        "site": settings.FRONTEND_ORIGIN,
    }
    return said | {"text": news.text} | facts


def _request(what: str, method: str, url: str, **parts: Any) -> bool:
    try:
        answer = httpx.request(method, url, timeout=WITHIN, follow_redirects=False, **parts)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        log.warning("%s was not taken: %s", what, type(fault).__name__)
        return False
    if not answer.is_success:
        log.warning("%s was not taken: status %d", what, answer.status_code)
    return answer.is_success


def _by_mail(news: News) -> bool:
    mark = "over" if news.state == "over" else "look"
    subject = f"[Slomix] {mark}: {news.title}".replace("\n", " ")
    mail = EmailMessage(subject, news.text, settings.ALERT_MAIL_FROM, settings.ALERT_MAIL_TO)
    try:
        return bool(mail.send())
    except (OSError, smtplib.SMTPException) as fault:
        log.warning("the alert mail was not taken: %s", type(fault).__name__)
        return False
