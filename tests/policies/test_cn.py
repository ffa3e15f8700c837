"""Every figure of the collected rules is held against the policy, and nothing is shipped that they doubt."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.communication.examples import NINE, letter, salts
from tests.reference import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSIONS = cn.CREDIT_CARD.versions
IN_2011, IN_2017, IN_2023, IN_2025 = VERSIONS

# The collected rules name their items by words of their own.
CONDITIONS = {
    "amount_exceeds_ability": rp.PlanCondition.AMOUNT_EXCEEDS_ABILITY,
    "willing_to_pay": rp.PlanCondition.WILLING_TO_PAY,
    "special_circumstances": rp.PlanCondition.SPECIAL_CIRCUMSTANCES,
}
CONTENTS = {
    "balance_structure_currency": rp.PlanContent.BALANCE_STRUCTURE_CURRENCY,
    "period_method_currency_dates_amounts": rp.PlanContent.PERIOD_METHOD_CURRENCY_DATES_AMOUNTS,
    "fees_interest_during_plan": rp.PlanContent.FEES_AND_INTEREST_DURING_PLAN,
    "no_new_card_until_cleared": rp.PlanContent.NO_NEW_CARD_UNTIL_CLEARED,
    "rights_duties_breach": rp.PlanContent.RIGHTS_DUTIES_BREACH,
    "other": rp.PlanContent.OTHER,
}
DUTIES = {
    ("stop_collection_while_performing", True): rp.PlanDuty.STOP_COLLECTION_WHILE_KEPT,
    ("oral_agreement_requires_recording", True): rp.PlanDuty.RECORD_ORAL_AGREEMENT,
    ("recording_kept_until", "debt_cleared"): rp.PlanDuty.KEEP_RECORDING_UNTIL_CLEARED,
}


def rule(identity: str) -> Case:
    params: Case = case("rules.json", "rules", identity)["params"]
    return params


def limits(version: object) -> Iterator[rp.Limit[object]]:
    """Every limit that a version holds, wherever it stands."""
    for field in attrs.fields(type(version)):  # type: ignore[arg-type]  # every rule is an attrs class
        value = getattr(version, field.name)
        if isinstance(value, rp.Limit):
            yield value
        elif attrs.has(type(value)):
            yield from limits(value)


def citations(version: object) -> Iterator[rp.Citation]:
    yield from (limit.citation for limit in limits(version))
    overdue: rp.OverdueRules = version.overdue  # type: ignore[attr-defined]  # a policy
    yield from (scale.citation for scale in (overdue.buckets, overdue.classes) if scale is not None)


# --- Article 70


@pytest.mark.parametrize("version", VERSIONS)
def test_article_70_is_in_every_version_to_the_last_item(version: object) -> None:
    expected = rule("cn.plan.art70")
    plan: rp.PlanRules = version.plan  # type: ignore[attr-defined]  # a policy
    assert (plan.max_months.value, plan.max_months.comparison) == (
        expected["max_months"],
        rp.Comparison.AT_MOST,
    )
    assert plan.max_months.unit == "months"
    assert plan.conditions is not None
    assert sorted(plan.conditions.value, key=str) == sorted(
        (CONDITIONS[name] for name in expected["conditions"]), key=str
    )
    assert plan.contents is not None
    assert list(plan.contents.value) == [CONTENTS[name] for name in expected["required_terms"]]
    assert plan.duties is not None
    assert set(plan.duties.value) == {duty for (key, value), duty in DUTIES.items() if expected[key] == value}
    others = set(expected) - {"max_months", "conditions", "required_terms"}
    assert others == {key for key, _ in DUTIES}  # so that no figure of the article is left out


@pytest.mark.parametrize("version", VERSIONS)
def test_article_70_is_cited_as_law_read_in_quotation(version: object) -> None:
    plan: rp.PlanRules = version.plan  # type: ignore[attr-defined]  # a policy
    for limit in (plan.max_months, plan.conditions, plan.contents, plan.duties):
        assert limit is not None
        citation = limit.citation
        assert (citation.article, citation.force, citation.evidence, citation.effective_from) == (
            "第七十条",
            rp.Force.LAW,
            rp.Evidence.SECONDARY,
            dt.date(2011, 1, 13),
        )
        assert "商业银行信用卡业务监督管理办法" in citation.title


@pytest.mark.parametrize(("months", "passed"), [(60, True), (61, False)])
def test_five_years_are_allowed_and_a_month_more_is_not(months: int, *, passed: bool) -> None:
    assert rp.Finding.against("term", months, IN_2023.plan.max_months).passed is passed


# --- classes and buckets


@pytest.mark.parametrize("version", [IN_2011, IN_2017])
def test_the_classes_of_article_92_are_kept_to_2023(version: object) -> None:
    overdue: rp.OverdueRules = version.overdue  # type: ignore[attr-defined]  # a policy
    assert overdue.classes is not None
    bands = [[band.first_day, band.last_day, band.name] for band in overdue.classes.bands]
    assert bands == rule("cn.classification.art92")["bands"]
    citation = overdue.classes.citation
    assert (citation.article, citation.force, citation.evidence) == (
        "第九十二条",
        rp.Force.LAW,
        rp.Evidence.SECONDARY,
    )


def test_no_classes_are_shipped_from_july_2023_since_their_days_are_known_from_memory_only() -> None:
    assert "memory" in case("rules.json", "rules", "cn.classification.2023")["evidence"]
    assert IN_2023.effective_from == dt.date(2023, 7, 1)
    assert IN_2023.overdue.classes is None
    with pytest.raises(rp.PolicyError):
        IN_2023.overdue.class_of(91)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_buckets_are_the_houses_and_the_last_is_named_as_it_was_quoted(version: object) -> None:
    collected = case("rules.json", "rules", "cn.buckets.m")
    overdue: rp.OverdueRules = version.overdue  # type: ignore[attr-defined]  # a policy
    bands = [[band.first_day, band.last_day, band.name] for band in overdue.buckets.bands]
    *remembered, (first, last, _) = collected["params"]["bands"]
    assert bands == [*remembered, [first, last, "M6+"]]
    assert f"over {first - 1} days (M6+)" in collected["source"]
    assert (overdue.bucket_of(180), overdue.bucket_of(181)) == ("M6", "M6+")
    citation = overdue.buckets.citation
    assert "memory" in collected["evidence"]
    assert (citation.force, citation.evidence, citation.effective_from) == (rp.Force.HOUSE, None, None)


# --- demands


def test_demands_are_effective_by_a_criminal_rule_that_no_book_has() -> None:
    expected = rule("cn.evidence.dunning")
    demands = cn.EFFECTIVE_DEMANDS
    assert (demands.count.value == 2) is expected["two_effective_demands"]
    assert demands.gap.value == rp.Period(expected["min_gap_days"], rp.PeriodUnit.DAYS)
    for limit in (demands.count, demands.gap):
        citation = limit.citation
        assert (citation.force, citation.evidence) == (rp.Force.LAW, rp.Evidence.PRIMARY)
        assert citation.effective_from == dt.date(2018, 12, 1)
    assert [version.records.demands for version in VERSIONS] == [None] * len(VERSIONS)


@pytest.mark.parametrize(("days", "passed"), [(29, False), (30, True)])
def test_a_bank_that_adds_them_learns_whether_its_demands_are_effective(days: int, *, passed: bool) -> None:
    log = rp.CommunicationLog("log")
    for place, moment in enumerate((NINE, NINE.add(days=days))):
        receipt = rp.Receipt(kind=rp.ReceiptKind.DELIVERY_RECORD, at=moment)
        demand = letter(id=f"d{place}", started_at=moment, recorded_at=moment, receipts=(receipt,))
        log = log.append(demand, at=moment, salts=salts(1_000 * place))
    rules = attrs.evolve(IN_2025.records, demands=cn.EFFECTIVE_DEMANDS)
    found = rp.effective_demands(log, "card", rules, overdue_from=NINE.date().subtract(days=10))
    assert found.passed is passed


# --- carried balances


def test_fees_bear_no_interest_by_the_notice_of_2016() -> None:
    assert rule("cn.card.price")["interest_on_fees"] is False
    for version in (IN_2017, IN_2023):
        for limit in (version.plan.fees_treatments, version.plan.penalties_treatments):
            assert limit.citation.effective_from == dt.date(2017, 1, 1)
            assert (limit.citation.force, limit.citation.evidence) == (rp.Force.LAW, rp.Evidence.SECONDARY)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("component", ["interest", "fees", "penalties"])
@pytest.mark.parametrize("treatment", list(rp.CarriedTreatment))
def test_only_fees_and_penalties_may_not_be_capitalized(
    version: object, component: str, treatment: rp.CarriedTreatment
) -> None:
    plan: rp.PlanRules = version.plan  # type: ignore[attr-defined]  # a policy
    treatments = rp.CarriedTreatments(**{component: treatment})
    if component != "interest" and treatment is rp.CarriedTreatment.CAPITALIZE:
        with pytest.raises(rp.PolicyError) as caught:
            plan.check_treatments(treatments)
        assert caught.value.field == component
        assert "CAPITALIZE" in str(caught.value)
    else:
        plan.check_treatments(treatments)


# --- versions, sources and house defaults


def test_the_versions_begin_on_four_days() -> None:
    days = [version.effective_from for version in VERSIONS]
    assert days == [dt.date(2011, 1, 13), dt.date(2017, 1, 1), dt.date(2023, 7, 1), dt.date(2025, 2, 28)]


def test_the_last_version_differs_by_its_rules_of_contact_alone() -> None:
    changed = attrs.evolve(IN_2025, effective_from=IN_2023.effective_from, contact=IN_2023.contact)
    assert changed == IN_2023


@pytest.mark.parametrize("version", VERSIONS)
def test_every_figure_is_cited(version: object) -> None:
    found = list(citations(version))
    assert len(found) >= 10
    for citation in found:
        assert citation.title
        if citation.force is rp.Force.HOUSE:
            assert citation.evidence is None
        else:
            assert isinstance(citation.evidence, rp.Evidence)


@pytest.mark.parametrize("version", VERSIONS)
def test_no_source_binds_after_the_version_that_cites_it(version: object) -> None:
    begun = version.effective_from  # type: ignore[attr-defined]  # a policy
    for citation in citations(version):
        assert citation.effective_from is None or citation.effective_from <= begun


@pytest.mark.parametrize("version", VERSIONS)
def test_what_stays_with_the_client_is_a_house_default(version: object) -> None:
    rules: rp.AffordabilityRules = version.affordability  # type: ignore[attr-defined]  # a policy
    assert rules.contingency.value == Fraction(1, 10)
    assert rules.protected_minimum.value == rp.Money(0, "CNY")
    assert rules.contingency_cap is None
    for limit in (rules.contingency, rules.protected_minimum):
        assert limit.citation.force is rp.Force.HOUSE
        assert limit.protects is rp.Protects.HIGHER


def test_a_bank_may_leave_the_client_more_and_not_less() -> None:
    house = rp.Citation(title="our bank", force=rp.Force.HOUSE)
    rules = IN_2023.affordability
    moved = rules.contingency.moved(Fraction(1, 5), house)
    assert attrs.evolve(rules, contingency=moved).contingency.value == Fraction(1, 5)
    with pytest.raises(rp.PolicyError):
        rules.contingency.moved(Fraction(1, 20), house)
