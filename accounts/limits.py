"""How often something may be tried: rows, so that it holds over all processes and restarts."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.models import Throttle


@dataclass(frozen=True)
class Limit:
    """So many tries within one window, for each who tries."""

    name: str
    most: int
    window: timedelta


def take(limit: Limit, who: str, *, at: datetime) -> int:
    """Count one try; returns 0 when it is allowed, else the seconds to wait.

    The database decides: both changes say which row they mean, so any number of processes together
    allow no more than one would.
    """
    key = f"{limit.name}:{_hidden(who)}"
    mine = Throttle.objects.filter(key=key)
    since = at - limit.window
    for _try in range(2):
        if mine.filter(window_at__gt=since, tries__lt=limit.most).update(tries=F("tries") + 1):
            return 0
        if mine.filter(window_at__lte=since).update(window_at=at, tries=1):
            return 0
        try:
            with transaction.atomic():
                Throttle.objects.create(key=key, window_at=at, tries=1)
        except IntegrityError:  # it is there: full, or made by another process in between
            continue
        return 0
    began = mine.values_list("window_at", flat=True).first() or at
    return max(1, -(-(began + limit.window - at) // timedelta(seconds=1)))


def _hidden(who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:40]


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, as our own proxies saw it.

    X-Forwarded-For grows to the right, so what a visitor writes into it stands to the left of
    what the outermost of our proxies (TRUSTED_PROXY_COUNT of them) added. An IPv6 network of one
    household counts as one address.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.TRUSTED_PROXY_COUNT
    seen = hops[-count] if 0 < count <= len(hops) else peer
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
