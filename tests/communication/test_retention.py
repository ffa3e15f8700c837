from __future__ import annotations

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.communication.examples import CITATION, NINE, call, there

DATE = pendulum.date
RULES = there(cn.CREDIT_CARD.in_force(DATE(2026, 12, 1)).records)
TALK = call(purpose=rp.Purpose.AGREEMENT)
RECORDED = call(original=rp.Original(digest="0" * 64, where="archive", form=rp.OriginalForm.AUDIO))


def rule(
    period: rp.Period,
    comparison: rp.Comparison = rp.Comparison.AT_LEAST,
    scope: rp.RetentionScope = rp.RetentionScope.EVERY_RECORD,
    start: rp.RetentionStart = rp.RetentionStart.RECORD,
) -> rp.RetentionRule:
    return rp.RetentionRule(
        scope=scope, start=start, period=rp.Limit(period, CITATION, comparison=comparison)
    )


def rules(*retention: rp.RetentionRule) -> rp.RecordRules:
    return attrs.evolve(RULES, retention=retention)


def years(count: int) -> rp.Period:
    return rp.Period(count, rp.PeriodUnit.YEARS)


def test_a_record_is_kept_two_years_in_china() -> None:
    (kept,) = rp.retention_of(call(), RULES)
    assert (kept.comparison, kept.until) == (rp.Comparison.AT_LEAST, DATE(2028, 12, 1))
    assert kept.citation.article == "第六十八条、第六十九条"


def test_an_oral_agreement_is_kept_until_the_debt_is_cleared_too() -> None:
    *_, open_end = rp.retention_of(TALK, RULES)
    assert (open_end.until, open_end.start) == (None, rp.RetentionStart.DEBT_CLEARED)
    *_, cleared = rp.retention_of(TALK, RULES, cleared_on=DATE(2031, 5, 7))
    assert cleared.until == DATE(2031, 5, 7)


def test_recordings_have_rules_of_their_own() -> None:
    own = rules(rule(years(3), scope=rp.RetentionScope.RECORDINGS))
    assert [kept.until for kept in rp.retention_of(RECORDED, own)] == [DATE(2029, 12, 1)]
    assert rp.retention_of(call(), own) == ()
    hardship = rp.Hardship(id="h", case_id="case", recorded_at=NINE, party_id="client")
    assert rp.retention_of(hardship, own) == ()
    agreements = rules(rule(years(3), scope=rp.RetentionScope.ORAL_AGREEMENTS))
    assert rp.retention_of(hardship, agreements) == ()


def test_three_years_after_the_last_activity() -> None:
    own = rules(rule(years(3), start=rp.RetentionStart.LAST_ACTIVITY))
    assert rp.retention_of(call(), own)[0].until is None
    assert rp.retention_of(call(), own, last_activity_on=DATE(2028, 2, 29))[0].until == DATE(2031, 2, 28)


def findings(own: rp.RecordRules, as_of: pendulum.Date, *, hold: bool = False) -> dict[str, bool]:
    found = rp.retention_findings(call(), own, as_of, legal_hold=hold)
    return {finding.rule: finding.passed for finding in found}


def test_a_least_period_that_runs_and_a_hold_say_no() -> None:
    assert findings(RULES, DATE(2028, 12, 1)) == {"legal_hold": True, "retention_least": False}
    assert findings(RULES, DATE(2028, 12, 2)) == {"legal_hold": True, "retention_least": True}
    assert findings(RULES, DATE(2028, 12, 2), hold=True)["legal_hold"] is False


def test_a_greatest_period_that_is_over_says_so() -> None:
    own = rules(rule(years(5), rp.Comparison.AT_MOST))
    assert findings(own, DATE(2031, 12, 1)) == {"legal_hold": True, "retention_most": True}
    assert findings(own, DATE(2031, 12, 2)) == {"legal_hold": True, "retention_most": False}
    open_end = rules(rule(years(5), rp.Comparison.AT_MOST, start=rp.RetentionStart.DEBT_CLEARED))
    assert findings(open_end, DATE(2099, 1, 1))["retention_most"] is True


def test_a_rule_says_at_least_or_at_most() -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rule(years(1), rp.Comparison.EXACTLY)
    assert (caught.value.code, caught.value.field) == ("retention.comparison", "period.comparison")


@pytest.mark.parametrize(
    ("period", "end"),
    [
        (rp.Period(30, rp.PeriodUnit.DAYS), DATE(2024, 3, 30)),
        (rp.Period(12, rp.PeriodUnit.MONTHS), DATE(2025, 2, 28)),
        (rp.Period(4, rp.PeriodUnit.YEARS), DATE(2028, 2, 29)),
        (rp.Period(0, rp.PeriodUnit.YEARS), DATE(2024, 2, 29)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_the_month(
    period: rp.Period, end: pendulum.Date
) -> None:
    assert period.after(DATE(2024, 2, 29)) == end


@pytest.mark.parametrize("unit", list(rp.PeriodUnit))
def test_a_period_beyond_the_calendar_is_refused(unit: rp.PeriodUnit) -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.Period(100_000, unit).after(DATE(9900, 1, 1))
    assert caught.value.code == "period.end"


@pytest.mark.parametrize("count", [-1, 100_001, True, 1.0])
def test_the_count_of_a_period_is_bounded(count: object) -> None:
    with pytest.raises(rp.RepayPlanError):
        rp.Period(count, rp.PeriodUnit.DAYS)  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        rp.Period(1, "days")  # type: ignore[arg-type]
