"""Whoever is woken by a code finds it in the runbook."""

import re
from pathlib import Path

from slomix.operations import saying
from tests.fresh import BASE

RUNBOOK = (BASE / "docs" / "RUNBOOK.md").read_text()
# Where /readyz has its codes from.
SOURCES = ("slomix/operations/readiness.py", "accounts/rotation.py", "botworker/ledger_key.py")
CODE = re.compile(
    r'"((?:database|cache|broker|migrations|schema|grants|contacts|ledger)\.[a-z_]+)"'
)


def test_every_alert_has_a_chapter() -> None:
    chapters = set(re.findall(r"^### ([a-z_.]+)$", RUNBOOK, re.MULTILINE))

    assert set(saying.CODES) - chapters == set()


def test_no_chapter_is_about_an_alert_that_is_gone() -> None:
    chapters = set(re.findall(r"^### ([a-z_.]+)$", RUNBOOK, re.MULTILINE))

    assert chapters - set(saying.CODES) == set()


def test_every_chapter_says_what_to_do() -> None:
    chapters = re.split(r"^##+ ", RUNBOOK, flags=re.MULTILINE)[1:]
    about = {one.partition("\n")[0]: one for one in chapters}

    for code in saying.CODES:
        told = about[code]
        assert "**Do**" in told or "| do |" in told or "The same for" in told, code


def test_every_code_of_readyz_is_explained() -> None:
    codes = {code for file in SOURCES for code in CODE.findall(Path(BASE / file).read_text())}
    probed = re.findall(r'Probe\(\w+, "(\w+)"\)', (BASE / SOURCES[0]).read_text())
    codes |= {f"{what}.{how}" for what in probed for how in ("silent", "unavailable")}

    assert len(codes) >= 10
    assert {code for code in codes if f"`{code}`" not in RUNBOOK} == set()
