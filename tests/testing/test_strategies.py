"""The named strategies: what they are told holds, and what they draw is within their bounds."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import repayplan as rp
from repayplan import testing
from repayplan.testing.ground import AMOUNT_MAX, FIRST_DAY, LAST_DAY, units_of
from repayplan.testing.terms_fields import INSTALLMENTS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DataObject, SearchStrategy

EUR: Final = rp.Currency.of("EUR")
QUICK: Final = settings(max_examples=30, phases=[Phase.generate], database=None)
SCHEDULE: Final = rp.build_schedule(
    rp.Terms(
        principal=rp.Money(600, "EUR"),
        rate=rp.Rate.annual("0.12"),
        starts_on=pendulum.date(2026, 1, 31),
        first_due=pendulum.date(2026, 2, 28),
        repayment=rp.LevelPayment(6),
    )
)


@QUICK
@given(testing.money(), testing.money("KWD", least=-5, most=5))
def test_money_is_bounded(amount: rp.Money, little: rp.Money) -> None:
    assert 0 <= amount.minor_units <= units_of(amount.currency, AMOUNT_MAX)
    assert little.currency == rp.Currency.of("KWD")
    assert -5 <= little.minor_units <= 5


@QUICK
@given(testing.rates(), testing.rates(most=Fraction(1, 10), unit=rp.RateUnit.DAY))
def test_rates_are_bounded(rate: rp.Rate, daily: rp.Rate) -> None:
    assert 0 <= rate.per_year <= 1
    assert daily.per_year <= Fraction(1, 10)
    assert daily.unit is rp.RateUnit.DAY


@QUICK
@given(testing.dates(), testing.moments(after=pendulum.datetime(2026, 1, 1)))
def test_days_and_moments_are_bounded(day: pendulum.Date, moment: pendulum.DateTime) -> None:
    assert FIRST_DAY <= day <= LAST_DAY
    assert pendulum.datetime(2026, 1, 1) <= moment <= pendulum.datetime(2026, 4, 1)


@pytest.mark.parametrize("day", [(2024, 2, 29), (2025, 2, 28), (2023, 12, 31)])
def test_ends_of_months_come_often(day: tuple[int, int, int]) -> None:
    found = []

    @settings(max_examples=300, phases=[Phase.generate], database=None)
    @given(testing.dates(pendulum.date(2023, 12, 31), pendulum.date(2026, 12, 31)))
    def draw(drawn: pendulum.Date) -> None:
        found.append(drawn)

    draw()
    assert found.count(pendulum.date(*day)) > 1  # a day among three years


@QUICK
@given(testing.frequencies(), testing.calendars(), testing.names(longest=3))
def test_frequencies_calendars_and_names(frequency: rp.Frequency, calendar: rp.Calendar, name: str) -> None:
    assert frequency.periods_per_year > 0
    assert calendar.is_business_day(pendulum.date(2026, 1, 1)) in {True, False}
    assert 1 <= len(name) <= 3


@QUICK
@given(testing.salts())
def test_salts_differ_and_do_not_end(source: Iterator[bytes]) -> None:
    found = list(itertools.islice(source, 100))
    assert {len(salt) for salt in found} == {16}
    assert len(set(found)) == 100


@QUICK
@given(testing.terms(), testing.terms("JPY", installments=3), testing.schedules(EUR, installments=1))
def test_terms_and_schedules_are_bounded(terms: rp.Terms, short: rp.Terms, one: rp.Schedule) -> None:
    assert len(rp.build_schedule(terms)) <= INSTALLMENTS_MAX
    assert short.principal.currency == rp.Currency.of("JPY")
    assert len(rp.build_schedule(short)) <= 3
    assert len(one) == 1


def test_every_pattern_and_every_extra_is_drawn() -> None:
    patterns: set[type] = set()
    beside: set[str] = set()

    @settings(max_examples=1_000, phases=[Phase.generate], database=None)
    @given(testing.terms(EUR))
    def draw(terms: rp.Terms) -> None:
        patterns.add(type(terms.repayment))
        beside.update(_differing(terms, SCHEDULE.terms))
        if isinstance(terms.repayment, rp.LevelPayment):
            beside.update(_differing(terms.repayment, rp.LevelPayment(terms.repayment.count)))
        if isinstance(terms.rate, rp.RateSteps):
            beside.add("steps of the rate")

    draw()
    assert len(patterns) == 10
    assert {field.name for field in (*attrs.fields(rp.Terms), *attrs.fields(rp.LevelPayment))} - beside == {
        "count"  # which is not compared
    }
    assert "steps of the rate" in beside


def test_orders_are_drawn_by_which_clients_say_what_they_pay() -> None:
    heeded: set[bool] = set()

    @settings(max_examples=200, phases=[Phase.generate], database=None)
    @given(testing.values(rp.AllocationOrder))
    def draw(order: rp.AllocationOrder) -> None:
        heeded.add(order.honours_installment)

    draw()
    assert heeded == {False, True}


def _differing(value: Any, plain: Any) -> set[str]:  # noqa: ANN401  # terms or a pattern
    """Name the fields that are not those of a plain value."""
    names = [field.name for field in attrs.fields(type(value))]
    return {name for name in names if getattr(value, name) != getattr(plain, name)}


IN_EUROS: Final[list[SearchStrategy[object]]] = [
    testing.budgets("EUR").map(lambda budget: budget.currency),
    testing.debts("EUR").map(lambda debt: debt.currency),
    testing.debts(EUR, id="a").map(lambda debt: debt.currency),
    testing.offers(EUR).map(lambda offers: offers[0].debt.currency),
    testing.plans(EUR).map(lambda plan: plan.offer.debt.currency),
    testing.overdue_rules("EUR").map(
        lambda rules: EUR if rules.tolerance is None else rules.tolerance.floor.currency
    ),
    testing.cases("EUR").map(lambda case: case.currency or EUR),
    testing.budgets(EUR).map(lambda budget: budget.currency),
    testing.cases(EUR).map(lambda case: case.currency or EUR),
]


@pytest.mark.parametrize("place", range(len(IN_EUROS)))
def test_a_currency_that_is_asked_for_is_kept(place: int) -> None:
    @settings(QUICK, max_examples=10)
    @given(IN_EUROS[place])
    def draw(currency: object) -> None:
        assert currency == EUR

    draw()


@pytest.mark.parametrize(
    ("strategy", "kind"),
    [
        (testing.budgets(), rp.Budget),
        (testing.cases(), rp.Case),
        (testing.clients(), rp.Client),
        (testing.contacts(channel=rp.Channel.SMS), rp.Contact),
        (testing.currencies(), rp.Currency),
        (testing.debts(), rp.Debt),
        (testing.message_facts(sender="Bank"), rp.MessageFacts),
        (testing.offers(), rp.Offers),
        (testing.plans(), rp.Plan),
        (testing.records(case_id="case"), rp.Record),
    ],
)
def test_a_named_strategy_draws_its_kind(strategy: SearchStrategy[object], kind: type) -> None:
    @settings(QUICK, max_examples=10)
    @given(strategy)
    def draw(value: object) -> None:
        assert isinstance(value, kind)

    draw()


@QUICK
@given(st.data())
def test_facts_near_a_schedule_fit_it(data: DataObject) -> None:
    payment = data.draw(testing.payments(SCHEDULE, id="p"))
    hold = data.draw(testing.holds(SCHEDULE))
    paid = [payment]
    if payment.status is rp.PaymentStatus.CLEARED:
        paid.append(data.draw(testing.reversals(payment)))
    ledger = rp.ledger_on(
        SCHEDULE, paid, order=rp.CN_CIVIL_CODE_561, as_of=data.draw(testing.days_near(SCHEDULE)), holds=[hold]
    )
    assert ledger.facts.payments == tuple(paid)


@QUICK
@given(testing.logs(case_id="case", origin="bank", shortest=1, longest=2))
def test_a_log_is_of_one_case_and_verifies(log: rp.CommunicationLog) -> None:
    assert 1 <= len(log) <= 2
    assert log.case_ids == {"case"}
    assert log.origin == "bank"
    assert rp.verify_log(log, log.head()).first_bad is None


def test_what_is_exported_is_what_is_documented() -> None:
    assert testing.__all__ == sorted(testing.__all__)
    assert all(getattr(testing, name).__doc__ for name in testing.__all__)
