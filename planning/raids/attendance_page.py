"""Who was at a raid, for one viewer. Pure.

That somebody was not there is shown to them and to whoever decides about it, and to nobody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from planning.raids import page_words
from planning.raids.looking import Standings
from planning.raids.models import Attendance, Objection

PRESENT, ABSENT = Attendance.Status.PRESENT, Attendance.Status.ABSENT
TONES = {
    PRESENT.value: ("available", "check"),
    ABSENT.value: ("out", ""),
    Attendance.Status.PENDING.value: ("looking", "hourglass"),
}


@dataclass(frozen=True)
class Came:
    """One line: somebody, whether they were there, and what may be done about it."""

    pk: int
    face: Face | None
    tone: str
    sign: str
    words: str
    objects: str
    # The objection that waits; 0 for none.
    objection: int
    # It waits for the leader's word.
    confirm: bool
    far: str


@dataclass(frozen=True)
class Attended:
    """Who was there, and what the viewer may say about it."""

    lines: tuple[Came, ...]
    present: int
    pending: int
    # What somebody would object: present or absent; empty where they said it already.
    objects: str
    waits: bool
    # What is written down about the viewer.
    mine: str
    # About whom the leader may set it right.
    anybody: tuple[tuple[int, str], ...]


def attended(
    rows: Sequence[Attendance],
    objections: Sequence[Objection],
    found: Standings,
    viewer_id: int,
    *,
    names: bool,
    decides: bool,
    others: Sequence[User] = (),
) -> Attended:
    """Arrange it; without names there is only how many."""
    open_ones = {one.person_id: one for one in objections}
    mine = next((row for row in rows if row.person_id == viewer_id), None)
    lines = [
        _line(row, open_ones, found, decides=decides)
        for row in rows
        if decides or row.status != ABSENT or row.person_id == viewer_id
    ]
    written = {row.person_id for row in rows}
    if decides:
        lines += [_claim(one, found) for one in objections if one.person_id not in written]
    return Attended(
        lines=tuple(lines) if names else (),
        present=sum(row.status == PRESENT for row in rows),
        pending=sum(row.status == Attendance.Status.PENDING for row in rows),
        objects=ABSENT.value if mine and mine.status == PRESENT else PRESENT.value,
        waits=viewer_id in open_ones,
        mine=page_words.presence(mine.status) if mine else "",
        anybody=tuple(
            (one.pk, one.name) for one in (*(row.person for row in rows if row.person), *others)
        )
        if decides and names
        else (),
    )


def _line(
    row: Attendance, objections: dict[int, Objection], found: Standings, *, decides: bool
) -> Came:
    who = row.person_id or 0
    tone, sign = TONES[row.status]
    said = objections.get(who)
    return Came(
        pk=who,
        face=faces.of(row.person) if row.person else None,
        tone=tone,
        sign=sign,
        words=page_words.presence(row.status),
        objects=page_words.objects(said.says) if said and decides else "",
        objection=said.pk if said and decides else 0,
        confirm=row.status == Attendance.Status.PENDING and row.person is not None,
        far=page_words.so_long(found.raids.get(who, 0), found.levels.get(who, 0)),
    )


def _claim(one: Objection, found: Standings) -> Came:
    """Arrange somebody about whom nothing is written down yet."""
    return Came(
        pk=one.person_id,
        face=faces.of(one.person),
        tone="maybe",
        sign="",
        words="",
        objects=page_words.objects(one.says),
        objection=one.pk,
        confirm=False,
        far=page_words.so_long(
            found.raids.get(one.person_id, 0), found.levels.get(one.person_id, 0)
        ),
    )
