"""Laws of the unknown of a plan: what is found does, and one unit less (or more) does not.

Whether it does is decided by a loop of its own, over the rates of the second engine's periods.
"""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, oracle_rates, strategies
from tests.schedule import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

AnyPattern = rp.LevelPayment | rp.EqualPrincipal
UNITS_MAX: Final = 10**18
STEPS: Final = 10**12
"""A solved rate is a multiple of one over this."""
COUNT_MAX: Final = 24
PER_YEAR: Final = {rp.RateUnit.YEAR: 1, rp.RateUnit.MONTH: 12, rp.RateUnit.DAY: 365}
PLACEHOLDER: Final = rp.EqualPrincipal(1)
FAR: Final = DATE(2399, 12, 31)

FREQUENCIES = st.sampled_from(
    [
        rp.Frequency.MONTHLY,
        rp.Frequency.MONTHLY,
        rp.Frequency.QUARTERLY,
        rp.Frequency.ANNUAL,
        rp.Frequency.WEEKLY,
        rp.Frequency.every_days(1),
    ]
)


# --- terms


def units_of() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(2, 300), st.integers(2, 10**7), st.integers(2, 10**15))


@st.composite
def rates(draw: st.DrawFn, starts_on: dt.date) -> object:
    """One rate, mostly such as is charged, or three in turn."""
    per_year = st.one_of(
        st.integers(0, 400).map(lambda percent: Fraction(percent, 1_000)),
        st.fractions(0, 4, max_denominator=10**6),
    )
    make = draw(st.sampled_from([rp.Rate.annual, rp.Rate.monthly, rp.Rate.daily]))
    rate = per_year.map(lambda share: make(share / PER_YEAR[make(0).unit]))
    gaps = draw(st.lists(st.integers(1, 200), max_size=2)) if draw(st.booleans()) else []
    days = [starts_on + dt.timedelta(days=sum(gaps[:place])) for place in range(len(gaps) + 1)]
    return [(day, draw(rate)) for day in days] if gaps else draw(rate)


@st.composite
def terms(draw: st.DrawFn) -> rp.Terms:
    """Terms of all kinds but for the pattern, which is not read."""
    currency = rp.Currency.of(draw(st.sampled_from(["EUR", "JPY", "KWD"])))
    starts_on = draw(strategies.dates(DATE(2020, 1, 1), DATE(2030, 12, 31)))
    units = draw(units_of())
    few = st.integers(0, 3)
    changes: dict[str, object] = {}
    if draw(st.booleans()):
        changes["grace"] = rp.Grace(principal=draw(few), interest=draw(few), interest_free=draw(few))
    if draw(st.booleans()):
        balance = rp.Money.from_minor_units(draw(st.integers(0, 10**6)), currency)
        treatment = draw(st.sampled_from(rp.CarriedTreatment))
        changes["carried"] = rp.CarriedBalances(interest=rp.CarriedBalance(balance, treatment))
    if draw(st.booleans()):
        changes["calendar"] = rp.WeekendCalendar()
        changes["accrue_to"] = draw(st.sampled_from(rp.AccrueTo))
    asked = rp.Terms(
        principal=rp.Money.from_minor_units(units, currency),
        rate=draw(rates(starts_on)),  # type: ignore[arg-type]
        starts_on=starts_on,
        first_due=starts_on + dt.timedelta(days=draw(st.integers(2, 100))),
        frequency=draw(FREQUENCIES),
        repayment=PLACEHOLDER,
        day_count=draw(strategies.day_counts()),
        rounding=draw(strategies.roundings()),
        **changes,  # type: ignore[arg-type]
    )
    if draw(st.booleans()):
        part = rp.Money.from_minor_units(draw(st.integers(1, units - 1)), currency)
        return attrs.evolve(asked, upfront=part)
    if draw(st.booleans()):
        part = rp.Money.from_minor_units(draw(st.integers(1, units - 1)), currency)
        return attrs.evolve(asked, residual=part, review_on=FAR)
    return asked


def counts() -> st.SearchStrategy[int]:
    return st.one_of(st.integers(1, COUNT_MAX), st.just(1), st.just(2))


# --- the loop


def factors_of(asked: rp.Terms, count: int) -> list[Fraction]:
    """Give the rates of the periods in which principal is repaid; the contract ends with the last of them."""
    lead = oracle.lead_rows(asked)
    stops = list(itertools.islice(oracle.row_stops(asked), lead + count))
    return oracle_rates.factors_of(asked, list(oracle_rates.periods_of(asked, stops)))[lead:]


