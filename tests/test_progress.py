"""Whoever started long work sees that it gets on, on a terminal and in a log."""

import io

import pytest
from django.core.management.base import OutputWrapper

from slomix.management.progress import Progress


class Terminal(io.StringIO):
    """A stream with somebody before it."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_log_gets_a_line_every_two_seconds_and_one_at_the_end(clock: Clock) -> None:
    log = io.StringIO()

    with Progress(30, "rows", log, seconds=clock) as progress:
        for _row in range(30):
            clock.pass_by(0.3)
            progress.step()

    assert log.getvalue().splitlines() == [
        "rows: 7 of 30, 2 s",
        "rows: 14 of 30, 4 s",
        "rows: 21 of 30, 6 s",
        "rows: 28 of 30, 8 s",
        "rows: 30 of 30, 9 s",
    ]


def test_quick_work_leaves_one_line_in_a_log(clock: Clock) -> None:
    log = io.StringIO()

    with Progress(2, "rows", log, seconds=clock) as progress:
        progress.step(2)
        progress.done("all sealed")

    assert log.getvalue() == "rows: 2 of 2, all sealed, 0 s\n"


def test_a_terminal_gets_a_bar_on_one_line(clock: Clock) -> None:
    terminal = Terminal()

    with Progress(4, "rows", terminal, seconds=clock) as progress:
        for _row in range(4):
            progress.step()
            clock.pass_by(1)

    drawn = terminal.getvalue()
    assert drawn.count("\n") == 1
    assert [one.strip() for one in drawn.split("\r") if one] == [
        "rows: [######..................] 1 of 4, 0 s",
        "rows: [############............] 2 of 4, 1 s",
        "rows: [##################......] 3 of 4, 2 s",
        "rows: [########################] 4 of 4, 3 s",
        "rows: [########################] 4 of 4, 4 s",
    ]


def test_work_without_a_known_end_is_counted(clock: Clock) -> None:
    terminal = Terminal()

    with Progress(None, "messages", terminal, seconds=clock) as progress:
        progress.step(7, "three refused")

    assert "messages: 7, three refused, 0 s" in terminal.getvalue()
    assert "[" not in terminal.getvalue()


def test_work_that_broke_is_not_called_done(clock: Clock) -> None:
    log = io.StringIO()

    with (
        pytest.raises(OSError, match="the disk is full"),
        Progress(9, "rows", log, seconds=clock) as progress,
    ):
        progress.step(3)
        raise OSError("the disk is full")

    assert log.getvalue() == "rows: 3 of 9, stopped, 0 s\n"


def test_more_than_was_promised_does_not_break_the_bar(clock: Clock) -> None:
    terminal = Terminal()

    with Progress(0, "rows", terminal, seconds=clock) as progress:
        progress.step(5)

    assert "[########################] 5 of 0" in terminal.getvalue()


def test_nobody_hears_of_quiet_work(clock: Clock) -> None:
    terminal = Terminal()

    with Progress(2, "rows", terminal, quiet=True, seconds=clock) as progress:
        progress.step(2)

    assert terminal.getvalue() == ""


def test_a_command_may_hand_its_own_stderr(clock: Clock) -> None:
    terminal = Terminal()

    with Progress(2, "rows", OutputWrapper(terminal), seconds=clock) as progress:
        progress.step(2)

    assert terminal.getvalue().count("\n") == 1
