"""/channels: what the bot says, reads, changes and deletes."""

from botworker.standin import checks, shapes, validate
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.gateway.intents import without_content
from botworker.standin.life import looks
from botworker.standin.life.channels import is_thread
from botworker.standin.snowflakes import seconds_since
from botworker.standin.store import Post
from botworker.standin.world import Json

from .call import Call
from .permissions import MANAGE_MESSAGES, READ_HISTORY, may, may_say, needs

TWO_WEEKS = 14 * 86_400.0
LEAST_AT_ONCE, MOST_AT_ONCE = 2, 100


def channel(call: Call) -> Json:
    """Give a DM or guild channel."""
    if owner := call.owner():
        return shapes.dm_channel(call.id("channel"), owner)
    found = call.guild_channel()
    if is_thread(found):
        return looks.told_to(call.parts.store, call.id("channel"), int(call.bot["id"]))
    return looks.shown(call.parts.store, found)


def typing(call: Call) -> None:
    """Show that the bot types; nobody looks."""
    call.channel()


def create(call: Call) -> Json:
    """Say something: 50007 for closed DMs, 50278 for somebody who left, 50013 without the right."""
    channel_id = call.channel()
    call.notice(call.body, validate.CREATE_FIELDS)
    body = call.with_files()
    validate.check_new(body)
    may_say(call, body)
    # Only the answer to an interaction can be for one person alone.
    body["flags"] = int(body.get("flags") or 0) & ~(shapes.EPHEMERAL | shapes.LOADING)
    more = call.attached(channel_id, body)
    return call.posting.say(channel_id, call.bot, body, more=more)


def one(call: Call) -> Json:
    """Give one message."""
    return _readable(call, call.post().message)


def _readable(call: Call, message: Json) -> Json:
    """Empty what a bot without the message content intent may not read, here as on the gateway.

    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    told = call.posting.told(message)
    if call.owner() or call.parts.world.application.privileged_intents:
        return told
    guild = str(call.parts.store.guild_of(call.channel()))
    shown = without_content({**told, "guild_id": guild}, call.bot["id"], 0)
    return {name: value for name, value in shown.items() if name != "guild_id"}


def history(call: Call) -> list[Json]:
    """List messages newest first, before, after or around one of them.

    Empty, and no refusal, where the bot may not read the history.
    https://discord.com/developers/docs/resources/message#get-channel-messages
    """
    posts = [post for post in call.parts.store.in_channel(call.channel()) if not post.only_for]
    limit = call.number("limit", 50)
    if problems := list(checks.whole(1, 100)(limit, "limit")):
        raise invalid_form(problems)
    if not may(call, READ_HISTORY):
        return []
    return [_readable(call, post.message) for post in reversed(_page(posts, call, limit))]


def _page(posts: list[Post], call: Call, limit: int) -> list[Post]:
    if "after" in call.query:
        after = call.number("after", 0)
        return [post for post in posts if post.id > after][:limit]
    if "around" in call.query:
        middle = call.number("around", 0)
        earlier = [post for post in posts if post.id < middle][-(limit // 2) :]
        later = [post for post in posts if post.id >= middle]
        return earlier + later[: limit - len(earlier)]
    before = call.number("before", 1 << 63)
    return [post for post in posts if post.id < before][-limit:]


def edit(call: Call) -> Json:
    """Change one of the bot's own messages; of another's only whether embeds are shown."""
    call.notice(call.body, validate.EDIT_FIELDS)
    post = call.post()
    if post.message["author"]["id"] != call.bot["id"]:
        if set(call.body) - {"flags", "tts"}:
            raise refusal(50005)
        needs(call, MANAGE_MESSAGES)
    validate.check_edit(call.body, post.message)
    more = call.attached(call.channel(), call.body, post.message["attachments"])
    return call.posting.change(post, call.body, more)


def delete(call: Call) -> None:
    """Delete a message; in a DM only the bot's own."""
    post = call.post()
    if post.message["author"]["id"] != call.bot["id"]:
        needs(call, MANAGE_MESSAGES)
    call.posting.remove(post)


def bulk_delete(call: Call) -> None:
    """Delete 2 to 100 messages; 50034 when one is older than two weeks, unknown ones pass."""
    channel_id, wanted = call.channel(), call.body.get("messages")
    needs(call, MANAGE_MESSAGES)
    if not isinstance(wanted, list) or not all(str(one).isdecimal() for one in wanted):
        words = "Only iterables may be used in a ListType"
        raise invalid_form([Problem("messages", "LIST_TYPE_CONVERT", words)])
    ids = dict.fromkeys(int(one) for one in wanted)
    if not LEAST_AT_ONCE <= len(ids) <= MOST_AT_ONCE:
        raise refusal(50016)
    if any(seconds_since(one) > TWO_WEEKS for one in ids):
        raise refusal(50034)
    found = [post for post in call.parts.store.in_channel(channel_id) if post.id in ids]
    call.posting.remove_all(channel_id, [post for post in found if not post.only_for])
