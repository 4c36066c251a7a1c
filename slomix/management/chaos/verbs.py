"""Where the ledger's verbs live."""

import importlib
from typing import Any

settling: Any = importlib.import_module("botworker.settling")
