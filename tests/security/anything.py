"""What hypothesis sends in the place of what a door asks for."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.corpus import ADDRESSES, DATES, TEXTS, TYPED, ZONES

CORPUS = tuple(one for one in (*TEXTS, *DATES, *ZONES, *ADDRESSES, *TYPED) if one != "\ud800")
# A form can say no half of a pair of surrogates; JSON can, and tests/api sends it.
WORDS = st.one_of(
    st.sampled_from(CORPUS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.integers().map(str),
    st.sampled_from(("on", "1", "", "LOOKING", "personal", "telegram", "20:00", "2026-11-20")),
)
SECRETS = st.sampled_from(("is_staff", "user", "next", "id", "state", "__proto__", "HX-Request"))


def played(examples: int, few: int) -> settings:
    """Return how much is asked: the same few each time, or many new ones."""
    return settings(
        max_examples=examples or few,
        derandomize=not examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


@st.composite
def fields(draw: st.DrawFn, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return a form in which at least one field is not what it should be.

    A field may be absent, empty, or there several times; fields that nobody asked for come along.
    """
    form: dict[str, list[str]] = {}
    for name, right in asked.items():
        how = draw(st.sampled_from(("right", "other", "other", "twice", "absent")))
        if how == "right":
            form[name] = [str(right)]
        elif how == "other":
            form[name] = [draw(WORDS)]
        elif how == "twice":
            form[name] = (
                [draw(WORDS), str(right)] if draw(st.booleans()) else [str(right), draw(WORDS)]
            )
    for name in draw(st.lists(SECRETS, max_size=2, unique=True)):
        form[name] = [draw(WORDS)]
    return form
