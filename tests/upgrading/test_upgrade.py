"""`upgrade` looks, saves, changes and restarts in this order, or says why not and leaves the rest."""

import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

from accounts.models import AuditEntry
from promotions import actions
from slomix.management.commands.migrate import LATER
from slomix.management.commands.upgrade import restarted
from slomix.management.upgrading import looks
from slomix.management.upgrading.steps import DONE, FAILED, LEFT_OUT, WOULD, Failed, Steps
from tests import fresh, make
from tests.cast import TONIGHT, SlomixTestCase, without_the_check

ORDER = [
    "versions",
    "readiness",
    "check",
    "backup",
    "migrate",
    "grants",
    "schema",
    "static",
    "restart",
    "smoke",
]


def upgrade(*words: str) -> tuple[int, dict[str, Any]]:
    """Run it; return the exit code, and each step by its name."""
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("upgrade", "--json", *words, stdout=said, stderr=StringIO())
    report = json.loads(said.getvalue())
    assert report["code"] == ended.value.code
    return report["code"], {step["name"]: step for step in report["steps"]}


def quiet() -> Steps:
    return Steps(lambda _line: None)


@without_the_check
class UpgradeTests(SlomixTestCase):
    """Bor looks for a game tonight and Ana calls at half past seven."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )

    def test_shortly_before_a_call_it_refuses_and_looks_at_nothing_else(self) -> None:
        self.travel("20:31")

        code, steps = upgrade("--dry-run")

        self.assertEqual(code, LATER)
        self.assertEqual(list(steps), ["upgrade"])
        self.assertIn("a call is due at 20:45", steps["upgrade"]["says"])

    def test_told_to_it_goes_on_even_then(self) -> None:
        self.travel("20:31")

        code, steps = upgrade("--dry-run", "--force")

        self.assertEqual(code, 0)
        self.assertIn("--even-now", steps["migrate"]["says"])

    @override_settings(RESTART_COMMAND=["touch", "/nowhere/at/all"])
    def test_a_dry_run_says_everything_in_its_order_and_does_nothing(self) -> None:
        code, steps = upgrade("--dry-run", "--force")

        self.assertEqual(code, 0, steps)
        self.assertEqual(list(steps), ORDER)
        states = [steps[name]["state"] for name in ORDER]
        self.assertEqual(states, [DONE, LEFT_OUT, DONE] + [WOULD] * 7)
        self.assertEqual(steps["restart"]["says"], "touch /nowhere/at/all")

    def test_without_a_way_to_restart_it_says_that_nothing_was_restarted(self) -> None:
        _code, steps = upgrade("--dry-run", "--force")

        self.assertEqual(steps["restart"]["state"], LEFT_OUT)
        self.assertIn("SLOMIX_RESTART_COMMAND", steps["restart"]["says"])


def test_what_it_cannot_mend_stops_it() -> None:
    with pytest.raises(Failed, match=r"contacts\.locked: mend it first"):
        looks.ready(["grants.missing", "contacts.locked"])


def test_what_it_mends_does_not_stop_it() -> None:
    assert "grants.missing" in looks.ready(["migrations.unapplied", "grants.missing"])


def test_after_a_step_that_failed_nothing_more_is_done(tmp_path: Path) -> None:
    steps, after = quiet(), tmp_path / "after"

    def fail() -> str:
        raise Failed("the disk is full")

    steps.do("backup", fail)
    steps.do("migrate", lambda: str(after.write_text("reached")))

    assert [one.state for one in steps.found] == [FAILED, LEFT_OUT]
    assert not after.exists()
    assert not steps.fine


def test_a_command_that_refuses_is_a_step_that_failed_in_its_words() -> None:
    steps = quiet()

    steps.command("static", "collectstatic", "--no-such-thing")

    assert steps.found[0].state == FAILED
    assert "no-such-thing" in steps.found[0].says


def test_the_operators_own_command_restarts_the_parts(tmp_path: Path) -> None:
    mark = tmp_path / "it was restarted"
    told = fresh.settings(SLOMIX_RESTART_COMMAND=f"touch '{mark}'").RESTART_COMMAND

    with override_settings(RESTART_COMMAND=told):
        restarted(0)

    assert mark.exists()


def test_a_restart_that_fails_is_told_in_its_own_words() -> None:
    words = "import sys; sys.exit('no such unit')"

    with (
        override_settings(RESTART_COMMAND=[sys.executable, "-c", words]),
        pytest.raises(Failed, match="ended with 1: no such unit"),
    ):
        restarted(0)


def test_a_restart_command_that_is_no_command_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="close its quotes"):
        fresh.settings(SLOMIX_RESTART_COMMAND="systemctl restart 'slomix.target")


def test_a_site_that_does_not_come_back_is_a_failed_upgrade(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEBSITE_PORT", "9")

    with pytest.raises(Failed, match=r"nobody answers at 127\.0\.0\.1:9"):
        looks.smoked(since=0.0, within=0.0)


@pytest.mark.django_db
def test_nobody_runs_where_no_part_was_ever_alive() -> None:
    assert looks.nobody_runs(TONIGHT)
    assert not AuditEntry.objects.exists()


def test_packages_that_are_not_the_pinned_ones_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements.txt").write_text("django==0.1\nno-such-package==1.0\n")

    with (
        override_settings(BASE_DIR=tmp_path),
        pytest.raises(Failed, match=r"django is .*, not 0\.1; no-such-package is absent"),
    ):
        looks.versions()
