"""A rehearsal with real people at a Discord that is not ours: it is read back, never acted in."""

from collections.abc import Callable, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from slomix.management.rehearsal.cast import Cast
from slomix.management.rehearsal.evidence import OPEN, Row, Sent, button_ids
from slomix.management.rehearsal.gathering import IN_VOICE, NOT_IN_VOICE, SEES_ON_SERVER
from slomix.management.rehearsal.kill import Kill
from slomix.management.rehearsal.live_system import LiveSystem
from slomix.management.rehearsal.prepare import SESSION
from slomix.management.rehearsal.rest import FORBIDDEN, NOT_FOUND, Refused, Rest
from slomix.management.rehearsal.visitor import Visitor

DISCORD_BEGAN = 1_420_070_400_000
# Discord's clock and ours may differ a little; a message before we began is none of ours anyway.
BEFORE = timedelta(minutes=1)
PAGE = 100
CLOSED = "direct messages are closed"
# What people do by themselves between the preview and a message; then it is not said, rightly.
OWN_ACTS = frozenset(
    {"reminders are off", "said no", "asked for no more tonight", "not expected any more"}
    | {"comes later", "not on our Discord server"}
)
AWAY, HIDDEN = 0, -1


class People:
    """The named people, at a Discord that tells what they heard by its history."""

    source = "the history that Discord shows the bot"

    def __init__(self, system: LiveSystem, cast: Cast, rest: Rest, channel_id: int = 0) -> None:
        self.system, self.cast, self.rest = system, cast, rest
        self.taken_by = f"{system.discord_url} shows"
        self.channel_id = channel_id
        self.channel = f"channel {channel_id}" if channel_id else ""
        self._rooms: dict[int, int] = {}
        self._after = snowflake(datetime.now(UTC) - BEFORE)

    def enter(self, visitor: Visitor) -> str:
        """Take the session that was made with the database. Raises Lost."""
        visitor.resume((self.system.var / SESSION).read_text())
        name = self.cast.promoter.name
        return f"as {name}, by a session made in the rehearsal's database (no program may consent)"

    def name_of(self, discord_id: int) -> str:
        """Return what Discord calls somebody."""
        names = {one.discord_id: one.name for one in self.cast.all}
        return names.get(discord_id, str(discord_id))

    def called(self, names: Set[str]) -> frozenset[int]:
        """Return the ids behind some names. Raises KeyError for a stranger."""
        ids = {self.cast.player_name(one): one.discord_id for one in self.cast.people}
        return frozenset(ids[name] for name in names)

    def left_out(self, called: Set[int]) -> list[str]:
        """Say which of the named people would hear nothing."""
        missing = [one.name for one in self.cast.people if one.discord_id not in called]
        return [f"{name} is not among the recipients" for name in missing]

    def closed(self, rows: list[Row]) -> frozenset[int]:
        """Return to whom Discord refused to bring it, as the ledger has it."""
        refused = [row for row in rows if row.state == "failed" and CLOSED in row.reason]
        return frozenset(row.discord_id for row in refused)

    def excused(self, rows: list[Row]) -> frozenset[int]:
        """Return who pressed a button, or left, in the meantime."""
        return frozenset(row.discord_id for row in rows if row.reason in OWN_ACTS)

    def heard(self) -> list[Sent]:
        """Read back what the bot said to each of them. Raises Refused and httpx.HTTPError."""
        return [sent for one in self.cast.all for sent in self._heard_by(one.discord_id)]

    def _heard_by(self, discord_id: int) -> list[Sent]:
        if discord_id not in self._rooms:
            self._rooms[discord_id] = self.rest.room(discord_id)
        return [_sent(discord_id, one) for one in self._said_in(self._rooms[discord_id])]

    def _said_in(self, channel: int) -> list[dict[str, Any]]:
        path = f"/channels/{channel}/messages"
        found = self.rest.get(path, after=str(self._after), limit=PAGE)
        return [one for one in found if int(one["author"]["id"]) == self.cast.bot.discord_id]

    def summaries(self) -> list[str]:
        """Read back what the bot posted in the channel, if one was named."""
        said = self._said_in(self.channel_id) if self.channel_id else []
        return [one["content"] for one in said]

    def gather(self, called: frozenset[int]) -> "Watched":
        """Watch who comes to voice; a program cannot come for them."""
        return Watched(self, called)

    def kill(self, rows: Callable[[], list[Row]]) -> "LiveKill":
        """Kill without making Discord slow."""
        return LiveKill(self.system, rows)

    def voice_of(self, discord_id: int) -> int:
        """Return the voice channel somebody is in; AWAY in none, HIDDEN where it is not shown."""
        guild = self.system.guild_id
        try:
            state = self.rest.get(f"/guilds/{guild}/voice-states/{discord_id}")
        except Refused as refused:
            if refused.status == NOT_FOUND:
                return AWAY
            if refused.status == FORBIDDEN:
                return HIDDEN
            raise
        channel = int(state["channel_id"] or AWAY)
        return AWAY if channel == self.cast.afk_channel else channel


