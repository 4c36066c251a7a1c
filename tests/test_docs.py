"""What the documents name is there: every link, every heading it leads to, every command."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import get_commands

from tests.fresh import BASE

DOCS = [BASE / "README.md", BASE / "CHANGELOG.md", *sorted((BASE / "docs").glob("*.md"))]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
# In code only: in a sentence, "make" is a word.
MAKE = re.compile(r"(?:^|[`;&|] ?|[A-Z_]=\S+ )make ((?:[A-Z_]+=\S+ )*)([a-z][a-z-]*)", re.MULTILINE)
MANAGE = re.compile(r"manage\.py +([a-z][a-z_]+)")
CODE_OF_OURS = ("*.py", "*.html", "*.yaml", "*.service", ".env.example", "Makefile")
NAMED_DOC = re.compile(r"\bdocs/([A-Za-z_]+\.md)")


def prose(text: str) -> str:
    """Return a document without its code, in which brackets are no links."""
    return INLINE.sub("", FENCED.sub("", text))


def code(text: str) -> str:
    """Return a document's code alone."""
    return "\n".join(FENCED.findall(text) + INLINE.findall(FENCED.sub("", text)))


def anchors(file: Path) -> set[str]:
    """Return where a link into a document may lead, as GitHub names its headings."""
    text = FENCED.sub("", file.read_text())
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", one) for one in HEADING.findall(text))
    named = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in plain}
    return named | set(re.findall(r'<a id="([\w-]+)">', text))


def broken(file: Path) -> Iterator[str]:
    for found in LINK.finditer(prose(file.read_text())):
        target = unquote(found[1] or found[2])
        if re.match(r"[a-z]+:", target):
            continue
        name, _hash, anchor = target.partition("#")
        to = (file.parent / name).resolve() if name else file
        if not to.exists():
            yield f"{file.name}: {target} is not there"
        elif anchor and to.suffix == ".md" and anchor not in anchors(to):
            yield f"{file.name}: {target} leads to no heading"


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    assert list(broken(file)) == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(TARGET.findall((BASE / "Makefile").read_text()))
    named = {
        (file.name, found[2]) for file in DOCS for found in MAKE.finditer(code(file.read_text()))
    }

    assert ("README.md", "dev") in named
    assert sorted((where, name) for where, name in named if name not in targets) == []


def test_every_command_that_is_named_exists() -> None:
    commands = {*get_commands(), "help"}
    named = {(file.name, name) for file in DOCS for name in MANAGE.findall(file.read_text())}

    assert ("README.md", "people") in named or ("operations.md", "people") in named
    assert sorted((where, name) for where, name in named if name not in commands) == []


def test_every_document_that_the_code_names_exists() -> None:
    folders = (
        "accounts",
        "availability",
        "botworker",
        "deploy",
        "planning",
        "promotions",
        "slomix",
    )
    files = [
        file
        for folder in (*folders, "templates")
        for pattern in CODE_OF_OURS
        for file in (BASE / folder).rglob(pattern)
    ]
    files += [BASE / ".env.example", BASE / "Makefile"]
    named = {(file.name, name) for file in files for name in NAMED_DOC.findall(file.read_text())}

    assert named
    assert [one for one in sorted(named) if not (BASE / "docs" / one[1]).exists()] == []
