"""The database backend that `DATABASE_URL=postgresql://…` names."""

import time
from typing import Any

from django.db.backends.postgresql import base

# A question of its own before every request costs a fifth of a small one. Whoever asks within a
# second of the last good answer meets a line that was cut since as any request under way does:
# with one error, after which Django looks for itself and opens a new one.
BELIEVED_FOR = 1.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is believed to be there for a second after it answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answered_at = 0.0

    def connect(self) -> None:
        """Connect anew; the new connection has answered."""
        super().connect()
        self.answered_at = time.monotonic()

    def is_usable(self) -> bool:
        """Say whether the connection works. After an error it is always asked."""
        if not self.errors_occurred and time.monotonic() - self.answered_at < BELIEVED_FOR:
            return True
        usable: bool = super().is_usable()
        self.answered_at = time.monotonic() if usable else 0.0
        return usable
