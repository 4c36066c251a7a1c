"""The role of a raid: whoever is in one of its slots has it, and it goes with the raid."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language
from botworker.plain import bare
from botworker.tracked_moves import DrawnRole
from planning.raids import actions, queries
from planning.raids.posts import names, phrases

KIND = "raid_role"
versions = names.versions
LONGEST_NAME = 100


def draw(key: str, at: datetime) -> DrawnRole | None:
    """Return who has it now; nobody once the raid is over."""
    raid = queries.raids().filter(pk=names.raid_of(key)).first()
    if raid is None:
        return None
    with translation.override(language.of_guild(raid.guild)):
        name = _("Raid #%(id)d: %(raid)s") % {"id": raid.display_id, "raid": raid.dungeon_name}
    board = queries.board(raid)
    wanted = raid.is_open and raid.min_players > 0
    members = board.members if wanted else frozenset()
    ids = (phrases.discord_id(board.people[one]) for one in members if one in board.people)
    return DrawnRole(bare(name, LONGEST_NAME), frozenset(one for one in ids if one))


def made(key: str, role_id: int | None, at: datetime) -> None:
    """Write down the id of the role that was made for the raid; None: it is gone."""
    try:
        actions.remember_role(raid_id=names.raid_of(key), role_id=role_id, at=at)
    except actions.RaidGone:
        return  # the bot left the server, and the raid went with it
