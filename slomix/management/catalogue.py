"""The catalogues of texts: collected from code and templates, compiled, and compared. By Babel."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parents[2]
LOCALE = BASE / "locale"
SOURCE = "en"  # what the code is written in: every text translates to itself
# What is filled in, and what makes bold, code and slanted words: a translation has the same.
PLACES = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|</?[a-z]+[^>]*>")
MARKS = ("**", "`", "*")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def template(
    file: IO[bytes], keywords: Mapping[str, Any], comments: Any, options: Any
) -> Iterator[Any]:
    """Yield the texts of a Django template; Babel calls this for `template` in babel.cfg."""
    code = templatize(file.read().decode())
    # What is not a text has become X, and Python minds how far lines are indented.
    flat = "\n".join(line.strip() for line in code.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comments, options)


def collect() -> Catalog:
    """Return every text that people may read, with the files that hold it."""
    with (BASE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = _empty(None)
    texts = extract_from_dir(BASE, methods, options, KEYWORDS, ("Translators:",))
    for file, _line, text, comments, context in texts:
        found.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def languages() -> list[str]:
    """Return the languages that there is a catalogue for; the source's always is."""
    return sorted({SOURCE} | {file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/django.po")})


def po_file(language: str) -> Path:
    """Return where a language's texts are written."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue; an empty one where there is none."""
    file = po_file(language)
    if not file.is_file():
        return _empty(language)
    with file.open("rb") as written:
        return read_po(written, locale=language)


def _empty(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# The texts of Slomix.",
        project="Slomix",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
    )


def update(language: str, found: Catalog) -> None:
    """Bring a language's catalogue up to date and compile it; translations are kept."""
    catalogue = read(language)
    # What is new comes in as it is, so that each language needs texts of its own.
    catalogue.update(deepcopy(found), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    if language == SOURCE:
        for message in catalogue:
            message.string = message.id
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as written:
        write_po(written, catalogue, sort_output=True, include_lineno=False, width=100)
    file.with_suffix(".mo").write_bytes(compiled(read(language)))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def complaints(language: str, found: Catalog) -> list[str]:
    """Say what is not up to date about a language; nothing is changed."""
    known, wanted = _texts(read(language)), _texts(found)
    file = po_file(language).with_suffix(".mo")
    stale = not file.is_file() or file.read_bytes() != compiled(read(language))
    return [
        *(f"{language}: missing: {text}" for text in sorted(wanted - known)),
        *(f"{language}: no longer used: {text}" for text in sorted(known - wanted)),
        *([f"{language}: {file.name} is older than django.po"] if stale else []),
        *(f"{language}: {line}" for line in faults(read(language))),
    ]


def faults(catalogue: Catalog) -> list[str]:
    """Say which texts of a language are not translated, or not as its source is made."""
    judged = ((one, _fault(one, catalogue.num_plurals)) for one in catalogue if one.id)
    return [f"{fault}: {_written(one.id)[0]!r}" for one, fault in judged if fault]


def _fault(message: Message, plurals: int) -> str:
    source, said = _written(message.id), _written(message.string)
    if not all(said):
        return "not translated"
    if len(said) != (plurals if message.pluralizable else 1):
        return f"{len(said)} forms and not {plurals}"
    wanted = [_places(one) for one in source]
    if any(_places(one) not in wanted for one in said):
        return "other words to fill in"
    if any(_marks(one) != _marks(source[-1]) for one in said):
        return "other signs for bold or code"
    return ""


def _written(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _places(text: str) -> set[str]:
    return set(PLACES.findall(text))


def _marks(text: str) -> list[int]:
    return [text.count(sign) for sign in MARKS]


def _texts(catalogue: Catalog) -> set[str]:
    """Name every text; the same words in another context are another text."""
    return {_named(message) for message in catalogue if message.id}


def _named(message: Message) -> str:
    text = repr(str(message.id))
    return f"{text} ({message.context})" if message.context else text
