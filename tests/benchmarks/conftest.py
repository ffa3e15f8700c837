"""Races: contenders run in turns, round by round, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import attrs
import pytest

Sample: TypeAlias = Callable[[], float]
"""Do a job once and give its seconds."""

_REPORT = pytest.StashKey[list[str]]()


def clocked(job: Callable[[], object]) -> Sample:
    """Time a job in this process; what it made is dropped after the clock has stopped."""

    def sample() -> float:
        start = time.perf_counter_ns()
        result = job()
        elapsed = time.perf_counter_ns() - start
        del result
        return elapsed / 1e9

    return sample


@attrs.frozen
class Report:
    """The lines that are printed at the end of the run."""

    lines: list[str]

    def race(
        self,
        title: str,
        contenders: Mapping[str, Sample],
        *,
        rounds: int,
        aims: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Run the contenders in turns; print the medians and the first one's median over each of them.

        Args:
            title: What is raced.
            contenders: The jobs by name, each with its clock, ours first. Each round another one starts.
            rounds: How often each job is timed, after one call to warm up.
            aims: The highest ratio to a contender that we aim at. Nothing fails on it.
        """
        seconds = _in_turns(contenders, rounds)
        ours, *_ = seconds.values()
        self.lines.extend(["", f"{title}, {rounds} rounds".ljust(54) + f"{'median':>12}{'ours/this':>11}"])
        for name, median in seconds.items():
            ratio = ours / median
            aim = f"   aim: at most {aims[name]:g}, {_verdict(ratio, aims[name])}" if name in aims else ""
            self.lines.append(f"  {name:52}{_scaled(median):>12}{ratio:>11.2f}{aim}")

    def note(self, title: str, line: str) -> None:
        """Print a line below a title, which is printed once."""
        if title not in self.lines:
            self.lines.extend(["", title])
        self.lines.append(line)


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Give the report of this run."""
    return Report(request.config.stash.setdefault(_REPORT, []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the report; its figures are for reading, and nothing fails on them."""
    lines = config.stash.get(_REPORT, [])
    if lines:
        terminalreporter.section("repayplan beside others")
        for line in lines:
            terminalreporter.write_line(line)


def _in_turns(contenders: Mapping[str, Sample], rounds: int) -> dict[str, float]:
    names = list(contenders)
    times: dict[str, list[float]] = {name: [] for name in names}
    for sample in contenders.values():
        sample()  # warm up
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                times[name].append(contenders[name]())
    finally:
        gc.enable()
    return {name: statistics.median(taken) for name, taken in times.items()}


def _verdict(ratio: float, aim: float) -> str:
    return "met" if ratio <= aim else "MISSED"


def _scaled(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} us" if seconds < 0.01 else f"{seconds * 1e3:,.1f} ms"
