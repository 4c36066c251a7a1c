"""What we are made of is listed, and a known fault of it is red."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.core.management import CommandError, call_command

from slomix.management.security import bom
from tests.cast import TONIGHT
from tests.fresh import BASE


def retrieve(uri: str) -> Any:
    """Return the schema of licences or of signatures, which the first one names."""
    return json.loads(_schemas().joinpath(uri.rpartition("/")[2]).read_text())


def _schemas() -> Path:
    with resources.as_file(resources.files("cyclonedx.schema")) as folder:
        return folder / "_res"


def test_the_bill_names_every_pin_and_is_as_cyclonedx_wants_it(tmp_path: Path) -> None:
    call_command("sbom", output=str(tmp_path / "sbom.json"), verbosity=0)

    tree = json.loads((tmp_path / "sbom.json").read_text())
    names = {one["name"] for one in tree["components"]}
    schema = json.loads((_schemas() / "bom-1.6.SNAPSHOT.schema.json").read_text())
    faults = jsonschema_rs.validator_for(schema, retriever=retrieve).iter_errors(tree)
    assert [str(fault) for fault in faults] == []
    assert {"django", "discord-py", "celery", "psycopg"} <= names
    wanted = {
        name for name, _v, always in bom.pinned((BASE / "requirements.txt").read_text()) if always
    }
    assert wanted <= names


def test_what_django_needs_is_told() -> None:
    tree = bom.of(bom.pinned((BASE / "requirements.txt").read_text()), at=TONIGHT)

    needs = {one["ref"].partition("@")[0]: one["dependsOn"] for one in tree["dependencies"]}
    assert any(one.startswith("pkg:pypi/sqlparse@") for one in needs["pkg:pypi/django"])


@pytest.mark.parametrize("pin", ["django==1.0", "no-such-package==1.0"])
def test_another_version_than_the_pinned_one_is_no_bill(pin: str) -> None:
    with pytest.raises(bom.NotInstalled, match="make dev"):
        bom.of(bom.pinned(pin), at=TONIGHT)


def test_a_pin_for_another_machine_is_left_out() -> None:
    assert bom.of(bom.pinned("no-such==1.0 ; sys_platform == 'x'"), at=TONIGHT)["components"] == []


def tool(folder: Path, said: str) -> str:
    """Return a pip-audit that says this."""
    file = folder / "pip-audit"
    file.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\n")
    file.chmod(0o755)
    return str(file)


def audit(folder: Path, said: str) -> None:
    call_command("audit_packages", str(BASE / "requirements.txt"), tool=tool(folder, said))


FAULTY = {"name": "django", "version": "1.0", "vulns": [{"id": "CVE-2007-0404"}]}
SOUND = {"name": "redis", "version": "8.1.0", "vulns": []}
UNKNOWN = {"name": "vine", "skip_reason": "Dependency not found"}


def test_a_known_fault_is_named_and_red(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        audit(tmp_path, json.dumps({"dependencies": [FAULTY, SOUND]}))

    assert end.value.code == 1
    assert "django 1.0: CVE-2007-0404" in capsys.readouterr().out


def test_what_was_not_asked_is_not_called_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit(tmp_path, json.dumps({"dependencies": [SOUND, UNKNOWN]}))
    audit(tmp_path, "no JSON")
    call_command("audit_packages", str(BASE / "requirements.txt"), tool=str(tmp_path / "none"))

    said = capsys.readouterr().out
    assert "not run: requirements.txt: the service does not know 1 of 2" in said
    assert said.count("not run") == 3


def test_the_bill_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bom, "pinned", lambda _lock: iter([("django", "1.0", True)]))

    with pytest.raises(CommandError, match=r"pinned as 1\.0"):
        call_command("sbom")
