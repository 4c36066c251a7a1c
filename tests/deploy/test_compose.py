"""compose.yaml, as far as a program without a container engine can judge it."""

import json
import re
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.fresh import BASE

OURS = {"migrate", "web", "worker", "beat", "bot", "deliver"}
SERVERS = {"postgres", "redis", "proxy"}
NAMES = sorted(OURS | SERVERS)


@cache
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((BASE / "compose.yaml").read_text())
    return found


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = compose()["services"][name]
    return found


def waits_for(name: str) -> dict[str, str]:
    return {who: how["condition"] for who, how in service(name)["depends_on"].items()}


def test_it_is_what_the_specification_says() -> None:
    schema = json.loads((BASE / "tests/deploy/compose_spec/compose-spec.json").read_text())

    faults = jsonschema_rs.validator_for(schema).iter_errors(compose())

    assert [f"{fault.instance_path}: {fault.message}" for fault in faults] == []


def test_every_part_is_there_and_nothing_else() -> None:
    assert set(compose()["services"]) == OURS | SERVERS


@pytest.mark.parametrize("name", NAMES)
def test_nobody_can_do_more_than_their_work(name: str) -> None:
    one = service(name)

    assert one["read_only"] is True
    assert one["init"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "network_mode", "pid", "devices"} & set(one)
    assert one["mem_limit"]
    assert one["pids_limit"]


@pytest.mark.parametrize("name", sorted(OURS | {"postgres", "redis"}))
def test_nobody_is_root(name: str) -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", service(name)["user"])


def test_only_the_proxy_opens_a_door() -> None:
    assert [name for name in NAMES if service(name).get("ports")] == ["proxy"]
    assert service("proxy")["cap_add"] == ["NET_BIND_SERVICE"]


def test_database_and_redis_reach_nobody_outside() -> None:
    assert compose()["networks"]["inside"]["internal"] is True
    assert service("postgres")["networks"] == service("redis")["networks"] == ["inside"]
    assert "inside" not in service("proxy")["networks"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "bot", "deliver"])
def test_every_part_waits_until_the_database_is_migrated(name: str) -> None:
    assert waits_for(name) == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_migrating_happens_once_and_as_the_owner_of_the_tables() -> None:
    migrate = service("migrate")

    assert migrate["command"] == ["python", "manage.py", "prepare"]
    assert migrate["restart"] == "no"
    owners = [name for name in NAMES if "migrator.env" in str(service(name).get("env_file"))]
    assert owners == ["migrate"]


def test_what_runs_is_looked_at() -> None:
    unseen = {name for name in NAMES if service(name).get("healthcheck", {}).get("disable")}

    # Migrating ends by itself; a drain has no address, and ends when it cannot work.
    assert unseen == {"migrate", "deliver"}
    assert all("healthcheck" in service(name) for name in NAMES)


@pytest.mark.parametrize("name", ["postgres", "redis", "proxy"])
def test_images_are_pinned_to_a_version(name: str) -> None:
    assert re.search(r":\d+\.\d+(\.\d+)?-\w+$", service(name)["image"])


def test_redis_forgets_nothing() -> None:
    words = " ".join(service("redis")["command"])

    assert "--appendonly yes" in words
    assert "--maxmemory-policy noeviction" in words


@pytest.mark.parametrize("name", ["web", "worker", "beat", "bot", "deliver"])
def test_whoever_has_to_go_may_finish(name: str) -> None:
    assert service(name)["stop_grace_period"] == "20s"


def test_no_secret_is_written_down() -> None:
    text = (BASE / "compose.yaml").read_text()

    assert re.findall(r"(?i)(password|secret|token|_key)\s*[:=]\s*\S", text) == []
    for file in sorted((BASE / "deploy" / "compose").glob("*.example")):
        secret = re.findall(r"(?m)^\w*(?:PASSWORD|SECRET|TOKEN|KEY)\w*=(.+)$", file.read_text())
        assert secret == [], file.name


def test_what_is_kept_is_in_volumes() -> None:
    assert set(compose()["volumes"]) >= {"postgres", "redis", "backups", "caddy-data"}
    assert "postgres:/var/lib/postgresql/data" in service("postgres")["volumes"]
    assert "backups:/var/lib/slomix/backups" in service("worker")["volumes"]