def rows_to_clear(asked: rp.Terms, payment: int, factors: Sequence[Fraction]) -> int | None:
    """Count the payments that it takes; None if they do not repay it, or one of them repays nothing."""
    owed = oracle.amortized(asked) - oracle.residual_of(asked)
    bearing = oracle.amortized(asked)
    for number, factor in enumerate(factors, start=1):
        interest = oracle.rounded(bearing * factor, asked.rounding.name)
        if owed + interest <= payment:
            return number
        repaid = payment - interest
        if repaid <= 0:
            return None
        owed, bearing = owed - repaid, bearing - repaid
    return None


def repays(asked: rp.Terms, payment: int, count: int) -> bool:
    return count > 0 and rows_to_clear(asked, payment, factors_of(asked, count)) is not None


def with_principal(asked: rp.Terms, units: int) -> rp.Terms:
    return attrs.evolve(asked, principal=rp.Money.from_minor_units(units, asked.principal.currency))


def unit_of(asked: rp.Terms) -> rp.RateUnit:
    return asked.rate.unit if isinstance(asked.rate, rp.Rate) else asked.rate.steps[0][1].unit


def with_rate(asked: rp.Terms, step: int) -> rp.Terms:
    return attrs.evolve(asked, rate=rp.Rate(Fraction(step, STEPS), unit_of(asked)))


def money(asked: rp.Terms, units: int) -> rp.Money:
    return rp.Money.from_minor_units(units, asked.principal.currency)


@st.composite
def payments(draw: st.DrawFn, asked: rp.Terms, count: int) -> rp.Money:
    """A payment from about the least that does, up to one that repays all at once."""
    least = rp.solve_payment(asked, count=count).minor_units
    spare = st.one_of(st.integers(0, 3), st.integers(0, least))
    return money(asked, min(UNITS_MAX, least + draw(spare)))


# --- what is found does, and one unit less or more does not


@given(asked=terms(), count=counts())
def test_the_payment_does_and_one_unit_less_does_not(asked: rp.Terms, count: int) -> None:
    payment = rp.solve_payment(asked, count=count)
    assert payment.currency == asked.principal.currency
    assert repays(asked, payment.minor_units, count)
    assert not repays(asked, payment.minor_units - 1, count)


@given(asked=terms(), count=counts(), data=st.data())
def test_the_count_does_and_one_less_does_not(asked: rp.Terms, count: int, data: st.DataObject) -> None:
    payment = data.draw(payments(asked, count))
    found = rp.solve_count(asked, payment=payment)
    event("sooner" if found < count else "as asked for")
    assert 1 <= found <= count
    assert repays(asked, payment.minor_units, found)
    assert not repays(asked, payment.minor_units, found - 1)


@given(asked=terms(), count=counts(), data=st.data())
def test_the_principal_does_and_one_unit_more_does_not(
    asked: rp.Terms, count: int, data: st.DataObject
) -> None:
    payment = data.draw(payments(asked, count))
    found = rp.solve_principal(asked, payment=payment, count=count).minor_units
    assert found >= asked.principal.minor_units
    assert repays(with_principal(asked, found), payment.minor_units, count)
    assert not repays(with_principal(asked, found + 1), payment.minor_units, count)


@given(asked=terms(), count=counts(), data=st.data())
def test_the_rate_does_and_one_step_more_does_not(asked: rp.Terms, count: int, data: st.DataObject) -> None:
    payment = data.draw(payments(asked, count))
    assert repays(with_rate(asked, 0), payment.minor_units, count)
    highest = 4 * STEPS // PER_YEAR[unit_of(asked)]
    if repays(with_rate(asked, highest), payment.minor_units, count):
        event("every rate")
        with pytest.raises(rp.TermsError, match="at every rate"):
            rp.solve_rate(asked, payment=payment, count=count)
        return
    found = rp.solve_rate(asked, payment=payment, count=count)
    assert found.unit is unit_of(asked)
    step = found.value * STEPS
    assert step.denominator == 1
    assert repays(with_rate(asked, int(step)), payment.minor_units, count)
    assert not repays(with_rate(asked, int(step) + 1), payment.minor_units, count)


# --- round trips


