from __future__ import annotations

from typing import Any, TypeAlias

import attrs
import pytest

import repayplan as rp
from tests.plan import ANYWHERE, HOUSE, plan_rules

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

COMPONENTS = ("interest", "fees", "penalties")


@pytest.mark.parametrize("months", [1, 60, 1_200])
def test_a_longest_term_within_bounds_is_kept(months: int) -> None:
    assert plan_rules(months).max_months.value == months


@pytest.mark.parametrize("months", [0, -1, 1_201, 10**9])
def test_a_longest_term_beyond_bounds_is_refused(months: int) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        plan_rules(months)
    assert caught.value.field == "max_months"


@pytest.mark.parametrize(
    "value", [60, rp.Limit("60", HOUSE), rp.Limit(60.0, HOUSE), rp.Limit(bool(1), HOUSE)]
)
def test_a_longest_term_that_is_no_limit_of_whole_months_is_refused(value: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(plan_rules(), max_months=value)
    assert caught.value.field == "max_months"


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize(
    "value",
    [None, ANYWHERE, rp.Limit(5, HOUSE), rp.Limit("SPREAD", HOUSE), rp.Limit(frozenset({"x"}), HOUSE)],
)
def test_treatments_that_are_no_limit_of_treatments_are_refused(component: str, value: Wrong) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(plan_rules(), **{f"{component}_treatments": value})
    assert caught.value.field == f"{component}_treatments"


@pytest.mark.parametrize("field", ["conditions", "contents", "duties"])
@pytest.mark.parametrize("value", ["all", 5, rp.Limit(5, HOUSE)])
def test_conditions_contents_and_duties_that_are_no_limits_are_refused(field: str, value: Wrong) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(plan_rules(), **{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_treatments_of_a_component_are_its_own(component: str) -> None:
    limit = rp.Limit(frozenset({rp.CarriedTreatment.FIRST}), HOUSE)
    treatments: dict[str, Wrong] = {f"{component}_treatments": limit}
    rules = attrs.evolve(plan_rules(), **treatments)
    assert [name for name in COMPONENTS if rules.treatments_of(name) is limit] == [component]


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("treatment", list(rp.CarriedTreatment))
def test_a_treatment_is_refused_where_the_rules_do_not_list_it(
    component: str, treatment: rp.CarriedTreatment
) -> None:
    allowed = rp.Limit(ANYWHERE - {treatment}, HOUSE)
    treatments: dict[str, Wrong] = {f"{component}_treatments": allowed}
    rules = attrs.evolve(plan_rules(), **treatments)
    with pytest.raises(rp.PolicyError) as caught:
        rules.check_treatments(_all(treatment))
    assert (caught.value.code, caught.value.field) == ("rules.treatment", component)
    assert caught.value.data == {"treatment": treatment}
    expected = ", ".join(sorted(other.name for other in rp.CarriedTreatment if other is not treatment))
    assert expected in str(caught.value)
    assert str(HOUSE) in str(caught.value)


@pytest.mark.parametrize("treatment", list(rp.CarriedTreatment))
def test_a_treatment_that_the_rules_list_is_accepted(treatment: rp.CarriedTreatment) -> None:
    plan_rules().check_treatments(_all(treatment))


def _all(treatment: rp.CarriedTreatment) -> rp.CarriedTreatments:
    return rp.CarriedTreatments(interest=treatment, fees=treatment, penalties=treatment)


@pytest.mark.parametrize("comparison", [one for one in rp.Comparison if one is not rp.Comparison.AT_MOST])
def test_a_longest_term_that_is_no_upper_limit_is_refused(comparison: rp.Comparison) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        attrs.evolve(plan_rules(), max_months=rp.Limit(60, HOUSE, comparison=comparison))
    assert (caught.value.code, caught.value.field) == ("rules.max_months", "max_months")
