"""What terms may have beside a principal, a rate, two dates and a pattern: each a function of what was drawn.

It takes Hypothesis' ``draw`` and the fields so far, and gives those that it adds or changes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing import ground
from repayplan.testing.derived import of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BESIDE", "INSTALLMENTS_MAX", "part_of"]

INSTALLMENTS_MAX: Final = 60
"""The most installments of a schedule that is drawn."""


def part_of(principal: rp.Money, share: Fraction) -> rp.Money:
    """Give a share of the principal, rounded down, but a minor unit at least."""
    units = max(1, int(principal.minor_units * share))
    return rp.Money.from_minor_units(units, principal.currency)


def _other_frequency(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    frequency = draw(ground.frequencies())
    day = getattr(frequency, "first_day", fields["first_due"].day)
    first = fields["first_due"].replace(day=day)
    return {
        "frequency": frequency,
        "first_due": first if first >= fields["starts_on"] else first.add(months=1),
    }


def _moved(draw: st.DrawFn, _: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "calendar": draw(ground.calendars()),
        "convention": draw(st.sampled_from(rp.BusinessDayConvention)),
        "accrue_to": draw(st.sampled_from(rp.AccrueTo)),
    }


def _counted(draw: st.DrawFn, _: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "day_count": draw(st.sampled_from(rp.DayCount)),
        "rounding": draw(st.sampled_from(rp.Rounding)),
        "month_end": draw(st.sampled_from(rp.MonthEnd)),
        "first_period": draw(st.sampled_from(rp.FirstPeriod)),
    }


def _carrying(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"carried": draw(of(rp.CarriedBalances, fields["principal"].currency))}


def _upfront(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"upfront": part_of(fields["principal"], Fraction(draw(st.integers(1, 50)), 100))}


def _with_fees(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    currency = fields["principal"].currency
    single = st.builds(
        rp.SingleFee,
        ground.money(currency, least=1),
        st.sampled_from([fields["starts_on"], fields["first_due"]]),
    )
    every = of(rp.InstallmentFee, currency) | of(rp.PaymentShareFee, currency)
    return {"fees": tuple(draw(st.lists(every | single, min_size=1, max_size=2)))}


def _grace(draw: st.DrawFn, _: Mapping[str, Any]) -> dict[str, Any]:
    return {"grace": draw(st.builds(rp.Grace, *[st.integers(0, 2)] * 3))}


def _month_ends(_: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"first_due": fields["first_due"].end_of("month"), "anchor_day": 31}


def _rate_steps(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    rate, starts_on = fields["rate"], fields["starts_on"]
    later = starts_on.add(days=draw(st.integers(1, 200)))
    return {"rate": ((starts_on, rate), (later, draw(ground.rates(unit=rate.unit))))}


def _stub(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    """End between two dates of the rhythm."""
    months, days = _count_of(fields) - 1, draw(st.integers(1, 27))
    return {
        "ends_on": fields["first_due"].add(months=months, days=days),
        "stub": draw(st.sampled_from(rp.Stub)),
    }


def _temporary(draw: st.DrawFn, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Leave some of the principal for a review."""
    months = _count_of(fields) + draw(st.integers(0, 3))
    return {
        "review_on": fields["first_due"].add(months=months),
        "residual": part_of(fields["principal"], Fraction(draw(st.integers(1, 50)), 100)),
    }


def _count_of(fields: Mapping[str, Any]) -> int:
    """Give the count that a pattern states, or one that is enough for those that state none."""
    return getattr(fields["repayment"], "count", INSTALLMENTS_MAX)


BESIDE: Final = (
    _other_frequency,
    _moved,
    _counted,
    _carrying,
    _upfront,
    _with_fees,
    _grace,
    _month_ends,
    _rate_steps,
    _stub,
    _temporary,
)
