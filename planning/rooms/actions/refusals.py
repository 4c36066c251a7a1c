"""Why something is not done in a room, in words for whoever asked."""


class Refused(Exception):
    """Nothing was changed; the text says what was wrong, and how to do it right."""


class NoRoom(Refused):
    """There is no room for this evening."""


class RoomClosed(Refused):
    """The evening is over; the room can only be read."""


class NotYet(Refused):
    """Too few are looking for a room to open."""


class NotTheirs(Refused):
    """Only the room's creator or a promoter may do this."""


class Stale(Refused):
    """Somebody else saved in between."""
