"""The consent page: choose who signs in."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from botworker.standin.oauth import ASKS
from botworker.standin.parts import Parts
from botworker.standin.world import Person

from .faces import bot_face, face
from .frame import drill, main, page
from .html import Markup, join, tag
from .icons import icon

SCOPES = {
    "identify": "your name and picture",
    "email": "your e-mail address",
    "guilds": "which servers you are in",
}
NEVER = {"email": "your e-mail", "guilds": "your servers", "messages.read": "your messages"}


def consent(parts: Parts, ask: Mapping[str, str]) -> web.Response:
    """Show what is asked for and everybody one can be."""
    back = urlsplit(ask["redirect_uri"])
    floor = tag("div", _asks(parts, ask), _people(parts, ask), class_="floor")
    band = drill(
        "Drill. Who do you want to be?",
        tag(
            "p",
            "This stands in for Discord’s own sign-in page. Nobody’s password is asked for, "
            "and nothing leaves your machine.",
        ),
        tag("p", "Back to ", tag("code", f"{back.netloc}{back.path}"), class_="small"),
    )
    home = f"{back.scheme}://{back.netloc}"
    return page(parts, "Drill sign-in", main(band, floor), form_goes_to=home)


def _asks(parts: Parts, ask: Mapping[str, str]) -> Markup:
    wanted = ask.get("scope", "").split()
    never = [text for scope, text in NEVER.items() if scope not in wanted]
    heading = tag("h2", f"{parts.world.application.name} asks for", id="asks-title")
    return tag(
        "section",
        tag("header", bot_face(), heading, class_="row stay"),
        tag("ul", *(_wanted(scope) for scope in wanted), class_="stack tight"),
        tag("hr"),
        tag("ul", *(_line("x", f"not {text}", "soft") for text in never), class_="stack tight"),
        tag("dl", *_checked(), class_="facts small"),
        class_="sheet",
        id="asks",
        aria_labelledby="asks-title",
    )


def _wanted(scope: str) -> Markup:
    text = SCOPES.get(scope, "something the stand-in does not know")
    return _line("check", join(text, tag("br"), tag("small", tag("code", scope))))


def _line(sign: str, text: str, tone: str = "") -> Markup:
    return tag("li", icon(sign), tag("span", text), class_=f"row stay {tone}".strip())


def _checked() -> list[Markup]:
    facts = {"PKCE": "S256", "state": "present"}
    return [join(tag("dt", key), tag("dd", value)) for key, value in facts.items()]


def _people(parts: Parts, ask: Mapping[str, str]) -> Markup:
    hidden = [tag("input", type="hidden", name=key, value=ask.get(key, "")) for key in ASKS]
    hint = tag("span", "one press is the whole consent", class_="small soft")
    return tag(
        "form",
        *hidden,
        tag("header", tag("h2", "Sign in as", id="people-title"), hint),
        tag("div", *(_persona(one) for one in parts.store.people.values()), class_="personas"),
        tag("footer", _no(), tag("span", NO_HINT, class_="small soft"), class_="row between"),
        class_="sheet",
        id="people",
        method="post",
        action="/oauth2/authorize",
        aria_labelledby="people-title",
    )


NO_HINT = "Slomix has to cope with a no, too."


def _no() -> Markup:
    return tag(
        "button", icon("x"), "Say no, go back", class_="button", name="deny", value="access_denied"
    )


def _persona(person: Person) -> Markup:
    name = tag("b", tag("bdi", person.name, title=person.name))
    who = tag("span", name, tag("small", person.note or person.username), class_="who")
    return tag("button", face(person), who, class_="persona", name="person", value=person.id)


def refused(parts: Parts, reason: str) -> web.Response:
    """Say in words why this sign-in is not shown."""
    band = drill(
        "Drill. That sign-in is wrong.",
        tag("p", reason),
        tag("p", "The site asked for it, so the fault is there, not yours.", class_="small"),
        tag("p", tag("a", "To the playground", href="/")),
    )
    return page(parts, "Drill sign-in refused", main(band), status=400)
