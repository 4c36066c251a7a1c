"""What every outage is played with."""

import pytest

from slomix.operations import patience


@pytest.fixture(autouse=True)
def _a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer for as long as a busy machine takes: what is told is the matter here."""
    monkeypatch.setattr(patience, "PATIENCE", 30.0)
