"""What was so before somebody opened raids: planned, voted on, over, objected to.

As `tests.browser.club`, these run in the process that serves the pages.
"""

from datetime import timedelta

from accounts.actions import levels as points
from accounts.actions.members import Seen, see_members
from accounts.models import Guild, Level
from planning.raids import actions, queries
from planning.raids.models import Raid
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.management.community import GUILD_ID
from tests.browser.club import ANA, BOR, JAZBEC, STEFK, VESNA, Facts, person

DAYS = ("Sat 21 Nov", "Sun 22 Nov", "Wed 25 Nov", "Fri 27 Nov")
TIMES = ("19:00", "20:30", "22:00")
# Who ticks what, by days and times.
VOTES = {
    ANA: ("1110", "011"),
    VESNA: ("0111", "010"),
    BOR: ("0101", "110"),
    STEFK: ("1101", "011"),
    "cmrlj": ("0110", "011"),
    "saqr_allayl": ("0011", "010"),
    "sgt_pepperoni": ("0101", "100"),
    "dr.defib": ("1101", "011"),
    "fani.fieldops": ("0111", "110"),
    "mlada.smreka": ("1000", "000"),
    "p0lnocni": ("0100", "000"),
}
LONG = "Fuel Dump, oldschool evening with the whole crew and cake"


def seen() -> None:
    """The bot sees Jazbec, who is an admin, Vesna and whoever votes on the server."""
    there = {person(one).pk: Seen(manages=one == JAZBEC) for one in (*VOTES, JAZBEC)}
    see_members(guild_id=GUILD_ID, there=there, at=clock.now())


def remembered() -> None:
    """Two dungeons were planned here before."""
    listed()
    seen()


def with_heirs() -> Facts:
    """Jazbec leads a raid and the bot sees to whom it could go."""
    facts = jazbec_leads()
    seen()
    return facts


def none() -> None:
    """The demo's server has its channels and nothing else."""
    assert not Raid.objects.exists()


def open_ones() -> Facts:
    """Skull is voted on; two more are open, two are over."""
    _over("Nanos", VESNA, finish=True)
    _over("Skull", ANA, finish=False)
    actions.save_dungeon(name=LONG, short_code="FUEL", sort_order=3)
    _plan(ANA, LONG, days=("sometime next week", "Sat 21 Nov"), times=("late",), least=12)
    _plan(STEFK, "Nanos", days=("Sun 22 Nov",), times=("20:00",), least=2)
    raid = _plan(VESNA, "Skull")
    for username in VOTES:
        votes(raid, username)
    return {"raid": raid.pk}


def jazbec_leads() -> Facts:
    """The same, and it is Jazbec's, who is in it and has left a slot."""
    facts = open_ones()
    raid, me = Raid.objects.get(pk=facts["raid"]), person(JAZBEC)
    actions.hand_over(raid_id=raid.pk, actor=_chief(), to=me, at=clock.now())
    actions.set_votes(raid_id=raid.pk, person=me, days=DAYS[:2], times=TIMES[1:], at=clock.now())
    board = queries.board(raid)
    stands = next(one for one in board.standing if me.pk in one.members)
    last = board.slots[5]
    actions.leave_slot(
        raid_id=raid.pk, day_id=last.day.pk, time_id=last.time.pk, person=me, at=clock.now()
    )
    assert stands != last
    return facts


def many_choices() -> Facts:
    """Twelve days and eight times, some of them in many words."""
    days = [f"{day}. 12." for day in range(1, 11)] + ["some weekend", "ž" * 100]
    raid = _plan(ANA, "Skull", days=tuple(days), times=tuple(f"{n}:00" for n in range(14, 22)))
    for username in list(VOTES)[:4]:
        who = person(username)
        actions.set_votes(
            raid_id=raid.pk, person=who, days=days[:5], times=["20:00"], at=clock.now()
        )
    return {"raid": raid.pk}


def over() -> Facts:
    """It is finished, one said that it is wrong about them, and levels are shown."""
    facts = jazbec_leads()
    raid = Raid.objects.get(pk=facts["raid"])
    actions.finish(raid_id=raid.pk, actor=Actor(person(JAZBEC)), at=clock.now())
    for username, says in ((BOR, "absent"), ("p0lnocni", "present")):
        actions.object_to(raid_id=raid.pk, person=person(username), says=says, at=clock.now())
    actions.correct_attendance(
        raid_id=raid.pk,
        person=person(STEFK),
        status="absent",
        actor=_chief(),
        at=clock.now(),
    )
    leaderboard()
    return facts


def quiet() -> Facts:
    """Nobody ended it; its leader is to say who was there."""
    facts = jazbec_leads()
    later = clock.now() + timedelta(days=12)
    actions.look(later)
    actions.look(later + timedelta(days=2))
    return facts


def leaderboard() -> None:
    """The server shows who was there most often, and how far people came."""
    actions.set_settings(guild=server(), actor=_chief(), at=clock.now(), leaderboard_enabled=True)
    for number, username in enumerate(VOTES):
        points.begin(guild_id=GUILD_ID, person=person(username))
        mine = Level.objects.filter(person=person(username))
        mine.update(xp=450 + 1000 * number, level=3 + number)


def listed() -> None:
    """Raids of every kind, and the leaderboard."""
    open_ones()
    leaderboard()


def two_servers() -> Facts:
    """Vesna also votes on another server, whose name is long."""
    listed()
    name = "Gorniška koča nad oblaki, stari prijatelji in nova pota"
    guild = actions.guild_joined(discord_id=GUILD_ID + 7, name=name, at=clock.now())
    actions.set_settings(
        guild=guild,
        actor=_chief(),
        at=clock.now(),
        planner_channel_id=GUILD_ID + 8,
        participants_channel_id=GUILD_ID + 9,
    )
    raid = _plan(ANA, "Nanos", where=guild)
    votes(raid, VESNA)
    return {"server": guild.pk}


def server() -> Guild:
    """Return the demo's server."""
    return Guild.objects.get(discord_id=GUILD_ID)


def votes(raid: Raid, username: str) -> None:
    """Let somebody tick what they do."""
    days, times = VOTES[username]
    actions.set_votes(
        raid_id=raid.pk,
        person=person(username),
        days=[one for one, ticked in zip(DAYS, days, strict=True) if ticked == "1"],
        times=[one for one, ticked in zip(TIMES, times, strict=True) if ticked == "1"],
        at=clock.now(),
    )


def _over(dungeon: str, by: str, *, finish: bool) -> None:
    raid = _plan(by, dungeon, days=DAYS, times=TIMES)
    for username in VOTES:
        votes(raid, username)
    end = actions.finish if finish else actions.cancel
    end(raid_id=raid.pk, actor=Actor(person(by)), at=clock.now() - timedelta(days=5))


def _plan(
    by: str,
    dungeon: str,
    *,
    days: tuple[str, ...] = DAYS,
    times: tuple[str, ...] = TIMES,
    least: int = 6,
    where: Guild | None = None,
) -> Raid:
    return actions.plan(
        guild=where or server(),
        actor=Actor(person(by)),
        dungeon=dungeon,
        days=days,
        times=times,
        min_players=least,
        at=clock.now(),
    ).raid


def _chief() -> Actor:
    """Whoever looks after the server."""
    return Actor(person(ANA), guild_admin=True)
