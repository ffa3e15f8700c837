"""The figures of Hong Kong against the collected rules."""

from __future__ import annotations

import datetime as dt

import pytest

import repayplan as rp
from repayplan.policies import classes, hk
from tests.policies.books import rule

POLICY = hk.CREDIT_CARD.in_force(dt.date(2026, 12, 1))


def test_relief_plans_last_sixty_months_by_guidance() -> None:
    longest = POLICY.plan.max_months
    assert (longest.value, longest.unit) == (rule("hk.card")["max_months"], "months")
    assert (longest.citation.force, longest.citation.evidence) == (rp.Force.GUIDANCE, rp.Evidence.PRIMARY)
    assert longest.citation.article == "5.6.2, 5.6.3"


def test_the_classes_are_the_modules() -> None:
    bands = [
        [band.first_day, band.last_day, band.name.replace(" ", "_")] for band in classes.HK_LOANS.bands[1:]
    ]
    assert bands == rule("hk.card")["classification"]
    assert POLICY.overdue.classes is classes.HK_LOANS


def test_recordings_are_kept_for_thirty_days() -> None:
    (kept,) = POLICY.records.retention
    assert (kept.scope, kept.start) == (rp.RetentionScope.RECORDINGS, rp.RetentionStart.RECORD)
    assert kept.period.value == rp.Period(rule("hk.card")["record_retention_days_min"], rp.PeriodUnit.DAYS)
    assert kept.period.comparison is rp.Comparison.AT_LEAST
    assert kept.period.citation.article == "47.5"


@pytest.mark.parametrize("part", ["affordability", "contact"])
def test_what_has_no_figure_is_absent(part: str) -> None:
    assert not POLICY.has(part)
