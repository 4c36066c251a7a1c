"""Why a raid's verb is refused, in plain words: whoever shows them escapes names as it does."""


class RaidRefused(Exception):
    """Nothing was changed; `field` names what is wrong and the text how to do it right."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class NotSetUp(RaidRefused):
    """The server has not said yet where its votes and slots belong."""


class BadInput(RaidRefused):
    """Something that was written cannot be taken as it is."""


class RaidGone(RaidRefused):
    """There is no such raid, or it has ended."""


class NotYours(RaidRefused):
    """Somebody else may do this, and not whoever asked."""


class TooMuch(RaidRefused):
    """It was tried too often; the text says when it works again."""
