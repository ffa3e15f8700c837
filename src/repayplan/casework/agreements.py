"""Confirmations: what was agreed or changed is put in writing, so that both sides can look it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.needs import Need
from repayplan.casework.offer_facts import plan_facts
from repayplan.communication.channels import Channel
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.plan.agreement_kinds import AgreementForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["agreements"]

_WRITTEN: Final = frozenset(channel for channel in Channel if not channel.is_live)


def agreements(view: CaseView) -> Iterator[Need]:
    """Confirm what was agreed or changed orally; after its last day such a notice is left out."""
    for account in view.collected:
        plan = account.account.plan
        if plan is None or not account.has_plan or plan.form is not AgreementForm.ORAL:
            continue
        limit = view.follow_up.notice_days
        yield Need(
            key=f"agreement:{account.id}:{plan.agreed_on}",
            kind=ActionKind.CONFIRM_AGREEMENT,
            debts=(account.id,),
            rule="agreement_confirmed",
            citation=limit.citation,
            urgency=Urgency.ROUTINE,
            opens_on=plan.agreed_on,
            by=plan.agreed_on.add(days=limit.value),
            until=plan.agreed_on.add(days=limit.value),
            since=view.start_of(plan.agreed_on),
            arose_in=plan.accepted_in,
            purpose=Purpose.AGREEMENT,
            channels=_WRITTEN,
            message=MessageKind.PLAN_CHANGED if plan.revision else MessageKind.AGREEMENT,
            facts=plan_facts(plan),
        )
