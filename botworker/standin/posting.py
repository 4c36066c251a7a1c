"""Saying, changing and deleting a message: store it, then tell the bots that listen."""

from __future__ import annotations

from collections.abc import Iterable

from . import mentions, shapes, uploads, validate
from .errors import Problem, invalid_form, refusal
from .gateway.hub import Hub
from .gateway.intents import DIRECT_MESSAGES, GUILD_MESSAGES
from .life import threads
from .snowflakes import now_text, seconds_since
from .store import Post, Store
from .uploads import Upload, Uploads
from .world import Json, Person

REPLY, FORWARD = 0, 1
IN_A_SNAPSHOT = (
    "type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags",
    "mentions", "mention_roles", "components",
)  # fmt: skip


class Posting:
    """Writes messages. Everything that shows up in a channel comes through here."""

    def __init__(
        self, store: Store, hub: Hub, nonce_window: float, files: Uploads | None = None
    ) -> None:
        self.store = store
        self.hub = hub
        self.nonce_window = nonce_window
        self.files = files or Uploads()

    def say(
        self,
        channel: int,
        author: Json,
        body: Json,
        *,
        only_for: int | None = None,
        more: Json | None = None,
    ) -> Json:
        """Create a message, or give back the earlier one when its nonce is repeated.

        `more` is what the message has beside what the body says: attachments, type, metadata.
        """
        if earlier := self._earlier(body):
            return self.told(earlier)
        message = shapes.message(self.store.snowflakes.next(), channel, author, body)
        message |= self._pings(message["content"], body.get("allowed_mentions"))
        message |= {"nonce": body["nonce"]} if body.get("nonce") else {}
        message |= self._reference(message, body)
        message |= more or {}
        self.store.put(message, only_for=only_for, nonce=_nonce_key(body))
        threads.spoken(self, channel, int(author["id"]))
        if only_for is None:
            self._tell("MESSAGE_CREATE", message)
        return self.told(message)

    def change(self, post: Post, body: Json, more: Json | None = None) -> Json:
        """Edit a message; what the body does not name stays as it is."""
        message = {**post.message, "edited_timestamp": now_text(), **_changed(body, post.message)}
        message |= more or {}
        message["flags"] &= ~shapes.LOADING
        validate.check_something(message)
        if "content" in body:
            message |= self._pings(message["content"], body.get("allowed_mentions"))
        self.store.put(message, only_for=post.only_for)
        if post.only_for is None:
            self._tell("MESSAGE_UPDATE", message)
        return self.told(message)

    def remove(self, post: Post) -> None:
        self.store.delete(post.id)
        threads.unspoken(self, int(post.message["channel_id"]))
        if post.only_for is None:
            self.tell("MESSAGE_DELETE", post, {"id": post.message["id"]})

    def remove_all(self, channel: int, posts: list[Post]) -> None:
        """Delete many at once, with one event for all."""
        for post in posts:
            self.store.delete(post.id)
        ids = [post.message["id"] for post in posts]
        self._send("MESSAGE_DELETE_BULK", channel, {"ids": ids, "channel_id": str(channel)})

    def attached(
        self, channel: int, body: Json, files: list[Upload], kept: Iterable[Json] = ()
    ) -> Json:
        """Keep a request's files and give the message's `attachments`, if it names any."""
        if body.get("attachments") is None and not files:
            return {}
        told = body.get("attachments")
        if told is None:
            told = [{"id": one["id"]} for one in kept]
        numbers = [self.store.snowflakes.next() for _ in files]
        url = f"http://{self.files.host}/attachments/{channel}"
        found = uploads.attachments(told, files, list(kept), url, numbers)
        for about, file in found:
            if file:
                name = uploads.safe_name(about["filename"])
                self.files.keep(f"{channel}/{about['id']}/{name}", file.content)
        return {"attachments": [about for about, _ in found]}

    # --- what bots are told ------------------------------------------------------------------

    def told(self, message: Json) -> Json:
        """Give a message as Discord returns it: a reply together with what it answers."""
        if message["type"] != shapes.REPLY:
            return message
        earlier = self.store.posts.get(int(message["message_reference"]["message_id"]))
        return {**message, "referenced_message": earlier.message if earlier else None}

    def event(self, message: Json) -> Json:
        """Add to a message what only the gateway's events carry."""
        message = self.told(message)
        if self.store.person_behind(int(message["channel_id"])):
            return message
        guild = self.store.guild_of(int(message["channel_id"]))
        extra: Json = {"guild_id": str(guild)}
        person = self._author(message)
        if person and (member := self.store.guilds.members[guild].get(person.id)):
            extra["member"] = member
        return {**message, **extra}

    def tell(
        self, name: str, post: Post, data: Json, intents: tuple[int, int] | None = None
    ) -> None:
        """Send an event about a message; intents are those for the guild and for DMs."""
        channel = int(post.message["channel_id"])
        about = {"message_id": post.message["id"]} if "id" not in data else {}
        self._send(name, channel, {**about, "channel_id": str(channel), **data}, intents)

    def _send(
        self, name: str, channel: int, data: Json, intents: tuple[int, int] | None = None
    ) -> None:
        guild, direct = intents or (GUILD_MESSAGES, DIRECT_MESSAGES)
        if self.store.person_behind(channel):
            self.hub.tell(name, data, direct)
        else:
            here = {"guild_id": str(self.store.guild_of(channel))}
            self.hub.tell(name, {**here, **data}, guild)

    def _tell(self, name: str, message: Json) -> None:
        direct = self.store.person_behind(int(message["channel_id"]))
        self.hub.tell(name, self.event(message), DIRECT_MESSAGES if direct else GUILD_MESSAGES)

    def _author(self, message: Json) -> Person | None:
        return self.store.people.get(int(message.get("author", {}).get("id", 0)))

    # --- parts of a message --------------------------------------------------------------------

    def _earlier(self, body: Json) -> Json | None:
        key = _nonce_key(body)
        message_id = self.store.nonces.get(key) if key and body.get("enforce_nonce") else None
        if message_id is None or seconds_since(message_id) > self.nonce_window:
            return None
        if message_id not in self.store.posts:
            raise refusal(10008)
        return self.store.posts[message_id].message

    def _reference(self, message: Json, body: Json) -> Json:
        """Answer or forward another message; refused when there is no such message."""
        wanted = body.get("message_reference")
        if not wanted:
            return {}
        earlier = self.store.posts.get(int(wanted.get("message_id") or 0))
        channel = str(wanted.get("channel_id") or message["channel_id"])
        if not earlier or earlier.only_for or earlier.message["channel_id"] != channel:
            if wanted.get("fail_if_not_exists", True):
                code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
                raise invalid_form([Problem("message_reference", code, "Unknown message")])
            return {}
        kind = int(wanted.get("type") or REPLY)
        reference = {"type": kind, "channel_id": channel, "message_id": earlier.message["id"]}
        if not self.store.person_behind(int(channel)):
            reference["guild_id"] = str(self.store.guild_of(int(channel)))
        if kind == FORWARD:
            shot = {name: earlier.message[name] for name in IN_A_SNAPSHOT}
            return {"message_reference": reference, "message_snapshots": [{"message": shot}]}
        pinged = message["mentions"]
        if _pings_the_other(body.get("allowed_mentions")):
            author = earlier.message["author"]
            pinged = [author, *(one for one in pinged if one["id"] != author["id"])]
        return {"type": shapes.REPLY, "message_reference": reference, "mentions": pinged}

    def _pings(self, content: str, allowed: Json | None) -> Json:
        if "@" not in content:
            return {"mentions": [], "mention_roles": [], "mention_everyone": False}
        known = self.store.people
        people = [known[one] for one in mentions.pinged_people(content, allowed) if one in known]
        return {
            "mentions": [shapes.user(one) for one in people],
            "mention_roles": [str(one) for one in mentions.pinged_roles(content, allowed)],
            "mention_everyone": mentions.pings_everyone(content, allowed),
        }


def _pings_the_other(allowed: Json | None) -> bool:
    return True if allowed is None else bool(allowed.get("replied_user"))


def _nonce_key(body: Json) -> str | None:
    # Only the bot sends nonces, so per author means one namespace.
    return None if body.get("nonce") is None else str(body["nonce"])


def _changed(body: Json, before: Json) -> Json:
    changed: Json = {}
    if "content" in body:
        changed["content"] = body["content"] or ""
    if "embeds" in body:
        changed["embeds"] = shapes.embeds(body)
    if "components" in body:
        changed["components"] = shapes.numbered(body["components"] or [])
    if body.get("flags") is not None:
        # What makes a message private, or a layout, stays as it was made.
        lasting = before["flags"] & (shapes.EPHEMERAL | shapes.LOADING | shapes.LAYOUT)
        changed["flags"] = int(body["flags"]) & shapes.KEPT_FLAGS | lasting
    return changed
