"""Relations that many classes share, and those of the small values of the ground floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.registry import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pendulum

__all__ = ["by_id", "in_order", "soon_after"]

_WEEKENDS: Final = st.frozensets(st.integers(1, 7), max_size=3)


def in_order(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Put the days or moments of some fields in order; a field without one stays so."""
    stated = [name for name in names if fields[name] is not None]
    return dict(zip(stated, sorted(fields[name] for name in stated), strict=True))


def soon_after(draw: st.DrawFn, day: pendulum.Date, days: int = 90) -> pendulum.Date:
    """Draw a day from ``day`` to ``days`` later."""
    return day.add(days=draw(st.integers(0, days)))


def by_id(items: Iterable[Any]) -> tuple[Any, ...]:
    """Leave one of the items of each id."""
    return tuple({item.id: item for item in items}.values())


@relation_of(rp.Citation)
def _citation(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    is_house = fields["force"] is rp.Force.HOUSE
    return {"evidence": fields["evidence"] if is_house else fields["evidence"] or rp.Evidence.PRIMARY}


@relation_of(rp.WeekendCalendar)
def _weekend(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"weekend": draw(_WEEKENDS)}


@relation_of(rp.ExplicitCalendar)
def _explicit(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    days = sorted({fields["first"], fields["last"], *fields["closed"], *fields["opened"]})
    opened = fields["opened"] - fields["closed"]
    return {"first": days[0], "last": days[-1], "opened": opened, "weekend": draw(_WEEKENDS)}
