"""How people are reached elsewhere: made-up Telegram chats and Signal numbers, one a person."""

from __future__ import annotations

from .world import World

# More than 32 bits, as real ones have.
FIRST_CHAT = 7_000_000_001
# Numbers that Ofcom keeps for drama; after them the United States' 555-01xx of every area.
UK_DRAMA, UK_NUMBERS = 447_700_900_000, 999


class Handles:
    """Finds a person's chat and number, and the person behind one."""

    def __init__(self, world: World) -> None:
        people = [one.id for one in world.people]
        self.chats = {person: FIRST_CHAT + place for place, person in enumerate(people)}
        self.numbers = {person: _number(place) for place, person in enumerate(people)}
        self._by_chat = {chat: person for person, chat in self.chats.items()}
        self._by_number = {number: person for person, number in self.numbers.items()}

    def with_chat(self, chat: int) -> int | None:
        """Give the person whose Telegram chat this is."""
        return self._by_chat.get(chat)

    def with_number(self, number: str) -> int | None:
        """Give the person whose Signal number this is."""
        return self._by_number.get(number)


def _number(place: int) -> str:
    if place < UK_NUMBERS:
        return f"+{UK_DRAMA + place}"
    area, line = divmod(place - UK_NUMBERS, 100)
    return f"+1{201 + area}55501{line:02}"
