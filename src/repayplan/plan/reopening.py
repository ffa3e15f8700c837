"""To go back before a version of a plan that took over another debt than the one outstanding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.errors import TermsError
from repayplan.overdue.payments import check_payments
from repayplan.plan.own_payments import undone_of
from repayplan.plan.states import ActKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.overdue.payments import Payment
    from repayplan.plan.agreement import Plan
    from repayplan.plan.states import PlanAct

__all__ = ["reopened"]


def reopened(plan: Plan, payments: Sequence[Payment], act: PlanAct) -> Plan:
    """Give the last version of which every counted payment stands, in force again from an act on.

    Raises:
        TermsError: Every payment that the plan counted stands, or the plan has ended.
        PaymentError: The payments contradict each other.
        DateError: The act lies before the plan.
    """
    every, versions = check_payments(payments), plan.versions
    plan.record(attrs.evolve(act, kind=ActKind.SUPERSEDE))  # refuses a version that has ended, or begun later
    sound = max(
        place
        for place, version in enumerate(versions)
        if version.revision is None or not undone_of(version.revision.counted, every, act.recorded)
    )
    if versions[sound] is plan:
        message = "expected a counted payment that is undone or missing, got none; revise this version"
        raise TermsError("plan.reopened", "payments", message)
    before, later = versions[sound], versions[sound + 1 :]
    return attrs.evolve(before, acts=(*before.acts, act), withdrawn=(*before.withdrawn, *later))
