"""Every setting, read once. What each variable means is in `.env.example`."""

# Reads `.env`, so it comes first.
from slomix.settings.place import *  # isort: skip

from slomix.settings.alerts import *
from slomix.settings.backups import *
from slomix.settings.contacts import *
from slomix.settings.evening import *
from slomix.settings.levels import *
from slomix.settings.logs import *
from slomix.settings.parts import *
from slomix.settings.people import *
from slomix.settings.planning import *
from slomix.settings.providers import *
from slomix.settings.raids import *
from slomix.settings.ready import *
from slomix.settings.roles import *
from slomix.settings.serving import *
from slomix.settings.storage import *
