"""What the stand-in is made of; every handler finds it in its application."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from .desk import Desk
from .elsewhere import Elsewhere
from .faults import Faults
from .gateway.hub import Hub
from .journal import Journal
from .limits import Limits, Windows
from .oauth import Consents
from .store import Store
from .times import Times
from .world import Json, World


@dataclass(slots=True)
class Parts:
    """The stand-in's memory and switches."""

    world: World
    store: Store
    hub: Hub
    desk: Desk
    elsewhere: Elsewhere
    journal: Journal
    assets: Path
    site_url: str
    limits: Limits | None
    nonce_window: float
    times: Times | None = None
    windows: Windows = field(default_factory=Windows)
    faults: Faults = field(default_factory=Faults)
    consents: Consents = field(default_factory=Consents)
    unknown: list[Json] = field(default_factory=list)
    born: int = field(default_factory=time.time_ns)


PARTS = web.AppKey("parts", Parts)
