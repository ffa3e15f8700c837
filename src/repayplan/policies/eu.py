"""The European Union: the default of credit, by days past due.

Rules as data for engineers, not legal advice: check before use. Contract law and the rules of contact are
national, so a policy for the Union has its part ``overdue`` alone.

What is not here, and why: the amounts above which what is past due is material are known from memory alone,
so the caller gives them; likewise what Directive (EU) 2023/2225, which applies from 20 November 2026, asks
for before enforcement.
"""

from __future__ import annotations

import pendulum

from repayplan.overdue.rules import OverdueRules, Tolerance
from repayplan.policies import house
from repayplan.policies.classes import EU_DEFAULT, IFRS_9_STAGES
from repayplan.policies.policy import Policy, PolicyVersions

__all__ = ["consumer_credit"]


def consumer_credit(*, materiality: Tolerance) -> PolicyVersions:
    """Give the rules of default: more than 90 days past due on a material obligation.

    One version, from 1 January 2025, when Article 178 took its present form. Days of a card count from when
    the minimum payment was due.

    Args:
        materiality: The amount and the share above which what is past due is material, both to be exceeded
            (Regulation (EU) 2018/171; each authority sets its own).
    """
    return PolicyVersions(
        (
            Policy(
                name="European Union, default of consumer credit",
                effective_from=pendulum.date(2025, 1, 1),
                overdue=OverdueRules(
                    buckets=IFRS_9_STAGES,
                    order=house.ORDER,
                    classes=EU_DEFAULT,
                    materiality=materiality,
                    reminder_days=house.REMINDER_DAYS,
                ),
            ),
        )
    )
