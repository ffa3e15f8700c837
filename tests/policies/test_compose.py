from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
import pytest

import repayplan as rp
from repayplan import policies
from repayplan.policies import Policy, PolicyVersions, au, cn, hk, uk, us
from repayplan.policies.limit_paths import limits_of, path_text, with_limit
from repayplan.policies.policy import PARTS
from tests.policies.books import versions

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

HOUSE = rp.Citation(title="our bank's rules", force=rp.Force.HOUSE)
DAY = dt.date(2026, 12, 1)
AU = au.CONSUMER_CREDIT.in_force(DAY)
HK = hk.CREDIT_CARD.in_force(DAY)
UK = uk.CONSUMER_CREDIT.in_force(DAY)
CN = cn.CREDIT_CARD.in_force(DAY)
US = us.CREDIT_CARD.in_force(DAY)


# --- compose


def test_parts_of_several_sources_make_one_policy() -> None:
    ours = policies.compose("ours", AU, UK.affordability, HK.plan, effective_from=DAY)
    assert (ours.name, ours.effective_from) == ("ours", DAY)
    assert ours.contact is AU.contact
    assert ours.affordability is UK.affordability
    assert ours.plan is HK.plan
    assert not ours.has("overdue")
    assert not ours.has("records")


def test_two_policies_whose_parts_differ_make_one_from_the_later_day() -> None:
    ours = policies.compose("ours", AU, UK)
    assert ours.effective_from == UK.effective_from > AU.effective_from
    assert {part for part in PARTS if ours.has(part)} == {"contact", "affordability", "plan", "overdue"}


def test_rules_alone_need_a_day() -> None:
    assert policies.compose("ours", UK.plan, effective_from=DAY).plan is UK.plan
    with pytest.raises(rp.PolicyError) as caught:
        policies.compose("ours", UK.plan)
    assert (caught.value.code, caught.value.field) == ("policy.effective_from", "effective_from")


def test_every_part_may_be_handed_over_alone() -> None:
    ours = policies.compose(
        "ours", *(getattr(CN, part) for part in PARTS if CN.has(part)), effective_from=CN.effective_from
    )
    assert attrs.evolve(ours, name=CN.name) == CN


def test_the_day_may_be_the_latest_of_the_sources_and_no_day_before() -> None:
    begins = UK.effective_from
    assert policies.compose("ours", AU, UK, effective_from=begins).effective_from == begins
    with pytest.raises(rp.PolicyError) as caught:
        policies.compose("ours", AU, UK, effective_from=begins.subtract(days=1))
    assert (caught.value.code, caught.value.field) == ("policy.effective_from", "effective_from")
    assert caught.value.data == {"latest": begins, "given": begins.subtract(days=1)}


@pytest.mark.parametrize("sources", [(UK, HK.plan), (HK.plan, UK)])
def test_no_source_takes_precedence(sources: tuple[Wrong, ...]) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        policies.compose("ours", *sources)
    assert (caught.value.code, caught.value.field) == ("policy.part_twice", "sources[1]")
    assert caught.value.data == {"part": "plan"}


def test_a_plan_and_lateness_of_different_orders_are_refused() -> None:
    assert CN.plan.order != UK.overdue.order
    with pytest.raises(rp.PolicyError) as caught:
        policies.compose("ours", CN.plan, UK.overdue, effective_from=DAY)
    assert (caught.value.code, caught.value.field) == ("policy.order", "plan.order")
    same = attrs.evolve(UK.overdue, order=CN.plan.order)
    assert policies.compose("ours", CN.plan, same, effective_from=DAY).overdue is same


