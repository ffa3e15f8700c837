"""China (mainland): personal consumer loans over the internet.

Article 70 of the card measures is for cards: here no law states a longest term, what an agreement contains
or when collection stops, so the longest term is a house default. The collection standard of 2025, which is
recommended, is for these loans. Of its figures one page alone gives that data are kept for five years, that a
request for an instalment plan is answered in seven working days, and whom to contact besides the borrower;
since that page errs elsewhere, they are not here.
"""

from __future__ import annotations

from typing import Final

import attrs
import pendulum

from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.record_rules import (
    RecordRules,
    RetentionRule,
    RetentionScope,
    RetentionStart,
)
from repayplan.overdue.orders import CN_CIVIL_CODE_561
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanRules
from repayplan.policies import cn_civil, house
from repayplan.policies.contact import CN_GBT_45251
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit

__all__ = ["ONLINE_LOAN"]

_FINANCE_COMPANIES: Final = Citation(
    title="消费金融公司管理办法",
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="consumer finance companies: records of collection; for other lenders good practice",
)

ONLINE_LOAN: Final = PolicyVersions(
    (
        Policy(
            name="China, personal loans over the internet",
            effective_from=pendulum.date(2025, 2, 28),
            affordability=house.affordability("CNY"),
            plan=PlanRules(
                max_months=house.MAX_MONTHS,
                token_months=house.TOKEN_MONTHS,
                interest_treatments=house.ANYWHERE,
                fees_treatments=house.NOT_CAPITALIZED,
                penalties_treatments=house.NOT_CAPITALIZED,
                order=CN_CIVIL_CODE_561,
            ),
            overdue=OverdueRules(
                buckets=house.BUCKETS, order=CN_CIVIL_CODE_561, reminder_days=house.REMINDER_DAYS
            ),
            records=RecordRules(
                required=cn_civil.RECORD_ITEMS,
                retention=(
                    RetentionRule(
                        scope=RetentionScope.EVERY_RECORD,
                        start=RetentionStart.RECORD,
                        period=Limit(
                            Period(5, PeriodUnit.YEARS), _FINANCE_COMPANIES, comparison=Comparison.AT_LEAST
                        ),
                    ),
                ),
                limitation=cn_civil.limitation(frozenset()),
            ),
            contact=attrs.evolve(CN_GBT_45251, third_parties=house.HOUSE),
        ),
    )
)
"""One version, from the standard of 28 February 2025; the asset classes are the caller's to give.

No channel is named on which a demand that is sent counts as received: that rule is for bank cards.
"""
