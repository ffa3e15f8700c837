"""Early warnings: what is due soon, paid in part, or paid later and later, and what to ask then."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.early_warnings import early_warnings, warnings_of

if TYPE_CHECKING:
    import datetime

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
EUR = rp.Currency.of("EUR")
HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
REMINDER = rp.Citation(title="reminders", force=rp.Force.HOUSE)
BUCKETS = rp.DelinquencyScale((rp.Band(0, 0, "M0"), rp.Band(1, None, "M1")), HOUSE)
RULES = rp.OverdueRules(buckets=BUCKETS, reminder_days=rp.Limit(5, REMINDER))
START = DATE(2027, 1, 1)
ALL = ["nothing_due_soon", "no_part_payment", "not_paying_later", "not_repeatedly_late"]


def plan(count: int = 4) -> rp.Schedule:
    """Installments of 100 EUR on the tenth of each month from January 2027 on."""
    terms = rp.Terms(
        principal=rp.Money(100 * count, EUR),
        rate=rp.Rate.annual(0),
        starts_on=START,
        first_due=DATE(2027, 1, 10),
        repayment=rp.LevelPayment(count),
    )
    return rp.build_schedule(terms)


def paid(amount: int | str, day: datetime.date) -> rp.Payment:
    return rp.Payment(f"of {day}", rp.Money(amount, EUR), day)


def found(
    payments: list[rp.Payment], as_of: datetime.date, rules: rp.OverdueRules = RULES, **more: Wrong
) -> dict[str, rp.Finding]:
    return {each.rule: each for each in early_warnings(plan(), payments, as_of, rules, **more)}


def due_soon(payments: list[rp.Payment], as_of: datetime.date, **more: Wrong) -> rp.Money:
    finding = found(payments, as_of, **more)["nothing_due_soon"]
    observed: Wrong = finding.observed
    assert finding.passed is (not observed)
    assert bool(finding.ask) is not finding.passed
    return observed  # type: ignore[no-any-return]  # checked above


def euros(amount: int | str) -> rp.Money:
    return rp.Money(amount, EUR)


def test_all_is_well() -> None:
    findings = found([paid(100, DATE(2027, 1, 10))], DATE(2027, 1, 12))
    assert list(findings) == ALL
    assert all(finding.passed and not finding.ask for finding in findings.values())


# ------------------------------------------------------------------------------------------ due soon


@pytest.mark.parametrize(("day", "expected"), [(4, 0), (5, 100), (9, 100), (10, 100), (11, 0)], ids=str)
def test_an_amount_is_due_soon_within_the_reminder_days(day: int, expected: int) -> None:
    assert due_soon([], DATE(2027, 1, day)) == euros(expected)


def test_a_reminder_names_the_day_and_its_source_and_asks() -> None:
    finding = found([], DATE(2027, 1, 6))["nothing_due_soon"]
    assert (finding.limit, finding.citation, finding.comparison) == (
        euros(0),
        REMINDER,
        rp.Comparison.AT_MOST,
    )
    assert (
        finding.ask == "Remind kindly of what is due on 2027-01-10, and ask whether it can be paid by then."
    )


def test_a_partly_paid_installment_is_reminded_of_its_rest() -> None:
    assert due_soon([paid("99.99", DATE(2027, 1, 4))], DATE(2027, 1, 6)) == euros("0.01")


def test_what_is_paid_is_not_reminded_of() -> None:
    assert due_soon([paid(100, DATE(2027, 1, 4))], DATE(2027, 1, 6)) == euros(0)


def test_no_reminder_days_no_reminder() -> None:
    assert "nothing_due_soon" not in found([], DATE(2027, 1, 6), attrs.evolve(RULES, reminder_days=None))


def test_several_due_soon_are_one_amount() -> None:
    rules = attrs.evolve(RULES, reminder_days=rp.Limit(40, REMINDER))
    assert due_soon([paid(30, DATE(2027, 1, 2))], DATE(2027, 1, 5), rules=rules) == euros(170)


def test_credit_that_is_held_pays_first() -> None:
    order = rp.AllocationOrder.of("held", tuple(rp.Component), overpayment=rp.Overpayment.CREDIT)
    rules = attrs.evolve(RULES, order=order, reminder_days=rp.Limit(40, REMINDER))
    assert due_soon([paid(130, DATE(2027, 1, 2))], DATE(2027, 1, 5), rules=rules) == euros(70)
    tolerant = attrs.evolve(rules, tolerance=rp.Tolerance(euros(70), Fraction(0)))
    assert due_soon([paid(130, DATE(2027, 1, 2))], DATE(2027, 1, 5), rules=tolerant) == euros(0)


def test_where_sums_decide_the_reminder_is_of_the_sum() -> None:
    order = rp.AllocationOrder.of("principal first", tuple(reversed(rp.Component)), sweep=rp.Sweep.ACROSS)
    terms = attrs.evolve(plan().terms, rate=rp.Rate.annual("0.12"))
    schedule = rp.build_schedule(terms)
    amount = schedule[0].amount
    payments = [rp.Payment("p1", amount, DATE(2027, 2, 10))]
    rules = attrs.evolve(RULES, order=order)
    reminder, *_ = early_warnings(schedule, payments, DATE(2027, 2, 10), rules)
    assert (reminder.observed, amount) == (schedule[1].amount, schedule[1].amount)


def test_a_late_charge_is_not_part_of_it() -> None:
    charge = rp.Charge("c1", euros(9), 1, rp.Component.FEES, DATE(2027, 1, 2))
    assert due_soon([paid(100, DATE(2027, 1, 3))], DATE(2027, 1, 6), charges=[charge]) == euros(0)


def test_a_hold_that_moves_the_due_date_moves_the_reminder() -> None:
    hold = rp.Hold(
        "h1", rp.HoldKind.BEREAVEMENT, {rp.HoldEffect.DUE_DATES_MOVE}, DATE(2027, 1, 4), DATE(2027, 1, 19)
    )
    assert due_soon([], DATE(2027, 1, 6), holds=[hold]) == euros(0)
    assert due_soon([], DATE(2027, 1, 16), holds=[hold]) == euros(100)


# ------------------------------------------------------------------------------------------ in part


@pytest.mark.parametrize(
    ("day", "amount", "expected"),
    [(9, 40, 0), (10, 40, 1), (20, 40, 1), (20, 100, 0), (20, 110, 0)],
)
def test_a_part_payment_of_what_is_due_is_seen(day: int, amount: int, expected: int) -> None:
    finding = found([paid(amount, DATE(2027, 1, 5))], DATE(2027, 1, day))["no_part_payment"]
    assert (finding.observed, finding.limit, finding.passed) == (expected, 0, not expected)


def test_nothing_paid_is_not_a_part() -> None:
    assert found([], DATE(2027, 1, 20))["no_part_payment"].passed


def test_a_tolerated_rest_is_not_missing() -> None:
    rules = attrs.evolve(RULES, tolerance=rp.Tolerance(euros(0), Fraction(1, 10)))
    assert found([paid(90, DATE(2027, 1, 5))], DATE(2027, 1, 20), rules)["no_part_payment"].passed


def test_a_part_payment_is_thanked_for() -> None:
    finding = found([paid(40, DATE(2027, 1, 5))], DATE(2027, 1, 20))["no_part_payment"]
    assert finding.ask == (
        "Thank the client for the part of installment 1 that was paid, and ask when the rest can follow, or"
        " whether the amount has become too high."
    )


def test_parts_of_several_installments_are_listed() -> None:
    order = rp.AllocationOrder.of("chosen", tuple(rp.Component), honours_installment=True)
    payments = [
        attrs.evolve(paid(40, DATE(2027, 3, 10 + number)), installment=number) for number in (1, 2, 3)
    ]
    finding = found(payments, DATE(2027, 3, 20), attrs.evolve(RULES, order=order))["no_part_payment"]
    assert finding.observed == 3
    assert "of installment 1, 2, 3 that" in finding.ask


# ------------------------------------------------------------------------------------------ habits


def monthly(*days: int) -> list[rp.Payment]:
    """100 EUR a month, so many days after the tenth."""
    return [paid(100, DATE(2027, month, 10).add(days=after)) for month, after in enumerate(days, start=1)]


@pytest.mark.parametrize(
    ("days", "observed", "later", "late"),
    [
        ((), (), False, 0),
        ((1, 3), (1, 3), False, 2),
        ((0, 1, 2), (0, 1, 2), True, 2),
        ((-5, -3, -1), (-5, -3, -1), True, 0),
        ((1, 1, 2), (1, 1, 2), False, 3),
        ((0, 5, 4), (0, 5, 4), False, 2),
        ((9, 0, 1, 2), (0, 1, 2), True, 2),
        ((1, 2, 3, 0), (2, 3, 0), False, 2),
        ((0, 0, 4), (0, 0, 4), False, 1),
        ((0, 0, 0), (0, 0, 0), False, 0),
    ],
)
def test_a_habit_is_read_from_the_last_three_settled_installments(
    days: tuple[int, ...], observed: tuple[int, ...], *, later: bool, late: int
) -> None:
    findings = found(monthly(*days), DATE(2027, 4, 30))
    habit, repeated = findings["not_paying_later"], findings["not_repeatedly_late"]
    assert (habit.observed, habit.passed) == (observed, not later)
    assert (repeated.observed, repeated.limit, repeated.passed) == (late, 1, late <= 1)
    assert bool(habit.ask) is later
    assert bool(repeated.ask) is (late > 1)


def test_what_is_not_yet_settled_shows_no_habit() -> None:
    assert found(monthly(0, 1, 2), DATE(2027, 3, 11))["not_paying_later"].observed == (0, 1)


def test_what_was_waived_whole_was_not_settled_by_the_client() -> None:
    waiver = rp.Waiver("w1", euros(100), 2, rp.Component.PRINCIPAL, START)
    findings = found(monthly(0, 28), DATE(2027, 4, 30), waivers=[waiver])
    assert findings["not_paying_later"].observed == (0, 0)  # the second pays the third installment


def test_questions_blame_nobody() -> None:
    payments = [*monthly(1, 2, 3), paid(10, DATE(2027, 4, 5))]
    findings = found(payments, DATE(2027, 4, 10))
    assert not any(finding.passed for finding in findings.values())
    for finding in findings.values():
        assert "sk" in finding.ask
        assert not {"must", "failed", "fault", "late", "overdue"} & set(finding.ask.split())


# ------------------------------------------------------------------------------------------ the rest


def test_a_standing_that_is_made_gives_the_same() -> None:
    payments = monthly(1, 2)
    standing = rp.standing_on(plan(), payments, DATE(2027, 3, 8), RULES)
    assert warnings_of(standing) == early_warnings(plan(), payments, DATE(2027, 3, 8), RULES)


def test_what_was_not_known_shows_no_habit() -> None:
    findings = found(monthly(0, 1, 2), DATE(2027, 3, 20), known_on=DATE(2027, 3, 11), debtor="ann")
    assert findings["not_paying_later"].observed == (0, 1)


def test_rules_may_come_in_versions() -> None:
    versions = rp.OverdueRuleVersions(((START, RULES),))
    assert len(early_warnings(plan(), [], START, versions, contract_due_on=START)) == 4
