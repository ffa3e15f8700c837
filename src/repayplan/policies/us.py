"""The United States: credit cards and instalment loans.

Figures are quoted from the rules named in each citation. Rules as data for engineers, not legal advice: check
before use. Regulation F binds third-party collectors; for a bank that collects its own debts its rules of
contact and of records are good practice, and the citations say so.

What is not here, and why: the safe harbour of a late fee is unsettled, so the caller gives it to
:func:`late_fee`; limitation is the law of each state, so ``records.limitation`` is None. By when a client who
is late hears from the bank is in :data:`repayplan.policies.follow_up.US_REGULATION_X`, which binds servicers
of mortgages and so is no part of these books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.affordability.categories import Category
from repayplan.affordability.guidelines import SpendingGuideline
from repayplan.affordability.household import PersonAmounts
from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.record_rules import (
    RecordRules,
    RetentionRule,
    RetentionScope,
    RetentionStart,
)
from repayplan.money import Money
from repayplan.overdue.charge_rules import LateChargeRule
from repayplan.overdue.components import Component
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.re_age import ReAgeRules
from repayplan.plan.rules import PlanContent, PlanDuty, PlanRules
from repayplan.policies import house
from repayplan.policies.classes import US_RETAIL_CLOSED_END, US_RETAIL_OPEN_END
from repayplan.policies.contact import US_REGULATION_F
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit

if TYPE_CHECKING:
    from repayplan.overdue.classification import DelinquencyScale

__all__ = ["CREDIT_CARD", "INSTALMENT_LOAN", "IRS_NATIONAL_STANDARDS_2025", "RE_AGE", "late_fee"]

_WORKOUT: Final = Citation(
    title="Account Management and Loss Allowance Guidance for Credit Card Lending (OCC, FRB, FDIC, OTS)",
    article="January 2003",
    evidence=Evidence.SECONDARY,
    force=Force.GUIDANCE,
    applies_to="credit card lending of banks in the United States: workout programs",
)
_REGULATION_Z: Final = Citation(
    title="12 CFR Part 1026 (Regulation Z)",
    article="§ 1026.55(b)(5), § 1026.9(c)(2)(v)(D)",
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="credit card accounts: workout and temporary hardship arrangements",
)
_RE_AGEING: Final = Citation(
    title="FFIEC Uniform Retail Credit Classification and Account Management Policy",
    article="65 FR 36903 (12 June 2000)",
    evidence=Evidence.SECONDARY,
    force=Force.GUIDANCE,
    applies_to="open-end credit of banks; after three payments in a row or as much at once, and once more for"
    " a workout",
)


def _regulation_f(article: str) -> Citation:
    return Citation(
        title="12 CFR Part 1006 (Regulation F)",
        article=article,
        effective_from=pendulum.date(2021, 11, 30),
        evidence=Evidence.PRIMARY,
        force=Force.LAW,
        applies_to="third-party debt collectors; good practice for creditors",
    )


def _kept(scope: RetentionScope, start: RetentionStart) -> RetentionRule:
    period = Limit(Period(3, PeriodUnit.YEARS), _regulation_f("§ 1006.100"), comparison=Comparison.AT_LEAST)
    return RetentionRule(scope=scope, start=start, period=period)


_RECORDS: Final = RecordRules(
    required=house.RECORD_ITEMS,
    retention=(
        _kept(RetentionScope.EVERY_RECORD, RetentionStart.LAST_ACTIVITY),
        _kept(RetentionScope.RECORDINGS, RetentionStart.RECORD),
    ),
    report_wait=Limit(
        Period(14, PeriodUnit.DAYS), _regulation_f("§ 1006.30(a)(1)"), comparison=Comparison.AT_LEAST
    ),
)
_CARD_PLAN: Final = PlanRules(
    max_months=Limit(60, _WORKOUT, comparison=Comparison.AT_MOST, unit="months"),
    token_months=house.TOKEN_MONTHS,
    interest_treatments=house.ANYWHERE,
    fees_treatments=house.NOT_CAPITALIZED,
    penalties_treatments=house.NOT_CAPITALIZED,
    order=house.ORDER,
    contents=Limit(
        (
            PlanContent.RATES_DURING_AND_AFTER,
            PlanContent.FEES_DURING_AND_AFTER,
            PlanContent.PAYMENTS_DURING_AND_AFTER,
            PlanContent.TIMELY_PAYMENT_CONDITION,
        ),
        _REGULATION_Z,
    ),
    duties=Limit((PlanDuty.STATE_TERMS_IN_WRITING_FIRST, PlanDuty.NO_WORSE_TERMS_AFTER), _REGULATION_Z),
)
_LOAN_PLAN: Final = PlanRules(
    max_months=house.MAX_MONTHS,
    token_months=house.TOKEN_MONTHS,
    interest_treatments=house.ANYWHERE,
    fees_treatments=house.NOT_CAPITALIZED,
    penalties_treatments=house.NOT_CAPITALIZED,
    order=house.ORDER,
)


def _versions(name: str, plan: PlanRules, classes: DelinquencyScale) -> PolicyVersions:
    return PolicyVersions(
        (
            Policy(
                name=name,
                effective_from=pendulum.date(2021, 11, 30),
                affordability=house.affordability("USD"),
                plan=plan,
                overdue=OverdueRules(
                    buckets=house.BUCKETS,
                    order=house.ORDER,
                    classes=classes,
                    reminder_days=house.REMINDER_DAYS,
                ),
                records=_RECORDS,
                contact=US_REGULATION_F,
            ),
        )
    )


CREDIT_CARD: Final = _versions("United States, credit cards", _CARD_PLAN, US_RETAIL_OPEN_END)
"""One version, from the day on which Regulation F took effect; all other rules are older."""

INSTALMENT_LOAN: Final = _versions("United States, instalment loans", _LOAN_PLAN, US_RETAIL_CLOSED_END)
"""The same for closed-end credit, whose longest term of a workout is a house default."""

RE_AGE: Final = ReAgeRules(
    min_age_months=Limit(9, _RE_AGEING, comparison=Comparison.AT_LEAST, unit="months"),
    per_year=Limit(1, _RE_AGEING, comparison=Comparison.AT_MOST, unit="times in 12 months"),
    per_five_years=Limit(2, _RE_AGEING, comparison=Comparison.AT_MOST, unit="times in 60 months"),
)
"""How often an open-end account may be declared current again, besides once more for a workout."""

IRS_NATIONAL_STANDARDS_2025: Final = SpendingGuideline(
    categories=frozenset({Category.FOOD, Category.PERSONAL}),
    high=PersonAmounts(
        tuple(Money(amount, "USD") for amount in (839, 1481, 1753, 2129)),
        each_further_person=Money(394, "USD"),
    ),
    effective_from=pendulum.date(2025, 4, 21),
    citation=Citation(
        title="IRS National Standards: food, clothing and other items",
        effective_from=pendulum.date(2025, 4, 21),
        evidence=Evidence.SECONDARY,
        force=Force.GUIDANCE,
        applies_to="collection of federal taxes: totals, allowed in full; elsewhere a guideline",
    ),
)
"""Totals by persons; the parts as quoted for one person add up to a dollar less, so they are left out."""


def late_fee(safe_harbour: Limit[Money]) -> LateChargeRule:
    """Give the rule for a late fee, one for each installment and never more than what was missed.

    Args:
        safe_harbour: The amount that the caller holds to be in force, with its source: published texts
            disagree (12 CFR 1026.52(b)(1)(ii)).
    """
    return LateChargeRule(
        name="late fee",
        component=Component.FEES,
        after_days=house.LATE_FEE_DAYS,
        fixed=safe_harbour,
        capped_by_missed=True,
    )
