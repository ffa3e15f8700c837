"""Spans and phases: what is barred as time passes."""

from __future__ import annotations

from repayplan.communication.local_clock import LocalClock
from repayplan.communication.phases import (
    FOREVER,
    Phase,
    any_bars,
    by_the_clock,
    first_open,
    in_spans,
    lifted,
    merged,
    open_spans,
    where_at_least,
    without,
)


def test_spans_that_touch_become_one_and_empty_ones_vanish() -> None:
    assert merged([(5, 7), (1, 3), (3, 4), (9, 9), (8, 6)]) == ((1, 4), (5, 7))


def test_where_so_many_run_at_once() -> None:
    spans = [(0, 10), (2, 6), (4, 12)]
    assert where_at_least(2, spans) == ((2, 10),)
    assert where_at_least(3, spans) == ((4, 6),)
    assert where_at_least(4, spans) == ()


def test_minutes_without_holes() -> None:
    assert without([(60, 120), (180, 240)], [(0, 70), (100, 200)]) == ((70, 100), (200, 240))
    assert without([(0, 1_440)], []) == ((0, 1_440),)
    assert without([(0, 1_440)], [(0, 1_440)]) == ()


def test_phases_of_spans() -> None:
    phase = in_spans([(3, 5)])
    assert [phase(minute) for minute in (2, 3, 4, 5)] == [
        Phase(barred=False, until=3),
        Phase(barred=True, until=5),
        Phase(barred=True, until=5),
        Phase(barred=False, until=FOREVER),
    ]


def test_what_is_lifted_bars_nothing_meanwhile() -> None:
    phase = lifted(in_spans([(0, 10)]), [(4, 6)])
    assert list(open_spans(phase, 0, 12)) == [(4, 6), (10, 12)]
    assert list(open_spans(phase, 0, 9)) == [(4, 6)]


def test_any_of_several_bars_and_none_bars_nothing() -> None:
    both = any_bars([in_spans([(0, 3)]), in_spans([(2, 5)])])
    assert both(2) == Phase(barred=True, until=5)
    assert first_open(both, 0, 9) == 5
    assert first_open(both, 0, 5) is None
    assert any_bars([])(0) == Phase(barred=False, until=FOREVER)


def test_the_clock_opens_and_shuts_each_day() -> None:
    phase = by_the_clock(LocalClock("UTC"), lambda day: ((60, 120),) if day % 2 else ())
    odd = 700_001 * 1_440
    assert phase(odd) == Phase(barred=True, until=odd + 60)
    assert phase(odd + 60) == Phase(barred=False, until=odd + 120)
    assert phase(odd + 120) == Phase(barred=True, until=odd + 1_440)
    assert phase(odd - 1_440) == Phase(barred=True, until=odd)
