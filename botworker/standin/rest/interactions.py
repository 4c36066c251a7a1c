"""/interactions and /webhooks: what the bot answers to a press or a command."""

from botworker.standin import validate
from botworker.standin.desk import MESSAGE, MODAL, UPDATE, Interaction
from botworker.standin.errors import Problem, invalid_form
from botworker.standin.shapes import EPHEMERAL
from botworker.standin.world import Json

from .call import Call

KINDS = (1, 4, 5, 6, 7, 8, 9)
MODAL_FIELDS = {"custom_id", "title", "components"}


def callback(call: Call) -> Json | None:
    """Take the first answer; told everything when asked `with_response`."""
    kind, data = call.body.get("type"), call.body.get("data") or {}
    if kind not in KINDS:
        problem = Problem("type", "BASE_TYPE_CHOICES", f"Value must be one of {set(KINDS)}.")
        raise invalid_form([problem])
    call.notice(call.body, {"type", "data"})
    call.notice(data, MODAL_FIELDS if kind == MODAL else validate.WEBHOOK_FIELDS)
    _check(kind, data)
    event = call.parts.desk.take_callback(call.path["token"], call.id("interaction"), call.body)
    return _told(call, event, kind) if call.query.get("with_response") in ("1", "true") else None


def _check(kind: int, data: Json) -> None:
    if kind == MESSAGE:
        validate.check_new(data, path="data")
    elif kind == UPDATE:
        validate.check_edit(data, path="data")
    elif kind == MODAL:
        validate.check_modal(data)


def _told(call: Call, event: Interaction, kind: int) -> Json:
    shown = call.parts.store.posts.get(event.original or event.message or 0)
    message = shown.message if shown else None
    callback_ = {
        "id": str(event.id),
        "type": event.kind,
        "response_message_id": message and message["id"],
        "response_message_loading": kind == 5,
        "response_message_ephemeral": bool(message and message["flags"] & EPHEMERAL),
    }
    resource: Json = {"type": kind}
    if message and kind in (4, 7):
        resource["message"] = message
    return {"interaction": callback_, "resource": resource}


def follow_up(call: Call) -> Json:
    """Say something more, up to 15 minutes after the press."""
    call.notice(call.body, validate.WEBHOOK_FIELDS)
    validate.check_new(call.body)
    return call.parts.desk.follow_up(call.path["token"], call.body)


def answer(call: Call) -> Json:
    """Give the answer, or one of the follow-ups."""
    event = call.parts.desk.alive(call.path["token"])
    return call.parts.desk.find(event, call.path["message"]).message


def change(call: Call) -> Json:
    """Change the answer, or one of the follow-ups."""
    call.notice(call.body, validate.EDIT_FIELDS)
    validate.check_edit(call.body)
    return call.parts.desk.change(call.path["token"], call.path["message"], call.body)


def delete(call: Call) -> None:
    """Delete the answer, or one of the follow-ups."""
    event = call.parts.desk.alive(call.path["token"])
    call.posting.remove(call.parts.desk.find(event, call.path["message"]))
