"""A bill of materials: the packages that are pinned, as they are installed (CycloneDX 1.6)."""

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<where>[^\\]+))?")
NEEDS = re.compile(r"^[A-Za-z0-9._-]+")


class NotInstalled(Exception):
    """What is pinned is not what is installed; the text names it."""


def pinned(lock: str) -> Iterator[tuple[str, str, bool]]:
    """Yield name and version of every line of a lock, and whether it is for every machine."""
    for line in lock.splitlines():
        if found := PIN.match(line):
            yield _folded(found["name"]), found["version"], not found["where"]


def of(pins: Iterable[tuple[str, str, bool]], *, at: datetime) -> dict[str, Any]:
    """Return the whole bill. Raises NotInstalled."""
    parts = {name: one for name, version, always in pins if (one := _found(name, version, always))}
    references = {name: f"pkg:pypi/{name}@{one.version}" for name, one in parts.items()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "component": {"type": "application", "name": "slomix", "bom-ref": "slomix"},
        },
        "components": [_component(one, references[name]) for name, one in parts.items()],
        "dependencies": [
            {"ref": "slomix", "dependsOn": sorted(references.values())},
            *(
                {"ref": references[name], "dependsOn": sorted(_needed(one, references))}
                for name, one in parts.items()
            ),
        ],
    }


def _found(name: str, version: str, always: bool) -> metadata.Distribution | None:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError as missing:
        if not always:
            return None  # for another machine than this one
        raise NotInstalled(f"{name} {version} is pinned and not installed: make dev") from missing
    if found.version != version:
        raise NotInstalled(f"{name} is pinned as {version}, installed is {found.version}: make dev")
    return found


def _component(one: metadata.Distribution, reference: str) -> dict[str, Any]:
    about: Any = one.metadata
    component = {
        "type": "library",
        "name": _folded(about["Name"]),
        "version": one.version,
        "purl": reference,
        "bom-ref": reference,
        "description": (about.get("Summary") or "")[:200],
    }
    if licence := about.get("License-Expression"):
        component["licenses"] = [{"expression": licence}]
    elif named := _licence(about):
        component["licenses"] = [{"license": {"name": named}}]
    return component


def _licence(about: Any) -> str:
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    written = (about.get("License") or "").strip()
    return ", ".join(classified) or written.splitlines()[0][:80] if classified or written else ""


def _needed(one: metadata.Distribution, references: dict[str, str]) -> set[str]:
    names = (NEEDS.match(line) for line in one.requires or [])
    folded = {_folded(name[0]) for name in names if name}
    return {references[name] for name in folded if name in references}


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
