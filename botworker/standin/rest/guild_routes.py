"""Which verb answers which route about servers."""

from __future__ import annotations

from . import channels, events, guilds, members, roles, threads, voice
from .call import Verb

GUILD = r"/guilds/{guild:\d+}"
MEMBER = GUILD + r"/members/{user:\d+}"
ROLE = r"/roles/{role:\d+}"
CHANNEL = r"/channels/{channel:\d+}"
EVENT = GUILD + r"/scheduled-events/{event:\d+}"
IN_THREAD = CHANNEL + "/thread-members"

ROUTES: list[tuple[str, str, Verb]] = [
    ("GET", "/users/@me/guilds", guilds.mine),
    ("DELETE", r"/users/@me/guilds/{guild:\d+}", guilds.leave),
    ("GET", GUILD, guilds.guild),
    ("PATCH", GUILD, guilds.edit),
    ("GET", GUILD + "/members", members.listed),
    ("GET", GUILD + "/members/search", members.search),
    ("PATCH", GUILD + "/members/@me", members.edit_me),
    ("GET", MEMBER, members.member),
    ("PATCH", MEMBER, members.edit),
    ("DELETE", MEMBER, members.kick),
    ("PUT", MEMBER + ROLE, roles.give),
    ("DELETE", MEMBER + ROLE, roles.take),
    ("GET", GUILD + "/roles", roles.listed),
    ("POST", GUILD + "/roles", roles.create),
    ("PATCH", GUILD + "/roles", roles.move),
    ("GET", GUILD + "/roles/member-counts", roles.counts),
    ("GET", GUILD + ROLE, roles.one),
    ("PATCH", GUILD + ROLE, roles.edit),
    ("DELETE", GUILD + ROLE, roles.delete),
    ("GET", GUILD + "/channels", channels.listed),
    ("POST", GUILD + "/channels", channels.create),
    ("PATCH", GUILD + "/channels", channels.move),
    ("PATCH", CHANNEL, channels.edit),
    ("DELETE", CHANNEL, channels.delete),
    ("PUT", CHANNEL + r"/permissions/{overwrite:\d+}", channels.permit),
    ("DELETE", CHANNEL + r"/permissions/{overwrite:\d+}", channels.unpermit),
    ("POST", CHANNEL + r"/messages/{message:\d+}/threads", threads.on_message),
    ("POST", CHANNEL + "/threads", threads.without_message),
    ("GET", GUILD + "/threads/active", threads.active),
    ("GET", CHANNEL + "/threads/archived/public", threads.archived_public),
    ("GET", CHANNEL + "/threads/archived/private", threads.archived_private),
    ("GET", CHANNEL + "/users/@me/threads/archived/private", threads.archived_mine),
    ("GET", IN_THREAD, threads.members),
    ("PUT", IN_THREAD + "/@me", threads.join),
    ("DELETE", IN_THREAD + "/@me", threads.leave),
    ("GET", IN_THREAD + r"/{user:\d+}", threads.member),
    ("PUT", IN_THREAD + r"/{user:\d+}", threads.add),
    ("DELETE", IN_THREAD + r"/{user:\d+}", threads.remove),
    ("GET", GUILD + "/voice-states/@me", voice.mine),
    ("GET", GUILD + r"/voice-states/{user:\d+}", voice.of),
    ("GET", GUILD + "/scheduled-events", events.listed),
    ("POST", GUILD + "/scheduled-events", events.create),
    ("GET", EVENT, events.one),
    ("PATCH", EVENT, events.edit),
    ("DELETE", EVENT, events.delete),
    ("GET", EVENT + "/users", events.users),
]
