"""Hong Kong: credit cards and unsecured loans.

Rules as data for engineers, not legal advice: check before use. The HKMA consulted from April 2026 on a new
text of its module, by a summary with a longer term of relief plans; check which one is in force.

What is not here, and why: no figure is known for what stays with the client, nor for hours and numbers of
contacts. Give your own with ``policies.compose``.
"""

from __future__ import annotations

from typing import Final

import pendulum

from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.record_rules import (
    RecordRules,
    RetentionRule,
    RetentionScope,
    RetentionStart,
)
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanRules
from repayplan.policies import house
from repayplan.policies.classes import HK_LOANS
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit

__all__ = ["CREDIT_CARD"]

_RELIEF_PLANS: Final = Citation(
    title="HKMA Supervisory Policy Manual CR-S-5",
    article="5.6.2, 5.6.3",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="relief plans of authorized institutions, which should aim at extinguishing the debt",
)
_CODE: Final = Citation(
    title="Code of Banking Practice",
    article="47.5",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="authorized institutions and their collection agencies; the edition of December 2021",
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
                retention=(
                    RetentionRule(
                        scope=RetentionScope.RECORDINGS,
                        start=RetentionStart.RECORD,
                        period=Limit(Period(30, PeriodUnit.DAYS), _CODE, comparison=Comparison.AT_LEAST),
                    ),
                ),
            ),
        ),
    )
)
"""One version, from the month after the edition of the Code that was read."""
