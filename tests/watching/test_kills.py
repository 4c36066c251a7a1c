"""Kill each part in turn, and read what arrives at the operators' webhook."""

from pathlib import Path

import pytest

from tests.watching.night import night

pytestmark = pytest.mark.slow


def test_whoever_is_left_tells_the_operators(tmp_path: Path) -> None:
    """The bot dies before the reminder: the worker tells, and of the run that does not finish.

    Then the worker dies, and then beat: the site's watcher tells, although two processes watch.
    """
    with night(tmp_path) as system:
        system.start("worker", "beat", "bot")

        system.kill("bot")
        system.call()
        silent = system.hears("bot.silent")
        unfinished = system.hears("run.reminder")

        assert (silent["told_by"], unfinished["told_by"]) == ("worker", "worker")
        assert "Start the bot again." in silent["content"]
        assert "run is not finished" in unfinished["title"]
        assert "Reminders that still wait: " in unfinished["words"]

        system.start("bot", "web")
        system.hears("bot.silent", "over")
        ended = system.hears("run.reminder", "over")

        assert "sent, 0 too late" in ended["words"]
        assert system.listener.pings == ["/ping"], "it did go out whole"

        system.kill("worker")
        assert system.hears("worker.silent")["told_by"] == "web"
        system.start("worker")
        system.hears("worker.silent", "over")

        system.kill("beat")
        again = system.hears("worker.silent", times=2)

        assert again["told_by"] == "web"
        assert "The worker or its clock is silent" in again["title"]
        raised = system.listener.codes()
        assert (raised.count("bot.silent"), raised.count("run.reminder")) == (1, 1)
        assert raised.count("worker.silent") == 2
