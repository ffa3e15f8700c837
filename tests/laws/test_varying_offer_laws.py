"""Laws 6 and 7 where capacity changes over time, for one debt and for several."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import plan_strategies, strategies
from tests.laws.plan_strategies import periods_per_year
from tests.laws.test_offer_laws import asked, beats, candidate_of, merits
from tests.plan import AS_OF, HOUSE, affordability_rules, plan_rules

if TYPE_CHECKING:
    import datetime

EUR: Final = rp.Currency.of("EUR")
START: Final = pendulum.date(2026, 1, 1)
MONTHS_MAX: Final = 24
FREQUENCIES: Final = (
    rp.Frequency.MONTHLY,
    rp.Frequency.MONTHLY,
    rp.Frequency.MONTHLY,
    rp.Frequency.WEEKLY,
    rp.Frequency.SEMI_MONTHLY,
    rp.Frequency.QUARTERLY,
)
OFTENER_THAN_MONTHLY: Final = (rp.Frequency.WEEKLY, rp.Frequency.FORTNIGHTLY)


@attrs.frozen
class Case:
    """Debts, what can be paid in each month, and how it is asked for."""

    debts: rp.Debts
    monthly: tuple[int, ...]
    rules: rp.PlanRules
    frequency: rp.Frequency
    first_due: pendulum.Date
    carried: rp.CarriedTreatments

    @property
    def affordability(self) -> rp.Affordability:
        """One income for each month, and the last one for good."""
        incomes = [
            rp.Income(
                "work",
                rp.Money.from_minor_units(units, EUR),
                starts_on=START.add(months=place),
                ends_on=None
                if place == len(self.monthly) - 1
                else START.add(months=place + 1).subtract(days=1),
            )
            for place, units in enumerate(self.monthly)
        ]
        budget = rp.Budget(currency=EUR, household=rp.Household(1), incomes=incomes)
        return rp.assess(budget, rules=affordability_rules(), as_of=AS_OF)

    def capacity_of(self, day: datetime.date) -> int:
        """What may be asked in the month of a day, from the case's own list."""
        place = 12 * (day.year - START.year) + day.month - START.month
        return self.monthly[min(max(place, 0), len(self.monthly) - 1)]

    def options(self) -> dict[str, Any]:
        return {
            "rules": self.rules,
            "first_due": self.first_due,
            "frequency": self.frequency,
            "carried": self.carried,
        }

    def outcome(self, **changes: Any) -> Any:  # noqa: ANN401  # either kind of offers
        """Ask for the first debt alone."""
        debt = attrs.evolve(self.debts.debts[0], **changes)
        return rp.propose(debt, self.affordability, **self.options())

    def joint_outcome(self) -> Any:  # noqa: ANN401  # as above
        return rp.propose(self.debts, self.affordability, **self.options())


@st.composite
def monthly_amounts(draw: st.DrawFn) -> tuple[int, ...]:
    """Runs of equal months, some of nothing, some of a little, some of much."""
    runs = draw(
        st.lists(
            st.tuples(
                st.integers(1, 7),
                st.one_of(st.just(0), st.integers(0, 50), st.integers(50, 2_000), st.integers(0, 10**6)),
            ),
            min_size=1,
            max_size=6,
        )
    )
    return tuple(units for count, units in runs for _ in range(count))


@st.composite
def amounts_around_gaps(draw: st.DrawFn) -> tuple[int, ...]:
    """Months of enough on both sides of one to three months of nothing."""
    before, gap, after = draw(st.integers(1, 6)), draw(st.integers(1, 3)), draw(st.integers(1, 6))
    units = draw(st.integers(500, 10**6))
    return (units,) * before + (0,) * gap + (units,) * after


