"""Linking Telegram and Signal from one's own session, as JSON."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from accounts import auth
from accounts.actions import handles
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["channels"])
Word = Annotated[str, StringConstraints(strict=True, max_length=64)]


class LinkWish(Schema):
    """The channel to link, telegram or signal; `ttl_minutes` may shorten the code's life."""

    channel_type: Word
    ttl_minutes: int | None = None


@router.post("/link-token", auth=auth.session)
def link_token(request: HttpRequest, wanted: LinkWish) -> dict[str, Any]:
    """Make a code for the signed-in person; it is shown this once."""
    person = auth.linked(request)
    _known(wanted.channel_type)
    lives = None
    if wanted.ttl_minutes is not None:
        lives = timedelta(minutes=min(max(wanted.ttl_minutes, 5), 120))
    try:
        issued = handles.issue_token(
            person=person, channel=wanted.channel_type, at=clock.now(), lives=lives
        )
    except handles.TooSoon as refused:
        raise Refused(429, str(refused)) from refused
    except handles.HandleRefused as refused:
        raise Refused(409, str(refused), "channel_type") from refused
    return {
        "success": True,
        "channel_type": wanted.channel_type,
        "token": issued.token,
        "expires_at": issued.expires_at,
    }


@router.delete("/subscriptions/{channel}", auth=auth.session)
def unlink(request: HttpRequest, channel: str) -> dict[str, Any]:
    """Forget the signed-in person's address; works as often as it is asked."""
    person = auth.person(request)
    _known(channel)
    gone = handles.disconnect(person=person, channel=channel, at=clock.now(), door="api")
    return {
        "success": True,
        "user_id": auth.user_id(person),
        "channel_type": channel,
        "unlinked": gone,
    }


def _known(channel: str) -> None:
    if channel not in handles.ADDRESS:
        raise Refused(400, "channel_type is telegram or signal.", "channel_type")
