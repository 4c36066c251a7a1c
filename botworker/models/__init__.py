"""Everything that botworker keeps: the ledger, the traffic with providers, the parts that run."""

from botworker.models.hold import Hold
from botworker.models.keywords import KeywordReply
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
from botworker.models.parts import GatewayLeader, Identify, PartPulse, Worker
from botworker.models.presence import Look, Place, Presence
from botworker.models.tracked import Tracked, TrackedQuerySet
from botworker.models.traffic import Breaker, Bucket, Listener, SeenInteraction, SeenUpdate
from botworker.models.watching import Alert, Counted, FinishedRun, PageTime

__all__ = [
    "CLAIMABLE",
    "DEAD",
    "HELD",
    "TERMINAL",
    "WAITING",
    "Alert",
    "Attempt",
    "AttemptQuerySet",
    "Breaker",
    "Bucket",
    "Change",
    "Counted",
    "Delivery",
    "FinishedRun",
    "GatewayLeader",
    "Hold",
    "Identify",
    "KeywordReply",
    "Listener",
    "Look",
    "PageTime",
    "PartPulse",
    "Place",
    "Presence",
    "SeenInteraction",
    "SeenUpdate",
    "State",
    "Tracked",
    "TrackedQuerySet",
    "Worker",
    "new_marker",
    "new_seed",
]
