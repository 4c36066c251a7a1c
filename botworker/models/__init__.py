"""Everything that botworker keeps: the ledger, the traffic with providers, the parts that run."""

from botworker.models.ledger import (
    CLAIMABLE,
    DEAD,
    HELD,
    TERMINAL,
    WAITING,
    Attempt,
    AttemptQuerySet,
    Change,
    Delivery,
    State,
    new_marker,
    new_seed,
)
from botworker.models.parts import GatewayLeader, Identify, PartPulse
from botworker.models.presence import Look, Place, Presence
from botworker.models.tracked import Tracked, TrackedQuerySet
from botworker.models.traffic import Breaker, Bucket, Listener, SeenInteraction, SeenUpdate

__all__ = [
    "CLAIMABLE",
    "DEAD",
    "HELD",
    "TERMINAL",
    "WAITING",
    "Attempt",
    "AttemptQuerySet",
    "Breaker",
    "Bucket",
    "Change",
    "Delivery",
    "GatewayLeader",
    "Identify",
    "Listener",
    "Look",
    "PartPulse",
    "Place",
    "Presence",
    "SeenInteraction",
    "SeenUpdate",
    "State",
    "Tracked",
    "TrackedQuerySet",
    "new_marker",
    "new_seed",
]
