"""How a new version gets to work."""

import shlex

from slomix.lib import env

# What `manage.py upgrade` runs to restart every part, without a shell. Empty: it looks for the local
# production profile, and otherwise says that nothing was restarted.
try:
    RESTART_COMMAND = shlex.split(env.text("SLOMIX_RESTART_COMMAND"))
except ValueError:
    raise env.wrong(
        "SLOMIX_RESTART_COMMAND",
        env.text("SLOMIX_RESTART_COMMAND"),
        "close its quotes; for example systemctl restart slomix.target.",
    ) from None
