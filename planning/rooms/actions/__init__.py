"""Every change of a room, through whichever door it comes."""

from planning.rooms.actions import after, drafting, naming, ping, standby, teams, wishes
from planning.rooms.actions.drafting import DraftRefused, NotYourTurn
from planning.rooms.actions.naming import NameRefused, NameTaken, NoSuchName
from planning.rooms.actions.opening import Opened, join, leave, open_room
from planning.rooms.actions.ping import NotNeeded, PingRefused, TooSoon
from planning.rooms.actions.refusals import NoRoom, NotTheirs, NotYet, Refused, RoomClosed, Stale
from planning.rooms.actions.standby import AlreadyPlaced, OfferOver
from planning.rooms.actions.teams import NotAnEditor, TeamsRefused
from planning.rooms.actions.wishes import WishRefused

__all__ = [
    "AlreadyPlaced",
    "DraftRefused",
    "NameRefused",
    "NameTaken",
    "NoRoom",
    "NoSuchName",
    "NotAnEditor",
    "NotNeeded",
    "NotTheirs",
    "NotYet",
    "NotYourTurn",
    "OfferOver",
    "Opened",
    "PingRefused",
    "Refused",
    "RoomClosed",
    "Stale",
    "TeamsRefused",
    "TooSoon",
    "WishRefused",
    "after",
    "drafting",
    "join",
    "leave",
    "naming",
    "open_room",
    "ping",
    "standby",
    "teams",
    "wishes",
]
