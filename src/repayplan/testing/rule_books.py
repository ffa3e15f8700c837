"""Strategies for rule books: their figures vary within what a rule book of that kind may say.

The house's own rule books, whose limits must be stated a certain way, are taken as they are with other
figures. The policies of countries are those that the library ships.
"""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.policies import Policy, PolicyVersions, cn, us
from repayplan.testing.derived import of
from repayplan.testing.registry import Strategy, attempt, relation_of, strategy_for, was_made
from repayplan.testing.relating import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["overdue_rules"]

_OVERPAYMENTS: Final = [way for way in rp.Overpayment if not way.saves_interest]
_SHIPPED_ORDERS: Final = (
    rp.PENALTIES_FEES_INTEREST_PRINCIPAL,
    rp.INTEREST_PRINCIPAL_PENALTIES_FEES,
    rp.CN_CIVIL_CODE_561,
)
_SHIPPED: Final = (cn.CREDIT_CARD, us.CREDIT_CARD)
_LATE_COMPONENTS: Final = (rp.Component.FEES, rp.Component.PENALTIES)
_ADDITIVE: Final = (rp.DayCount.ACT_365F, rp.DayCount.ACT_360)


def overdue_rules(currency: rp.Currency | str) -> st.SearchStrategy[rp.OverdueRules]:
    """Draw rules of lateness, whose tolerances are in a currency."""
    return of(rp.OverdueRules, rp.Currency.of(currency) if isinstance(currency, str) else currency)


def _as_stated(limit: rp.Limit[Any] | None, comparison: rp.Comparison) -> Any:  # noqa: ANN401  # a limit of anything
    return None if limit is None else attrs.evolve(limit, comparison=comparison)


# --- orders of allocation


@st.composite
def _any_order(draw: st.DrawFn) -> rp.AllocationOrder:
    return rp.AllocationOrder.of(
        "drawn",
        draw(st.permutations(list(rp.Component))),
        sweep=draw(st.sampled_from(rp.Sweep)),
        overpayment=draw(st.sampled_from(_OVERPAYMENTS)),
        honours_installment=draw(st.booleans()),
    )


@strategy_for(rp.AllocationOrder)
def _orders(_: rp.Currency) -> Strategy:
    """Draw a shipped order, or one of components in any order, with or without heed of what a client names.

    What is overpaid may wait or pay ahead, but saves no interest: that needs terms of one kind.
    """
    return st.sampled_from(_SHIPPED_ORDERS) | _any_order()


@relation_of(rp.SwitchingOrder)
def _switching(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    orders = [order for _, order in fields["orders"]]
    days = sorted({day for day, _ in fields["orders"]})
    return {"orders": tuple(zip([0, *days[1:]], orders, strict=False))}


# --- rules of lateness


@relation_of(rp.Band)
def _band(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    length = draw(st.none() | st.integers(0, 90))
    return {
        "last_day": None if length is None else fields["first_day"] + length,
        "comparison": draw(st.sampled_from([rp.Comparison.AT_LEAST, rp.Comparison.MORE_THAN])),
    }


@relation_of(rp.DelinquencyScale)
def _scale(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give every number of days a name: not overdue, and one to three spans of days."""
    starts = [0, 1, *sorted(draw(st.sets(st.sampled_from([8, 31, 61, 91, 181]), max_size=2)))]
    ends = [start - 1 for start in starts[1:]]
    spans = zip(starts, [*ends, None], strict=True)
    return {"bands": tuple(rp.Band(first, last, f"M{place}") for place, (first, last) in enumerate(spans))}


@relation_of(rp.OverdueRules)
def _overdue(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let days of grace be none, or few as they are in contracts."""
    days = draw(st.none() | st.sampled_from([0, 3, 10]))
    citation = fields["buckets"].citation
    return {"grace_days": None if days is None else rp.Limit(days, citation)}


@relation_of(rp.OverdueRuleVersions)
def _versions(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"versions": tuple(sorted(dict(fields["versions"]).items()))}


@relation_of(rp.ReturnedPaymentRule)
def _returned_payment_rule(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "component": draw(st.sampled_from(_LATE_COMPONENTS)),
        **in_order(fields, "first_day", "last_day"),
    }


@relation_of(rp.LateChargeRule)
def _late_charge_rule(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Charge an amount, or a share of what is late with or without a least amount."""
    related = _returned_payment_rule(draw, fields)
    if fields["fixed"] is not None:
        return {**related, "share": None, "least": None}
    share = rp.Limit(Fraction(draw(st.integers(1, 100)), 100), fields["after_days"].citation)
    return {**related, "share": share}


@relation_of(rp.LateInterestRule)
def _interest_rule(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "day_count": draw(st.sampled_from(_ADDITIVE)),
        "base": fields["base"] or frozenset({rp.Component.PRINCIPAL}),
        **in_order(fields, "first_day", "last_day"),
    }


# --- rules of plans and records


@relation_of(rp.PlanRules)
def _plan_rules(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    concessions = fields["concessions"]
    if concessions is not None:
        kinds = tuple(dict.fromkeys(kind for kind in concessions.value if kind.is_concession))
        concessions = attrs.evolve(concessions, value=kinds)
    longer = fields["extended_months"]
    if longer is not None:
        longer = attrs.evolve(longer, value=fields["max_months"].value + longer.value)
    most = _as_stated(fields["max_months"], rp.Comparison.AT_MOST)
    return {"max_months": most, "extended_months": longer, "concessions": concessions}


@relation_of(rp.RetentionRule)
def _retention(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    ways = st.sampled_from([rp.Comparison.AT_LEAST, rp.Comparison.AT_MOST])
    return {"period": _as_stated(fields["period"], draw(ways))}


# --- the house's own rule books, with other figures


def _with_figures(book: Any, figures: Mapping[str, int]) -> object:  # noqa: ANN401  # a rule book
    moved = {name: attrs.evolve(getattr(book, name), value=figure) for name, figure in figures.items()}
    return attempt(attrs.evolve, book, **moved)


def _varied(book: Any) -> Strategy:  # noqa: ANN401  # a rule book
    """Draw a rule book as it stands, or with other whole numbers in its limits."""
    figures = {
        field.name: st.integers(1, 60)
        for field in attrs.fields(cast("Any", type(book)))
        if type(getattr(getattr(book, field.name), "value", None)) is int
    }
    drawn = st.fixed_dictionaries(figures)
    return st.just(book) | drawn.map(functools.partial(_with_figures, book)).filter(was_made)


@strategy_for(rp.BarrierRules)
def _barrier_rules(_: rp.Currency) -> Strategy:
    return _varied(rp.HOUSE_BARRIER_RULES)


@strategy_for(rp.FollowUpRules)
def _follow_up_rules(_: rp.Currency) -> Strategy:
    return _varied(rp.HOUSE_FOLLOW_UP_RULES)


@strategy_for(PolicyVersions)
def _policies(_: rp.Currency) -> Strategy:
    return st.sampled_from(_SHIPPED)


@strategy_for(Policy)
def _versions_of_policies(_: rp.Currency) -> Strategy:
    return st.sampled_from([version for policy in _SHIPPED for version in policy.versions])
