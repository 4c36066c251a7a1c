"""`rehearse --live` against a Discord that it knows by addresses alone."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from botworker.standin.standin import StandIn
from slomix.management.rehearsal.evidence import direct_messages
from tests import fresh
from tests.demo.outside import CMRLJ, JAZBEC, LOJZE, ZABAR, address

pytestmark = pytest.mark.slow
REHEARSE = (sys.executable, "manage.py", "rehearse", "--live")


def test_seven_rows_hold_and_only_the_named_people_hear(discord: StandIn, tmp_path: Path) -> None:
    """It differs from the usual rehearsal by base URLs: nothing of this Discord is started or told."""
    named = ("--promoter", str(JAZBEC), "--people", f"{CMRLJ},{ZABAR},{LOJZE}")
    with fresh.environment(**address(discord), TMPDIR=str(tmp_path)):
        done = subprocess.run(  # noqa: S603  our own command
            [*REHEARSE, *named, "--yes", "--rows", "1-7", "--json"],
            cwd=fresh.BASE,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=280,
            check=False,
        )

    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(done.stdout)
    assert [row["holds"] for row in rows] == [True] * 7
    assert "by a session made in the rehearsal's database" in rows[2]["done"]
    assert "3 recipients" in rows[2]["evidence"]
    assert "2 sent, 1 failed (direct messages are closed" in rows[5]["evidence"]
    assert f"{discord.url} shows 2 messages for 2 people" in rows[6]["evidence"]
    told = Counter(one.discord_id for one in direct_messages(discord.parts.journal.records))
    assert told == {CMRLJ: 2, ZABAR: 2}
    # What it made is gone, and so is its bot.
    assert list(tmp_path.iterdir()) == []
    assert not discord.bot_connected
