"""China (mainland): credit cards.

Figures are quoted from the rules named in each citation, most of them read in quotation
(``Evidence.SECONDARY``). Rules as data for engineers, not legal advice: check before use.

What is not here, and why: the day thresholds of the classification order in force from 1 July 2023 were not
read in any source that could be quoted, so from that day ``overdue.classes`` is None and the caller gives
them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs
import pendulum

from repayplan.affordability.rules import AffordabilityRules
from repayplan.money import Money
from repayplan.overdue.classification import Band, DelinquencyScale
from repayplan.overdue.orders import CN_CREDIT_CARD
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanCondition, PlanContent, PlanDuty, PlanRules
from repayplan.policies.classes import CN_CREDIT_CARD_2011
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects
from repayplan.schedule.carried import CarriedTreatment

__all__ = ["CREDIT_CARD"]

_MEASURES: Final = Citation(
    title="商业银行信用卡业务监督管理办法（银监会令2011年第2号）",
    effective_from=pendulum.date(2011, 1, 13),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="credit cards issued by commercial banks",
)
_ARTICLE_70: Final = attrs.evolve(_MEASURES, article="第七十条")
_CARD_NOTICE: Final = Citation(
    title="中国人民银行关于信用卡业务有关事项的通知（银发〔2016〕111号）",
    effective_from=pendulum.date(2017, 1, 1),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="credit card issuers: no interest on service fees or contractual penalties",
)
_BUCKET_PRACTICE: Final = Citation(
    title="M0-M7 buckets of 30 days",
    evidence=Evidence.SECONDARY,
    force=Force.PRACTICE,
    applies_to="lenders in China by custom; some label the same bands one lower",
)
_HOUSE: Final = Citation(
    title="repayplan house default",
    force=Force.HOUSE,
    applies_to="no legal figure is known; replace it with the bank's own",
)

_ANYWHERE: Final = frozenset(CarriedTreatment)
_NOT_CAPITALIZED: Final = _ANYWHERE - {CarriedTreatment.CAPITALIZE}

_AFFORDABILITY: Final = AffordabilityRules(
    contingency=Limit(
        Fraction(1, 10),
        _HOUSE,
        comparison=Comparison.AT_LEAST,
        unit="share of the surplus",
        protects=Protects.HIGHER,
    ),
    protected_minimum=Limit(
        Money(0, "CNY"), _HOUSE, comparison=Comparison.AT_LEAST, unit="a month", protects=Protects.HIGHER
    ),
)

_PLAN_2011: Final = PlanRules(
    max_months=Limit(60, _ARTICLE_70, comparison=Comparison.AT_MOST, unit="months"),
    token_months=Limit(6, _HOUSE, comparison=Comparison.AT_MOST, unit="months"),
    interest_treatments=Limit(_ANYWHERE, _HOUSE),
    fees_treatments=Limit(_NOT_CAPITALIZED, _HOUSE),
    penalties_treatments=Limit(_NOT_CAPITALIZED, _HOUSE),
    order=CN_CREDIT_CARD,
    conditions=Limit(
        (
            PlanCondition.SPECIAL_CIRCUMSTANCES,
            PlanCondition.AMOUNT_EXCEEDS_ABILITY,
            PlanCondition.WILLING_TO_PAY,
        ),
        _ARTICLE_70,
    ),
    contents=Limit(
        (
            PlanContent.BALANCE_STRUCTURE_CURRENCY,
            PlanContent.PERIOD_METHOD_CURRENCY_DATES_AMOUNTS,
            PlanContent.FEES_AND_INTEREST_DURING_PLAN,
            PlanContent.NO_NEW_CARD_UNTIL_CLEARED,
            PlanContent.RIGHTS_DUTIES_BREACH,
            PlanContent.OTHER,
        ),
        _ARTICLE_70,
    ),
    duties=Limit(
        (
            PlanDuty.STOP_COLLECTION_WHILE_KEPT,
            PlanDuty.RECORD_ORAL_AGREEMENT,
            PlanDuty.KEEP_RECORDING_UNTIL_CLEARED,
        ),
        _ARTICLE_70,
    ),
)
_PLAN_2017: Final = attrs.evolve(
    _PLAN_2011,
    fees_treatments=Limit(_NOT_CAPITALIZED, _CARD_NOTICE),
    penalties_treatments=Limit(_NOT_CAPITALIZED, _CARD_NOTICE),
)

_BUCKETS: Final = DelinquencyScale(
    (
        Band(0, 0, "M0"),
        Band(1, 30, "M1"),
        Band(31, 60, "M2"),
        Band(61, 90, "M3"),
        Band(91, 120, "M4"),
        Band(121, 150, "M5"),
        Band(151, 180, "M6"),
        Band(181, None, "M7"),
    ),
    _BUCKET_PRACTICE,
)
_OVERDUE_2011: Final = OverdueRules(
    buckets=_BUCKETS,
    classes=CN_CREDIT_CARD_2011,
    order=CN_CREDIT_CARD,
    reminder_days=Limit(3, _HOUSE, comparison=Comparison.AT_LEAST, unit="days before the due day"),
)
_OVERDUE_2023: Final = attrs.evolve(_OVERDUE_2011, classes=None)

_NAME: Final = "China, credit cards"

CREDIT_CARD: Final = PolicyVersions(
    (
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2011, 1, 13),
            affordability=_AFFORDABILITY,
            plan=_PLAN_2011,
            overdue=_OVERDUE_2011,
        ),
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2017, 1, 1),
            affordability=_AFFORDABILITY,
            plan=_PLAN_2017,
            overdue=_OVERDUE_2011,
        ),
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2023, 7, 1),
            affordability=_AFFORDABILITY,
            plan=_PLAN_2017,
            overdue=_OVERDUE_2023,
        ),
    )
)
"""Versions from 2011 (the Measures), 2017 (no interest on fees) and July 2023 (new asset classes)."""
