"""Where somebody writes: a line to say or a command to run, and every command as a form."""

from __future__ import annotations

from botworker.standin.world import Json

from . import commands
from .html import Markup, tag
from .icons import icon
from .shown import Eyes


def say(eyes: Eyes, channel: int, where: str, action: str = "say") -> Markup:
    """Show the line to write in; typing `/` offers the commands."""
    key, who = f"{eyes.spot}-say", eyes.person.name
    label = f"Write {where} as {who}"
    slash = action == "say"
    return tag(
        "form",
        eyes.scene.back(),
        eyes.scene.hidden("person", eyes.person.id),
        eyes.scene.hidden("channel", channel),
        tag(
            "label",
            f"{label}, or run a slash command" if slash else label,
            class_="quiet",
            for_=key,
        ),
        tag(
            "input",
            id=key,
            name="content",
            placeholder=_invite(eyes, slash=slash),
            autocomplete="off",
            maxlength=2000,
            required=True,
            list=f"{key}-list" if slash else None,
            data_suggest="/play/suggest" if slash else None,
        ),
        _known(eyes, channel, key) if slash else None,
        tag("button", icon("send"), class_="button", aria_label=f"Send as {who}"),
        class_="say",
        method="post",
        action=f"/play/{action}",
    )


def _invite(eyes: Eyes, *, slash: bool) -> str:
    words = "Write" if eyes.size else f"Say something as {eyes.person.name}"
    return f"{words}, or /command" if slash else words


def _known(eyes: Eyes, channel: int, key: str) -> Markup:
    names = commands.offered(eyes.scene.parts, eyes.person.id, channel)
    options = [tag("option", one.get("description"), value=f"/{name}") for name, one in names]
    return tag("datalist", *options, id=f"{key}-list", data_keep=True)


def forms(eyes: Eyes, channel: int) -> Markup | None:
    """Show every slash command as a form, folded; it works without a script."""
    offered = list(commands.offered(eyes.scene.parts, eyes.person.id, channel))
    if not offered:
        return None
    words = f"{len(offered)} slash command{'' if len(offered) == 1 else 's'} as forms"
    return tag(
        "details",
        tag("summary", tag("span", words), icon("down")),
        tag("div", *(_form(eyes, channel, name, one) for name, one in offered), class_="stack"),
        class_="fold commands",
        id=f"{eyes.spot}-commands",
    )


def _form(eyes: Eyes, channel: int, name: str, command: Json) -> Markup:
    key = f"{eyes.spot}-{name.replace(' ', '-')}"
    fields = [_field(eyes, one, key) for one in command.get("options") or []]
    return tag(
        "form",
        eyes.scene.back(),
        eyes.scene.hidden("person", eyes.person.id),
        eyes.scene.hidden("channel", channel),
        eyes.scene.hidden("command", name),
        tag("p", tag("b", f"/{name}"), " ", tag("span", command.get("description"), class_="soft")),
        tag("div", *fields, class_="fields") if fields else None,
        tag("button", f"Run /{name}", class_="button", id=f"{key}-run"),
        class_="stack tight command",
        id=key,
        method="post",
        action="/play/run",
    )


def _field(eyes: Eyes, declared: Json, key: str) -> Markup:
    name = f"{key}-{declared['name']}"
    needed = bool(declared.get("required"))
    label = f"{declared['name']}{'' if needed else ' (if you like)'}"
    hint = tag("small", declared.get("description"))
    field = _control(eyes, declared, name, needed=needed)
    return tag("div", tag("label", label, for_=name), hint, field, class_="field")


def _control(eyes: Eyes, declared: Json, key: str, *, needed: bool) -> Markup:
    name = f"opt.{declared['name']}"
    choices = commands.choices(eyes.scene.parts, declared)
    if choices:
        options = [tag("option", words, value=value) for value, words in choices]
        return tag(
            "select", tag("option", "", value=""), *options, id=key, name=name, required=needed
        )
    if not declared.get("autocomplete"):
        kind = "number" if declared["type"] in (4, 10) else "text"
        step = "any" if declared["type"] == 10 else None
        return tag("input", id=key, name=name, type=kind, step=step, required=needed)
    return tag(
        "span",
        tag(
            "input",
            id=key,
            name=name,
            required=needed,
            autocomplete="off",
            list=f"{key}-list",
            data_suggest="/play/complete",
            data_option=declared["name"],
        ),
        tag("datalist", id=f"{key}-list", data_keep=True),
    )


def threading(eyes: Eyes, channel: int) -> Markup | None:
    """Offer to begin a thread in a channel, or to put away the thread one is in."""
    told = eyes.scene.parts.store.channels.all.get(channel)
    if not told or not eyes.person.in_guild:
        return None
    hidden = [
        eyes.scene.back(),
        eyes.scene.hidden("person", eyes.person.id),
        eyes.scene.hidden("channel", channel),
    ]
    if "thread_metadata" in told:
        away = tag("button", "Put this thread away", class_="button plain small", name="do",
                   value="archive", id="thread-away")  # fmt: skip
        return tag("form", *hidden, away, method="post", action="/play/thread")
    key = f"{eyes.spot}-thread"
    field = tag("input", id=key, name="content", required=True, maxlength=100, autocomplete="off")
    button = tag("button", icon("thread"), "Begin", class_="button", id=f"{key}-go")
    form = tag("form", *hidden, tag("label", "Name of the thread", for_=key, class_="quiet"), field,
               button, class_="find", method="post", action="/play/thread")  # fmt: skip
    head = tag("summary", tag("span", "Begin a thread"), icon("down"))
    return tag("details", head, form, class_="fold", id=f"{key}s")
