"""What the client asked for and was not answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.casework.action_keys import answer_key
from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.purposes import ClientStatement

if TYPE_CHECKING:
    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact

__all__ = ["HELP", "REQUESTS", "debts_with_request", "open_requests"]

HELP: Final = frozenset(
    {ClientStatement.ASKS_FOR_HELP, ClientStatement.PROPOSES_PLAN, ClientStatement.ASKS_TO_DEFER}
)
"""What is answered by an offer; a plan that is agreed after it is an answer too."""

REQUESTS: Final = HELP | {ClientStatement.COMPLAINS, ClientStatement.DISPUTES_DEBT}
"""What is said in any contact and wants an answer."""

_MESSAGES: Final = {Outcome.RECEIVED, Outcome.VOICEMAIL_LEFT}


def open_requests(view: CaseView) -> tuple[Contact, ...]:
    """Give the messages and the talks in which the client asked for something that is not answered yet."""
    return tuple(
        contact
        for contact in view.contacts
        if _wants_answer(contact) and not _is_answered(contact, view) and not _is_settled(contact, view)
    )


def debts_with_request(view: CaseView) -> frozenset[str]:
    """Give the debts on which help was asked for and not given yet: all where none was named."""
    asked = [contact.all_debts for contact in view.requests if contact.client_said & HELP]
    every = tuple(account.id for account in view.accounts)
    return frozenset(debt for debts in asked for debt in debts or every)


def _wants_answer(contact: Contact) -> bool:
    is_message = contact.direction is Direction.INBOUND and contact.outcome in _MESSAGES
    return is_message or not REQUESTS.isdisjoint(contact.client_said)


def _is_answered(contact: Contact, view: CaseView) -> bool:
    """Whether a contact of the bank says that it answers it, or any says that it carried out the answer."""
    carried_out = view.naming(answer_key(contact.id))
    return contact.id in view.answered or any(not one.outcome.is_failure for one in carried_out)


def _is_settled(contact: Contact, view: CaseView) -> bool:
    """Whether a plan was agreed after a request for help, on each debt that it concerns."""
    asked = contact.client_said & REQUESTS
    if not asked or not asked <= HELP:
        return False
    day = view.day_of(contact.started_at)
    concerned = [one for one in view.accounts if not contact.all_debts or one.id in contact.all_debts]
    plans = [one.account.plan for one in concerned]
    return bool(plans) and all(plan is not None and plan.agreed_on >= day for plan in plans)
