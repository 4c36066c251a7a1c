"""How a service other than Discord says no, and what a person cannot do."""


class Refused(Exception):
    """A service says no: the status and the whole answer, in its own words."""

    def __init__(self, status: int, payload: object) -> None:
        super().__init__(payload)
        self.status = status
        self.payload = payload


class Impossible(ValueError):
    """A person tried what their app would not let them do."""
