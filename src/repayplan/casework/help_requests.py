"""Requests of the client: each is answered by its last day, in arrears or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repayplan.casework.action_keys import answer_key
from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.affordable import offers_for
from repayplan.casework.needs import Need
from repayplan.casework.offer_facts import message_of
from repayplan.casework.requests import HELP
from repayplan.casework.wanting import debts_in_need
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import ClientStatement, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact

__all__ = ["help_requests"]


def help_requests(view: CaseView) -> Iterator[Need]:
    """Answer what the client asked: with offers where help was asked for and a budget is known.

    They are offers on all debts in need together.
    """
    for contact in view.requests:
        day = view.day_of(contact.started_at)
        purpose, message, more = _answer(contact, view)
        yield Need(
            key=answer_key(contact.id),
            kind=ActionKind.ANSWER_CLIENT,
            debts=tuple(debt for debt in contact.all_debts if debt in {one.id for one in view.accounts}),
            rule="client_answered",
            citation=view.follow_up.answer_days.citation,
            urgency=Urgency.HELP,
            opens_on=day,
            by=view.follow_up.answer_by(day),
            since=contact.started_at,
            purpose=purpose,
            message=message,
            answers=contact.id,
            **more,
        )


def _answer(contact: Contact, view: CaseView) -> tuple[Purpose, MessageKind, dict[str, Any]]:
    said = contact.client_said
    if ClientStatement.COMPLAINS in said:
        day = view.day_of(contact.started_at)
        facts = {"received_on": day, "answer_by": view.follow_up.answer_by(day)}
        return Purpose.COMPLAINT, MessageKind.COMPLAINT_RECEIVED, {"facts": facts}
    if ClientStatement.DISPUTES_DEBT in said:
        return Purpose.DISPUTE, MessageKind.INVITATION_TO_SPEAK, {}
    if HELP.isdisjoint(said):
        return Purpose.ANSWER, MessageKind.INVITATION_TO_SPEAK, {}
    offers = offers_for(view, debts_in_need(view))
    message, facts = message_of(offers)
    return Purpose.ANSWER, message, {"offers": offers, "facts": facts}
