"""/interactions and /webhooks: what the bot answers to a press, a command or a form."""

from collections.abc import Iterator

from botworker.standin import checks, validate
from botworker.standin.errors import Problem
from botworker.standin.interaction import CHOICES, DEFERRED, MESSAGE, MODAL, UPDATE, Interaction
from botworker.standin.shapes import EPHEMERAL
from botworker.standin.world import Json

from .call import Call

KINDS = (1, 4, 5, 6, 7, 8, 9)
FIELDS = {
    CHOICES: {"choices"},
    MODAL: {"custom_id", "title", "components"},
}
CHOICE = {"name": checks.text(100, 1)}


def callback(call: Call) -> Json | None:
    """Take the first answer; told everything when asked `with_response`."""
    kind, data = call.body.get("type"), call.body.get("data") or {}
    validate.refuse(list(checks.choice(*KINDS)(kind, "type")))
    call.notice(call.body, {"type", "data"})
    call.notice(data, FIELDS.get(int(kind or 0), validate.WEBHOOK_FIELDS))
    event = call.parts.desk.waiting(call.path["token"], call.id("interaction"), int(kind or 0))
    data = call.with_files(data)
    _check(int(kind or 0), data, event)
    body = {"type": kind, "data": data}
    call.parts.desk.take_callback(event, body, list(call.files))
    told = call.query.get("with_response", "").lower() in ("1", "true")
    return _told(call, event, int(kind or 0)) if told else None


def _check(kind: int, data: Json, event: Interaction) -> None:
    if kind == MESSAGE:
        validate.check_new(data, path="data")
    elif kind == UPDATE:
        validate.check_edit(data, path="data")
    elif kind == MODAL:
        validate.check_modal(data)
    elif kind == CHOICES:
        validate.refuse(_choices(data.get("choices") or [], _focused(event)))


def _focused(event: Interaction) -> int:
    """Give the type of the option that is being typed."""
    options = (event.command or {}).get("options", [])
    while options and "options" in options[0]:
        options = options[0]["options"]
    return next((one["type"] for one in options if one.get("focused")), 3)


def _choices(choices: list[Json], kind: int) -> Iterator[Problem]:
    found = list(checks.many(25)(choices, "data.choices"))
    yield from found
    for number, one in enumerate([] if found else choices):
        yield from checks.fields(one, f"data.choices.{number}", CHOICE, {})
        value = one.get("value")
        text, path = isinstance(value, str), f"data.choices.{number}.value"
        if kind == 3:
            yield from checks.text(100)(value, path)
        elif text or not isinstance(value, int | float):
            yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')


def _told(call: Call, event: Interaction, kind: int) -> Json:
    shown = call.parts.store.posts.get(event.original or event.message or 0)
    message = call.posting.told(shown.message) if shown else None
    told: Json = {"id": str(event.id), "type": event.kind, "channel_id": str(event.channel)}
    if not call.parts.store.person_behind(event.channel):
        told["guild_id"] = str(call.parts.store.guild_of(event.channel))
    if message and kind in (MESSAGE, DEFERRED, UPDATE):
        told |= {
            "response_message_id": message["id"],
            "response_message_loading": kind == DEFERRED,
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
    if message and kind in (MESSAGE, UPDATE):
        return {"interaction": told, "resource": {"type": kind, "message": message}}
    return {"interaction": told}


def follow_up(call: Call) -> Json:
    """Say something more, up to 15 minutes after the press."""
    call.notice(call.body, validate.WEBHOOK_FIELDS)
    call.parts.desk.alive(call.path["token"])
    body = call.with_files()
    validate.check_new(body)
    return call.parts.desk.follow_up(call.path["token"], body, list(call.files))


def answer(call: Call) -> Json:
    """Give the answer, or one of the follow-ups."""
    event = call.parts.desk.alive(call.path["token"])
    return call.posting.told(call.parts.desk.find(event, call.path["message"]).message)


def change(call: Call) -> Json:
    """Change the answer, or one of the follow-ups."""
    call.notice(call.body, validate.EDIT_FIELDS)
    event = call.parts.desk.alive(call.path["token"])
    post = call.parts.desk.find(event, call.path["message"])
    validate.check_edit(call.body, post.message)
    return call.parts.desk.change(event, post, call.body, list(call.files))


def delete(call: Call) -> None:
    """Delete the answer, or one of the follow-ups."""
    event = call.parts.desk.alive(call.path["token"])
    call.posting.remove(call.parts.desk.find(event, call.path["message"]))
