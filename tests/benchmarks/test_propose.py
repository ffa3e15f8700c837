"""What a proposal costs, as a number of schedules of the longest term, with the number that it builds.

``python -m pytest tests/benchmarks`` prints the ratios; none is asserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.plan import search
from repayplan.policies import cn
from tests.benchmarks.conftest import Report, Sample, clocked

if TYPE_CHECKING:
    from collections.abc import Callable

CNY = rp.Currency.of("CNY")
TODAY, FIRST_DUE = pendulum.date(2026, 12, 1), pendulum.date(2026, 12, 31)
POLICY = cn.CREDIT_CARD.in_force(TODAY)
MONTHS = POLICY.plan.max_months.value
DEBT = rp.Debt(
    principal=rp.Money(36_000, CNY),
    interest=rp.Money("1250.40", CNY),
    fees=rp.Money(300, CNY),
    rate=rp.Rate.daily("0.0005"),
    as_of=TODAY,
)
FOUR = rp.Debts(
    [
        attrs.evolve(DEBT, id="card"),
        rp.Debt(id="loan", principal=rp.Money(9_000, CNY), rate=rp.Rate.annual("0.12"), as_of=TODAY),
        rp.Debt(id="store", principal=rp.Money(5_000, CNY), rate=rp.Rate.daily("0.0004"), as_of=TODAY),
        rp.Debt(
            id="rent", principal=rp.Money(4_000, CNY), rate=rp.Rate.annual(0), as_of=TODAY, priority=True
        ),
    ]
)
FOUR_ALIKE = rp.Debts([attrs.evolve(debt, priority=False) for debt in FOUR.debts])
FOUR_AT_LEAST = attrs.evolve(FOUR, minimum=rp.Money(50, CNY))


def affordability(*incomes: rp.Income) -> rp.Affordability:
    budget = rp.Budget(currency=CNY, household=rp.Household(1), incomes=incomes)
    return rp.assess(budget, rules=POLICY.affordability, as_of=TODAY)


CONSTANT = affordability(rp.Income("wage", rp.Money(2_600, CNY)))
LOW = affordability(rp.Income("wage", rp.Money(900, CNY)))
BELOW = affordability(rp.Income("wage", rp.Money(1_300, CNY)))
LOWEST = affordability(rp.Income("wage", rp.Money(300, CNY)))
VARYING = affordability(
    rp.Income("wage", rp.Money(3_000, CNY)),
    rp.Income("job", rp.Money(1_000, CNY), starts_on=pendulum.date(2027, 6, 1)),
    rp.Income("bonus", rp.Money(2_000, CNY), frequency=rp.Frequency.once(pendulum.date(2028, 2, 5))),
)


def propose(debt: Any, able: rp.Affordability) -> Callable[[], object]:  # noqa: ANN401  # one debt or several
    def ask() -> object:
        return rp.propose(debt, able, rules=POLICY.plan, first_due=FIRST_DUE)

    return ask


def longest() -> rp.Schedule:
    terms = rp.Terms(
        principal=DEBT.principal,
        rate=DEBT.rate,
        starts_on=TODAY,
        first_due=FIRST_DUE,
        repayment=rp.LevelPayment(MONTHS),
        carried=DEBT.carried(rp.CarriedTreatments()),
    )
    return rp.build_schedule(terms)


@pytest.mark.parametrize(
    ("name", "ask", "aim"),
    [
        ("one debt, constant capacity", propose(DEBT, CONSTANT), 40),
        ("one debt, varying capacity", propose(DEBT, VARYING), 100),
        ("one debt, constant capacity, none affordable", propose(DEBT, LOW), 40),
        ("one debt, constant capacity below the interest", propose(DEBT, LOWEST), 40),
        ("four debts, varying capacity", propose(FOUR, VARYING), 400),
        ("four debts in proportion, varying capacity", propose(FOUR_ALIKE, VARYING), 400),
        ("four debts with a least payment, varying capacity", propose(FOUR_AT_LEAST, VARYING), 400),
        ("four debts, none affordable", propose(FOUR, LOW), 400),
        ("four debts with a least payment, none affordable", propose(FOUR_AT_LEAST, BELOW), 400),
    ],
)
def test_proposing(
    report: Report, monkeypatch: pytest.MonkeyPatch, name: str, ask: Callable[[], object], aim: int
) -> None:
    built = counted(monkeypatch, ask)
    one = f"one schedule of {MONTHS} months"
    contenders: dict[str, Sample] = {f"propose: {built} schedules tried": clocked(ask), one: clocked(longest)}
    report.race(f"Propose, {name}", contenders, rounds=30, aims={one: aim})


def counted(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]) -> int:
    """Count the schedules that a proposal tries to build."""
    calls: list[object] = []
    plain: Any = vars(search)["attempt"]

    def attempt(*arguments: Any) -> Any:  # noqa: ANN401  # as it is called
        calls.append(arguments)
        return plain(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(search, "attempt", attempt)
        ask()
    return len(calls)
