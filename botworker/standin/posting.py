"""Saying, changing and deleting a message: store it, then tell the bots that listen."""

from __future__ import annotations

from . import mentions, shapes, validate
from .errors import refusal
from .gateway.hub import Hub
from .gateway.intents import DIRECT_MESSAGES, GUILD_MESSAGES
from .snowflakes import now_text, seconds_since
from .store import Post, Store
from .world import Json, Person


class Posting:
    """Writes messages. Everything that shows up in a channel comes through here."""

    def __init__(self, store: Store, hub: Hub, nonce_window: float) -> None:
        self.store = store
        self.hub = hub
        self.nonce_window = nonce_window

    def say(self, channel: int, author: Json, body: Json, *, only_for: int | None = None) -> Json:
        """Create a message, or give back the earlier one when its nonce is repeated."""
        if earlier := self._earlier(body):
            return earlier
        message = shapes.message(self.store.snowflakes.next(), channel, author, body)
        message |= self._pings(message["content"], body.get("allowed_mentions"))
        message |= {key: body[key] for key in ("nonce", "message_reference") if body.get(key)}
        self.store.put(message, only_for=only_for, nonce=_nonce_key(body))
        if only_for is None:
            self._tell("MESSAGE_CREATE", message)
        return message

    def change(self, post: Post, body: Json) -> Json:
        """Edit a message; what the body does not name stays as it is."""
        message = {**post.message, "edited_timestamp": now_text(), **_changed(body)}
        message["flags"] &= ~shapes.LOADING
        validate.check_something(message)
        if "content" in body:
            message |= self._pings(message["content"], body.get("allowed_mentions"))
        self.store.put(message, only_for=post.only_for)
        if post.only_for is None:
            self._tell("MESSAGE_UPDATE", message)
        return message

    def remove(self, post: Post) -> None:
        self.store.delete(post.id)
        gone = {"id": post.message["id"], "channel_id": post.message["channel_id"]}
        if post.only_for is None:
            self._tell("MESSAGE_DELETE", gone)

    def event(self, message: Json) -> Json:
        """Add to a message what only the gateway's events carry."""
        if self.store.person_behind(int(message["channel_id"])):
            return message
        extra: Json = {"guild_id": str(self.store.world.guild.id)}
        person = self._author(message)
        if person:
            extra["member"] = shapes.member({}, person.roles)
            del extra["member"]["user"]
        return {**message, **extra}

    def _author(self, message: Json) -> Person | None:
        return self.store.people.get(int(message.get("author", {}).get("id", 0)))

    def _tell(self, name: str, message: Json) -> None:
        direct = self.store.person_behind(int(message["channel_id"]))
        self.hub.tell(name, self.event(message), DIRECT_MESSAGES if direct else GUILD_MESSAGES)

    def _earlier(self, body: Json) -> Json | None:
        key = _nonce_key(body)
        message_id = self.store.nonces.get(key) if key and body.get("enforce_nonce") else None
        if message_id is None or seconds_since(message_id) > self.nonce_window:
            return None
        if message_id not in self.store.posts:
            raise refusal(10008)
        return self.store.posts[message_id].message

    def _pings(self, content: str, allowed: Json | None) -> Json:
        known = self.store.people
        people = [known[one] for one in mentions.pinged_people(content, allowed) if one in known]
        return {
            "mentions": [shapes.user(one) for one in people],
            "mention_roles": [str(one) for one in mentions.pinged_roles(content, allowed)],
            "mention_everyone": mentions.pings_everyone(content, allowed),
        }


def _nonce_key(body: Json) -> str | None:
    # Only the bot sends nonces, so per author means one namespace.
    return None if body.get("nonce") is None else str(body["nonce"])


def _changed(body: Json) -> Json:
    changed: Json = {}
    if "content" in body:
        changed["content"] = body["content"] or ""
    if "embeds" in body:
        changed["embeds"] = shapes.embeds(body)
    if "components" in body:
        changed["components"] = shapes.numbered(body["components"] or [])
    if body.get("flags") is not None:
        changed["flags"] = int(body["flags"]) & shapes.KEPT_FLAGS
    return changed
