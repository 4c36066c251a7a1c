"""The install guide is run as it is written: whatever is not run says why."""

import os
import re
import subprocess
from pathlib import Path

from slomix.management import guide
from tests.fresh import BASE

INSTALL = (BASE / "docs" / "install.md").read_text()
SMALL = """# A guide
## First
```sh
# no heading
NAME=ana
```
## Second
```sh not-run needs root
rm nothing
```
## Third
```sh
echo "hello $NAME"
false
echo "never reached"
```
"""


def ended(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "guide.sh").write_text(guide.script(guide.blocks(text)))
    return subprocess.run(  # noqa: S603  the small guide above
        ["bash", str(folder / "guide.sh")],  # noqa: S607
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_every_block_stands_under_its_heading() -> None:
    found = guide.blocks(SMALL)

    assert [(one.heading, one.why) for one in found] == [
        ("First", ""),
        ("Second", "needs root"),
        ("Third", ""),
    ]


def test_the_blocks_share_a_shell_and_the_first_failure_ends_it(tmp_path: Path) -> None:
    told = ended(SMALL, tmp_path)

    assert told.returncode == 1
    assert "hello ana" in told.stdout
    assert "never reached" not in told.stdout


def test_what_is_not_run_is_not_run(tmp_path: Path) -> None:
    told = ended(SMALL.replace("false\n", ""), tmp_path)

    assert told.returncode == 0
    assert "Second" not in told.stdout


def test_every_command_of_the_guide_is_run_or_says_why_not() -> None:
    fences = re.findall(r"^```(\w*)(.*)$", INSTALL, re.MULTILINE)[::2]

    assert {language for language, _rest in fences} == {"sh"}
    assert len(guide.blocks(INSTALL)) == len(fences)


def test_the_guide_ends_with_a_site_that_answers_an_admin_and_a_backup() -> None:
    run = guide.script(guide.blocks(INSTALL))

    for words in ("people first_admin", "/readyz", "manage.py backup", "manage.py prepare"):
        assert words in run


def test_what_needs_root_systemd_or_a_name_is_not_run() -> None:
    run = guide.script(guide.blocks(INSTALL))

    assert re.findall(r"^(?:apt|useradd|systemctl|docker|sudo) ", run, re.MULTILINE) == []


def test_a_trial_gets_names_that_nobody_else_has(tmp_path: Path) -> None:
    env = guide.environment(tmp_path, guide.SERVER, guide.REDIS, str(BASE))

    asked = set(re.findall(r'^: "\$\{(\w+):=', INSTALL, re.MULTILINE))
    assert asked - set(env) == {"SLOMIX_ORIGIN"}
    assert re.fullmatch(r"slomix_guide_[0-9a-f]{8}", env["SLOMIX_DATABASE"])
    assert "DATABASE_URL" not in env
