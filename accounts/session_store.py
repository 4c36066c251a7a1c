"""Sessions in the database, as Django keeps them, read with SQL that is made once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from slomix.lib.compiled import Compiled

# One filter behind the other: so the values stand in this order.
_LIVE = Compiled(
    lambda: Session.objects.filter(session_key="").filter(expire_date__gt=timezone.now())
)


class SessionStore(db.SessionStore):
    """Asked with every request of whoever is signed in."""

    def _get_session_from_db(self) -> Session | None:
        # A key that is no text of ours finds nothing, as any other that was made up.
        found: Session | None = next(iter(_LIVE.all(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
