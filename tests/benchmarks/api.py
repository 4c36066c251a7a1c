"""The JSON API: thirty evenings of two hundred people, as often as two workers can."""

from datetime import timedelta
from typing import Any

from slomix.lib import clock
from tests.benchmarks import crowd, database, site

PEOPLE = {"toy": 5, "moderate": 200, "full": 200}
SECONDS = {"toy": 0.5, "moderate": 5.0, "full": 20.0}
DAYS, CONNECTIONS = 30, 8
AT_LEAST = {"anonymous": 1000, "with_names": 300}


def measure(size: str) -> dict[str, Any]:
    """Ask as a visitor and as a linked person; an unchanged answer is asked for too."""
    people = crowd.people(PEOPLE[size])
    site.evenings(people, DAYS)
    last = clock.today(clock.now()) + timedelta(days=DAYS - 1)
    path = f"/api/availability?to={last}"
    asked = {
        "anonymous": (path, ""),
        "with_names": (f"{path}&include_users=true", site.signed_in(people[0])),
    }
    found: dict[str, Any] = {"people": len(people), "days": DAYS, "workers": site.WORKERS}
    with site.serving() as served:
        for name, (address, cookie) in asked.items():
            site.hammer(served, address, connections=CONNECTIONS, seconds=0.5, cookie=cookie)
            found[name] = site.hammer(
                served, address, connections=CONNECTIONS, seconds=SECONDS[size], cookie=cookie
            )
    wanted = " and ".join(f"{number:,} {name}" for name, number in AT_LEAST.items())
    fast = all(found[name]["a_second"] >= number for name, number in AT_LEAST.items())
    fine = all(set(found[name]["statuses"]) == {"200"} for name in AT_LEAST)
    return {
        **found,
        "target": f"{wanted.replace('_', ' ')} a second on {database.vendor()}",
        "holds": fast and fine,
    }
