"""Where the providers' own descriptions are, and what to do when they are not beside this clone.

`SLOMIX_CONTRACTS` names another folder, or says `absent`: then nothing is checked against them, on
purpose. In CI their absence fails unless it is said.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"
WHY = (
    "The providers' descriptions are not beside this clone (../shared/data); "
    "SLOMIX_CONTRACTS=<folder> names another place."
)


def folder() -> Path | None:
    """Give the folder of the descriptions, or nothing where there is none."""
    told = os.environ.get("SLOMIX_CONTRACTS", "")
    place = Path(told) if told else FOLDER
    return None if told == "absent" or not place.is_dir() else place


def given_up() -> bool:
    """Say whether somebody decided to do without."""
    return os.environ.get("SLOMIX_CONTRACTS") == "absent"


def needed() -> None:
    """Skip a test that cannot run without them; in CI fail, unless told to do without."""
    if folder():
        return
    if os.environ.get("CI") and not given_up():
        pytest.fail(f"{WHY} In CI say SLOMIX_CONTRACTS=absent to do without.", pytrace=False)
    pytest.skip(WHY)


@cache
def read(name: str) -> Any:
    """Read one description, such as `discord/openapi.json`."""
    place = folder()
    assert place, WHY
    return json.loads((place / name).read_text())
