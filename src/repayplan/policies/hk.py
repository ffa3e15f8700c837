"""Hong Kong: credit cards and unsecured loans.

Rules as data for engineers, not legal advice: check before use. The HKMA consulted from April 2026 on a new
text of its module, by a summary with a longer term of relief plans; check which one is in force.

What is not here, and why: no figure is known for what stays with the client, nor for hours and numbers of
contacts; give your own with ``policies.compose``. The amount of a late fee is the bank's own, so the caller
gives it to :func:`late_fee`. The Code, 46.14, wants reminders from time to time, of which no figure was read;
as notices in arrears, which no wish of the client bars, they would go further than a code of practice does.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.purposes import StatedItem
from repayplan.communication.record_rules import (
    RecordRules,
    RetentionRule,
    RetentionScope,
    RetentionStart,
)
from repayplan.overdue.charge_rules import LateChargeRule
from repayplan.overdue.components import Component
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanRules
from repayplan.policies import house
from repayplan.policies.classes import HK_LOANS
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

if TYPE_CHECKING:
    from repayplan.money import Money

__all__ = ["CREDIT_CARD", "LATE_FEES_PER_PAYMENT", "LATE_FEE_CAP", "late_fee"]

_RELIEF_PLANS: Final = Citation(
    title="HKMA Supervisory Policy Manual CR-S-5",
    article="5.6.2, 5.6.3",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="relief plans of authorized institutions, which should aim at extinguishing the debt",
)
_CODE: Final = Citation(
    title="Code of Banking Practice (Hong Kong)",
    article="47.5",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="authorized institutions and their collection agencies; the edition of December 2021",
)
_AGENCY_NOTICE: Final = Limit(
    frozenset(
        {
            StatedItem.NAME_AND_BALANCE,
            StatedItem.TIME_IN_DEFAULT,
            StatedItem.ISSUER_CONTACT,
            StatedItem.COST_LIABILITY,
            StatedItem.HOW_TO_COMPLAIN,
        }
    ),
    attrs.evolve(_CODE, article="46.8", applies_to="the written notice before a debt goes to an agency"),
)

CREDIT_CARD: Final = PolicyVersions(
    (
        Policy(
            name="Hong Kong, credit cards",
            effective_from=pendulum.date(2022, 1, 1),
            plan=PlanRules(
                max_months=Limit(60, _RELIEF_PLANS, comparison=Comparison.AT_MOST, unit="months"),
                token_months=house.TOKEN_MONTHS,
                interest_treatments=house.ANYWHERE,
                fees_treatments=house.NOT_CAPITALIZED,
                penalties_treatments=house.NOT_CAPITALIZED,
                order=house.ORDER,
            ),
            overdue=OverdueRules(
                buckets=house.BUCKETS, order=house.ORDER, classes=HK_LOANS, reminder_days=house.REMINDER_DAYS
            ),
            records=RecordRules(
                required=house.RECORD_ITEMS,
                agency_items=_AGENCY_NOTICE,
                retention=(
                    RetentionRule(
                        scope=RetentionScope.RECORDINGS,
                        start=RetentionStart.RECORD,
                        period=Limit(Period(30, PeriodUnit.DAYS), _CODE, comparison=Comparison.AT_LEAST),
                    ),
                ),
            ),
            contact=ContactRules(third_parties=attrs.evolve(_CODE, article="46.3, 46.7")),
        ),
    )
)
"""One version, from the month after the edition of the Code that was read.

Nobody but who owes, or speaks for the client, is contacted. Hours and numbers are not stated.
"""


def _late_fees(article: str) -> Citation:
    return attrs.evolve(_CODE, article=article, applies_to="late fees of credit cards")


LATE_FEE_CAP: Final = Limit(
    Fraction(1),
    _late_fees("31.4"),
    comparison=Comparison.AT_MOST,
    unit="of the minimum payment",
    protects=Protects.LOWER,
)
"""A late fee is never more than the minimum payment that was missed."""

LATE_FEES_PER_PAYMENT: Final = Limit(
    1,
    _late_fees("31.5"),
    comparison=Comparison.AT_MOST,
    unit="late fee for each late payment",
    protects=Protects.LOWER,
)
"""One late payment brings one fee, however long it stays late."""


def late_fee(amount: Limit[Money]) -> LateChargeRule:
    """Give the rule for a late fee: one for each installment, and never more than what was missed of it.

    That keeps to :data:`LATE_FEE_CAP` and :data:`LATE_FEES_PER_PAYMENT`; of a payment that was missed in part
    it asks for less than the Code allows.

    Args:
        amount: The amount that the bank's tariff states, with its source.
    """
    return LateChargeRule(
        name="late fee",
        component=Component.FEES,
        after_days=house.LATE_FEE_DAYS,
        fixed=amount,
        capped_by_missed=True,
    )
