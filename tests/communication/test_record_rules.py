from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import CITATION

REQUIRED = rp.Limit(frozenset(rp.RecordItem), CITATION)
RULES = rp.RecordRules(required=REQUIRED)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("required", None),
        ("required", rp.Limit(8, CITATION)),
        ("letter_items", frozenset(rp.StatedItem)),
        ("letter_items", rp.Limit("seal", CITATION)),
        ("agency_items", rp.Limit("seal", CITATION)),
        ("agreement_items", rp.Limit(5, CITATION)),
        ("agreement_recorded", "Article 70"),
        ("retention", {}),
        ("retention", ("two years",)),
        ("limitation", 3),
        ("report_wait", rp.Limit(14, CITATION)),
        ("demands", 2),
    ],
)
def test_every_rule_has_its_type(field: str, value: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(RULES, **{field: value})
    assert caught.value.field.startswith(field)


@pytest.mark.parametrize(
    "change", [{"count": 2}, {"gap": rp.Limit(30, CITATION)}, {"count": rp.Limit("2", CITATION)}]
)
def test_rules_for_demands_are_limits(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "count": rp.Limit(2, CITATION),
        "gap": rp.Limit(rp.Period(30, rp.PeriodUnit.DAYS), CITATION),
    }
    assert rp.DemandRules(**given).count.value == 2
    with pytest.raises(rp.InputTypeError):
        rp.DemandRules(**{**given, **change})


@pytest.mark.parametrize(
    "change", [{"scope": "all"}, {"start": "contact"}, {"period": rp.Limit(2, CITATION)}]
)
def test_rules_of_retention_have_types(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "scope": rp.RetentionScope.EVERY_RECORD,
        "start": rp.RetentionStart.RECORD,
        "period": rp.Limit(rp.Period(2, rp.PeriodUnit.YEARS), CITATION, comparison=rp.Comparison.AT_LEAST),
    }
    with pytest.raises(rp.InputTypeError):
        rp.RetentionRule(**{**given, **change})


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [(0, "DAYS", "0 days"), (1, "DAYS", "1 day"), (1, "MONTHS", "1 month"), (3, "YEARS", "3 years")],
)
def test_a_period_is_written_as_it_is_said(count: int, unit: str, text: str) -> None:
    assert str(rp.Period(count, rp.PeriodUnit[unit])) == text


def test_a_period_that_no_house_rule_may_move_is_named_in_words() -> None:
    two, one = (rp.Period(count, rp.PeriodUnit.YEARS) for count in (2, 1))
    with pytest.raises(rp.PolicyError) as caught:
        rp.Limit(two, CITATION).moved(one, CITATION)
    assert "must be exactly 2 years, got 1 year;" in str(caught.value)


def test_a_period_that_ends_after_the_calendar_is_named_in_words() -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.Period(1, rp.PeriodUnit.YEARS).after(pendulum.date(9999, 1, 1))
    assert "got 1 year" in str(caught.value)
