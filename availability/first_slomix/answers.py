"""The first Slomix's answers: each one that we have no answer for."""

from datetime import datetime

from accounts.models import PlayerLink, User
from availability.actions.days import hold
from availability.actions.writing import Turn, write_many
from availability.first_slomix.reading import Rows
from availability.first_slomix.report import Report
from availability.models import Door, Entry, Status
from availability.resolve import Said

AT_ONCE = 1000


def entries(rows: Rows, people: dict[int, User], report: Report, at: datetime) -> None:
    """Take answers over, past ones too; what was said here already stays."""
    linked = set(PlayerLink.objects.values_list("user_id", flat=True))
    turns: dict[tuple[int, object], Turn] = {}
    for row in rows:
        person = people.get(row["discord_id"])
        if person is None or row["status"] not in Status.values:
            report.skip(f"answer of person {row['discord_id']} for {row['day']}", "cannot be read")
            continue
        if person.pk not in linked:
            report.count("answers of people without a player")
            continue
        said = Said(row["status"], Door.IMPORT.value, row["since"] or at)
        turns[person.pk, row["day"]] = Turn(person.pk, row["day"], None, said)
    hold(person.pk for person in people.values())
    mine = Entry.objects.filter(person__in=[person.pk for person in people.values()])
    known = set(mine.values_list("person_id", "day"))
    new = [
        turn for key, turn in sorted(turns.items(), key=lambda one: str(one[0])) if key not in known
    ]
    for start in range(0, len(new), AT_ONCE):
        write_many(new[start : start + AT_ONCE], at=at)
    report.count("answers here already", len(turns) - len(new))
    report.count("answers added", len(new))
