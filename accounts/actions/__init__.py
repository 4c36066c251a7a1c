"""The verbs of people: who they are, which player they are, what they allow, where they are reached."""

from accounts.actions.discord import dm_refused, dm_worked, remember_dm, without_dm
from accounts.actions.identity import LinkRefused, PlayerTaken, link_player, meet
from accounts.actions.wishes import (
    OWN_FIELDS,
    PreferencesRefused,
    answer_the_question,
    preferences_of,
    set_preferences,
)

__all__ = [
    "OWN_FIELDS",
    "LinkRefused",
    "PlayerTaken",
    "PreferencesRefused",
    "answer_the_question",
    "dm_refused",
    "dm_worked",
    "link_player",
    "meet",
    "preferences_of",
    "remember_dm",
    "set_preferences",
    "without_dm",
]
