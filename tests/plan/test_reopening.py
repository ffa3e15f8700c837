"""A payment that a revision counted is undone: the version is withdrawn, and what it replaced goes on."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import money
from tests.plan.test_revision import APRIL, PAID, PLAN, revised

DATE = pendulum.date
JUNE = DATE(2026, 6, 1)
RETURNED = rp.Payment("r2", money(5_000), JUNE, reverses="p2")
EVERY = [*PAID, RETURNED]


def reopened(plan: rp.Plan, payments: Any = EVERY, **options: Any) -> rp.Plan:  # noqa: ANN401
    return plan.reopened(payments, **{"on": JUNE, "reason": "p2 was returned", **options})


def test_what_was_undone_later_is_not_known_before() -> None:
    plan = revised()
    may = DATE(2026, 5, 31)
    assert plan.own_payments(EVERY, known_on=may) == ()
    assert rp.outstanding_debt(plan, EVERY, may, known_on=may) == rp.outstanding_debt(plan, PAID, may)
    again = revised(plan=plan, payments=EVERY, on=may)
    assert again.offer.debt == revised(plan=plan, on=may).offer.debt
    with pytest.raises(rp.PaymentError) as caught:
        plan.own_payments(EVERY, known_on=JUNE)
    assert (caught.value.code, caught.value.data["ids"]) == ("revision.counted", ("p2",))


def test_a_counted_payment_that_is_recorded_as_failed_is_undone_too() -> None:
    failed = attrs.evolve(PAID[1], status=rp.PaymentStatus.FAILED)
    with pytest.raises(rp.PaymentError):
        revised().own_payments([PAID[0], failed])


def test_the_version_before_is_in_force_again_and_can_be_revised() -> None:
    wrong = revised()
    before = reopened(wrong)
    assert before.state is rp.PlanState.ACTIVE
    assert (before.schedule, before.withdrawn) == (PLAN.schedule, (wrong,))
    assert before.own_payments(EVERY) == tuple(EVERY)
    new = revised(plan=before, payments=EVERY, on=JUNE)
    assert new.offer.debt == rp.outstanding_debt(PLAN, EVERY, JUNE)
    assert new.versions == (new.versions[0], new)
    assert [payment.id for payment in new.own_payments(EVERY)] == ["p2", "r2"]  # nothing, in all
    assert new.revision is not None
    assert new.revision.counted == ("p1",)
    assert pickle.loads(pickle.dumps(new)) == new  # noqa: S301  # our own


def test_any_day_is_answered_by_the_version_then_in_force() -> None:
    wrong = revised()
    before = reopened(wrong, recorded_on=DATE(2026, 6, 3))
    new = revised(plan=before, payments=EVERY, on=DATE(2026, 6, 10))
    for plan in (before, new):
        assert plan.version_on(APRIL.subtract(days=1)).schedule == PLAN.schedule
        assert plan.version_on(APRIL) is wrong
        assert plan.version_on(DATE(2026, 5, 31)) is wrong
        assert plan.version_on(JUNE, known_on=DATE(2026, 6, 2)) is wrong
        assert plan.version_on(JUNE).schedule == PLAN.schedule
    assert new.version_on(DATE(2026, 6, 10)) is new
    states = [new.versions[0].state_on(day) for day in (AS_FIRST, APRIL, JUNE, DATE(2026, 6, 10))]
    state = rp.PlanState
    assert states == [state.ACTIVE, state.SUPERSEDED, state.ACTIVE, state.SUPERSEDED]


AS_FIRST = DATE(2026, 2, 1)


def test_a_version_of_the_day_of_a_reopening_is_found_after_the_next_one_too() -> None:
    before = reopened(revised())
    same_day = revised(plan=before, payments=EVERY, on=JUNE)
    july = DATE(2026, 7, 1)
    first_returned = rp.Payment("r1", money(10_662), july, reverses="p1")
    again = reopened(same_day, [*EVERY, first_returned], on=july)
    assert again.version_on(DATE(2026, 6, 15)) == same_day
    assert again.version_on(DATE(2026, 6, 15), known_on=DATE(2026, 6, 30)) == same_day
    assert again.version_on(july) == again


def test_what_is_known_on_is_a_date_for_a_first_version_too() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        PLAN.own_payments(PAID, known_on="2026-06-01")  # type: ignore[arg-type]
    assert caught.value.field == "known_on"


def test_the_last_version_that_stands_is_reopened_and_all_after_it_are_withdrawn() -> None:
    second = revised()
    third = revised(plan=second, on=DATE(2026, 4, 20))
    fourth_payment = rp.Payment("p3", money(4_000), DATE(2026, 5, 1))
    fourth = revised(plan=third, payments=[*PAID, fourth_payment], on=DATE(2026, 5, 2))
    undone = [*PAID, fourth_payment, rp.Payment("r3", money(4_000), JUNE, reverses="p3")]
    back = reopened(fourth, undone)
    assert (back.schedule, back.withdrawn) == (third.schedule, (fourth,))
    every = [*undone, RETURNED]
    assert reopened(fourth, every).withdrawn == (second_of(fourth), third_of(fourth), fourth)
    twice = reopened(back, [*every], on=DATE(2026, 6, 5))
    assert twice.schedule == PLAN.schedule
    assert twice.version_on(DATE(2026, 5, 3)) is fourth
    assert twice.version_on(DATE(2026, 6, 2)).schedule == third.schedule
    assert twice.version_on(DATE(2026, 6, 5)) is twice


def second_of(plan: rp.Plan) -> rp.Plan:
    return plan.versions[1]


def third_of(plan: rp.Plan) -> rp.Plan:
    return plan.versions[2]


def test_a_re_ageing_that_was_withdrawn_counts() -> None:
    new = revised(plan=reopened(revised(rp.RevisionKind.RE_AGE)), payments=EVERY, on=JUNE)
    rules = rp.ReAgeRules(per_year=rp.Limit(1, rp.Citation(title="house", force=rp.Force.HOUSE)))
    (finding,) = rp.re_age_findings(new, JUNE, DATE(2025, 1, 1), rules)
    assert (finding.passed, finding.observed) == (False, 2)


@pytest.mark.parametrize(
    ("plan", "options", "error", "code"),
    [
        (revised(), {"payments": PAID}, rp.TermsError, "plan.reopened"),
        (revised(), {"recorded_on": JUNE, "on": APRIL.subtract(days=1)}, rp.DateError, "plan.act_order"),
        (PLAN, {}, rp.TermsError, "plan.reopened"),
        (revised().versions[0], {}, rp.TermsError, "plan.act"),
        (revised(), {"reason": ""}, rp.TermsError, "text.empty"),
    ],
)
def test_what_is_not_to_be_withdrawn_is_refused(
    plan: rp.Plan, options: dict[str, Any], error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        reopened(plan, **options)
    assert caught.value.code == code


def test_a_plan_is_reopened_in_the_place_of_others_only() -> None:
    superseded = revised().versions[0]
    act = rp.PlanAct(kind=rp.ActKind.REOPEN, on=JUNE, reason="by hand")
    with pytest.raises(rp.TermsError) as caught:
        superseded.record(act)
    assert (caught.value.code, caught.value.field) == ("plan.reopened", "withdrawn")
    with pytest.raises(rp.TermsError):
        attrs.evolve(PLAN, withdrawn=(revised(),))
    with pytest.raises(rp.InputTypeError) as wrong:
        attrs.evolve(PLAN, withdrawn=(PLAN.offer,))  # type: ignore[arg-type]  # the point
    assert wrong.value.field == "withdrawn[0]"
