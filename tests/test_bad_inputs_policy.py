"""Hostile input for rules and policies: a clear error that names the field, or a stated outcome."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

import repayplan as rp
from repayplan.overdue.charge_rules import LateInterestRule
from repayplan.overdue.charges import late_charges
from repayplan.policies import PolicyVersions, cn
from tests.overdue import BUCKETS, DATE, FEES, HOUSE, INTEREST, PENALTIES, PRINCIPAL, overdue_rules, plain
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable


def grace_days() -> None:
    for wrong, error in (
        (-1, rp.PolicyError),
        (10**9, rp.PolicyError),
        (True, rp.InputTypeError),
        ("3", rp.InputTypeError),
    ):
        days: Any = rp.Limit(wrong, HOUSE)
        with pytest.raises(error) as caught:
            rp.OverdueRules(buckets=BUCKETS, grace_days=days)
        assert caught.value.field == "grace_days"


def an_order_with_a_gap_or_twice_the_same() -> None:
    for components, field in (
        ((FEES, INTEREST, PRINCIPAL), "steps"),
        ((PENALTIES, FEES, INTEREST, INTEREST), "steps"),
        ((PENALTIES, FEES, INTEREST, PRINCIPAL, FEES), "components"),
        ((), "steps"),
    ):
        with pytest.raises(rp.PolicyError) as caught:
            rp.AllocationOrder.of("ours", components)
        assert caught.value.field == field


def interest_on_itself() -> None:
    name: Any = {"late interest"}
    stated: dict[str, Any] = {
        "name": "late interest",
        "rate": rp.Rate.daily("0.001"),
        "day_count": rp.DayCount.ACT_365F,
        "citation": HOUSE,
    }
    with pytest.raises(rp.InputTypeError) as caught:
        LateInterestRule(base=name, **stated)
    assert caught.value.field == "base"
    # all that may be named are parts of an installment: what is charged bears nothing, so it grows by the day
    rule = LateInterestRule(base=frozenset(rp.Component), **stated)
    charged: list[int] = []
    for days in (10, 20, 30):
        as_of = DATE(2026, 2, 1).add(days=days)
        (due,) = late_charges(plain(1), [], as_of, rules=(rule,), overdue_rules=overdue_rules()).due
        charged.append(due.amount.minor_units)
    assert charged == [100, 200, 300]


def nothing_to_divide_by() -> None:
    policy = cn.CREDIT_CARD.in_force(dt.date(2026, 12, 1))
    day = dt.date(2026, 12, 1)
    rent = rp.Expense("rent", rp.Money(3000, "CNY"), category=rp.Category.HOUSING)
    for incomes in (
        (),
        (rp.Income("wage", rp.Money(0, "CNY")),),
        (rp.Income("wage", rp.Money(1000, "CNY")),),
    ):
        budget = rp.Budget(
            currency=rp.Currency.of("CNY"),
            household=rp.Household(1),
            incomes=incomes,
            expenses=(rent,),
        )
        able = rp.assess(budget, rules=policy.affordability, as_of=day)
        debt = rp.Debt(principal=rp.Money(9000, "CNY"), rate=rp.Rate.annual("0.18"), as_of=day)
        answer = rp.propose(debt, able, rules=policy.plan, first_due=dt.date(2026, 12, 31))
        assert isinstance(answer, rp.NoAffordablePlan)
        assert not all(finding.passed for finding in answer.findings)
        assert answer.next_steps


def two_versions_on_one_day_and_none_for_a_day() -> None:
    first, second, *_ = cn.CREDIT_CARD.versions
    for versions in ((first, first), (second, first)):
        with pytest.raises(rp.PolicyError) as caught:
            PolicyVersions(versions)
        assert caught.value.field == "versions[1].effective_from"
    with pytest.raises(rp.PolicyError) as none:
        PolicyVersions((first,)).in_force(first.effective_from.subtract(days=1))
    assert (none.value.code, none.value.field) == ("policy.not_in_force", "on")


CASES: dict[str, Callable[[], None]] = {
    "policy-01": grace_days,
    "policy-03": an_order_with_a_gap_or_twice_the_same,
    "policy-04": interest_on_itself,
    "policy-06": nothing_to_divide_by,
    "policy-07": two_versions_on_one_day_and_none_for_a_day,
}


@pytest.mark.parametrize("identity", CASES)
def test_a_bad_policy_has_the_outcome_that_the_catalogue_wants(identity: str) -> None:
    CASES[identity]()


def test_every_policy_of_the_catalogue_has_a_case() -> None:
    wanted = {row["id"] for row in load("bad_inputs.json")["inputs"] if row["area"] == "policy"}
    assert wanted == CASES.keys()