class Watched:
    """Who of the people is in voice by themselves, asked of Discord before and after the check."""

    def __init__(self, people: People, called: frozenset[int]) -> None:
        self.people, self.called = people, called
        self.looks: list[dict[int, int]] = []

    @property
    def words(self) -> str:
        """Who was where, both times."""
        there, away = len(self._always(True)), len(self._always(False))
        moved = len(self.called) - there - away
        words = f"Discord showed {there} in voice and {away} not, before and after"
        return f"{words}; {moved} came, went or are not shown" if moved else words

    def come(self) -> None:
        """Do nothing: people come by themselves."""

    def look(self) -> None:
        """Ask Discord where everybody is. Raises Refused and httpx.HTTPError."""
        self.looks.append({one: self.people.voice_of(one) for one in self.called})

    def _always(self, there: bool) -> frozenset[int]:
        def fits(channel: int) -> bool:
            return channel not in (AWAY, HIDDEN) if there else channel == AWAY

        return frozenset(
            one for one in self.called if self.looks and all(fits(look[one]) for look in self.looks)
        )

    def absent(self, rows: list[Row]) -> frozenset[int]:
        """Return who is to be asked; of those who were moving, the ledger is believed."""
        spared = {row.discord_id for row in rows if row.reason == IN_VOICE}
        moving = self.called - self._always(True) - self._always(False)
        return self._always(False) | (moving - spared)

    def spared(self, rows: list[Row]) -> list[str]:
        """Say who was in voice both times and is not noted as being there."""
        said = {row.discord_id: (row.state, row.reason) for row in rows}
        excused = self.people.excused(rows)
        return [
            f"{self.people.name_of(one)} was in voice, the ledger says "
            + " ".join(said.get(one, ("nothing",)))
            for one in sorted(self._always(True) - excused)
            if said.get(one) != ("suppressed", IN_VOICE)
        ]

    def noted(self, asked: list[Sent], summaries: list[str]) -> tuple[str, list[str]]:
        """Say what was read, and by whom in words that fit nobody."""
        on_server = [one for one in asked if SEES_ON_SERVER in one.text]
        wrong = [one for one in asked if one not in on_server and NOT_IN_VOICE not in one.text]
        problems = [
            f"{self.people.name_of(one.discord_id)} read {one.text[:60]!r}" for one in wrong
        ]
        told = f"{len(on_server)} read “{SEES_ON_SERVER} …”, {len(asked) - len(on_server)} did not"
        if not self.people.channel:
            return f"{told}; no --channel was named, so there is no summary", problems
        if len(summaries) != 1:
            problems.append(f"{len(summaries)} summaries in the channel")
        return f"{told}; the channel: {' '.join(summaries)!r}", problems


class LiveKill(Kill):
    """A kill at a Discord whose answers nobody slows down: it may come after the last of them."""

    def prepare(self) -> None:
        """Do nothing: what is not ours is not made worse."""

    def _restore(self) -> None:
        """Do nothing, likewise."""
        assert isinstance(self.system, LiveSystem)
        self.system.expect_another_login()

    def _now(self) -> bool:
        """Say whether something is under way, or everything is over already."""
        rows = self.before
        return bool(rows["sending"]) or (bool(rows) and not any(rows[state] for state in OPEN))

    @property
    def problems(self) -> list[str]:
        """Nothing: messages to a few people may be over before a kill can come between."""
        return []

    @property
    def words(self) -> str:
        """Who was killed, and what that proves."""
        if self.in_the_middle:
            return super().words
        return f"{super().words}: nothing was under way, so it shows the coming back alone"


def snowflake(at: datetime) -> int:
    """Return the first id that Discord gives at an instant."""
    return (int(at.timestamp() * 1000) - DISCORD_BEGAN) << 22


def _sent(discord_id: int, message: dict[str, Any]) -> Sent:
    at = datetime.fromisoformat(message["timestamp"])
    ids = " ".join(button_ids(message))
    return Sent(discord_id, message["id"], at, message["content"], ids)