@st.composite
def cases(
    draw: st.DrawFn,
    frequencies: tuple[rp.Frequency, ...] = FREQUENCIES,
    debts: int = 1,
    amounts: st.SearchStrategy[tuple[int, ...]] | None = None,
) -> Case:
    monthly = draw(monthly_amounts() if amounts is None else amounts)
    most = max(1, sum(monthly) // debts)
    owed = [
        attrs.evolve(
            draw(
                plan_strategies.debts(
                    EUR,
                    AS_OF,
                    draw(st.sampled_from([most, 3 * most, 10**7])),
                    strategies.rates(maximum=Fraction(1, 2)),
                )
            ),
            id=str(place),
            priority=debts > 1 and draw(st.sampled_from([False, False, True])),
        )
        for place in range(debts)
    ]
    minimum = rp.Money.from_minor_units(draw(st.integers(1, 40)), EUR) if draw(st.booleans()) else None
    frequency = draw(st.sampled_from(frequencies))
    first_due = (
        pendulum.date(2026, 1, 15)
        if frequency == rp.Frequency.SEMI_MONTHLY
        else draw(st.sampled_from([START, pendulum.date(2026, 1, 31), pendulum.date(2026, 2, 10)]))
    )
    treatment = st.sampled_from([rp.CarriedTreatment.SPREAD, rp.CarriedTreatment.FIRST])
    limits = draw(st.integers(3, MONTHS_MAX))
    rules = attrs.evolve(
        plan_rules(limits),
        extended_months=rp.Limit(limits + 12, HOUSE),
        token_months=rp.Limit(3, HOUSE),
    )
    return Case(
        rp.Debts(owed, minimum=minimum, freed=draw(st.sampled_from(rp.FreedShare))),
        monthly,
        rules,
        frequency,
        first_due,
        rp.CarriedTreatments(interest=draw(treatment), fees=draw(treatment), penalties=draw(treatment)),
    )


def keeps(case: Case, schedule: rp.Schedule) -> bool:
    """Recount: each installment within its part of its month, and months together where they count so."""
    per_year = periods_per_year(case.frequency)  # as asked for, whether or not some dates are left out
    sums: dict[tuple[int, int], int] = {}
    for row in schedule:
        day = row.scheduled_for
        if asked(row) > math.floor(case.capacity_of(day) * 12 / per_year):
            return False
        sums[day.year, day.month] = sums.get((day.year, day.month), 0) + asked(row)
    if per_year > 12 and not hasattr(schedule.terms.frequency, "dates"):
        return True
    return all(
        total <= case.capacity_of(pendulum.date(year, month, 1)) for (year, month), total in sums.items()
    )


def offers_in(outcome: Any) -> list[rp.Offer]:  # noqa: ANN401  # either kind
    if isinstance(outcome, rp.Offers):
        return list(outcome)
    return [step.offer for step in outcome.next_steps if step.offer is not None]


# --- law 6


@given(cases())
def test_every_installment_keeps_to_its_own_month(case: Case) -> None:
    for offer in offers_in(case.outcome()):
        assert keeps(case, offer.schedule)
        assert offer.certificate.holds
        assert offer.schedule.due[0] >= case.first_due


@given(cases(OFTENER_THAN_MONTHLY, amounts=amounts_around_gaps()))
def test_around_months_of_nothing_each_keeps_to_its_part_of_the_month(case: Case) -> None:
    for offer in offers_in(case.outcome()):
        assert keeps(case, offer.schedule)
        assert offer.certificate.holds


@given(cases())
def test_every_offer_repays_the_debt_in_time(case: Case) -> None:
    outcome = case.outcome()
    months = case.rules.max_months.value
    for offer in outcome if isinstance(outcome, rp.Offers) else ():
        assert offer.schedule.residual.minor_units == 0
        assert offer.schedule.total == offer.debt.total + offer.cost.interest
        assert offer.schedule.last_due <= AS_OF.add(months=months)


# --- law 7


@given(cases())
def test_no_offer_is_beaten_and_all_rise(case: Case) -> None:
    outcome = case.outcome()
    if not isinstance(outcome, rp.Offers):
        return
    offered = [merits(candidate_of(offer)) for offer in outcome]
    every = offered + [merits(drop.candidate) for drop in outcome.dropped]
    assert offered == sorted(offered)
    assert not any(beats(one, other) for one in every for other in offered)
    assert len({offer.name for offer in outcome}) == len(outcome)


# --- the shortest and the least level, against an oracle that pays all that it may


def rows_at(case: Case, schedule: rp.Schedule, count: int, level: int | None = None) -> int | None:
    """Pay each row's limit, or a level below it, on the dates of a schedule, and count the rows.

    A payment pays interest first; what it does not reach of that is put off and bears none.
    """
    terms = schedule.terms
    balance, put_off, carried = terms.principal.minor_units, 0, terms.carried
    parts = [carried.parts(name, count) for name in ("interest", "fees", "penalties")]
    dates = [AS_OF, *schedule.scheduled[:count]]
    for number in range(count):
        limit = case.capacity_of(dates[number + 1])
        most = limit if level is None else min(limit, level)
        owed = put_off + interest_of(terms, balance, number)
        pays = most - sum(part[number] for part in parts)
        if balance + owed <= pays:
            return number + 1
        if pays <= 0:
            return None
        put_off = max(owed - pays, 0)
        balance -= max(pays - owed, 0)
    return None


def interest_of(terms: rp.Terms, balance: int, number: int) -> int:
    """Half-even interest of a nominal month, or of a first period in months and odd days."""
    yearly = terms.highest_rate.per_year
    if number == 0:
        start, first = terms.starts_on, terms.first_due
        months = 0
        anchor = terms.anchor_day or first.day
        while True:
            back = first.subtract(months=months + 1)
            back = back.replace(day=min(anchor, back.days_in_month))
            if back < start:
                break
            months += 1
        since = first.subtract(months=months)
        since = since.replace(day=min(anchor, since.days_in_month))
        time = Fraction(months, 12) + Fraction((since - start).days, 360)
    else:
        time = Fraction(1, 12)
    exact = balance * yearly * time
    return round(exact)


@settings(max_examples=settings().max_examples // 2)
@given(cases(frequencies=(rp.Frequency.MONTHLY,)))
def test_one_row_less_would_not_do_and_one_unit_less_neither(case: Case) -> None:
    if case.debts.debts[0].rate.unit is rp.RateUnit.DAY:  # counts days, which this oracle does not
        return
    outcome = case.outcome()
    if not isinstance(outcome, rp.Offers):
        return
    shortest = min(outcome, key=lambda offer: len(offer.schedule))
    schedule = shortest.schedule
    if hasattr(schedule.terms.frequency, "dates"):
        return  # months without an installment are tried by the examples
    count = len(schedule)
    assert rows_at(case, schedule, count) is not None
    if count > 1:
        assert rows_at(case, schedule, count - 1) is None
    if isinstance(schedule.terms.repayment, rp.StepPayments):
        level = schedule.highest.minor_units
        assert rows_at(case, schedule, count, level) is not None
        assert rows_at(case, schedule, count, level - 1) is None


# --- several debts


def joint_offers_in(outcome: rp.JointOffers | rp.NoAffordablePlan) -> list[rp.JointOffer]:
    """The joint offers, or those that concessions would make possible."""
    if isinstance(outcome, rp.JointOffers):
        return list(outcome)
    return [step.joint_offer for step in outcome.next_steps if step.joint_offer is not None]


@settings(max_examples=settings().max_examples // 2)
@given(cases(frequencies=(rp.Frequency.MONTHLY,), debts=3))
def test_joint_offers_repay_what_is_owed(case: Case) -> None:
    outcome = case.joint_outcome()
    for joint in outcome if isinstance(outcome, rp.JointOffers) else ():
        for offer in joint.offers:
            assert offer.schedule.total == offer.debt.total + offer.cost.interest


@settings(max_examples=settings().max_examples // 2)
@given(cases(frequencies=(rp.Frequency.MONTHLY, rp.Frequency.BIMONTHLY), debts=3))
def test_all_debts_together_keep_to_every_month(case: Case) -> None:
    for joint in joint_offers_in(case.joint_outcome()):
        sums: dict[tuple[int, int], int] = {}
        for offer in joint.offers:
            assert offer.certificate.holds
            for row in offer.schedule:
                month = row.scheduled_for.year, row.scheduled_for.month
                sums[month] = sums.get(month, 0) + asked(row)
        assert all(
            total <= case.capacity_of(pendulum.date(year, month, 1)) for (year, month), total in sums.items()
        )
        assert joint.certificate.holds
        assert [
            (month.year, month.month, month.amount.minor_units) for month in joint.certificate.months
        ] == [(*month, total) for month, total in sorted(sums.items())]
        assert joint.certificate.highest.minor_units == max(sums.values())
        assert [offer.debt for offer in joint.offers] == list(case.debts.debts)


@settings(max_examples=settings().max_examples // 2)
@given(cases(frequencies=(rp.Frequency.MONTHLY,), debts=3))
def test_the_least_payment_reaches_every_creditor_but_for_the_last(case: Case) -> None:
    outcome, minimum = case.joint_outcome(), case.debts.minimum
    if minimum is None or not isinstance(outcome, rp.JointOffers):
        return
    for joint in outcome.offers:
        for offer in joint.offers:
            amounts = [asked(row) for row in offer.schedule]
            assert all(amount >= minimum.minor_units for amount in amounts[:-1])


@settings(max_examples=settings().max_examples // 2)
@given(cases(frequencies=(rp.Frequency.MONTHLY,), debts=3))
def test_joint_offers_rise_and_none_is_beaten(case: Case) -> None:
    outcome = case.joint_outcome()
    if not isinstance(outcome, rp.JointOffers):
        return
    offered = [
        (joint.certificate.highest.minor_units, joint.cost.months, joint.cost.total.minor_units)
        for joint in outcome.offers
    ]
    dropped = [merits(drop.candidate)[:3] for drop in outcome.dropped]
    assert offered == sorted(set(offered))
    for mine in offered:
        for other in (*offered, *dropped):
            assert other == mine or not all(a <= b for a, b in zip(other, mine, strict=True))
