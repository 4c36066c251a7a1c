"""The modules whose verbs are wrapped, open to being written to."""

import importlib
from typing import Any

settling: Any = importlib.import_module("botworker.settling")
channel: Any = importlib.import_module("botworker.channels.discord")
