"""The channels that messages leave by. What they share: the answer, and the refusal."""

from dataclasses import dataclass
from enum import Enum, auto


class Verdict(Enum):
    """What a refusal means for the delivery."""

    PERMANENT = auto()  # this channel will never take it: the next one, or failed
    TRANSIENT = auto()  # certainly not delivered: try again
    UNKNOWN = auto()  # perhaps delivered: read back before anything else
    UNPROVABLE = auto()  # perhaps delivered, and this channel cannot tell: never again
    OUR_FAULT = auto()  # the request itself was wrong: no try helps
    BLOCKED = auto()  # the provider refuses us altogether: leave it alone for a while


@dataclass(frozen=True)
class Said:
    """The provider's word that a message stands."""

    channel_id: int
    message_id: int


@dataclass(frozen=True)
class Refusal:
    """Why a provider did not take a message, in our words; never its text, which may hold names."""

    reason: str
    verdict: Verdict
    wait: float | None = None  # seconds, where the provider named them
    http_status: int | None = None
    code: int | None = None
    # Nothing will arrive there until the person does something: why, in one of our words.
    off: str = ""


class ChannelError(Exception):
    """A send that did not succeed; `refusal` says what follows from it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal
