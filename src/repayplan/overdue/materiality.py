"""Since when what is past due has been material."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.overdue.lateness import Lateness
    from repayplan.overdue.rules import Tolerance

__all__ = ["material_since"]


def material_since(lateness: Lateness, materiality: Tolerance) -> int | None:
    """Give the day after which what is past due was material on every day until now; None where it is not.

    It is material where it is more than the floor and more than the share of all that is still to be paid
    (Regulation (EU) 2018/171 asks for both; the figures are the caller's).

    Args:
        lateness: The installments.
        materiality: The floor and the share.
    """
    since = None
    for day, arrears, exposure in _by_sums(lateness) if lateness.by_sums else _by_parts(lateness):
        if arrears <= materiality.most(exposure):
            since = None
        elif since is None:
            since = day - 1
    return since


def _by_parts(lateness: Lateness) -> Iterator[tuple[int, int, int]]:
    """Give what is past due and what is still to be paid at the end of each day on which they change."""
    left, exposure, arrears = lateness.scheduled.copy(), sum(lateness.scheduled), 0
    less: list[_Event] = [(day, item, units) for day, item, _, units in lateness.changes]
    for day, events in _by_day([*less, *_fallen(lateness)]):
        for _, item, units in events:
            if units is None:
                arrears += left[item]
            else:
                left[item] -= units
                exposure -= units
                arrears -= units if lateness.due[item] < day else 0
        yield day, arrears, exposure


def _by_sums(lateness: Lateness) -> Iterator[tuple[int, int, int]]:
    """Give the same where the sums of what fell due and of what was paid decide."""
    asked, needed, paid = lateness.scheduled.copy(), 0, 0
    changes: list[_Event] = [(day, -1 if item is None else item, units) for day, item, units in lateness.sums]
    for day, events in _by_day([*changes, *_fallen(lateness)]):
        for _, item, units in events:
            if units is None:
                needed += asked[item]
            elif item < 0:
                paid += units
            else:
                asked[item] -= units
                needed -= units if lateness.due[item] < day else 0
        yield day, max(needed - paid, 0), max(sum(asked) - paid, 0)


_Event: TypeAlias = tuple[int, int, int | None]
"""A day, an installment and how much less is missing of it, or None where it becomes past due."""


def _fallen(lateness: Lateness) -> list[_Event]:
    as_of = lateness.ledger.as_of.toordinal()
    return [(due + 1, item, None) for item, due in enumerate(lateness.due) if due < as_of]


def _by_day(events: list[_Event]) -> Iterator[tuple[int, Iterator[_Event]]]:
    """Group events by their days, what becomes past due on a day before what is paid on it."""
    return groupby(
        sorted(events, key=lambda event: (event[0], event[2] is not None)), key=lambda event: event[0]
    )
