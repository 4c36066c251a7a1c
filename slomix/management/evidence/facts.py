"""Everything that rows know about one call, read once."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from botworker import book
from botworker.book import Entry
from promotions import report
from promotions.models import Campaign, Job, Recipient
from promotions.promises import slots_of


@dataclass(frozen=True)
class Facts:
    """A call, whom it looked at, and every row of the ledger that is about them and its evening."""

    campaign: Campaign
    status: str
    event_keys: list[str]
    jobs: list[Job]
    recipients: list[Recipient]
    entries: list[Entry]
    at: datetime

    @property
    def called(self) -> list[Recipient]:
        """Those who were promised something."""
        return [one for one in self.recipients if not one.left_out]

    @property
    def promised(self) -> int:
        """One row for each recipient and thing to be said, said or not.

        Without the ready check the word to the missing is promised to nobody.
        """
        said = {entry.event_key for entry in self.entries}
        optional = sum("FOLLOW" in key.upper() and key not in said for key in self.event_keys)
        return len(self.recipients) * (len(self.event_keys) - optional)

    @property
    def answers(self) -> list[Entry]:
        """The row that answers for each recipient and event: the living one, else the last."""
        found: dict[tuple[str, str], Entry] = {}
        for entry in sorted(self.entries, key=lambda entry: (entry.living, entry.id)):
            found[entry.event_key, entry.recipient] = entry
        return sorted(found.values(), key=lambda entry: (entry.due_at, entry.id))

    @property
    def states(self) -> Counter[str]:
        """How many of the promises are in which state."""
        return Counter(entry.state for entry in self.answers)


def of(campaign: Campaign, at: datetime) -> Facts:
    """Read what rows know about a call."""
    recipients = list(campaign.recipients.order_by("pk"))
    event_keys = [slot.event_key for slot in slots_of(campaign)]
    return Facts(
        campaign=campaign,
        status=report.of(campaign, at).status,
        event_keys=event_keys,
        jobs=list(campaign.jobs.order_by("run_at")),
        recipients=recipients,
        entries=book.entries(event_keys, [one.key for one in recipients]),
        at=at,
    )
