"""Everybody: where they are, how they may be reached, and the switches of each."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from botworker.standin.parts import Parts
from botworker.standin.signal.memory import OFFLINE, UNREGISTERED
from botworker.standin.telegram.memory import BLOCKED, DEACTIVATED, STARTED
from botworker.standin.world import Json, Person

from . import journal
from .faces import face
from .frame import main, page
from .html import Markup, join, tag
from .icons import icon

LEAD = "Let somebody leave, close their door, or switch their phone off, and see whom Slomix still reaches and how."


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of one person on every service."""

    parts: Parts
    person: Person

    @property
    def roles(self) -> list[Json]:
        """Their roles on the server, without @everyone."""
        store, guild = self.parts.store, self.parts.world.guild.id
        mine = store.guilds.members[guild].get(self.person.id, {"roles": []})["roles"]
        return [one for one in self.choosable if one["id"] in mine]

    @property
    def choosable(self) -> list[Json]:
        """Every role that can be given by hand; a bot's own cannot."""
        guild = self.parts.world.guild.id
        roles = self.parts.store.guilds.roles[guild].values()
        return [one for one in roles if int(one["id"]) != guild and not one.get("managed")]

    @property
    def voice(self) -> str:
        """The voice channel they are in."""
        state = self.parts.store.voice.states.get((self.parts.world.guild.id, self.person.id))
        told = self.parts.store.channels.all.get(int(state["channel_id"])) if state else None
        return str(told["name"]) if told else ""

    def telegram(self, flag: str) -> bool:
        """Say whether something is so of their Telegram chat."""
        telegram = self.parts.elsewhere.telegram
        return telegram.memory.has(telegram.chat_of(self.person.id), flag)

    def signal(self, flag: str) -> bool:
        """Say whether something is so of their Signal."""
        return self.parts.elsewhere.signal.memory.has(self.person.id, flag)


def people(parts: Parts) -> web.Response:
    """Show everybody, each with a fold of switches."""
    rows = [_person(Known(parts, one)) for one in parts.store.people.values()]
    count = f"{len(parts.store.members())} of {len(rows)} are on the server"
    head = tag(
        "header",
        tag("h1", "People", class_="title"),
        tag("p", LEAD, class_="lead"),
        class_="page-head",
    )
    sheet = tag(
        "section",
        tag("header", tag("h2", parts.world.guild.name, id="people-title"), tag("span", count, class_="small soft")),
        tag("ul", *rows, class_="everybody"),
        _new_role(),
        class_="sheet",
        id="people",
        aria_labelledby="people-title",
    )  # fmt: skip
    return page(parts, "People", main(head, sheet), tab="/people")


def _new_role() -> Markup:
    """Offer to make a role, which can then be given to people."""
    field = tag("input", id="new-role", name="content", maxlength=100, required=True,
                autocomplete="off")  # fmt: skip
    return tag(
        "form",
        tag("input", type="hidden", name="back", value="/people"),
        tag("label", "Make a role to give to people", for_="new-role", class_="small soft"),
        tag("div", field, tag("button", icon("plus"), "Make it", class_="button"), class_="find"),
        class_="stack tight",
        method="post",
        action="/play/new-role",
    )


def _person(known: Known) -> Markup:
    person = known.person
    name = tag("b", tag("bdi", person.name, title=person.name))
    who = tag("span", name, tag("small", person.note or person.username), class_="who")
    summary = tag(
        "summary", face(person), who, tag("span", *_badges(known), class_="row marks"), icon("down")
    )
    body = tag(
        "div",
        _discord(known),
        _roles(known),
        _elsewhere(known),
        _links(known),
        class_="switches-of",
    )
    return tag("li", tag("details", summary, body, id=f"p{person.id}", class_="fold"))


def _badges(known: Known) -> list[Markup]:
    person = known.person
    told = {
        "not on the server": not person.in_guild,
        "DMs closed": person.dms_closed,
        "Telegram blocked": known.telegram(BLOCKED),
        "Telegram deleted": known.telegram(DEACTIVATED),
        "Signal deleted": known.signal(UNREGISTERED),
        "phone off": known.signal(OFFLINE),
    }
    bad = [tag("span", words, class_="badge bad") for words, so in told.items() if so]
    roles = [tag("span", f"@{one['name']}", class_="badge") for one in known.roles]
    voice = (
        [tag("span", icon("voice"), known.voice, class_="badge available")] if known.voice else []
    )
    return [*bad, *voice, *roles]


def _discord(known: Known) -> Markup:
    person = known.person
    there, shut = person.in_guild, person.dms_closed
    return _group(
        "Discord",
        _switch(known, "member", "leave", "Leave the server")
        if there
        else _switch(known, "member", "join", "Join the server"),
        _switch(known, "dms", "open", "Open direct messages")
        if shut
        else _switch(known, "dms", "close", "Close direct messages"),
    )


def _elsewhere(known: Known) -> Markup:
    blocked, offline = known.telegram(BLOCKED), known.signal(OFFLINE)
    deleted, gone = known.telegram(DEACTIVATED), known.signal(UNREGISTERED)
    started = "" if known.telegram(STARTED) else " (has not written /start yet)"
    return join(
        _group(
            f"Telegram{started}",
            _switch(known, "telegram-flag", "unblock" if blocked else "block",
                    "Unblock the bot" if blocked else "Block the bot"),
            _switch(known, "telegram-flag", "restore" if deleted else "delete",
                    "Undo the deletion" if deleted else "Delete the account"),
        ),
        _group(
            f"Signal, {known.parts.elsewhere.signal.number_of(known.person.id)}",
            _switch(known, "signal-flag", "online" if offline else "offline",
                    "Switch the phone on" if offline else "Switch the phone off"),
            _switch(known, "signal-flag", "restore" if gone else "delete",
                    "Undo the deletion" if gone else "Delete the account"),
            _switch(known, "signal-flag", "rekey", "Get a new phone (new keys)"),
        ),
    )  # fmt: skip


def _roles(known: Known) -> Markup | None:
    if not known.person.in_guild or not known.choosable:
        return None
    mine = known.roles
    rest = [one for one in known.choosable if one not in mine]
    taken = [_role(known, "take", one, f"Take @{one['name']}") for one in mine]
    given = [_role(known, "give", one, f"Give @{one['name']}") for one in rest]
    return _group("Roles", *taken, *given)


def _role(known: Known, do: str, role: Json, words: str) -> Markup:
    extra = tag("input", type="hidden", name="role", value=role["id"])
    return _switch(known, "role", do, words, extra, key=str(role["id"]))


def _group(title: str, *switches: Markup) -> Markup:
    return tag(
        "section", tag("h3", title), tag("div", *switches, class_="row"), class_="stack tight"
    )


def _switch(
    known: Known, action: str, do: str, words: str, extra: Markup | None = None, key: str = ""
) -> Markup:
    who = known.person.id
    button = tag(
        "button", words, class_="button", name="do", value=do, id=f"{action}-{do}-{who}{key}",
        aria_label=f"{words}: {known.person.name}",
    )  # fmt: skip
    hidden = [
        tag("input", type="hidden", name="back", value="/people"),
        tag("input", type="hidden", name="person", value=who),
    ]
    return tag("form", *hidden, extra, button, method="post", action=f"/play/{action}")


def _links(known: Known) -> Markup:
    who = known.person
    be = tag("a", icon("swap"), f"Be {who.name}", class_="button plain", href=f"/?as={who.id}")
    asked = tag(
        "a",
        icon("list"),
        "What was asked for them",
        class_="button plain",
        href=journal.link(who.id),
    )
    return tag("div", be, asked, class_="row")
