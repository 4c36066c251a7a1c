"""The bar of a call: its pieces fill it, and each is as wide as its number."""

from promotions.drawing import slices


def widths(**counts: int) -> list[tuple[str, float]]:
    return [(one.tone, float(one.width.rstrip("%"))) for one in slices(counts)]


def test_nothing_promised_is_no_piece() -> None:
    assert slices({"sent": 0, "waiting": 0}) == []


def test_each_piece_is_as_wide_as_its_number() -> None:
    assert widths(sent=2, waiting=1, failed=1) == [
        ("available", 50.0),
        ("bad", 25.0),
        ("looking", 25.0),
    ]


def test_the_pieces_stand_side_by_side_and_fill_the_bar() -> None:
    found = slices({"sent": 3, "failed": 3, "skipped": 1, "unconfirmed": 2, "waiting": 2})
    ends = [float(one.x.rstrip("%")) + float(one.width.rstrip("%")) for one in found]

    assert [one.tone for one in found] == ["available", "maybe", "bad", "out", "looking"]
    for before, after in zip(ends, found[1:], strict=False):
        assert abs(before - float(after.x.rstrip("%"))) < 0.05
    assert abs(ends[-1] - 100) < 0.05
