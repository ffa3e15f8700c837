"""One sample of schedules for all laws that hold of every schedule: drawing costs far more than checking."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

from tests.laws import oracle
from tests.laws.schedule_strategies import schedules

if TYPE_CHECKING:
    from collections.abc import Callable

    import repayplan as rp

SAMPLE = 3
"""How many times as many schedules as other laws have examples."""


@functools.cache
def sample() -> list[rp.Schedule]:
    """Schedules of every kind, the simplest first, so that a law names the simplest that breaks it."""
    drawn: list[rp.Schedule] = []

    @settings(
        max_examples=SAMPLE * settings().max_examples,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(schedule=schedules())
    def collect(schedule: rp.Schedule) -> None:
        drawn.append(schedule)

    collect()
    return sorted(drawn, key=lambda schedule: len(repr(schedule.terms)))


def for_every_schedule(law: Callable[[rp.Schedule], None]) -> Callable[[], None]:
    """Make a test that holds a law of every schedule of the sample."""

    @functools.wraps(law, assigned=("__doc__", "__module__", "__name__", "__qualname__"))
    def check() -> None:
        for schedule in sample():
            try:
                law(schedule)
            except AssertionError as broken:
                broken.add_note(f"in the schedule of {schedule.terms}")
                raise

    del check.__wrapped__  # or pytest would look for a fixture named schedule
    return check


def units(amounts: list[rp.Money]) -> list[int]:
    return [amount.minor_units for amount in amounts]


def lead_of(schedule: rp.Schedule) -> int:
    """The number of rows of interest alone."""
    return oracle.lead_rows(schedule.terms)
