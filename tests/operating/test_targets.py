"""Which server is meant by what an owner wrote."""

import pytest

from planning.raids.errors import BadInput
from planning.raids.operating import targets

SERVERS = [(11, "Kavarna"), (12, "Gostilna"), (13, "kavarna"), (14, "Gostilna pri Ani")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Gostilna", 12),
        ("  gOSTILNA ", 12),
        ("pri ani", 14),
        ("Kavarna (11)", 11),
        ("whatever (13)", 13),
    ],
)
def test_one_server_is_meant(written: str, meant: int) -> None:
    assert targets.find(written, SERVERS) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "Write the name"),
        ("Kavarna", "could be 2 servers"),
        ("ost", "could be 2 servers"),
        ("Pekarna", "on no server"),
        ("Kavarna (99)", "on no server"),
    ],
)
def test_none_or_several_are_refused(written: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        targets.find(written, SERVERS)


def test_two_of_one_name_are_told_apart() -> None:
    assert targets.labels(SERVERS) == [
        *("Gostilna", "Gostilna pri Ani", "Kavarna (11)", "kavarna (13)"),
    ]
    assert targets.offered("13", SERVERS) == ["kavarna (13)"]


def test_a_long_name_keeps_its_number_and_what_is_offered_is_found() -> None:
    servers = [(21, "x" * 100), (22, "x" * 100)]

    for label, number in zip(targets.offered("", servers), (21, 22), strict=True):
        assert len(label) == 100
        assert targets.find(label, servers) == number
    assert len(targets.offered("", [(one, f"s{one}") for one in range(40)])) == 25
