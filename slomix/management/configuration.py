"""docs/configuration.md, made of `.env.example` (what a variable is for) and of the settings that read
it (what it takes, and what it is without it)."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
EXAMPLE, DOCUMENT = BASE / ".env.example", BASE / "docs" / "configuration.md"
SECTION = re.compile(r"^# -{3} (.+?) -*$")
VARIABLE = re.compile(r"^#? ?([A-Z][A-Z0-9_]*)=(.*)$")
COMMENT = re.compile(r"^# ?(.*)$")
UNLESS = re.compile(r"(?:^|(?<=[.;] ))[Dd]efault: ([^.]+)\.?$")
TRAILING = re.compile(r"(?:^|\s+)# (.*)$")
NAMED_DOC = re.compile(r"\bdocs/([A-Za-z_]+\.md)")
TAKES = {
    "text": "text",
    "number": "a whole number",
    "flag": "true or false",
    "words": "words, with commas or spaces between",
    "snowflake": "a Discord id",
    "snowflakes": "Discord ids, with commas or spaces between",
    "channel": "a Discord id, or off",
    "wall_time": "HH:MM or HH:MM:SS",
    "zone": "an IANA time zone",
    "one_of": "one of",
    "keys": "keys, with commas between",
}
HEAD = """# Configuration

Everything that Slomix reads from the environment, or from `.env` beside `manage.py`; the environment wins. Empty means: the default. `make dev` needs none of it;
production needs what [the install guide](install.md) names. A value that cannot be used stops the start, and the message names the variable and the remedy.

Made by `manage.py configuration` from `.env.example` and `slomix/settings`: change it there. Names in the words of the first Slomix and of the raid bot are kept.
"""


@dataclass(frozen=True)
class Read:
    """What the settings ask for: what is taken, and the default where it is a plain value."""

    takes: str
    default: str


@dataclass
class Variable:
    """One variable as `.env.example` tells of it."""

    name: str
    example: str
    words: str


@dataclass
class Section:
    """Variables under one heading."""

    title: str
    variables: list[Variable] = field(default_factory=list)


def made() -> str:
    """Return the document. Raises KeyError for a variable that is explained and read nowhere."""
    read, sections = asked_for(BASE / "slomix" / "settings"), explained(EXAMPLE.read_text())
    told = {one.name for section in sections for one in section.variables}
    parts = [_table(section, read) for section in sections if section.variables]
    if left := sorted(set(read) - told):
        raise KeyError(f".env.example says nothing of {', '.join(left)}")
    return "\n".join([HEAD, *parts])


def asked_for(folder: Path) -> dict[str, Read]:
    """Return what every module of the settings reads, by name."""
    found: dict[str, Read] = {}
    for file in sorted(folder.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                name = _constant(call.args[0]) if call.args else None
                if call.func.attr in TAKES and isinstance(name, str):
                    new = Read(_takes(call), _default(call))
                    # Where it is read twice, the first one that names a default says most.
                    if name not in found or not found[name].default:
                        found[name] = new
    return found


def _takes(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    kind = TAKES[call.func.attr]
    told = {one.arg: _constant(one.value) for one in call.keywords}
    least, most = told.get("at_least"), told.get("at_most")
    if call.func.attr == "one_of" and isinstance(choices := _constant(call.args[2]), tuple):
        return f"{kind} {', '.join(map(str, choices))}"
    if least is not None and most is not None:
        return f"{kind} from {least} to {most}"
    if least is not None:
        return f"{kind}, {least} or more"
    return f"{kind}, {most} at most" if most is not None else kind


def _default(call: ast.Call) -> str:
    value = _constant(call.args[1]) if len(call.args) > 1 else None
    if value is None or value == "":
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _constant(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def explained(text: str) -> list[Section]:
    """Return what `.env.example` says, section by section."""
    sections = [Section("")]
    words: list[str] = []
    for line in text.splitlines():
        if found := SECTION.match(line):
            sections.append(Section(found[1].split(" (docs/")[0]))
            words = []
        elif found := VARIABLE.match(line):
            value, aside = _parted(found[2])
            said = " ".join(filter(None, [" ".join(words), aside]))
            sections[-1].variables.append(Variable(found[1], value, said))
            words = []
        else:
            told = COMMENT.match(line)
            words = [*words, told[1]] if told else []
    return sections


def _parted(text: str) -> tuple[str, str]:
    aside = TRAILING.search(text)
    return (text[: aside.start()].strip(), aside[1]) if aside else (text.strip(), "")


def _table(section: Section, read: Mapping[str, Read]) -> str:
    rows = "\n".join(_rows(section, read))
    return f"## {section.title}\n| variable | takes | without it | what it does |\n|---|---|---|---|\n{rows}\n"


def _rows(section: Section, read: Mapping[str, Read]) -> Iterator[str]:
    for one in section.variables:
        # Those of `make dev` alone are read by the demo.
        told = read.get(one.name, Read("text", ""))
        default, words = _unless(one, told)
        example = f" Example: `{one.example}`." if _says_more(one, told, default) else ""
        cells = (f"`{one.name}`", told.takes, default, f"{words}{example}".strip())
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _unless(one: Variable, told: Read) -> tuple[str, str]:
    """Return what holds without it, and what is left to be said."""
    said = UNLESS.search(one.words)
    default = f"`{told.default}`" if told.default else said[1] if said else ""
    words = UNLESS.sub("", one.words).strip() if said else one.words
    words = NAMED_DOC.sub(r"[\1](\1)", words[:1].upper() + words[1:])
    return default, words if not words or words[-1] in ".!?:" else f"{words}."


def _says_more(one: Variable, told: Read, default: str) -> bool:
    return bool(one.example) and not told.default and one.example not in default
