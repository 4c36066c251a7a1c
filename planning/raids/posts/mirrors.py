"""The operators' copies of lists and slots, in channels of their own; off unless one is named."""

from datetime import datetime

from accounts import language
from accounts.models import Guild
from botworker.claims import MARKER
from botworker.plain import plain
from botworker.tracked import Drawn
from planning.raids import queries
from planning.raids.posts import names, phrases, raidlist
from planning.raids.posts.phrases import Rows

KIND = "raid_mirror"
LONGEST = 1900
versions = names.versions


@language.ours()
def draw(key: str, at: datetime) -> Drawn:
    """Return one copy as it should be now: names and no mentions, 1900 characters at most."""
    text = _slots(names.raid_of(key)) if names.raid_of(key) else _list(names.guild_of(key))
    return Drawn(text[:LONGEST], {"rows": _rows(key)})


def _list(number: int) -> str:
    guild = Guild.objects.filter(pk=number).first()
    return f"**{_server(guild)}**\n{raidlist.pages(guild)[0]}" if guild else "**–**"


def _slots(number: int) -> str:
    raid = queries.raids().filter(pk=number).first()
    if raid is None:
        return "**–**"
    board = queries.board(raid)
    lines = [
        phrases.slot_text(raid, slot, phrases.names(board.names(slot.members)))
        for slot in (board.standing if raid.is_open else [])
    ]
    said = phrases.cut(lines, between="\n", most=20, letters=1500) or phrases.slots_stand(0)
    return f"**{_server(raid.guild)} · {phrases.title(raid)}**\n{said}"


def _server(guild: Guild) -> str:
    return f"{plain(guild.name)} ({guild.discord_id})"


def _rows(key: str) -> Rows:
    # It does nothing; by it the message is found again after a crash.
    return [[{"id": f"raidmirror:{MARKER}", "label": key, "disabled": True}]]
