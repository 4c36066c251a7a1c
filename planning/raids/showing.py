"""Raids' pages put together for one viewer: what is asked of the database, and for whom."""

from datetime import datetime
from typing import Any

from django.conf import settings

from accounts import faces
from accounts.models import Guild, Preferences, User
from planning.raids import attendance_page, looking, page_words, pages, policy, queries
from planning.raids.models import Raid
from planning.raids.policy import Deed, Sight, Viewer
from slomix.lib import clock
from slomix.lib.show import HtmxRequest

MOST_PAST = 30


def version_for(viewer: Viewer, version: int, at: datetime) -> str:
    """Return a word that changes whenever this viewer's page would look different, or a minute is
    over."""
    who = f"{viewer.person_id}{'l' if viewer.linked else ''}{'a' if viewer.admin else ''}"
    return f"{version}-{int(at.timestamp()) // 60}-{who}"


def actor_of(request: HtmxRequest, viewer: Viewer, guild: Guild) -> policy.Actor | None:
    """Return who would do what is pressed; nobody for a visitor."""
    if not isinstance(request.user, User):
        return None
    return looking.actor_of(request.user, viewer, guild)


def server(viewer: Viewer, guild: Guild, at: datetime) -> dict[str, Any]:
    """Put the page of one server together: its open raids, those that were, its leaderboard."""
    viewer = looking.with_servers(viewer)
    names = looking.sight_of(viewer, guild) is Sight.NAMES
    open_ones = queries.open_raids(guild)
    boards = queries.boards(open_ones)
    lines = [pages.line(boards[raid.pk], viewer.person_id, at) for raid in open_ones]
    past = queries.past_raids(guild, most=MOST_PAST)
    wishes = looking.wishes_of(guild)
    return {
        "guild": guild,
        "ready": wishes.ready,
        "open": sorted(lines, key=lambda one: (one.closes_at, one.pk)),
        "past": [
            (one.raid, page_words.outcome(one.raid, one.present), _ended_on(one.raid))
            for one in past
        ],
        "board": _leaderboard(viewer, guild, names=names) if wishes.leaderboard_enabled else None,
        "names": names,
        "here_known": looking.takes_part(viewer, guild),
        "plans": wishes.ready and policy.plans_here(viewer, guild.pk),
        "as_of": clock.named(at.replace(second=0)),
    }


def _ended_on(raid: Raid) -> datetime:
    assert raid.ended_at is not None
    return raid.ended_at.astimezone(raid.guild.zone)


def _leaderboard(viewer: Viewer, guild: Guild, *, names: bool) -> dict[str, Any]:
    found = looking.standings(guild)
    leaders = looking.leaders(found) if names else []
    return {
        "lines": [(faces.of(who), raids, level) for who, raids, level in leaders],
        "number": len(found.raids.keys() | found.levels.keys()),
        "listed": viewer.person_id not in found.unlisted,
    }


def raid(request: HtmxRequest, viewer: Viewer, found: Raid, at: datetime) -> dict[str, Any]:
    """Put a raid's page together."""
    viewer = looking.with_servers(viewer)
    names = looking.sight_of(viewer, found.guild) is Sight.NAMES
    board = queries.board(found, names=names)
    wishes = looking.wishes_of(found.guild)
    actor = actor_of(request, viewer, found.guild)
    # Read together with whoever signed in.
    said: Preferences | None = getattr(request.user, "preferences", None)
    standing = board.standing
    context: dict[str, Any] = {
        "raid": found,
        "by": faces.of(found.creator) if found.creator and names else None,
        "names": names,
        "least": page_words.least(found),
        "standing": page_words.slots_stand(len(standing)) if standing else "",
        "voted": page_words.voted(len(pages.voters(board)), len(board.both_answered)),
        "ballot": pages.ballot(board, viewer.person_id),
        "slots": pages.slots(
            board, viewer.person_id, at=at, names=names, reader=said.zone if said else None
        ),
        "takes_part": looking.takes_part(viewer, found.guild),
        "channel": pages.link_of(found, found.channel_id),
        "as_of": clock.named(at.replace(second=0)),
    }
    if found.is_open:
        wants, may = bool(said and said.allow_raids), _may(actor, found)
        return context | {
            "almost": pages.almost(board, at=at, names=names),
            "until": page_words.until(pages.ends_at(board), found.guild.zone, at),
            "soon": pages.ends_at(board) - at < pages.SOON,
            "reminded": page_words.reminded(settings.RAID_REMINDER_MINUTES, wants=wants),
            "may": may,
            "heirs": [(one.pk, one.name) for one in looking.heirs(found)] if may and names else [],
            "ask_finish": page_words.ask_finish(len(board.members)),
            "days": pages.written(board.days),
            "times": pages.written(board.times),
        }
    decides = actor is not None and policy.may(actor, Deed.CORRECT, raid=found)
    return context | {
        "over": page_words.ended(found),
        "came": _attended(
            viewer, found, names=names, decides=decides, levels=wishes.leaderboard_enabled
        ),
        "decides": decides,
    }


def _may(actor: policy.Actor | None, found: Raid) -> bool:
    return actor is not None and policy.may(actor, Deed.FINISH, raid=found)


def _attended(
    viewer: Viewer, found: Raid, *, names: bool, decides: bool, levels: bool
) -> attendance_page.Attended | None:
    if found.status == Raid.Status.CANCELLED:
        return None
    rows = queries.attendance_of(found)
    objections = queries.open_objections(found)
    written = {row.person_id for row in rows if row.person_id}
    people = written | {one.person_id for one in objections}
    return attendance_page.attended(
        rows,
        objections,
        looking.standings(found.guild, people) if names and levels else looking.Standings(),
        viewer.person_id,
        names=names,
        decides=decides,
        others=looking.others_there(found, people) if decides and names else (),
    )
