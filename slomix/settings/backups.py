"""Backups: where they lie, how often they are made, how many are kept, how often one is tried."""

from pathlib import Path

from slomix.lib import env
from slomix.settings.place import VAR_DIR

# Best on another disk than the database.
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
# 0: none is made by itself.
BACKUP_INTERVAL = env.number("BACKUP_INTERVAL_SECONDS", 21_600)
if 0 < BACKUP_INTERVAL < 300:
    raise env.wrong(
        "BACKUP_INTERVAL_SECONDS", str(BACKUP_INTERVAL), "write 300 or more, or 0 for none."
    )
# The newest of each of so many days, and of each of so many weeks. Whoever was erased is gone from
# the last backup after five weeks at most.
BACKUP_KEEP_DAYS = env.number("BACKUP_KEEP_DAYS", 7, at_least=1, at_most=35)
BACKUP_KEEP_WEEKS = env.number("BACKUP_KEEP_WEEKS", 4, at_most=5)
# The newest backup is restored into a database of its own and looked at. 0: never by itself.
RESTORE_DRILL_INTERVAL = env.number("RESTORE_DRILL_INTERVAL_SECONDS", 604_800)
if 0 < RESTORE_DRILL_INTERVAL < 3600:
    raise env.wrong(
        "RESTORE_DRILL_INTERVAL_SECONDS",
        str(RESTORE_DRILL_INTERVAL),
        "write 3600 or more, or 0 for never.",
    )
