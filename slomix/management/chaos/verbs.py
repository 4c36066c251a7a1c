"""The modules whose verbs are wrapped, open to being written to."""

import importlib
from typing import Any

settling: Any = importlib.import_module("botworker.settling")
telegram: Any = importlib.import_module("botworker.channels.telegram")
signal: Any = importlib.import_module("botworker.channels.signal")
channel: Any = importlib.import_module("botworker.channels.discord")
