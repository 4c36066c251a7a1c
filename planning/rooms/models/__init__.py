"""An evening's planning room: team names, votes, wishes, line-ups, the captains' draft, standby.

Nothing here is ever rewritten but a vote: a new line-up is new rows, so whatever fails, what was
saved before stands. Who is in the room is not stored: those are the evening's answers.
"""

from planning.rooms.models.draft import Draft, Pick
from planning.rooms.models.evening import Came, Offer
from planning.rooms.models.room import Name, Room, RoomQuerySet, Vote, Wish
from planning.rooms.models.teams import Lineup, Member, Side, Team
from planning.rooms.models.thread import InThread

__all__ = [
    "Came",
    "Draft",
    "InThread",
    "Lineup",
    "Member",
    "Name",
    "Offer",
    "Pick",
    "Room",
    "RoomQuerySet",
    "Side",
    "Team",
    "Vote",
    "Wish",
]
