"""Strategies for budgets, rules, debts and proposals, with the amounts and names that break naive code.

Nothing is filtered out. Proposals have capacities on both sides of what the debt needs, so that offers,
refusals and concessions all come often.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import strategies
from tests.plan import able_to_pay, affordability_rules, plan_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

AMOUNT_MAX: Final = 10**14
"""A line that leaves room for 500 others, every day of a month, below the bound of money."""
PRINCIPAL_MAX: Final = 10**12

HOSTILE_NAMES: Final = (
    "surplus",
    "income",
    "expenses",
    "contingency",
    "capacity",
    "protected minimum",
    "cap",
    "incomes[0]",
    "expenses[1]",
    "rent = 5.00 EUR",
    "- rent 5.00 + food",
    "x 52/12",
    "0",
    "<b>rent</b>",
    "{rent}",
    "租金",
)
"""Names that a reader of labels or of text would take for something else."""


def periods_per_year(frequency: rp.Frequency) -> Fraction:
    """Count the periods of a year by the kind of frequency, apart from the library's own property.

    Listed dates are judged by the month, like monthly ones.
    """
    if hasattr(frequency, "dates"):
        return Fraction(12)
    days, months = getattr(frequency, "days", None), getattr(frequency, "months", None)
    if days is not None:
        return Fraction(364 if days % 7 == 0 else 365, days)
    return Fraction(24) if months is None else Fraction(12, months)


def currencies() -> st.SearchStrategy[rp.Currency]:
    """Currencies with no, two, three and four decimal places."""
    return st.sampled_from(["CNY", "EUR", "JPY", "KWD", "CLF"]).map(rp.Currency.of)


# --- budgets


def names() -> st.SearchStrategy[str]:
    """Names of lines: hostile ones, one that comes twice, and any visible text."""
    visible = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
    return st.one_of(st.sampled_from(HOSTILE_NAMES), st.just("rent"), visible)


def amounts(currency: rp.Currency) -> st.SearchStrategy[rp.Money]:
    """Nothing, a few minor units, wages and fortunes."""
    units = st.one_of(
        st.sampled_from([0, 1, AMOUNT_MAX]),
        st.integers(0, 100),
        st.integers(0, 10**6),
        st.integers(0, AMOUNT_MAX),
    )
    return units.map(lambda unit: rp.Money.from_minor_units(unit, currency))


def incomes(currency: rp.Currency) -> st.SearchStrategy[rp.Income]:
    return st.builds(rp.Income, names(), amounts(currency), strategies.frequencies())


def expenses(currency: rp.Currency) -> st.SearchStrategy[rp.Expense]:
    category = st.sampled_from(rp.Category)
    return st.builds(rp.Expense, names(), amounts(currency), strategies.frequencies(), category)


@st.composite
def budgets(draw: st.DrawFn, currency: rp.Currency) -> rp.Budget:
    """Budgets with a surplus, a deficit or neither, of incomes alone, of expenses alone and of both."""
    received = draw(st.lists(incomes(currency), max_size=5))
    spent = draw(st.lists(expenses(currency), min_size=0 if received else 1, max_size=5))
    if draw(st.booleans()):
        # The wages decide: an income that covers what the others ask for, or nearly.
        total = sum((line.monthly for line in spent), Fraction(0)) * 10**currency.digits
        wage = total // 1 + draw(st.integers(-2, 10**6))
        received.append(rp.Income("wage", rp.Money.from_minor_units(max(0, wage), currency)))
    household = draw(st.builds(rp.Household, st.integers(1, 50), st.integers(0, 50)))
    return rp.Budget(currency=currency, household=household, incomes=tuple(received), expenses=tuple(spent))


def shares() -> st.SearchStrategy[Fraction]:
    """Shares from nothing to all, thirds and other endless ones among them."""
    return st.one_of(
        st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1)]),
        st.fractions(0, 1, max_denominator=10**6),
    )


@st.composite
def rules_of_affordability(draw: st.DrawFn, currency: rp.Currency) -> rp.AffordabilityRules:
    """Rules with and without a cap, with and without a protected minimum."""
    cap = draw(st.none() | amounts(currency))
    return affordability_rules(
        currency,
        share=draw(shares()),
        cap=None if cap is None else cap.minor_units,
        protected=draw(st.just(0) | amounts(currency).map(lambda amount: amount.minor_units)),
    )


# --- debts


@st.composite
def debts(
    draw: st.DrawFn,
    currency: rp.Currency,
    as_of: dt.date,
    maximum: int = PRINCIPAL_MAX,
    rates: st.SearchStrategy[rp.Rate] | None = None,
) -> rp.Debt:
    """Debts of one minor unit to a fortune, with and without each component, at every rate."""
    principal = draw(
        st.one_of(
            st.integers(1, min(maximum, 100)),
            st.integers(1, min(maximum, 10_000)),
            st.integers(1, min(maximum, 10_000_000)),
            st.integers(1, maximum),
            st.just(maximum),
        )
    )
    owed = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, principal))
    balances: dict[str, Any] = {
        name: rp.Money.from_minor_units(draw(owed), currency) for name in ("interest", "fees", "penalties")
    }
    return rp.Debt(
        principal=rp.Money.from_minor_units(principal, currency),
        rate=draw(strategies.rates() if rates is None else rates),
        as_of=strategies.to_date(as_of),
        **balances,
    )


# --- proposals


@attrs.frozen
class Proposal:
    """Everything that ``propose`` is given."""

    debt: rp.Debt
    affordability: rp.Affordability
    rules: rp.PlanRules
    options: dict[str, Any]

    @property
    def capacity(self) -> int:
        """What may be asked for in a month, in minor units."""
        return self.affordability.capacity.monthly.minor_units

    @property
    def frequency(self) -> rp.Frequency:
        frequency: rp.Frequency = self.options["frequency"]
        return frequency

    @property
    def months(self) -> int:
        return self.rules.max_months.value

    def outcome(self) -> rp.Offers | rp.NoAffordablePlan:
        """Ask for it."""
        return rp.propose(self.debt, self.affordability, rules=self.rules, **self.options)

    def terms(self, count: int) -> rp.Terms:
        """The terms of a plan of ``count`` level payments, put together apart from the library's search."""
        options = dict(self.options)
        treatments = options.pop("carried")
        return rp.Terms(
            principal=self.debt.principal,
            rate=self.debt.rate,
            starts_on=self.debt.as_of,
            repayment=rp.LevelPayment(count, rounding=rp.Rounding.CEILING),
            carried=rp.CarriedBalances(
                **{
                    name: rp.CarriedBalance(getattr(self.debt, name), getattr(treatments, name))
                    for name in ("interest", "fees", "penalties")
                    if getattr(self.debt, name)
                }
            ),
            **options,
        )


