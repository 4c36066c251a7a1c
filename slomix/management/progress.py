"""How commands show that they get on; it lives below the apps, so that theirs show it as well."""

from slomix.lib.progress import Progress

__all__ = ["Progress"]
