"""A stand-in for Discord that an unmodified discord.py, allauth and a browser talk to."""

from .limits import Limits
from .standin import StandIn, serve_in_thread
from .world import Application, Channel, Guild, Person, Role, World

__all__ = [
    "Application",
    "Channel",
    "Guild",
    "Limits",
    "Person",
    "Role",
    "StandIn",
    "World",
    "serve_in_thread",
]
