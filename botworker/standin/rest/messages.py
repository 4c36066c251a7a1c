"""/channels: what the bot says, reads, changes and deletes."""

from botworker.standin import shapes, validate
from botworker.standin.errors import refusal
from botworker.standin.store import Post
from botworker.standin.world import Json

from .call import Call


def channel(call: Call) -> Json:
    """Give a DM or guild channel."""
    if owner := call.owner():
        return shapes.dm_channel(call.id("channel"), owner)
    return shapes.channel(call.guild_channel(), call.parts.world)


def typing(call: Call) -> None:
    """Show that the bot types; nobody looks."""
    call.channel()


def create(call: Call) -> Json:
    """Say something: 50007 for closed DMs, 50278 for somebody who left the server."""
    channel_id = call.channel()
    call.notice(call.body, validate.CREATE_FIELDS)
    validate.check_new(call.body)
    if owner := call.owner():
        _may_write_to(in_guild=owner.in_guild, dms_closed=owner.dms_closed)
    return call.posting.say(channel_id, call.bot, call.body)


def _may_write_to(*, in_guild: bool, dms_closed: bool) -> None:
    if not in_guild:
        raise refusal(50278)
    if dms_closed:
        raise refusal(50007)


def one(call: Call) -> Json:
    """Give one message."""
    return call.post().message


def history(call: Call) -> list[Json]:
    """List messages newest first, before, after or around one of them."""
    posts = [post for post in call.parts.store.in_channel(call.channel()) if not post.only_for]
    limit = max(1, min(100, call.number("limit", 50)))
    return [post.message for post in reversed(_page(posts, call, limit))]


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
    """Change one of the bot's own messages."""
    call.notice(call.body, validate.EDIT_FIELDS)
    post = call.post()
    if post.message["author"]["id"] != call.bot["id"]:
        raise refusal(50005)
    validate.check_edit(call.body)
    return call.posting.change(post, call.body)


def delete(call: Call) -> None:
    """Delete a message; in a DM only the bot's own."""
    post = call.post()
    if call.owner() and post.message["author"]["id"] != call.bot["id"]:
        raise refusal(50003)
    call.posting.remove(post)
