"""Personal loans over the internet in China: what holds for cards alone does not hold for them."""

from __future__ import annotations

import datetime as dt

import pytest

import repayplan as rp
from repayplan.policies import cn
from repayplan.policies.limit_paths import citations_of, path_text
from tests.policies.books import rule
from tests.reference import case

POLICY = cn.ONLINE_LOAN.in_force(dt.date(2026, 12, 1))
CARD = cn.CREDIT_CARD.in_force(dt.date(2026, 12, 1))


def test_no_rule_of_cards_is_cited() -> None:
    for path, citation in citations_of(POLICY):
        assert "信用卡" not in citation.title, path_text(path)
    assert any("信用卡" in citation.title for _, citation in citations_of(CARD))


def test_the_longest_term_is_the_houses_since_article_70_is_for_cards() -> None:
    assert POLICY.plan.max_months.citation.force is rp.Force.HOUSE
    assert (POLICY.plan.conditions, POLICY.plan.contents, POLICY.plan.duties) == (None, None, None)
    assert CARD.plan.max_months.citation.force is rp.Force.LAW


def test_hours_and_calls_are_those_of_the_standard() -> None:
    expected = rule("cn.contact.gbt45251")
    (limit,) = POLICY.contact.limits
    assert limit.most.value == expected["max_calls_per_day"]
    (hours,) = POLICY.contact.hours
    (times,) = hours.times.value
    assert [times.end, times.start] == expected["blocked_local"]
    assert POLICY.contact.third_parties.force is rp.Force.HOUSE


def test_records_are_kept_for_five_years_by_the_measures_for_finance_companies() -> None:
    (kept,) = POLICY.records.retention
    assert kept.period.value == rp.Period(rule("cn.cfc.records")["years_min"], rp.PeriodUnit.YEARS)
    assert kept.period.citation.title == "消费金融公司管理办法"
    assert kept.period.citation.evidence is rp.Evidence.SECONDARY


def test_payments_pay_by_the_civil_code() -> None:
    assert POLICY.overdue.order is rp.CN_CIVIL_CODE_561
    assert case("rules.json", "rules", "cn.allocation.civil561")["evidence"] == "primary"


def test_a_demand_counts_as_received_only_where_that_was_shown() -> None:
    loan, card = POLICY.records.limitation, CARD.records.limitation
    assert loan is not None
    assert card is not None
    assert loan.demand_channels == frozenset()
    assert card.demand_channels == {rp.Channel.SMS, rp.Channel.LETTER, rp.Channel.EMAIL}
    assert (loan.period, loan.long_stop, loan.restarts_on) == (card.period, card.long_stop, card.restarts_on)


@pytest.mark.parametrize("days", [0, 91])
def test_the_asset_classes_are_the_callers(days: int) -> None:
    with pytest.raises(rp.PolicyError):
        POLICY.overdue.class_of(days)
