"""Telling systemd that we are up and alive; where nobody listens, nothing happens."""

import asyncio
import socket

from slomix.lib import env

# Half of the shortest time that a unit of ours allows (WatchdogSec=30).
EVERY = 10.0


def tell(state: str) -> bool:
    """Send one line, such as READY=1; False where systemd is not, or does not, listen."""
    address = env.text("NOTIFY_SOCKET")
    if not address:
        return False
    # A name that begins with @ is in no folder.
    address = "\0" + address[1:] if address.startswith("@") else address
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.connect(address)
            line.sendall(state.encode())
    except OSError:
        return False
    return True


async def watched(stopping: asyncio.Event, every: float = EVERY) -> None:
    """Say that the loop turns, again and again until told to stop; then that we are leaving."""
    tell("READY=1")
    while not stopping.is_set():
        tell("WATCHDOG=1")
        try:
            await asyncio.wait_for(stopping.wait(), every)
        except TimeoutError:
            continue
    tell("STOPPING=1")
