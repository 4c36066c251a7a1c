"""What a bridge of one's own brings: messages that it heard for us."""

import hmac
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import StringConstraints

from accounts import auth, vault
from accounts.actions import handles
from botworker import hearing
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["bridge"])
Word = Annotated[str, StringConstraints(strict=True, max_length=64)]


class Bridge(HttpBearer):
    """The service secret of INTERNAL_API_SECRET; without one set there is no bridge."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        secret = settings.INTERNAL_API_SECRET
        same = hmac.compare_digest(token.encode(), secret.encode())
        return "bridge" if secret and same else None


class Confirmation(Schema):
    """A code, and the account that it really came from: the bridge vouches for that."""

    channel_type: Word
    token: Word
    channel_address: Word


@router.post("/link-confirm", auth=Bridge())
def link_confirm(request: HttpRequest, confirmation: Confirmation) -> dict[str, Any]:
    channel, address = confirmation.channel_type, confirmation.channel_address
    if channel not in handles.ADDRESS:
        raise Refused(400, "channel_type is telegram or signal.", "channel_type")
    if not handles.is_address(channel, address):
        raise Refused(400, "This is no address of that channel.", "channel_address")
    now = clock.now()
    try:
        with transaction.atomic():
            handle = handles.redeem(
                channel=channel, address=address, token=confirmation.token, at=now, door="bridge"
            )
            hearing.tell_linked(handle.user, channel, now)
    except handles.AddressTaken as refused:
        raise Refused(409, str(refused), "channel_address") from refused
    except handles.HandleRefused as refused:
        raise Refused(404, str(refused), "token") from refused
    return {
        "success": True,
        "user_id": auth.user_id(handle.user),
        "channel_type": channel,
        "channel_address": vault.masked(address),
    }