@given(asked=terms(), count=counts(), percent=st.integers(0, 4_000))
def test_round_trips_lead_back_to_the_same_payment(asked: rp.Terms, count: int, percent: int) -> None:
    step = percent * STEPS // 1_000 // PER_YEAR[unit_of(asked)]
    asked = with_rate(asked, step)
    payment = rp.solve_payment(asked, count=count)
    fewest = rp.solve_count(asked, payment=payment)
    most = rp.solve_principal(asked, payment=payment, count=count)
    assert fewest <= count
    assert most >= asked.principal
    assert rp.solve_payment(asked, count=fewest) == payment
    assert rp.solve_payment(attrs.evolve(asked, principal=most), count=count) == payment
    if repays(with_rate(asked, 4 * STEPS // unit_of(asked).per_year), payment.minor_units, count):
        event("every rate")  # so there is no highest one
        return
    dearest = rp.solve_rate(asked, payment=payment, count=count)
    assert dearest.value * STEPS >= step
    assert rp.solve_payment(attrs.evolve(asked, rate=dearest), count=count) == payment
    # and the bounds are stable: solving again changes nothing
    assert rp.solve_count(attrs.evolve(asked, principal=most), payment=payment) <= count
    assert rp.solve_rate(attrs.evolve(asked, rate=dearest), payment=payment, count=count) == dearest
    assert rp.solve_principal(attrs.evolve(asked, principal=most), payment=payment, count=count) == most


@given(asked=terms(), count=counts(), data=st.data())
def test_the_builder_agrees_with_the_count(asked: rp.Terms, count: int, data: st.DataObject) -> None:
    # interest that is put off moves between rows, and rows of interest alone may be empty: not the question
    asked = plain(attrs.evolve(asked, grace=rp.Grace(interest_free=asked.grace.interest_free)))
    payment = data.draw(payments(asked, count))
    schedule = rp.build_schedule(attrs.evolve(asked, repayment=rp.FixedPayment(payment)))
    assert len(schedule) == rp.solve_count(asked, payment=payment)
    paid = [row.principal + row.interest for row in schedule]
    assert set(paid[:-1]) <= {payment}
    assert paid[-1] <= payment


def plain(asked: rp.Terms) -> rp.Terms:
    """The same terms with a day count that does not ask when the contract ends."""
    if asked.day_count is rp.DayCount.THIRTY_E_360_ISDA:
        return attrs.evolve(asked, day_count=rp.DayCount.THIRTY_E_360)
    return asked


# --- monotonicity


@given(asked=terms(), count=counts(), more=st.integers(1, 10))
def test_more_installments_never_ask_for_more_and_more_debt_never_for_less(
    asked: rp.Terms, count: int, more: int
) -> None:
    asked = plain(asked)  # or the last period may be a longer one once it is not the last
    payment = rp.solve_payment(asked, count=count)
    assert rp.solve_payment(asked, count=count + more) <= payment
    owes_more = with_principal(asked, asked.principal.minor_units + more)
    assert rp.solve_payment(owes_more, count=count) >= payment
    principal = rp.solve_principal(asked, payment=payment, count=count)
    assert rp.solve_principal(asked, payment=payment, count=count + more) >= principal
    dearer = payment + money(asked, more)
    assert rp.solve_principal(asked, payment=dearer, count=count) >= principal
    assert rp.solve_count(asked, payment=dearer) <= rp.solve_count(asked, payment=payment)


@given(asked=terms(), count=counts(), steps=st.tuples(*[st.integers(0, 4_000)] * 2))
def test_a_higher_rate_never_asks_for_less(asked: rp.Terms, count: int, steps: tuple[int, int]) -> None:
    scale = PER_YEAR[unit_of(asked)]
    lower, higher = (with_rate(asked, step * STEPS // 1_000 // scale) for step in sorted(steps))
    payment = rp.solve_payment(higher, count=count)
    assert payment >= rp.solve_payment(lower, count=count)
    assert rp.solve_count(lower, payment=payment) <= count
    cheap = rp.solve_principal(lower, payment=payment, count=count)
    assert cheap >= rp.solve_principal(higher, payment=payment, count=count)


@given(asked=terms(), count=counts(), rows=st.integers(1, 3))
def test_of_the_pattern_only_rows_of_interest_alone_are_read(asked: rp.Terms, count: int, rows: int) -> None:
    payment = rp.solve_payment(asked, count=count)
    other = attrs.evolve(asked, repayment=rp.LevelPayment(7))
    assert rp.solve_payment(other, count=count) == payment
    assert rp.solve_count(other, payment=payment) == rp.solve_count(asked, payment=payment)
    before = attrs.evolve(asked, repayment=rp.InterestOnly(rows, then=rp.LevelPayment(7)))
    units = rp.solve_payment(before, count=count).minor_units
    assert repays(before, units, count)
    assert not repays(before, units - 1, count)
