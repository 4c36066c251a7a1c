"""What people choose in selects and write into forms. Refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import components
from .acts import CannotDo, person, usable, visible_post
from .components import (
    CHANNEL_SELECT,
    MENTIONABLE_SELECT,
    ROLE_SELECT,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
)
from .forms import CHECKBOX, CHECKBOX_GROUP, FILE_UPLOAD, LABEL, RADIO_GROUP
from .parts import Parts
from .resolved import CHANNEL, ROLE, USER, Resolved, Unknown
from .uploads import Upload
from .world import Json

THINGS = {
    USER_SELECT: (USER,),
    ROLE_SELECT: (ROLE,),
    MENTIONABLE_SELECT: (USER, ROLE),
    CHANNEL_SELECT: (CHANNEL,),
}
LONGEST = 4000


async def choose(
    parts: Parts, person_id: int, message_id: int, custom_id: str, values: Sequence[int | str]
) -> Json:
    """Choose in a select as somebody: the options' values, or ids of people, roles, channels."""
    who = person(parts, person_id)
    post = visible_post(parts, who, message_id)
    select = usable(post, custom_id)
    if select["type"] not in SELECTS:
        raise CannotDo(f"{custom_id} is a button: press it.")
    resolved = Resolved(parts.desk.posting, int(post.message["channel_id"]))
    data = {
        "custom_id": custom_id,
        "component_type": select["type"],
        "id": select["id"],
        "values": _chosen(select, values, resolved),
    }
    return await parts.desk.press(who, post, data | resolved.json())


def _chosen(select: Json, values: Sequence[int | str], resolved: Resolved) -> list[str]:
    name, chosen = select["custom_id"], [str(one) for one in values]
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if least == most != len(chosen):
        raise CannotDo(f"Choose {least} in {name}.")
    if not least <= len(set(chosen)) <= most:
        raise CannotDo(f"Choose {least} to {most} in {name}.")
    _check_known(select, chosen, resolved)
    return chosen


def _check_known(select: Json, chosen: list[str], resolved: Resolved) -> None:
    if select["type"] == STRING_SELECT:
        offered = {one["value"] for one in select["options"]}
        if strange := [one for one in chosen if one not in offered]:
            raise CannotDo(f"{select['custom_id']} does not offer {', '.join(strange)}.")
        return
    try:
        for one in chosen:
            resolved.look_up(int(one) if one.isdecimal() else 0, THINGS[select["type"]])
            types = select.get("channel_types")
            if types and resolved.channel_type(int(one)) not in types:
                raise CannotDo(f"{select['custom_id']} takes other kinds of channels.")
    except Unknown as nothing:
        raise CannotDo(str(nothing)) from None


async def submit_modal(
    parts: Parts, person_id: int, interaction: int, fields: Mapping[str, Any]
) -> Json:
    """Send the form that a press or a command has opened for somebody.

    `interaction` is the one the result of the press names; `fields` holds a text, a list of values,
    true or false, or files as `(name, bytes)`, by custom_id.
    """
    person(parts, person_id)
    event = parts.desk.opened_form(person_id, interaction)
    if not event or not event.modal:
        raise CannotDo(f"No form of {interaction} is open.")
    form = Form(parts, event.channel, fields)
    data = {"custom_id": event.modal["custom_id"], "components": form.filled(event.modal)}
    return await parts.desk.submit(event, data | form.resolved.json())


class Form:
    """Fills in a modal as Discord's client does, refusing what it would not send."""

    def __init__(self, parts: Parts, channel: int, fields: Mapping[str, Any]) -> None:
        self.parts = parts
        self.channel = channel
        self.fields = dict(fields)
        self.resolved = Resolved(parts.desk.posting, channel)

    def filled(self, modal: Json) -> list[Json]:
        """Give the modal's components with what was written into them."""
        known = {one.get("custom_id") for _, one in components.walk(modal["components"])}
        if strange := sorted(set(self.fields) - known):
            raise CannotDo(f"The form has no {', '.join(strange)}.")
        return [self._outer(one, place) for place, one in enumerate(modal["components"], 1)]

    def _outer(self, one: Json, number: int) -> Json:
        told = {"type": one["type"], "id": one.get("id", number)}
        if one["type"] == ROW:
            return told | {"components": [self._inner(one["components"][0])]}
        if one["type"] == LABEL:
            return told | {"component": self._inner(one["component"])}
        return told

    def _inner(self, one: Json) -> Json:
        name, kind = one["custom_id"], one["type"]
        told = {"type": kind, "id": one.get("id", 0), "custom_id": name}
        given = self.fields.get(name)
        if kind == TEXT_INPUT:
            return told | {"value": _written(one, given)}
        if kind == CHECKBOX:
            return told | {"value": bool(one.get("default") if given is None else given)}
        if kind == RADIO_GROUP:
            values = self._values(one, [] if given is None else [given])
            return told | {"value": values[0] if values else None}
        if kind == FILE_UPLOAD:
            return told | {"values": [self._file(file) for file in given or ()]}
        return told | {"values": self._values(one, given or [])}

    def _values(self, one: Json, given: Sequence[Any]) -> list[str]:
        if not given and not one.get("required", True):
            return []
        if one["type"] not in (RADIO_GROUP, CHECKBOX_GROUP):
            return _chosen(one, given, self.resolved)
        most = one.get("max_values", len(one["options"]))
        bounds = {"min_values": one.get("min_values", 1), "max_values": most}
        bounds = {"min_values": 1, "max_values": 1} if one["type"] == RADIO_GROUP else bounds
        return _chosen({**one, **bounds, "type": STRING_SELECT}, given, self.resolved)

    def _file(self, file: tuple[str, bytes]) -> str:
        posting, upload = self.parts.desk.posting, Upload(0, *file)
        [about] = posting.attached(self.channel, {}, [upload])["attachments"]
        self.resolved.attachment(about | {"ephemeral": True})
        return str(about["id"])


def _written(box: Json, given: object) -> str:
    name = box.get("label") or box["custom_id"]
    text = str(box.get("value") or "") if given is None else str(given)
    if not text and box.get("required", True):
        raise CannotDo(f"{name} is missing.")
    if text and len(text) < (box.get("min_length") or 0):
        raise CannotDo(f"{name} has at least {box['min_length']} characters.")
    if len(text) > (most := box.get("max_length") or LONGEST):
        raise CannotDo(f"{name} has at most {most} characters.")
    return text
