"""The verbs of people: who they are, which player they are, what they allow, where they are reached."""

from accounts.actions.claims import (
    ClaimRefused,
    NotAPromoter,
    Seen,
    codes_seen,
    confirm_player,
    contest_player,
    settle_contest,
    start_code,
    withdraw_contest,
)
from accounts.actions.discord import dm_refused, dm_worked, remember_dm, without_dm
from accounts.actions.identity import (
    FRESH,
    NotFresh,
    UnlinkRefused,
    check_fresh,
    meet,
    switch_everything_off,
    unlink_discord,
)
from accounts.actions.names import (
    NameRefused,
    aliases_of,
    reset_display_name,
    set_display_name,
    use_alias,
)
from accounts.actions.players import (
    LinkRefused,
    NoSuchPlayer,
    PlayerTaken,
    add_newcomer,
    link_player,
    unlink_player,
)
from accounts.actions.roles import RoleRefused, grant, revoke
from accounts.actions.wishes import (
    OWN_FIELDS,
    PreferencesRefused,
    answer_the_question,
    preferences_of,
    set_preferences,
)

__all__ = [
    "FRESH",
    "OWN_FIELDS",
    "ClaimRefused",
    "LinkRefused",
    "NameRefused",
    "NoSuchPlayer",
    "NotAPromoter",
    "NotFresh",
    "PlayerTaken",
    "PreferencesRefused",
    "RoleRefused",
    "Seen",
    "UnlinkRefused",
    "add_newcomer",
    "aliases_of",
    "answer_the_question",
    "check_fresh",
    "codes_seen",
    "confirm_player",
    "contest_player",
    "dm_refused",
    "dm_worked",
    "grant",
    "link_player",
    "meet",
    "preferences_of",
    "remember_dm",
    "reset_display_name",
    "revoke",
    "set_display_name",
    "set_preferences",
    "settle_contest",
    "start_code",
    "switch_everything_off",
    "unlink_discord",
    "unlink_player",
    "use_alias",
    "withdraw_contest",
    "without_dm",
]
