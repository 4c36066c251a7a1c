"""The sessions of connected bots: who hears what, and who is told to go."""

from __future__ import annotations

import time

from botworker.standin.life import looks
from botworker.standin.store import Store
from botworker.standin.world import Json

from . import intents, welcome
from .orders import Orders
from .session import Close, Session, dumps, frame
from .starts import Starts

RESUMABLE = 300.0
HEARTBEAT, RECONNECT, INVALID_SESSION = 1, 7, 9


class Hub:
    """All sessions since the stand-in started, and how often a bot identified and resumed."""

    def __init__(self, store: Store, *, strict: bool = False) -> None:
        self.store = store
        self.bot_id = str(store.world.application.id)
        self.sessions: dict[str, Session] = {}
        self.starts = Starts(strict=strict)
        self.orders = Orders()
        self.identifies = 0
        self.resumes = 0
        # How many got in by an IDENTIFY, and how many events were told again to those that resumed.
        self.welcomes = 0
        self.replayed = 0
        # How often each close code was sent, and the bots' presence as they set it last.
        self.closed: dict[int, int] = {}
        self.presence: Json = {}

    @property
    def connected(self) -> list[Session]:
        return [one for one in self.sessions.values() if one.outbox]

    def state(self) -> Json:
        """Say what happened at the gateway so far."""
        return {
            "connected": len(self.connected),
            "sessions": len(self.sessions),
            "identifies": self.identifies,
            "resumes": self.resumes,
            "welcomes": self.welcomes,
            "replayed": self.replayed,
            "closed": {str(code): times for code, times in sorted(self.closed.items())},
            "session_start_limit": self.starts.to_json(),
        }

    def add(self, session: Session) -> None:
        """Keep a session, and forget those that nobody resumed in time."""
        oldest = time.monotonic() - RESUMABLE
        kept = {key: one for key, one in self.sessions.items() if one.outbox or one.left > oldest}
        self.sessions = {**kept, session.id: session}

    # --- what bots are told ------------------------------------------------------------------

    def tell(self, name: str, data: Json, needed: int | None = None) -> None:
        """Send an event to every session that may hear it, also to one that is away now.

        The table in `intents` says which intent it needs. The event is written once for all
        sessions with the same intents.
        """
        if not self.sessions or not self._bot_hears(name, data):
            return
        written: dict[int, str | None] = {}
        for session in self.sessions.values():
            if not session.serves(data.get("guild_id")):
                continue
            if session.intents not in written:
                told = intents.for_session(name, data, self.bot_id, session.intents)
                written[session.intents] = None if told is None else dumps(told)
            if body := written[session.intents]:
                session.hand_over(name, body)

    def _bot_hears(self, name: str, data: Json) -> bool:
        if "guild_id" not in data:
            return True
        bot = int(self.bot_id)
        if bot not in self.store.guilds.members.get(int(data["guild_id"]), ()):
            return False
        channel = _channel(name, data)
        return channel is None or looks.sees(self.store, bot, channel)

    def welcome(self, guild: int, only: Session | None = None) -> None:
        """Tell everybody, or one session, of a whole server."""
        for session in [only] if only else self.sessions.values():
            if intents.wants(session.intents, intents.GUILDS) and session.serves(str(guild)):
                told = welcome.guild(self.store, guild, session)
                if only is None:
                    # So bots tell a new server from one that they come back to.
                    del told["unavailable"]
                session.tell("GUILD_CREATE", told)

    def farewell(self, guild: int) -> None:
        """Tell everybody that the bot is no longer on a server."""
        for session in self.sessions.values():
            if intents.wants(session.intents, intents.GUILDS) and session.serves(str(guild)):
                session.tell("GUILD_DELETE", {"id": str(guild)})

    # --- orders ------------------------------------------------------------------------------

    def close_all(self, code: int) -> None:
        """End every connection with this close code."""
        for session in self.connected:
            if session.outbox:
                session.outbox.put_nowait(Close(code))

    def reconnect_all(self) -> None:
        """Ask every bot to come again and resume (op 7)."""
        self._send_all(RECONNECT, None)

    def invalidate_all(self, *, resumable: bool) -> None:
        """Tell every bot that its session is no good (op 9); unless resumable it is forgotten."""
        self._send_all(INVALID_SESSION, resumable)
        if not resumable:
            for session in self.connected:
                del self.sessions[session.id]

    def ask_for_heartbeats(self) -> None:
        """Ask every bot for a heartbeat at once (op 1)."""
        self._send_all(HEARTBEAT, None)

    def refuses_resume(self) -> bool:
        """Say whether this RESUME is to be refused by order, counting it down."""
        if self.orders.refuse_resumes:
            self.orders.refuse_resumes -= 1
            return True
        return False

    def _send_all(self, op: int, data: object) -> None:
        for session in self.connected:
            if session.outbox:
                session.outbox.put_nowait(frame(op, data))


def _channel(name: str, data: Json) -> int | None:
    """Give the channel that must be seen to hear this event."""
    if name.startswith(("MESSAGE_", "TYPING_", "CHANNEL_PINS_")):
        return int(data["channel_id"])
    if name.startswith("THREAD_") and "id" in data:
        return int(data["id"])
    return None
