"""When an account may be declared current again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_count, check_date, check_instance
from repayplan.errors import DateError, PolicyError
from repayplan.months import months_and_days_between
from repayplan.plan.agreement import Plan
from repayplan.plan.agreement_kinds import RevisionKind
from repayplan.plan.in_force import beginnings
from repayplan.plan.term import months_later
from repayplan.rules import Comparison, Finding, Limit
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    import pendulum

__all__ = ["ReAgeRules", "re_age_findings"]

_MONTHS_MAX = 1_200


@attrs.frozen(kw_only=True)
class ReAgeRules(Value):
    """How often an account may be re-aged, and how old it must be; None is no such rule.

    They limit the standing that an account is given and never what may be done for the client: a payment may
    be lowered however often that is needed.

    Attributes:
        min_age_months: The months since the account was opened, at least.
        per_year: The most times in 12 months.
        per_five_years: The most times in 60 months.

    Raises:
        PolicyError: A figure is out of range.
    """

    min_age_months: Limit[int] | None = None
    per_year: Limit[int] | None = None
    per_five_years: Limit[int] | None = None

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        for field in ("min_age_months", "per_year", "per_five_years"):
            limit = getattr(self, field)
            if limit is not None:
                check_instance(limit, Limit, field)
                check_count(limit.value, field, minimum=0, maximum=_MONTHS_MAX, error=PolicyError)


def re_age_findings(
    plan: Plan, on: datetime.date, opened_on: datetime.date, rules: ReAgeRules
) -> tuple[Finding, ...]:
    """Hold one more re-ageing of an account against the rules.

    Args:
        plan: The plan, with all its versions.
        on: The day on which the account would be declared current.
        opened_on: The day on which it was opened.
        rules: The limits.

    Raises:
        DateError: The account was opened after the day.
    """
    check_instance(plan, Plan, "plan")
    check_instance(rules, ReAgeRules, "rules")
    day, opened = check_date(on, "on"), check_date(opened_on, "opened_on")
    if opened > day:
        raise DateError("re_age.opened_on", "opened_on", f"expected {day} or earlier, got {opened}")
    age, _ = months_and_days_between(opened, day)
    held = (
        ("re_age_min_age", rules.min_age_months, age, Comparison.AT_LEAST),
        ("re_age_per_year", rules.per_year, 1 + _times_within(plan, day, 12), Comparison.AT_MOST),
        ("re_age_per_five_years", rules.per_five_years, 1 + _times_within(plan, day, 60), Comparison.AT_MOST),
    )
    return tuple(
        Finding(rule, comparison.holds(count, limit.value), count, limit.value, limit.citation, comparison)
        for rule, limit, count, comparison in held
        if limit is not None
    )


def _times_within(plan: Plan, day: pendulum.Date, months: int) -> int:
    """Count the re-ageings of the months up to a day, those of versions that were withdrawn too."""
    return sum(
        1
        for version in {id(beginning.version): beginning.version for beginning in beginnings(plan)}.values()
        if version.revision is not None
        and version.revision.kind is RevisionKind.RE_AGE
        and months_later(version.agreed_on, months) > day
    )
