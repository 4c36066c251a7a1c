"""Several threads that do one thing at the same instant, each on its own connection."""

import threading
from collections.abc import Callable

from django.db import connection


def together(times: int, verb: Callable[[int], object]) -> list[object]:
    """Run `verb(number)` in as many threads at once; return what each returned or raised."""
    gate = threading.Barrier(times)
    found: list[object] = [None] * times

    def run(number: int) -> None:
        try:
            gate.wait(20)
            found[number] = verb(number)
        except Exception as error:  # noqa: BLE001  the test looks at it
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
