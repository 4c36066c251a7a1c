"""In production every file that a page names carries its content's hash, and nothing is missing."""

import json
import re
from pathlib import Path

from tests.fresh import BASE, PRODUCTION, manage

NAMED = re.compile(r"""{% static ['"]([^'"]+)""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def test_every_file_of_a_page_is_hashed(tmp_path: Path) -> None:
    done = manage(
        "collectstatic", "--noinput", "--verbosity", "0", **PRODUCTION, SLOMIX_VAR=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr[-2000:]

    manifest = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]

    pages = (BASE / "templates").rglob("*.html")
    named = {name for page in pages for name in NAMED.findall(page.read_text())}
    assert "site.css" in named
    assert [name for name in sorted(named) if not HASHED.search(manifest.get(name, ""))] == []


def test_the_font_is_found_from_the_hashed_style(tmp_path: Path) -> None:
    manage("collectstatic", "--noinput", "--verbosity", "0", **PRODUCTION, SLOMIX_VAR=str(tmp_path))
    static = tmp_path / "static"
    paths = json.loads((static / "staticfiles.json").read_text())["paths"]

    style = (static / paths["base.css"]).read_text()

    assert f'url("{paths["fonts/slomix-stencil.woff2"]}")' in style
