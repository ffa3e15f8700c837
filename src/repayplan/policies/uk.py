"""The United Kingdom: consumer credit.

Figures are quoted from the rules named in each citation. Rules as data for engineers, not legal advice: check
before use.

What is not here, and why: no figure of law is known for hours and numbers of contacts, nor for how long
records are kept; the years of limitation, which differ in Scotland, are known from memory alone, so the
caller gives them to :func:`records`; the figures of the Standard Financial Statement are not public.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.affordability.rules import AffordabilityRules
from repayplan.communication.limitation_rules import LimitationRules
from repayplan.communication.record_rules import RecordRules
from repayplan.money import Money
from repayplan.overdue.rules import OverdueRules
from repayplan.plan.rules import PlanDuty, PlanRules
from repayplan.policies import house
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

if TYPE_CHECKING:
    from repayplan.communication.periods import Period

__all__ = ["CONSUMER_CREDIT", "records"]

_COMMON_FINANCIAL_TOOL: Final = Citation(
    title="Accountant in Bankruptcy, Common Financial Tool, Notes for Guidance",
    article="section 11",
    url="https://aib.gov.uk/publications/notes-for-guidance-common-financial-tool/11-contingency-provision",
    effective_from=pendulum.date(2024, 8, 27),
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="statutory debt solutions in Scotland; elsewhere good practice",
)
_CONC: Final = Citation(
    title="FCA Handbook, Consumer Credit sourcebook (CONC)",
    article="7.3.4R, 7.3.5G, 7.3.10R",
    effective_from=pendulum.date(2024, 11, 4),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="consumer credit lenders and debt collectors; what to consider is guidance (G), what not to do"
    " a rule (R). As changed by PS24/2, which asks to reduce, waive or cancel interest, not to suspend it",
)

CONSUMER_CREDIT: Final = PolicyVersions(
    (
        Policy(
            name="United Kingdom, consumer credit",
            effective_from=pendulum.date(2024, 11, 4),
            affordability=AffordabilityRules(
                contingency=Limit(
                    Fraction(1, 10),
                    _COMMON_FINANCIAL_TOOL,
                    comparison=Comparison.AT_MOST,
                    unit="share of the surplus",
                    protects=Protects.HIGHER,
                ),
                contingency_cap=Limit(
                    Money(20, "GBP"),
                    _COMMON_FINANCIAL_TOOL,
                    comparison=Comparison.AT_MOST,
                    unit="a month",
                    protects=Protects.HIGHER,
                ),
                protected_minimum=house.protected_minimum("GBP"),
            ),
            plan=PlanRules(
                max_months=house.MAX_MONTHS,
                token_months=house.TOKEN_MONTHS,
                interest_treatments=house.ANYWHERE,
                fees_treatments=house.NOT_CAPITALIZED,
                penalties_treatments=house.NOT_CAPITALIZED,
                order=house.ORDER,
                duties=Limit(
                    (
                        PlanDuty.CONSIDER_FORBEARANCE,
                        PlanDuty.ALLOW_TOKEN_PAYMENTS,
                        PlanDuty.ALLOW_REASONABLE_TIME,
                        PlanDuty.NO_PRESSURE_TO_BORROW_OR_SELL,
                        PlanDuty.POINT_TO_DEBT_ADVICE,
                    ),
                    _CONC,
                ),
            ),
            overdue=OverdueRules(buckets=house.BUCKETS, order=house.ORDER, reminder_days=house.REMINDER_DAYS),
        ),
    )
)
"""One version, from the day on which CONC 7 took its present form.

In a statutory debt solution in Scotland the contingency is the most that is allowed; elsewhere a bank may
leave more. There are no rules of contact and none for records: give your own with ``policies.compose``.
"""


def records(*, limitation: Limit[Period], citation: Citation) -> RecordRules:
    """Give rules for records with a limitation that the caller has read.

    Args:
        limitation: The period after which a claim expires, such as six years, with its source.
        citation: The source of what restarts it. Nothing does, until the caller adds what does with
            ``attrs.evolve``.
    """
    return RecordRules(
        required=house.RECORD_ITEMS, limitation=LimitationRules(period=limitation, citation=citation)
    )
