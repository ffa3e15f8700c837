"""Which version of a plan was in force when, and since when that was known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from repayplan.plan.states import ActKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from repayplan.plan.agreement import Plan

__all__ = ["Beginning", "beginnings"]


class Beginning(NamedTuple):
    """That a version came in force.

    Attributes:
        on: The day from which it was.
        recorded: The day from which that was known.
        version: The version.
    """

    on: pendulum.Date
    recorded: pendulum.Date
    version: Plan


def beginnings(plan: Plan) -> list[Beginning]:
    """Give when each version of a plan came in force, by day; those that were withdrawn are among them."""
    found = [beginning for version in plan.versions for beginning in _of(version)]
    return sorted(found, key=lambda beginning: beginning.on.toordinal())  # stable: of one day the last counts


def _of(version: Plan) -> Iterator[Beginning]:
    """Give when a version came in force, first and after those that followed it had been withdrawn."""
    yield Beginning(version.agreed_on, version.recorded_on, version)
    reopenings = [act for act in version.acts if act.kind is ActKind.REOPEN]
    place = len(version.versions) - 1
    for count in range(len(reopenings) + 1):
        for withdrawn in version.withdrawn:  # in the order of the chain, which counts within a day
            if _reopened(withdrawn.versions[place]) == count:
                yield from _of(withdrawn)
        for act in reopenings[count : count + 1]:
            yield Beginning(act.on, act.recorded, version)


def _reopened(version: Plan) -> int:
    """Count how often a version had been reopened when another followed it."""
    return sum(act.kind is ActKind.REOPEN for act in version.acts)
