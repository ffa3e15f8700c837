"""China (mainland): credit cards, and apart from them personal loans over the internet.

Figures are quoted from the rules named in each citation, most of them read in quotation
(``Evidence.SECONDARY``). Rules as data for engineers, not legal advice: check before use.

What is not here, and why: the day thresholds of the classification order in force from 1 July 2023 were not
read in any source that could be quoted, so from that day ``overdue.classes`` is None and the caller gives
them with :func:`repayplan.policies.classes.cn_order_of_2023`. Nor are the yardstick of 24 % for the cost of
bank loans and the cap of interest and fees at the principal, both known from memory or a draft alone. The
bands of 30 days, M0 to M6+, are house defaults: no source of them was read but for the name of the last.
"""

from __future__ import annotations

from typing import Final

import attrs
import pendulum

from repayplan.communication.channels import Channel
from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.purposes import StatedItem
from repayplan.communication.record_rules import (
    DemandRules,
    RecordRules,
    RetentionRule,
    RetentionScope,
    RetentionStart,
)
from repayplan.overdue.classification import Band, DelinquencyScale
from repayplan.overdue.orders import CN_CREDIT_CARD
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanCondition, PlanContent, PlanDuty, PlanRules
from repayplan.policies import house
from repayplan.policies.classes import CN_CREDIT_CARD_2011
from repayplan.policies.cn_civil import RECORD_ITEMS, limitation
from repayplan.policies.cn_online_loan import ONLINE_LOAN
from repayplan.policies.contact import CN_CARD_MEASURES, CN_GBT_45251
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit

__all__ = ["CREDIT_CARD", "EFFECTIVE_DEMANDS", "ONLINE_LOAN"]

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
_HOUSE_BANDS: Final = attrs.evolve(
    house.HOUSE,
    title="repayplan house bands of 30 days, M0 to M6+",
    applies_to="of these bands the name of the last alone was read, in a return to the regulator; replace"
    " them with the bank's own, since some lenders label the same bands one lower",
)
_ARTICLE_69: Final = attrs.evolve(_MEASURES, article="第六十八条、第六十九条")
_RECORDS: Final = RecordRules(
    required=RECORD_ITEMS,
    letter_items=Limit(
        frozenset(
            {
                StatedItem.NAME_AND_BALANCE,
                StatedItem.REASON_AND_LAW,
                StatedItem.RIGHTS_AND_DUTIES,
                StatedItem.HOW_TO_DISPUTE,
                StatedItem.ISSUER_CONTACT,
                StatedItem.SEAL,
            }
        ),
        _ARTICLE_69,
    ),
    agreement_items=Limit(
        frozenset(
            {
                StatedItem.BALANCE_AND_CURRENCY,
                StatedItem.PERIOD_AND_AMOUNTS,
                StatedItem.CHARGES_DURING_PLAN,
                StatedItem.NO_NEW_CARD,
                StatedItem.BREACH,
            }
        ),
        _ARTICLE_70,
    ),
    agreement_recorded=_ARTICLE_70,
    retention=(
        RetentionRule(
            scope=RetentionScope.EVERY_RECORD,
            start=RetentionStart.RECORD,
            period=Limit(Period(2, PeriodUnit.YEARS), _ARTICLE_69, comparison=Comparison.AT_LEAST),
        ),
        RetentionRule(
            scope=RetentionScope.ORAL_AGREEMENTS,
            start=RetentionStart.DEBT_CLEARED,
            period=Limit(Period(0, PeriodUnit.DAYS), _ARTICLE_70, comparison=Comparison.AT_LEAST),
        ),
    ),
    limitation=limitation(frozenset({Channel.SMS, Channel.LETTER, Channel.EMAIL})),
)

_PLAN_2011: Final = PlanRules(
    max_months=Limit(60, _ARTICLE_70, comparison=Comparison.AT_MOST, unit="months"),
    token_months=house.TOKEN_MONTHS,
    interest_treatments=house.ANYWHERE,
    fees_treatments=house.NOT_CAPITALIZED,
    penalties_treatments=house.NOT_CAPITALIZED,
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
_NOT_CAPITALIZED: Final = attrs.evolve(house.NOT_CAPITALIZED, citation=_CARD_NOTICE)
_PLAN_2017: Final = attrs.evolve(
    _PLAN_2011,
    fees_treatments=_NOT_CAPITALIZED,
    penalties_treatments=_NOT_CAPITALIZED,
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
        Band.more_than(180, None, "M6+"),
    ),
    _HOUSE_BANDS,
)
_OVERDUE_2011: Final = OverdueRules(
    buckets=_BUCKETS,
    classes=CN_CREDIT_CARD_2011,
    order=CN_CREDIT_CARD,
    reminder_days=house.REMINDER_DAYS,
)
_OVERDUE_2023: Final = attrs.evolve(_OVERDUE_2011, classes=None)

_NAME: Final = "China, credit cards"

CREDIT_CARD: Final = PolicyVersions(
    (
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2011, 1, 13),
            affordability=house.affordability("CNY"),
            plan=_PLAN_2011,
            overdue=_OVERDUE_2011,
            records=_RECORDS,
            contact=CN_CARD_MEASURES,
        ),
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2017, 1, 1),
            affordability=house.affordability("CNY"),
            plan=_PLAN_2017,
            overdue=_OVERDUE_2011,
            records=_RECORDS,
            contact=CN_CARD_MEASURES,
        ),
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2023, 7, 1),
            affordability=house.affordability("CNY"),
            plan=_PLAN_2017,
            overdue=_OVERDUE_2023,
            records=_RECORDS,
            contact=CN_CARD_MEASURES,
        ),
        Policy(
            name=_NAME,
            effective_from=pendulum.date(2025, 2, 28),
            affordability=house.affordability("CNY"),
            plan=_PLAN_2017,
            overdue=_OVERDUE_2023,
            records=_RECORDS,
            contact=CN_GBT_45251,
        ),
    )
)
"""Versions from 2011 (the Measures), 2017 (no interest on fees), July 2023 (new asset classes) and February
2025 (a recommended standard on collecting)."""

_CRIMINAL_RULE: Final = Citation(
    title="法释〔2018〕19号",
    effective_from=pendulum.date(2018, 12, 1),
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="malicious overdraft of credit cards: demands after the limit or the term, in ways that"
    " confirm receipt",
)

EFFECTIVE_DEMANDS: Final = DemandRules(
    count=Limit(2, _CRIMINAL_RULE, comparison=Comparison.AT_LEAST, unit="demands"),
    gap=Limit(
        Period(30, PeriodUnit.DAYS),
        _CRIMINAL_RULE,
        comparison=Comparison.AT_LEAST,
        unit="between two demands",
    ),
)
"""When demands are effective under a criminal rule, for a check of the record that is off in the book.

It is never a reason to demand. Whoever needs it adds it:
``attrs.evolve(policy.records, demands=cn.EFFECTIVE_DEMANDS)``.
"""
