"""python -m slomix.management.guide FILE: run a guide's commands in an empty folder, from top to bottom.

A block of a guide is run when its fence says `sh` alone; `sh not-run WHY` is listed and left out. All
blocks share one shell, as a reader's do, and the first command that fails ends it. The environment is
empty but for what a shell needs and the variables of the guide that are given here.
"""

import argparse
import os
import re
import secrets
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from slomix.management.demo import process
from slomix.management.demo.config import free_port

BASE = Path(__file__).resolve().parents[2]
FENCE = re.compile(
    r"^```sh(?: not-run (?P<why>[^\n]+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# What a shell needs, and how this machine reaches its packages.
KEPT = re.compile(r"PATH|HOME|LANG|PIP_\w+|SSL_CERT_FILE|https?_proxy", re.IGNORECASE)
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/14"


@dataclass(frozen=True)
class Block:
    """Some commands, the heading they stand under, and why they are not run if they are not."""

    heading: str
    text: str
    why: str = ""


def blocks(guide: str) -> list[Block]:
    """Return the blocks of a guide in their order."""
    headings = [(one.start(), one[1]) for one in HEADING.finditer(_without_blocks(guide))]
    found = []
    for fence in FENCE.finditer(guide):
        above = [text for start, text in headings if start < fence.start()]
        found.append(Block(above[-1] if above else "", fence["text"], fence["why"] or ""))
    return found


def _without_blocks(guide: str) -> str:
    """Blank the blocks out, so that a comment in one is no heading; every place stays where it is."""
    return FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), guide)


def script(found: Sequence[Block]) -> str:
    """Return one script of everything that is run; each heading is told as it begins."""
    lines = ["set -euo pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for one in found:
        if not one.why:
            told = shlex.quote(f"=== {one.heading}")
            lines += [f"printf '%s (%s s)\\n' {told} \"$SECONDS\"", one.text]
    return "\n".join(lines) + "\n"


def environment(folder: Path, server: str, redis: str, source: str) -> dict[str, str]:
    """Return the variables of the guide for a trial: names that nobody else has, ports that are free."""
    parts = urlsplit(server)
    admin = f"psql --host {parts.hostname} --port {parts.port or 5432} --username {parts.username}"
    return {
        **{name: value for name, value in os.environ.items() if KEPT.fullmatch(name)},
        "SLOMIX_SOURCE": source,
        "SLOMIX_ETC": str(folder / "etc"),
        "SLOMIX_DATA": str(folder / "data"),
        "SLOMIX_DATABASE": f"slomix_guide_{secrets.token_hex(4)}",
        "SLOMIX_DATABASE_ADMIN": admin,
        "SLOMIX_REDIS": redis,
        "SLOMIX_PORT": str(free_port(26000 + os.getpid() % 9000)),
    }


def run(found: Sequence[Block], folder: Path, env: dict[str, str], within: float) -> int:
    """Run the script in an empty folder below this one; returns its exit code."""
    for name in ("home", "etc", "data"):
        (folder / name).mkdir(mode=0o750)
    file = folder / "guide.sh"
    file.write_text(script(found))
    running = subprocess.Popen(  # noqa: S603  the guide's own commands
        ["bash", str(file)],  # noqa: S607
        cwd=folder / "home",
        env=env,
        stdin=subprocess.DEVNULL,
        process_group=0,
    )
    try:
        return running.wait(within)
    except subprocess.TimeoutExpired:
        return 124
    finally:
        process.end(running, signal.SIGKILL)
        running.wait()
        forget(env)


def forget(env: dict[str, str]) -> None:
    """Drop the database and the roles that the guide made."""
    name = env["SLOMIX_DATABASE"]
    admin = [*shlex.split(env["SLOMIX_DATABASE_ADMIN"]), "--quiet", "--dbname", "postgres"]
    for statement in (
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"DROP ROLE IF EXISTS {name}_web",
        f"DROP ROLE IF EXISTS {name}_migrator",
    ):
        subprocess.run(  # noqa: S603  our own words
            [*admin, "--command", statement], env=env, check=False, stderr=subprocess.DEVNULL
        )


def main() -> int:
    """Run a guide and say what was not run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("guide", type=Path)
    asked.add_argument("--list", action="store_true", help="show what would be run, and what not")
    asked.add_argument("--server", default=SERVER, help=f"a superuser's PostgreSQL ({SERVER})")
    asked.add_argument("--redis", default=REDIS, help=f"a Redis of its own ({REDIS})")
    asked.add_argument("--source", default=str(BASE), help="a repository to clone (this one)")
    asked.add_argument("--within", type=float, default=1500.0, help="seconds (1500)")
    wish = asked.parse_args()
    found = blocks(wish.guide.read_text())
    for one in found if wish.list else []:
        sys.stdout.write(f"{'not run: ' + one.why if one.why else 'run':<32} {one.heading}\n")
    if wish.list:
        return 0
    # Whoever ends us ends what we began, and what it made is taken away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="slomix-guide-") as name:
        folder = Path(name)
        code = run(
            found, folder, environment(folder, wish.server, wish.redis, wish.source), wish.within
        )
    sys.stdout.flush()
    left_out = "; ".join(f"{one.heading} ({one.why})" for one in found if one.why)
    verdict = "every command ended well" if not code else f"ended with {code}"
    sys.stdout.write(
        f"{wish.guide}: {verdict}, {time.monotonic() - began:.0f} s\nNot run: {left_out}\n"
    )
    return code


if __name__ == "__main__":
    sys.exit(main())
