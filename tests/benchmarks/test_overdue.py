"""Where a plan stands, as a number of schedules built; and a timeline, as a number of standings.

The schedule beside it is built from plain parameters, and its rows are not read.
``python -m pytest tests/benchmarks`` prints the ratios; none is asserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue import timeline_walk as module
from repayplan.overdue.timeline import timeline
from repayplan.policies import cn
from tests.benchmarks.conftest import Report, clocked

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 60
EUR = rp.Currency.of("EUR")
AS_OF = pendulum.date(2031, 1, 31)
FIVE_YEARS = (pendulum.date(2026, 1, 31), pendulum.date(2031, 1, 31))
HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
TABLES = cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).overdue
RULES = attrs.evolve(
    TABLES,
    grace_days=rp.Limit(3, HOUSE),
    breach=rp.BreachRules(missed=rp.Limit(3, HOUSE), in_a_row=rp.Limit(2, HOUSE)),
    cure=rp.CureRules(payments=rp.Limit(3, HOUSE), probation_days=rp.Limit(90, HOUSE)),
)
BUSINESS_DAYS = attrs.evolve(RULES, grace_calendar=rp.WeekendCalendar(), counted_days=rp.WeekendCalendar())


def build() -> rp.Schedule:
    return rp.build_schedule(
        rp.Terms(
            principal=rp.Money("12345.67", EUR),
            rate=rp.Rate.annual("0.18"),
            starts_on=pendulum.date(2026, 1, 31),
            first_due=pendulum.date(2026, 2, 28),
            anchor_day=31,
            repayment=rp.LevelPayment(COUNT),
            rounding=rp.Rounding.HALF_EVEN,
        )
    )


SCHEDULE = build()
PROMPT, LATE = (
    [rp.Payment(f"p{row.number}", row.amount, row.due_on.add(days=after)) for row in SCHEDULE]
    for after in (0, 45)
)


def standing(payments: list[rp.Payment], rules: rp.OverdueRules) -> Callable[[], object]:
    def ask() -> object:
        at = rp.standing_on(SCHEDULE, payments, AS_OF, rules)
        return at.state, at.days_past_due, at.bucket, at.past_due

    return ask


def history(payments: list[rp.Payment], rules: rp.OverdueRules) -> Callable[[], object]:
    def ask() -> object:
        return timeline(SCHEDULE, payments, *FIVE_YEARS, rules)

    return ask


@pytest.mark.parametrize(
    ("name", "payments", "rules"),
    [
        ("paid in time, tables alone", PROMPT, TABLES),
        ("paid in time", PROMPT, RULES),
        ("paid 45 days late", LATE, RULES),
        ("paid 45 days late, business days", LATE, BUSINESS_DAYS),
        ("never paid", [], RULES),
        ("never paid, business days", [], BUSINESS_DAYS),
    ],
)
def test_standing(report: Report, name: str, payments: list[rp.Payment], rules: rp.OverdueRules) -> None:
    schedule = f"a schedule of {COUNT} installments"
    contenders = {
        f"standing with {len(payments)} payments": clocked(standing(payments, rules)),
        schedule: clocked(build),
    }
    report.race(f"Standing, {name}", contenders, rounds=100, aims={schedule: 3})


@pytest.mark.parametrize(
    ("name", "payments", "rules"),
    [
        ("paid in time", PROMPT, RULES),
        ("paid 45 days late", LATE, RULES),
        ("paid 45 days late, business days", LATE, BUSINESS_DAYS),
        ("never paid", [], RULES),
    ],
)
def test_timeline(
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    payments: list[rp.Payment],
    rules: rp.OverdueRules,
) -> None:
    visits = counted(monkeypatch, history(payments, rules))
    changes = len(timeline(SCHEDULE, payments, *FIVE_YEARS, rules))
    contenders = {
        f"timeline: {visits} days visited for {changes} changes": clocked(history(payments, rules)),
        "one standing at the end": clocked(standing(payments, rules)),
    }
    report.race(f"Five years, {name}", contenders, rounds=10)


def counted(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]) -> int:
    """Count the days on which a timeline judges the plan."""
    calls: list[object] = []
    plain: Any = vars(module)["standing_of"]

    def standing_of(*arguments: Any) -> Any:  # noqa: ANN401  # as it is called
        calls.append(arguments)
        return plain(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(module, "standing_of", standing_of)
        ask()
    return len(calls)