@pytest.mark.parametrize("source", [uk.CONSUMER_CREDIT, None, "uk", 60, HOUSE])
def test_what_is_no_source_is_refused(source: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        policies.compose("ours", AU, source)
    assert (caught.value.code, caught.value.field) == ("policy.source", "sources[1]")


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"name": ""}, "name", rp.PolicyError),
        ({"effective_from": "2026-12-01"}, "effective_from", rp.InputTypeError),
        ({"effective_from": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)}, "effective_from", rp.InputTypeError),
    ],
)
def test_a_name_and_a_day_are_checked(
    changes: dict[str, Wrong], field: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        policies.compose(changes.pop("name", "ours"), AU, **changes)
    assert caught.value.field == field


# --- evolve


@pytest.mark.parametrize(
    ("path", "protecting", "harming"),
    [
        ("affordability.contingency", Fraction(1, 5), Fraction(1, 20)),
        ("affordability.protected_minimum", rp.Money(500, "CNY"), None),
        ("contact.limits[0].most", 2, 4),
    ],
)
def test_a_limit_moves_to_protect_the_client_and_no_other_way(
    path: str, protecting: object, harming: object
) -> None:
    moved = policies.evolve(CN, {path: protecting}, citation=HOUSE)
    limits = {path_text(steps): limit for steps, limit in limits_of(moved)}
    assert (limits[path].value, limits[path].citation) == (protecting, HOUSE)
    before = {path_text(steps): limit for steps, limit in limits_of(CN)}
    assert {name for name, limit in limits.items() if limit != before[name]} == {path}
    if harming is not None:
        with pytest.raises(rp.PolicyError) as caught:
            policies.evolve(CN, {path: harming}, citation=HOUSE)
        assert (caught.value.code, caught.value.field) == ("limit.direction", path)


@pytest.mark.parametrize("months", [24, 59, 61, 120])
def test_neither_a_shorter_nor_a_longer_longest_term_is_sure_to_protect(months: int) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(CN, {"plan.max_months": months}, citation=HOUSE)
    assert (caught.value.code, caught.value.field) == ("limit.direction", "plan.max_months")
    said = f"plan.max_months: a house rule must be exactly 60, got {months}; to move it either way may harm"
    assert str(caught.value) == f"{said} the client"


@pytest.mark.parametrize(
    ("policy", "path", "protecting", "harming"),
    [
        (UK, "affordability.contingency_cap", rp.Money(40, "GBP"), rp.Money("19.99", "GBP")),
        (US, "contact.quiet[0].days", 14, 6),
        (US, "contact.location.most", 1, 2),
        (US, "contact.confirmations", 0, 2),
    ],
)
def test_limits_deep_in_a_policy_move_too(
    policy: Policy, path: str, protecting: object, harming: object
) -> None:
    moved = policies.evolve(policy, {path: protecting}, citation=HOUSE)
    assert {path_text(steps): limit.value for steps, limit in limits_of(moved)}[path] == protecting
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(policy, {path: harming}, citation=HOUSE)
    assert caught.value.field == path


def test_several_limits_move_at_once_or_none() -> None:
    moves = {"affordability.contingency": Fraction(1, 4), "contact.limits[0].most": 1}
    moved = policies.evolve(CN, moves, citation=HOUSE)
    assert moved.affordability.contingency.value == Fraction(1, 4)
    assert moved.contact.limits[0].most.value == 1
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(CN, {**moves, "plan.max_months": 24}, citation=HOUSE)
    assert caught.value.field == "plan.max_months"
    assert cn.CREDIT_CARD.in_force(DAY) == CN


def test_a_house_rule_of_every_version_holds_in_each() -> None:
    moved = policies.evolve(cn.CREDIT_CARD, {"affordability.contingency": Fraction(1, 5)}, citation=HOUSE)
    assert [version.affordability.contingency.value for version in moved.versions] == [Fraction(1, 5)] * 4
    assert [version.effective_from for version in moved.versions] == [
        version.effective_from for version in cn.CREDIT_CARD.versions
    ]


def test_a_limit_that_some_versions_have_is_moved_in_those() -> None:
    moved = policies.evolve(cn.CREDIT_CARD, {"contact.limits[0].most": 2}, citation=HOUSE)
    *before, last = cn.CREDIT_CARD.versions
    assert list(moved.versions[:-1]) == before
    assert moved.versions[-1] == policies.evolve(last, {"contact.limits[0].most": 2}, citation=HOUSE)
    assert [limit.most.value for limit in moved.versions[-1].contact.limits] == [2]
    assert not any(version.contact.limits for version in before)


def test_a_limit_that_no_version_has_is_refused() -> None:
    moves = {"affordability.contingency": Fraction(1, 5), "contact.limits[1].most": 2}
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(cn.CREDIT_CARD, moves, citation=HOUSE)
    assert (caught.value.code, caught.value.field) == ("policy.path", "moves")
    assert "contact.limits[1].most" in str(caught.value)


def test_a_move_is_refused_where_one_version_refuses_it() -> None:
    ours = attrs.evolve(
        CN.affordability, contingency=attrs.evolve(CN.affordability.contingency, value=Fraction(1, 2))
    )
    stricter = attrs.evolve(CN, affordability=ours, effective_from=CN.effective_from.add(days=1))
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(
            PolicyVersions((CN, stricter)), {"affordability.contingency": Fraction(1, 5)}, citation=HOUSE
        )
    assert (caught.value.code, caught.value.field) == ("limit.direction", "affordability.contingency")


@pytest.mark.parametrize(
    ("path", "value", "code", "error"),
    [
        ("affordability.contingency", Fraction(11, 10), "rules.share", rp.PolicyError),
        ("affordability.contingency", 1, "type.wrong", rp.InputTypeError),
        ("affordability.contingency", 0.2, "type.wrong", rp.InputTypeError),
        ("affordability.protected_minimum", rp.Money(1, "USD"), "money.currency", rp.MoneyError),
        ("contact.limits[0].most", 0, "count.range", rp.PolicyError),
        ("contact.limits[0].most", True, "count.type", rp.InputTypeError),
        ("contact.limits[0].most", -(10**30), "count.range", rp.PolicyError),
    ],
)
def test_a_figure_that_no_rule_allows_is_refused_at_its_path(
    path: str, value: object, code: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        policies.evolve(CN, {path: value}, citation=HOUSE)
    assert (caught.value.code, caught.value.field) == (code, path)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    "path",
    [
        "plan.months",
        "plan",
        "affordability.contingency_cap",
        "contact.limits[1].most",
        "contact.limits[-1].most",
        "",
        "\u202ex",
        "x" * 10**6,
        7,
    ],
)
def test_what_is_no_path_of_a_limit_is_refused(path: Wrong) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(CN, {path: 1}, citation=HOUSE)
    assert (caught.value.code, caught.value.field) == ("policy.path", "moves")
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("force", [force for force in rp.Force if force is not rp.Force.HOUSE])
def test_a_house_rule_is_never_presented_as_law(force: rp.Force) -> None:
    citation = rp.Citation(title="ours", force=force, evidence=rp.Evidence.PRIMARY)
    with pytest.raises(rp.PolicyError) as caught:
        policies.evolve(CN, {"affordability.contingency": Fraction(1, 5)}, citation=citation)
    assert (caught.value.code, caught.value.field) == ("policy.house", "citation")


@pytest.mark.parametrize(
    ("policy", "moves", "citation", "field"),
    [
        (CN.plan, {}, HOUSE, "policy"),
        (None, {}, HOUSE, "policy"),
        (CN, None, HOUSE, "moves"),
        (CN, [("plan.max_months", 60)], HOUSE, "moves"),
        (CN, {}, None, "citation"),
    ],
)
def test_what_is_none_of_the_arguments_is_refused(
    policy: Wrong, moves: Wrong, citation: Wrong, field: str
) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        policies.evolve(policy, moves, citation=citation)
    assert caught.value.field == field


@pytest.mark.parametrize(("name", "policy"), list(versions()), ids=[name for name, _ in versions()])
def test_every_limit_stands_at_its_path(name: str, policy: Policy) -> None:
    del name
    texts = [path_text(path) for path, _ in limits_of(policy)]
    assert len(set(texts)) == len(texts)
    for path, limit in limits_of(policy):
        assert with_limit(policy, path, limit) == policy
        changed = with_limit(policy, path, attrs.evolve(limit, citation=HOUSE))
        assert dict(limits_of(changed))[path].citation is HOUSE
