"""The rules of following up: figures with their sources, and the last day for an answer."""

from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.follow_up_rules import (
    HOUSE_FOLLOW_UP_RULES,
    ArrearsNotice,
    ArrearsNoticeKind,
    FollowUpRules,
)
from repayplan.policies.follow_up import US_REGULATION_X

DATE = pendulum.date
DAYS = HOUSE_FOLLOW_UP_RULES.talk_days


def changed(fields: dict[str, Any]) -> FollowUpRules:
    return attrs.evolve(HOUSE_FOLLOW_UP_RULES, **fields)


@pytest.mark.parametrize(
    ("asked_on", "by"),
    [
        (DATE(2026, 12, 7), DATE(2026, 12, 16)),  # a Monday
        (DATE(2026, 12, 11), DATE(2026, 12, 22)),  # a Friday
        (DATE(2026, 12, 12), DATE(2026, 12, 22)),  # a Saturday
    ],
)
def test_an_answer_is_due_after_seven_working_days(asked_on: pendulum.Date, by: pendulum.Date) -> None:
    assert HOUSE_FOLLOW_UP_RULES.answer_by(asked_on) == by


def test_without_a_calendar_every_day_counts() -> None:
    rules = attrs.evolve(HOUSE_FOLLOW_UP_RULES, answer_calendar=None)
    assert rules.answer_by(DATE(2026, 12, 11)) == DATE(2026, 12, 18)
    same_day = attrs.evolve(HOUSE_FOLLOW_UP_RULES, answer_days=attrs.evolve(DAYS, value=0))
    assert same_day.answer_by(DATE(2026, 12, 12)) == DATE(2026, 12, 12)


def test_a_calendar_that_never_opens_is_refused() -> None:
    rules = attrs.evolve(HOUSE_FOLLOW_UP_RULES, answer_calendar=lambda _day: False)
    with pytest.raises(rp.DateError):
        rules.answer_by(DATE(2026, 12, 11))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("answer_days", -1),
        ("reminder_lead", True),
        ("budget_months", 0),
        ("retry_days", 0),
        ("attempts", 0),
        ("talk_days", 10**9),
        ("stated_days", -1),
        ("first_due_days", 0),
        ("first_due_days", 367),
    ],
)
def test_a_figure_out_of_range_is_named(field: str, value: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.RepayPlanError) as caught:
        changed({field: attrs.evolve(DAYS, value=value)})
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["answer_days", "notices", "answer_calendar"])
def test_a_wrong_type_is_named(field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        changed({field: 7})
    assert field in {caught.value.field, "answer_calendar"}


def test_notices_have_days_above_zero() -> None:
    for fields in ({"by_day": attrs.evolve(DAYS, value=0)}, {"not_within": attrs.evolve(DAYS, value=0)}):
        given = {"kind": ArrearsNoticeKind.WRITTEN_NOTICE, "by_day": DAYS} | fields
        with pytest.raises(rp.PolicyError) as caught:
            ArrearsNotice(**given)  # type: ignore[arg-type]  # of mixed types
        assert caught.value.field in fields


def test_the_house_says_that_it_is_the_house() -> None:
    limits = [
        getattr(HOUSE_FOLLOW_UP_RULES, field.name) for field in attrs.fields(type(HOUSE_FOLLOW_UP_RULES))
    ]
    cited = [limit.citation for limit in limits if isinstance(limit, rp.Limit)]
    assert len(cited) == 13
    assert all(citation.force is rp.Force.HOUSE for citation in cited)


def test_regulation_x_is_law_with_its_sections() -> None:
    live, written = US_REGULATION_X.notices
    assert (live.by_day.value, live.not_within) == (36, None)
    assert written.not_within is not None
    assert (written.by_day.value, written.not_within.value) == (45, 180)
    for limit in (live.by_day, written.by_day, written.not_within):
        assert limit.citation.force is rp.Force.LAW
        assert limit.citation.evidence is rp.Evidence.PRIMARY
        assert "1024.39" in limit.citation.article
