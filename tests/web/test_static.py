"""In production every file that a page names carries its content's hash, and nothing is missing."""

import json
import re
from pathlib import Path

import pytest

from tests.fresh import BASE, PRODUCTION, manage

NAMED = re.compile(r"""{% static ['"]([^'"]+)""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect the files as production does, once."""
    var = tmp_path_factory.mktemp("var")
    done = manage(
        "collectstatic", "--noinput", "--verbosity", "0", **PRODUCTION, SLOMIX_VAR=str(var)
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return var / "static"


def paths_in(static: Path) -> dict[str, str]:
    paths: dict[str, str] = json.loads((static / "staticfiles.json").read_text())["paths"]
    return paths


def test_every_file_of_a_page_is_hashed(static: Path) -> None:
    manifest = paths_in(static)

    pages = (BASE / "templates").rglob("*.html")
    named = {name for page in pages for name in NAMED.findall(page.read_text())}
    assert "site.css" in named
    assert [name for name in sorted(named) if not HASHED.search(manifest.get(name, ""))] == []


def test_the_font_is_found_from_the_hashed_style(static: Path) -> None:
    paths = paths_in(static)

    style = (static / paths["base.css"]).read_text()

    assert f'url("{paths["fonts/slomix-stencil.woff2"]}")' in style
