"""Files that were sent with messages; they are served where Discord's CDN would have them."""

from __future__ import annotations

import mimetypes
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

from .errors import Problem, invalid_form, refusal
from .world import Json

BIGGEST = 10 * 1024 * 1024
FILE_FIELD = re.compile(r"files\[(\d+)\]$")
UNSAFE = re.compile(r"[^\w.-]+")
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request, by the number its attachment names."""

    number: int
    name: str
    content: bytes


@dataclass(slots=True)
class Uploads:
    """Keeps the files: in a folder that survives restarts, or in memory without one.

    `host` is where they are served; the stand-in sets it when it knows its port.
    """

    folder: Path | None = None
    host: str = "127.0.0.1"
    memory: dict[str, bytes] = field(default_factory=dict)

    def keep(self, key: str, content: bytes) -> None:
        """Keep a file under `channel/attachment/name`."""
        if self.folder is None:
            self.memory[key] = content
            return
        place = self.folder / key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def read(self, channel: int, attachment: int, name: str) -> bytes | None:
        """Give a file's content, None when there is none of that name."""
        key = f"{channel}/{attachment}/{safe_name(name)}"
        if self.folder is None:
            return self.memory.get(key)
        place = self.folder / key
        return place.read_bytes() if place.is_file() else None


def safe_name(name: str) -> str:
    """Give a file name as it goes into addresses and folders."""
    return UNSAFE.sub("_", name).strip(".") or "file"


def attachments(
    told: list[Json], files: list[Upload], kept: list[Json], url: str, numbers: list[int]
) -> list[tuple[Json, Upload | None]]:
    """Match what a body says of its attachments with the files that came along.

    `kept` are the attachments a message has already: those that `told` names stay. `url` is where
    this channel's files are served, `numbers` are new ids, one a file. Refuses with 50035 an
    attachment that names neither, and with 40005 a file over 10 MiB.
    """
    by_number = {one.number: one for one in files}
    before = {one["id"]: one for one in kept}
    described = {str(one.get("id")): one for one in told}
    result: list[tuple[Json, Upload | None]] = []
    for number, one in enumerate(told):
        name = str(one.get("id"))
        if name in before:
            result.append((before[name] | _worded(one), None))
        elif not name.isdecimal() or int(name) not in by_number:
            words = f"No file or attachment has the id {name}."
            raise invalid_form([Problem(f"attachments.{number}.id", "ATTACHMENT_NOT_FOUND", words)])
    for file, snowflake in zip(files, numbers, strict=True):
        if len(file.content) > BIGGEST:
            raise refusal(40005)
        about = described.get(str(file.number), {})
        result.append((_attachment(file, about, snowflake, url), file))
    return result


def _attachment(file: Upload, about: Json, snowflake: int, url: str) -> Json:
    name = safe_name(str(about.get("filename") or file.name))
    kind = mimetypes.guess_type(name)[0]
    address = f"{url}/{snowflake}/{name}"
    return {
        "id": str(snowflake),
        "filename": name,
        "size": len(file.content),
        "url": address,
        "proxy_url": address,
        **({"content_type": kind} if kind else {}),
        **_worded(about),
        **_measured(file.content),
    }


def _worded(about: Json) -> Json:
    return {key: about[key] for key in ("description", "title") if about.get(key)}


def _measured(content: bytes) -> Json:
    """Give the size of a PNG in pixels; Discord measures every picture, we send only these."""
    if not content.startswith(PNG) or len(content) < 24:
        return {}
    width, height = struct.unpack(">II", content[16:24])
    return {"width": width, "height": height}
