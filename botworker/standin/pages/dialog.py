"""A form that the bot has opened for somebody, as Discord shows it: over everything else."""

from __future__ import annotations

from botworker.standin import forms as kinds
from botworker.standin.components import ROW, SELECTS, TEXT, TEXT_INPUT
from botworker.standin.world import Json

from .components import select_field
from .html import Markup, join, tag
from .shown import Eyes

PARAGRAPH = 2


def dialog(eyes: Eyes) -> Markup | None:
    """Show the form that waits for this person; None when there is none."""
    opened = eyes.scene.opened.get(eyes.person.id)
    if not opened:
        return None
    modal, key = opened["modal"], f"{eyes.spot}-form"
    note = eyes.scene.note(eyes.person.id)
    trouble = tag("p", note.text, class_="error", role="alert") if note and not note.good else None
    fields = [_outer(eyes, one, f"{key}-{place}") for place, one in enumerate(modal["components"])]
    return tag(
        "dialog",
        tag(
            "form",
            eyes.scene.back(),
            eyes.scene.hidden("person", eyes.person.id),
            eyes.scene.hidden("interaction", opened["interaction"]),
            tag(
                "header",
                tag("h3", modal["title"], id=f"{key}-title"),
                tag("span", f"for {eyes.person.name}", class_="badge"),
            ),
            tag("div", trouble, *fields, class_="body"),
            _foot(key),
            method="post",
            action="/play/submit",
        ),
        class_="dialog modal",
        open=True,
        id=key,
        aria_labelledby=f"{key}-title",
    )


def _foot(key: str) -> Markup:
    # Enter presses the first button of a form, so that one sends.
    return tag("footer", tag("button", "Send", class_="button", id=f"{key}-send"), _never())


def _never() -> Markup:
    return tag(
        "button", "Cancel", class_="button plain", name="do", value="cancel", formnovalidate=True
    )


def _outer(eyes: Eyes, one: Json, key: str) -> Markup | None:
    if one["type"] == ROW:
        inner = one["components"][0]
        return _labelled(eyes, inner, inner.get("label", ""), "", key)
    if one["type"] == kinds.LABEL:
        words = str(one.get("label", ""))
        return _labelled(eyes, one["component"], words, one.get("description") or "", key)
    if one["type"] == TEXT:
        return tag("div", eyes.rich(one["content"]), class_="said")
    return None


def _labelled(eyes: Eyes, inner: Json, words: str, hint: str, key: str) -> Markup:
    needed = inner.get("required", True)
    label = f"{words}{'' if needed else ' (if you like)'}"
    if inner["type"] in GROUPS:
        return _group(inner, label, hint, key)
    below = tag("small", hint) if hint else None
    return tag(
        "div", tag("label", label, for_=key), below, _control(eyes, inner, key), class_="field"
    )


def _control(eyes: Eyes, one: Json, key: str) -> Markup:
    name = f"field.{one['custom_id']}"
    if one["type"] in SELECTS:
        return select_field(eyes, one, key, name)
    if one["type"] == kinds.CHECKBOX:
        ticked = bool(one.get("default"))
        return tag("input", type="checkbox", id=key, name=name, value="true", checked=ticked)
    if one["type"] != TEXT_INPUT:
        return tag("p", "The playground cannot send files in a form.", id=key, class_="small soft")
    common = {
        "id": key,
        "name": name,
        "maxlength": one.get("max_length", 4000),
        "minlength": one.get("min_length"),
        "placeholder": one.get("placeholder"),
        "required": one.get("required", True),
    }
    if one.get("style") == PARAGRAPH:
        return tag("textarea", one.get("value"), rows=4, **common)
    return tag("input", value=one.get("value"), autocomplete="off", **common)


GROUPS = {kinds.RADIO_GROUP: "radio", kinds.CHECKBOX_GROUP: "checkbox"}


def _group(one: Json, words: str, hint: str, key: str) -> Markup:
    kind, name = GROUPS[one["type"]], f"field.{one['custom_id']}"
    options = [
        tag(
            "label",
            tag(
                "input",
                type=kind,
                name=name,
                value=told["value"],
                checked=bool(told.get("default")),
            ),
            join(told["label"]),
            class_="choice",
        )
        for told in one.get("options", [])
    ]
    legend = tag("legend", words, tag("small", f" {hint}") if hint else None)
    return tag("fieldset", legend, tag("div", *options, class_="choices"), class_="field", id=key)
