"""Strategies for terms and schedules: every pattern of repayment, with and without fees, grace and the like.

Terms are drawn from which a schedule can be built: the principal leaves something for every row, and a
payment is more than its interest. The few that are still refused are drawn again.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing import ground
from repayplan.testing.registry import attempt, relation_of, strategy_for
from repayplan.testing.relating import soon_after
from repayplan.testing.terms_fields import BESIDE, INSTALLMENTS_MAX, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Pattern = Callable[[st.DrawFn, rp.Money, int], Any]

__all__ = ["INSTALLMENTS_MAX", "schedules", "terms"]


def terms(
    currency: rp.Currency | str | None = None, *, installments: int = INSTALLMENTS_MAX
) -> st.SearchStrategy[rp.Terms]:
    """Draw terms from which a schedule can be built.

    Args:
        currency: The currency of the amounts; None draws one.
        installments: The most installments that the schedule may have.
    """
    if currency is None:
        return ground.currencies().flatmap(lambda drawn: terms(drawn, installments=installments))
    known = rp.Currency.of(currency) if isinstance(currency, str) else currency
    return _terms(known, installments).filter(lambda drawn: _can_be_built(drawn, installments))


def schedules(
    currency: rp.Currency | str | None = None, *, installments: int = INSTALLMENTS_MAX
) -> st.SearchStrategy[rp.Schedule]:
    """Draw a schedule; the simplest has one level payment on the day on which it starts.

    Args:
        currency: The currency of the amounts; None draws one.
        installments: The most installments that it may have.
    """
    return terms(currency, installments=installments).map(rp.build_schedule)


def _can_be_built(drawn: object, installments: int) -> bool:
    built = attempt(rp.build_schedule, drawn) if isinstance(drawn, rp.Terms) else drawn
    return isinstance(built, rp.Schedule) and len(built) <= installments


@strategy_for(rp.Schedule)
def _schedules(currency: rp.Currency) -> st.SearchStrategy[rp.Schedule]:
    return schedules(currency)


@strategy_for(rp.Terms)
def _all_terms(currency: rp.Currency) -> st.SearchStrategy[rp.Terms]:
    return terms(currency)


@strategy_for(rp.Installment)
def _installments(currency: rp.Currency) -> st.SearchStrategy[rp.Installment]:
    return schedules(currency).flatmap(st.sampled_from)


@st.composite
def _terms(draw: st.DrawFn, currency: rp.Currency, installments: int) -> Any:  # noqa: ANN401  # terms or an error
    """Draw plain terms, or some with one or two of the rest; or give why they are refused."""
    count = draw(st.integers(1, min(installments, 12)) | st.integers(1, installments))
    principal = draw(ground.money(currency, least=count * 100))
    starts_on = draw(ground.dates())
    fields = {
        "principal": principal,
        "rate": draw(ground.rates()),
        "starts_on": starts_on,
        "first_due": soon_after(draw, starts_on, 45),
        "repayment": draw(st.sampled_from(_PATTERNS))(draw, principal, count),
    }
    if isinstance(fields["repayment"], rp.CustomPayments):
        fields["rate"] = rp.Rate.annual(0)  # its payments are parts of the principal alone
    for beside in draw(st.just([]) | st.lists(st.sampled_from(BESIDE), min_size=1, max_size=2, unique=True)):
        fields |= beside(draw, fields)
    return attempt(rp.Terms, **fields)


# --- patterns, simplest first; each takes the principal and the number of installments


def _level(draw: st.DrawFn, principal: rp.Money, count: int) -> rp.LevelPayment:
    """Round the payment otherwise, or to a step of at most a thousandth of the debt."""
    difference = draw(st.sampled_from(rp.Difference))
    return rp.LevelPayment(
        count,
        step=part_of(principal, Fraction(1, 1_000)) if draw(st.booleans()) else None,
        rounding=draw(st.none() | st.sampled_from(rp.Rounding)),
        difference=difference,
        resets=difference is rp.Difference.LAST and draw(st.booleans()),
    )


def _fixed(draw: st.DrawFn, principal: rp.Money, count: int) -> rp.FixedPayment:
    """Pay at least what a year's interest of 100 % leaves room for."""
    return rp.FixedPayment(part_of(principal, Fraction(1, count) + Fraction(draw(st.integers(15, 100)), 100)))


def _balloon(draw: st.DrawFn, principal: rp.Money, count: int) -> rp.Balloon:
    return rp.Balloon(max(2, count), part_of(principal, Fraction(draw(st.integers(1, 90)), 100)))


def _seasonal(draw: st.DrawFn, _: rp.Money, count: int) -> rp.SeasonalPayments:
    return rp.SeasonalPayments(count, draw(st.lists(st.integers(1, 3), min_size=12, max_size=12)))


def _steps(draw: st.DrawFn, principal: rp.Money, count: int) -> rp.StepPayments:
    """Pay a part for a time, and then enough to clear the debt at once."""
    first = part_of(principal, Fraction(draw(st.integers(15, 50)), 100))
    return rp.StepPayments([(count, first), (1, part_of(principal, Fraction(10)))])


def _interest_only(draw: st.DrawFn, _: rp.Money, count: int) -> rp.InterestOnly:
    return rp.InterestOnly(draw(st.integers(1, 3)), then=rp.LevelPayment(count))


_PATTERNS: Final[tuple[Pattern, ...]] = (
    lambda _draw, _principal, count: rp.LevelPayment(count),
    lambda _draw, _principal, count: rp.EqualPrincipal(count),
    lambda _draw, _principal, count: rp.FlatInterest(count),
    lambda _draw, principal, count: rp.CustomPayments(principal.split(count)),
    _fixed,
    _balloon,
    lambda draw, _principal, count: rp.BalloonRemainder(count, max(2, count + draw(st.integers(0, 24)))),
    _seasonal,
    _steps,
    _interest_only,
    _level,
)


# --- relations


@relation_of(rp.Balloon)
def _balloon_count(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"count": fields["count"] + 1}


@relation_of(rp.BalloonRemainder)
def _remainder_count(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"amortized_over": max(2, fields["count"] + fields["amortized_over"] - 1)}


@relation_of(rp.SeasonalPayments)
def _weights(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    weights = draw(st.lists(st.integers(0, 3), min_size=12, max_size=12))
    return {"weights": tuple(weights) if any(weights) else (1,) * 12}


@relation_of(rp.RateSteps)
def _one_unit(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    unit = fields["steps"][0][1].unit
    by_day = {day: rate for day, rate in fields["steps"] if rate.unit is unit}
    return {"steps": tuple(sorted(by_day.items()))}


@relation_of(rp.PaymentShareFee)
def _some_share(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"share": fields["share"] or Fraction(1)}


@relation_of(rp.CashFlows)
def _rising_days(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    amounts = [amount for _, amount in fields["payments"]]
    gaps = itertools.accumulate(draw(st.integers(0, 90)) for _ in amounts)
    days = [fields["on"].add(days=gap) for gap in gaps]
    return {
        "advanced": min(fields["advanced"], rp.Money.total(amounts, fields["advanced"].currency)),
        "payments": tuple(zip(days, amounts, strict=True)),
        "unit_period": None,
        "periods": None,
    }
