"""The states of a plan: where each act leads, and which are refused."""

from __future__ import annotations

import pickle
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.plan.states import TRANSITIONS, state_after
from tests.plan import main_plan

STATE, KIND = rp.PlanState, rp.ActKind
DAY = pendulum.date(2027, 3, 1)

REACHED = {
    STATE.ACTIVE: (),
    STATE.SUSPENDED: (KIND.SUSPEND,),
    STATE.COMPLETED: (KIND.COMPLETE,),
    STATE.CANCELLED: (KIND.CANCEL,),
    STATE.TERMINATED: (KIND.TERMINATE,),
    STATE.SUPERSEDED: (KIND.SUPERSEDE,),
}


def act(kind: rp.ActKind, on: pendulum.Date = DAY, **fields: Any) -> rp.PlanAct:  # noqa: ANN401  # by name
    if kind is KIND.TERMINATE:
        fields = {"notice_on": on.subtract(days=30), "pay_by": on.subtract(days=1), **fields}
    return rp.PlanAct(kind=kind, on=on, reason="as told", **fields)


@pytest.mark.parametrize("state", STATE)
@pytest.mark.parametrize("kind", KIND)
def test_every_act_leads_where_the_table_says_or_is_refused(state: rp.PlanState, kind: rp.ActKind) -> None:
    before = [act(each) for each in REACHED[state]]
    assert state_after(before) is state
    following = TRANSITIONS.get((state, kind))
    if following is not None:
        assert state_after([*before, act(kind)]) is following
        return
    with pytest.raises(rp.TermsError) as caught:
        state_after([*before, act(kind)])
    assert (caught.value.code, caught.value.field) == ("plan.act", f"acts[{len(before)}]")
    assert caught.value.data["legal"] == tuple(each for was, each in TRANSITIONS if was is state)


def test_an_act_that_could_not_be_by_what_was_known_has_no_effect_then() -> None:
    late = act(KIND.SUSPEND, recorded_on=DAY.add(days=30))
    plan = main_plan().record(late).record(act(KIND.RESUME, DAY.add(days=10)))
    assert plan.state_on(DAY.add(days=5)) is STATE.SUSPENDED
    assert plan.state_on(DAY.add(days=5), known_on=DAY.add(days=29)) is STATE.ACTIVE
    assert plan.state_on(DAY.add(days=12), known_on=DAY.add(days=29)) is STATE.ACTIVE
    assert plan.state_on(DAY.add(days=12), known_on=DAY.add(days=30)) is STATE.ACTIVE


def test_a_plan_says_what_became_of_it_on_any_day_and_of_what_was_known() -> None:
    plan = main_plan().record(act(KIND.SUSPEND)).record(act(KIND.RESUME, DAY.add(days=20)))
    plan = plan.record(act(KIND.COMPLETE, DAY.add(days=40), recorded_on=DAY.add(days=50)))
    assert plan.state is STATE.COMPLETED
    assert plan.state_on(DAY.subtract(days=1)) is STATE.ACTIVE
    assert plan.state_on(DAY) is STATE.SUSPENDED
    assert plan.state_on(DAY.add(days=20)) is STATE.ACTIVE
    assert plan.state_on(DAY.add(days=40)) is STATE.COMPLETED
    assert plan.state_on(DAY.add(days=40), known_on=DAY.add(days=49)) is STATE.ACTIVE
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301  # our own


def test_a_termination_follows_a_notice_and_a_chance_to_pay() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.PlanAct(kind=KIND.TERMINATE, on=DAY, reason="breach")
    assert (caught.value.code, caught.value.field) == ("act.notice", "notice_on")
    for notice_on, pay_by in [(DAY, DAY), (DAY.subtract(days=5), DAY), (DAY.subtract(days=5),) * 2]:
        with pytest.raises(rp.DateError) as late:
            act(KIND.TERMINATE, notice_on=notice_on, pay_by=pay_by)
        assert late.value.code == "act.notice"
    with pytest.raises(rp.TermsError):
        act(KIND.CANCEL, notice_on=DAY)
    with pytest.raises(rp.TermsError):
        act(KIND.CANCEL, pay_by=DAY)


def test_an_act_is_recorded_on_its_day_or_later() -> None:
    with pytest.raises(rp.DateError) as caught:
        act(KIND.SUSPEND, recorded_on=DAY.subtract(days=1))
    assert caught.value.code == "act.recorded_on"


def test_acts_do_not_go_back() -> None:
    plan = main_plan().record(act(KIND.SUSPEND))
    with pytest.raises(rp.DateError) as caught:
        plan.record(act(KIND.RESUME, DAY.subtract(days=1)))
    assert (caught.value.code, caught.value.field) == ("plan.act_order", "acts[1].on")
    with pytest.raises(rp.InputTypeError):
        plan.record("resume")  # type: ignore[arg-type]  # the point


def test_nothing_personal_is_shown() -> None:
    assert repr(act(KIND.SUSPEND)) == "<PlanAct: suspend on 2027-03-01>"
    assert "suspended" in repr(main_plan().record(act(KIND.SUSPEND)))
