"""Strategies for repayment patterns: every kind, from those that always work to those that never do."""

from __future__ import annotations

import itertools
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

import attrs
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, strategies

if TYPE_CHECKING:
    from repayplan.schedule.repayment import Repayment

COUNT_MAX: Final = 40
COUNTED: Final = (rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest)
"""The patterns of which the count is all that they need."""
KINDS: Final = ("counted", "fixed", "custom", "interest_only", "balloon", "remainder", "steps", "seasonal")


def counts() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(1, 12), st.integers(1, COUNT_MAX))


def differences() -> st.SearchStrategy[rp.Difference]:
    return st.sampled_from(rp.Difference)


def some_money(units: int, currency: rp.Currency) -> rp.Money:
    """Money of at least one minor unit."""
    return rp.Money.from_minor_units(max(1, units), currency)


def steps(currency: rp.Currency, owed: int) -> st.SearchStrategy[rp.Money | None]:
    """What a payment is a multiple of: nothing, little, much, more than the debt."""
    units = st.sampled_from([1, 5, 100, 1_000, owed // 50, owed + 1])
    return st.none() | units.map(lambda unit: some_money(unit, currency))


@st.composite
def level_payments(draw: st.DrawFn, currency: rp.Currency, owed: int, count: int) -> rp.LevelPayment:
    """Level payments with every choice that they have."""
    step, rounding = draw(steps(currency, owed)), draw(st.none() | strategies.roundings())
    if draw(st.booleans()):
        return rp.LevelPayment(count, step, rounding, resets=True)
    return rp.LevelPayment(count, step, rounding, difference=draw(differences()))


@st.composite
def counted(draw: st.DrawFn, currency: rp.Currency, owed: int, count: int | None = None) -> Repayment:
    """A pattern that states the number of installments, and little else."""
    rows = draw(counts()) if count is None else count
    kind = draw(st.sampled_from(COUNTED))
    if kind is rp.LevelPayment:
        return draw(level_payments(currency, owed, rows))
    if kind is rp.EqualPrincipal:
        return rp.EqualPrincipal(rows, difference=draw(differences()))
    return rp.FlatInterest(rows, draw(steps(currency, owed)), difference=draw(differences()))


@st.composite
def fixed_payments(draw: st.DrawFn, currency: rp.Currency, owed: int) -> rp.FixedPayment:
    """A payment from far too small to more than the whole debt."""
    part = owed // draw(st.one_of(st.integers(1, 60), st.integers(1, 20_000))) + draw(st.integers(0, 3))
    return rp.FixedPayment(some_money(part, currency))


@st.composite
def payments_that_clear(draw: st.DrawFn, asked: rp.Terms, cuts_max: int) -> list[int]:
    """Payments of a split of the principal, which clear the debt to the minor unit."""
    owed = oracle.amortized(asked) - oracle.residual_of(asked)
    cuts = sorted(draw(st.sets(st.integers(1, owed - 1), max_size=cuts_max))) if owed > 1 else []
    parts = [after - before for before, after in pairwise([0, *cuts, max(1, owed)])]
    lead = oracle.lead_rows(asked)
    try:
        rates = oracle.factors(asked, lead + len(parts))[lead:]
    except oracle.NoDateError:
        return parts
    balance, payments = oracle.amortized(asked), []
    for part, rate in zip(parts, rates, strict=False):
        payments.append(part + oracle.rounded(balance * rate, asked.rounding.name))
        balance -= part
    return payments or parts


@st.composite
def custom_payments(draw: st.DrawFn, asked: rp.Terms, currency: rp.Currency, owed: int) -> rp.CustomPayments:
    """Payments at random, or those that clear the debt."""
    if draw(st.booleans()):
        units = draw(st.lists(st.integers(1, 2 * owed), min_size=1, max_size=12))
    else:
        units = draw(payments_that_clear(asked, 12))
    return rp.CustomPayments([rp.Money.from_minor_units(unit, currency) for unit in units])


@st.composite
def step_payments(draw: st.DrawFn, asked: rp.Terms, currency: rp.Currency, owed: int) -> rp.StepPayments:
    """Payments in steps, of any size or such that the last step covers all that is left."""
    if draw(st.booleans()):
        amounts = st.integers(0, 2 * owed // draw(counts())).map(lambda units: some_money(units, currency))
        return rp.StepPayments(draw(st.lists(st.tuples(st.integers(1, 6), amounts), min_size=1, max_size=4)))
    payments = draw(payments_that_clear(asked, 12))
    payments[-1] += draw(st.sampled_from([0, 0, 1, owed]))
    runs = [(len(list(run)), unit) for unit, run in itertools.groupby(payments)]
    return rp.StepPayments([(count, some_money(unit, currency)) for count, unit in runs])


@st.composite
def balloons(draw: st.DrawFn, currency: rp.Currency, owed: int) -> rp.Balloon:
    """A last payment of anything from next to nothing to more than the debt."""
    share = draw(st.integers(0, 120))
    return rp.Balloon(1 + draw(counts()), some_money(owed * share // 100, currency))


@st.composite
def balloon_remainders(draw: st.DrawFn) -> rp.BalloonRemainder:
    """Payments as for as many rows, or up to three times as many."""
    count = draw(counts())
    return rp.BalloonRemainder(count, draw(st.integers(count, 3 * count)))


@st.composite
def seasonal_payments(draw: st.DrawFn) -> rp.SeasonalPayments:
    """Months that weigh nothing, alike, little and much."""
    weight = st.one_of(st.sampled_from([0, 0, 1, 1, 2, 1_000_000]), st.integers(0, 1_000_000))
    weights = draw(st.lists(weight, min_size=12, max_size=12))
    if not any(weights):
        weights[draw(st.integers(0, 11))] = 1
    return rp.SeasonalPayments(draw(counts()), weights)


@st.composite
def interest_only(draw: st.DrawFn, asked: rp.Terms, currency: rp.Currency, owed: int) -> rp.InterestOnly:
    """Rows of interest alone, and a bullet or another pattern at their end."""
    rows = draw(st.integers(1, 6))
    if draw(st.booleans()):
        return rp.InterestOnly(rows)
    kind = draw(st.sampled_from([kind for kind in KINDS if kind != "interest_only"]))
    before = attrs.evolve(asked, repayment=rp.InterestOnly(rows, then=rp.EqualPrincipal(1)))
    return rp.InterestOnly(rows, then=draw(patterns(kind, before, currency, owed)))


def patterns(kind: str, asked: rp.Terms, currency: rp.Currency, owed: int) -> st.SearchStrategy[Repayment]:
    """Patterns of one kind for terms that have another pattern yet, and owe so many minor units."""
    kinds: dict[str, st.SearchStrategy[Repayment]] = {
        "counted": counted(currency, owed),
        "fixed": fixed_payments(currency, owed),
        "custom": custom_payments(asked, currency, owed),
        "interest_only": interest_only(asked, currency, owed),
        "balloon": balloons(currency, owed),
        "remainder": balloon_remainders(),
        "steps": step_payments(asked, currency, owed),
        "seasonal": seasonal_payments(),
    }
    return kinds[kind]


def with_core(pattern: Repayment, core: Repayment) -> Repayment:
    """The same rows of interest alone, if there are any, before another pattern."""
    if isinstance(pattern, rp.InterestOnly) and pattern.then is not None:
        return attrs.evolve(pattern, then=core)
    return core


def with_count(pattern: Repayment, count: int) -> Repayment:
    """The same pattern with another number of installments that repay."""
    core = cast("rp.LevelPayment", oracle.innermost(pattern))  # or any other that has a count
    return with_core(pattern, attrs.evolve(core, count=count))
