"""The JSON door to who somebody is, at /auth."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Literal

from django.contrib.auth import logout
from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from pydantic import ConfigDict, Field

from accounts import access, actions, auth, limits, players, sessions
from accounts.models import Player, PlayerLink, User
from slomix import person as people
from slomix.lib import clock, errors
from slomix.lib.errors import Refused

api = NinjaAPI(
    title="Slomix, who you are",
    version="0.1.0",
    urls_namespace="auth",
    # Published together with the rest, at /api/openapi.json.
    docs_url=None,
    openapi_url=None,
)
errors.install(api)
SEARCHES = limits.Limit("player_search", 30, timedelta(minutes=1))


class Choice(Schema):
    """Which player somebody is. The name is ours to know; one that is sent along is not read."""

    player_guid: str = Field(max_length=64)
    player_name: str | None = Field(None, max_length=64)


class Name(Schema):
    """What somebody wants to be called: any name, one their player wore, or the player's own."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["custom", "alias", "reset"]
    name: str = Field("", max_length=200)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        yield
    except actions.PlayerTaken as taken:
        raise Refused(409, str(taken), "player_guid") from taken
    except actions.LinkRefused as refused:
        raise Refused(400, str(refused), "player_guid") from refused
    except actions.NotFresh as stale:
        raise Refused(403, str(stale)) from stale
    except actions.UnlinkRefused as refused:
        raise Refused(400, str(refused)) from refused
    except actions.NameRefused as refused:
        raise Refused(400, str(refused), "name") from refused


@api.get("/me", auth=auth.session)
def me(request: HttpRequest) -> dict[str, Any]:
    person = auth.person(request)
    account = getattr(person, "discord", None)
    found = access.of(person)
    return {
        "id": str(account.discord_id) if account else None,
        "website_user_id": person.pk,
        "username": account.username if account else None,
        "display_name": person.name,
        "linked_player": _player(person),
        "is_admin": found.admin,
        "can_promote": found.promoter,
    }


@api.get("/link/status", auth=None)
def status(request: HttpRequest) -> dict[str, Any]:
    person = auth.viewer(request)
    found = access.of(request.user)
    shown: dict[str, Any] = {
        "authenticated": found.authenticated,
        "discord_linked": found.has_discord,
        "player_linked": found.linked,
    }
    if person is None:
        return shown
    account = getattr(person, "discord", None)
    return shown | {
        "discord_user_id": str(account.discord_id) if account else None,
        "website_user_id": person.pk,
        "linked_player": _player(person),
    }


def _player(person: User) -> dict[str, Any] | None:
    link = PlayerLink.objects.select_related("player").filter(user=person).first()
    if link is None:
        return None
    return {
        "guid": link.player.guid,
        "name": link.player.name,
        "proof": link.proof,
        "pending": link.player.pending,
    }


@api.get("/players/search", auth=auth.session)
def search(request: HttpRequest, q: str = "") -> dict[str, Any]:
    person = auth.person(request)
    wait = limits.take(SEARCHES, f"person {person.pk}", at=clock.now())
    if wait:
        raise Refused(429, f"That was too often. Wait {wait} s, then try again.")
    if len(players.folded(q[:64])) < players.SHORTEST:
        raise Refused(400, "Write 2 letters or more.", "q")
    return {"players": [_found(player) for player in players.search(q[:64])]}


@api.get("/players/suggestions", auth=auth.session)
def suggestions(request: HttpRequest) -> dict[str, Any]:
    found = players.suggestions(auth.person(request))
    return {"suggestions": [_found(one) for one in found], "ambiguous": len(found) > 1}


def _found(player: Player) -> dict[str, Any]:
    return {
        "guid": player.guid,
        "name": player.name,
        "clean_name": players.COLOUR.sub("", player.name).strip(),
        "taken": hasattr(player, "link"),
    }


@api.post("/link", auth=auth.session)
def link(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    person = auth.person(request)
    with refusals():
        actions.link_player(person=person, guid=choice.player_guid, at=clock.now(), door="api")
    return {"success": True, "linked_player": _player(person)}


@api.delete("/link", auth=auth.session)
def unlink(request: HttpRequest) -> dict[str, Any]:
    with refusals():
        people.unlink_player(person=auth.person(request), at=clock.now(), door="api")
    return {"success": True, "linked_player": None}


@api.post("/discord/unlink", auth=auth.session)
def unlink_discord(request: HttpRequest) -> dict[str, Any]:
    with refusals():
        people.unlink_discord(
            person=auth.person(request),
            at=clock.now(),
            signed_in_at=sessions.signed_in_at(request),
            door="api",
        )
    logout(request)
    return {"success": True, "redirect_url": "/"}


@api.get("/account/aliases", auth=auth.session)
def aliases(request: HttpRequest) -> dict[str, Any]:
    person = auth.linked(request)
    return {"aliases": actions.aliases_of(person), "display_name": person.name}


@api.post("/account/display-name", auth=auth.session)
def rename(request: HttpRequest, wish: Name) -> dict[str, Any]:
    person = auth.linked(request)
    with refusals():
        if wish.action == "custom":
            actions.set_display_name(person=person, name=wish.name, at=clock.now(), door="api")
        elif wish.action == "alias":
            actions.use_alias(person=person, name=wish.name, at=clock.now(), door="api")
        else:
            actions.reset_display_name(person=person, at=clock.now(), door="api")
    return {"success": True, "display_name": person.name}
