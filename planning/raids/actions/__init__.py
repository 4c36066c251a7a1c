"""The verbs of raids: plan, vote, change, end; and what a server's admins say."""

from planning.raids.actions.attending import (
    correct_attendance,
    object_to,
    set_listed,
    settle_objection,
)
from planning.raids.actions.common import settings_of
from planning.raids.actions.dungeons import (
    all_active,
    check_dungeon,
    names_like,
    save_dungeon,
    save_template,
)
from planning.raids.actions.editing import Edited, edit, hand_over, remember_role
from planning.raids.actions.ending import Finished, cancel, cancel_all, finish
from planning.raids.actions.guilds import (
    check_setting,
    guild_joined,
    guild_left,
    set_settings,
    template_config,
)
from planning.raids.actions.planning import Planned, Prefill, dungeon_named, plan, prepare
from planning.raids.actions.quieting import goes_on, look
from planning.raids.actions.reminding import catch_up
from planning.raids.actions.voting import Mine, leave_slot, rejoin_slot, set_votes, tick, vote
from planning.raids.errors import (
    BadInput,
    NotSetUp,
    NotYours,
    RaidGone,
    RaidRefused,
    TooMuch,
)

__all__ = [
    "BadInput",
    "Edited",
    "Finished",
    "Mine",
    "NotSetUp",
    "NotYours",
    "Planned",
    "Prefill",
    "RaidGone",
    "RaidRefused",
    "TooMuch",
    "all_active",
    "cancel",
    "cancel_all",
    "catch_up",
    "check_dungeon",
    "check_setting",
    "correct_attendance",
    "dungeon_named",
    "edit",
    "finish",
    "goes_on",
    "guild_joined",
    "guild_left",
    "hand_over",
    "leave_slot",
    "look",
    "names_like",
    "object_to",
    "plan",
    "prepare",
    "rejoin_slot",
    "remember_role",
    "save_dungeon",
    "save_template",
    "set_listed",
    "set_settings",
    "set_votes",
    "settings_of",
    "settle_objection",
    "template_config",
    "tick",
    "vote",
]