PLAN_FREQUENCIES: Final = (
    rp.Frequency.WEEKLY,
    rp.Frequency.FORTNIGHTLY,
    rp.Frequency.FOUR_WEEKLY,
    rp.Frequency.SEMI_MONTHLY,
    rp.Frequency.semi_monthly(1, 15),
    rp.Frequency.MONTHLY,
    rp.Frequency.MONTHLY,
    rp.Frequency.BIMONTHLY,
    rp.Frequency.QUARTERLY,
    rp.Frequency.ANNUAL,
    rp.Frequency.every_days(10),
    rp.Frequency.every_days(31),
)


@st.composite
def proposals(
    draw: st.DrawFn,
    frequencies: Sequence[rp.Frequency] = PLAN_FREQUENCIES,
    months_max: int = 36,
    maximum: int = PRINCIPAL_MAX,
    rates: st.SearchStrategy[rp.Rate] | None = None,
) -> Proposal:
    """Debts and capacities of every proportion, on every kind of calendar."""
    currency = draw(currencies())
    frequency = draw(st.sampled_from(frequencies))
    months = draw(st.integers(1, months_max) | st.just(months_max))
    as_of, first_due, anchor = draw(_days(frequency, months))
    debt = draw(debts(currency, as_of, maximum, rates))
    treatment = st.sampled_from(rp.CarriedTreatment)
    options = {
        "first_due": first_due,
        "frequency": frequency,
        "anchor_day": anchor,
        "calendar": draw(st.none() | st.none() | strategies.weekend_calendars()),
        # These two never move a date back, so that the first due date stays on or after the debt's day.
        "convention": draw(
            st.sampled_from([rp.BusinessDayConvention.FOLLOWING, rp.BusinessDayConvention.NO_ADJUST])
        ),
        "day_count": draw(strategies.day_counts()),
        "rounding": draw(strategies.roundings()),
        "carried": rp.CarriedTreatments(
            interest=draw(treatment), fees=draw(treatment), penalties=draw(treatment)
        ),
    }
    waivable = draw(st.just(("interest", "fees", "penalties")) | st.just(()))
    if not waivable:
        options["carried"] = rp.CarriedTreatments()
    capacity = draw(_capacities(debt, months))
    return Proposal(debt, able_to_pay(capacity, currency), plan_rules(months, waivable=waivable), options)


@st.composite
def _days(draw: st.DrawFn, frequency: rp.Frequency, months: int) -> tuple[dt.date, dt.date, int | None]:
    """The debt's day and the first due date, which on any calendar still lies within the longest term."""
    first = draw(strategies.dates(dt.date(2000, 2, 1), dt.date(2060, 12, 31)))
    pair = getattr(frequency, "first_day", None)
    if pair is not None:
        first = strategies.to_date(first.replace(day=pair))
    back = draw(st.one_of(st.just(0), st.integers(0, 21), st.integers(0, 28 * months - 7)))
    as_of = first - dt.timedelta(days=min(back, 21 + 28 * (months - 1)))
    last_of_month = (first + dt.timedelta(days=1)).day == 1
    by_month = getattr(frequency, "months", None) is not None
    anchor = draw(st.sampled_from([None, 31])) if by_month and last_of_month else None
    return as_of, first, anchor


@st.composite
def _capacities(draw: st.DrawFn, debt: rp.Debt, months: int) -> int:
    """Nothing, too little, just what an even share would ask for, and more than enough."""
    total = debt.total.minor_units
    parts = draw(st.one_of(st.just(months), st.integers(1, months), st.integers(1, 4 * months)))
    nearly = total // parts + draw(st.integers(-2, 2) | st.integers(-(total // 50), total // 5))
    return max(0, draw(st.one_of(st.just(nearly), st.just(nearly), st.integers(0, 3 * total), st.just(0))))
