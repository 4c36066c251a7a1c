"""What is written into the form, before anything is stored."""

import pytest

from planning.raids import labels
from planning.raids.errors import BadInput


def days(text: str) -> tuple[str, ...]:
    return labels.read(text, field="days").kept


@pytest.mark.parametrize(
    "text", ["Fri,Sat", "Fri; Sat", "Fri\nSat", "Fri,;\n\r\n , Sat;", " Fri , Sat "]
)
def test_commas_semicolons_and_new_lines_separate(text: str) -> None:
    assert days(text) == ("Fri", "Sat")


def test_white_space_inside_is_one_space() -> None:
    assert days("Fri \t 20.11.,  at   eight ") == ("Fri 20.11.", "at eight")


def test_each_is_kept_once_whatever_its_case() -> None:
    """R16: “Fri” and “FRI” were two choices, and a vote for one was counted for the other."""
    assert days("Fri, FRI, fri, Sat") == ("Fri", "Sat")
    assert days("ČETRTEK, četrtek, Straße, STRASSE") == ("ČETRTEK", "Straße")


def test_the_order_is_the_writers() -> None:
    assert days("z, a, m, a") == ("z", "a", "m")


def test_a_vote_holds_25_and_says_which_it_has_no_room_for() -> None:
    """R5: more than 25 made an edit fail, and that was taken for a message that is gone."""
    found = labels.read(", ".join(f"day {n}" for n in range(28)), field="days")

    assert len(found.kept) == 25
    assert found.dropped == ("day 25", "day 26", "day 27")


def test_a_label_that_discord_cannot_show_is_refused_by_its_beginning() -> None:
    """R6: a label of more than 100 characters broke the select, and the raid with it."""
    assert days("x" * 100) == ("x" * 100,)

    with pytest.raises(BadInput, match=r"“x{30}…” is too long\. Write at most 100") as refused:
        days("Fri, " + "x" * 101)

    assert refused.value.field == "days"


@pytest.mark.parametrize("text", ["", " , ;\n", "\u200b, \u2060", "\x00"])
def test_nothing_to_be_seen_is_nothing(text: str) -> None:
    with pytest.raises(BadInput, match=r"There is no day\. Write at least one"):
        days(text)


def test_signs_that_hide_others_are_left_out() -> None:
    assert days("Fri\u202e20.11.\u200b") == ("Fri20.11.",)


def test_a_list_may_come_split_already() -> None:
    assert labels.read(["20:00", "20:00 ", "21:00"], field="times").kept == ("20:00", "21:00")


@pytest.mark.parametrize(
    ("text", "meant"), [("0", 0), (" 6 ", 6), ("999", 999), (8, 8), ("007", 7)]
)
def test_a_minimum_is_a_whole_number_from_0_on(text: str | int, meant: int) -> None:
    assert labels.minimum(text) == meant


@pytest.mark.parametrize("text", ["", "-1", "six", "6.5", "1000", "1e2", "٣", "9" * 500])
def test_anything_else_is_no_minimum(text: str) -> None:
    with pytest.raises(BadInput, match=r"is not a number of players\. Write 0 to 999"):
        labels.minimum(text)


def test_the_form_shows_whole_labels_only() -> None:
    many = [f"{n:02} " + "x" * 60 for n in range(20)]

    shown = labels.joined(many)

    assert len(shown) <= 400
    assert labels.read(shown, field="days").kept == tuple(many[:6])
