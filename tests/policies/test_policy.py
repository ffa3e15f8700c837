from __future__ import annotations

import datetime as dt
import pickle
from typing import Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.follow_up_rules import HOUSE_FOLLOW_UP_RULES
from repayplan.policies import cn
from repayplan.policies.policy import PARTS, PolicyVersions

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

FIRST, SECOND, THIRD, FOURTH = cn.CREDIT_CARD.versions


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (dt.date(2011, 1, 13), FIRST),
        (dt.date(2016, 12, 31), FIRST),
        (dt.date(2017, 1, 1), SECOND),
        (dt.date(2023, 6, 30), SECOND),
        (dt.date(2023, 7, 1), THIRD),
        (dt.date(2025, 2, 27), THIRD),
        (dt.date(2025, 2, 28), FOURTH),
        (dt.date.max, FOURTH),
        (pendulum.date(2026, 12, 1), FOURTH),
    ],
)
def test_the_version_in_force_is_the_last_that_has_begun(on: dt.date, version: object) -> None:
    assert cn.CREDIT_CARD.in_force(on) is version


@pytest.mark.parametrize("version", cn.CREDIT_CARD.versions)
def test_plans_and_lateness_have_one_order_of_allocation(version: Any) -> None:  # noqa: ANN401
    assert version.plan.order is version.overdue.order
    other = attrs.evolve(version.plan, order=rp.PENALTIES_FEES_INTEREST_PRINCIPAL)
    with pytest.raises(rp.PolicyError) as caught:
        attrs.evolve(version, plan=other)
    assert (caught.value.code, caught.value.field) == ("policy.order", "plan.order")


@pytest.mark.parametrize("on", [dt.date(2011, 1, 12), dt.date.min])
def test_before_the_first_version_there_is_none(on: dt.date) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        cn.CREDIT_CARD.in_force(on)
    assert (caught.value.code, caught.value.field) == ("policy.not_in_force", "on")
    assert caught.value.data == {"first": dt.date(2011, 1, 13), "on": on}


@pytest.mark.parametrize("on", ["2026-12-01", None, dt.datetime(2026, 12, 1, tzinfo=dt.UTC), 2026])
def test_a_day_must_be_a_date(on: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        cn.CREDIT_CARD.in_force(on)
    assert caught.value.field == "on"


@pytest.mark.parametrize(
    ("versions", "field"),
    [
        ((), "versions"),
        ((FIRST, FIRST), "versions[1].effective_from"),
        ((SECOND, FIRST), "versions[1].effective_from"),
        ((FIRST, THIRD, SECOND), "versions[2].effective_from"),
    ],
)
def test_versions_stand_in_the_order_of_their_days(versions: tuple[Any, ...], field: str) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        PolicyVersions(versions)
    assert (caught.value.code, caught.value.field) == ("policy.versions", field)


@pytest.mark.parametrize(
    ("versions", "field"), [(FIRST, "versions"), (("2011",), "versions[0]"), (None, "versions")]
)
def test_what_is_no_version_is_refused(versions: Wrong, field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        PolicyVersions(versions)
    assert caught.value.field == field


def test_a_hundred_versions_are_kept_and_one_more_is_refused() -> None:
    days = [pendulum.date(2000, 1, 1).add(days=day) for day in range(101)]
    versions = tuple(attrs.evolve(FIRST, effective_from=day) for day in days)
    assert len(PolicyVersions(versions[:100]).versions) == 100
    with pytest.raises(rp.PolicyError) as caught:
        PolicyVersions(versions)
    assert caught.value.field == "versions"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", rp.PolicyError),
        ("name", "\u202ecn", rp.PolicyError),
        ("name", 5, rp.InputTypeError),
        ("effective_from", "2011", rp.InputTypeError),
        ("affordability", "2011", rp.InputTypeError),
        ("plan", "2011", rp.InputTypeError),
        ("overdue", "2011", rp.InputTypeError),
        ("records", 0, rp.InputTypeError),
        ("contact", FIRST.plan, rp.InputTypeError),
    ],
)
def test_a_policy_refuses_what_is_none_of_its_parts(
    field: str, value: object, error: type[rp.RepayPlanError]
) -> None:
    changed: dict[str, Any] = {field: value}
    with pytest.raises(error) as caught:
        attrs.evolve(FIRST, **changed)
    assert caught.value.field == field


def test_the_overdue_rules_of_all_versions_begin_with_them() -> None:
    rules = cn.CREDIT_CARD.overdue
    assert [(day, rule) for day, rule in rules.versions] == [
        (version.effective_from, version.overdue) for version in cn.CREDIT_CARD.versions
    ]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_may_be_absent_and_raises_when_it_is_asked_for(part: str) -> None:
    without: dict[str, Any] = {part: None}
    whole = attrs.evolve(FOURTH, follow_up=HOUSE_FOLLOW_UP_RULES)
    policy = attrs.evolve(whole, **without)
    assert whole.has(part)
    assert not policy.has(part)
    with pytest.raises(rp.PolicyError) as caught:
        getattr(policy, part)
    assert (caught.value.code, caught.value.field) == ("policy.absent", part)
    assert caught.value.data == {"part": part}
    assert PARTS[part].__name__ in str(caught.value)


@pytest.mark.parametrize("part", ["", "name", "terms", "x" * 10**6])
def test_a_part_that_no_policy_has_is_refused(part: str) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        FIRST.has(part)
    assert (caught.value.code, caught.value.field) == ("policy.part", "part")
    assert len(str(caught.value)) < 200


def test_a_policy_comes_back_from_a_pickle_with_its_absent_parts() -> None:
    policy = attrs.evolve(FOURTH, contact=None)
    again = pickle.loads(pickle.dumps(policy))  # noqa: S301  # our own bytes
    assert again == policy
    assert again != FOURTH


def test_a_rule_book_shows_itself_on_one_line() -> None:
    assert repr(cn.CREDIT_CARD) == (
        "<PolicyVersions China, credit cards, from 2011-01-13, 2017-01-01, 2023-07-01, 2025-02-28>"
    )
    assert repr(cn.CREDIT_CARD.versions[-1]) == "<Policy China, credit cards, from 2025-02-28>"
