"""Adjustments: once the cause of a missed payment is known, or help was asked for, a plan is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repayplan.casework.action_keys import answer_key, debts_key
from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.affordable import offers_for
from repayplan.casework.needs import Need
from repayplan.casework.offer_facts import message_of
from repayplan.casework.requests import debts_with_request
from repayplan.casework.wanting import reason_of, wants_offer
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose
from repayplan.moments import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact

__all__ = ["adjustments"]


def adjustments(view: CaseView) -> Iterator[Need]:
    """Offer what the client can pay now; where no budget was taken since the reason, take one first.

    Several debts in need are offered on together, so that they never ask for the same money twice. A request
    for help that is not answered yet comes first: the answer holds the offers on all of them.
    """
    wanting = [account for account in view.collected if wants_offer(account)]
    if not wanting or debts_with_request(view):
        return
    since, told_in = max(reason for account in wanting if (reason := reason_of(account)) is not None)
    debts = tuple(account.id for account in wanting)
    day = view.day_of(since)
    fields: dict[str, Any] = {
        "debts": debts,
        "urgency": Urgency.HELP,
        "citation": view.follow_up.offer_days.citation,
        "opens_on": day,
        "by": day.add(days=view.follow_up.offer_days.value),
        "since": since,
        "arose_in": told_in,
    }
    name = f"{debts_key(debts)}:{moment_text(since)}"
    if view.budget is None or view.budget.recorded < day:
        yield Need(
            key=f"budget:{name}",
            kind=ActionKind.TAKE_BUDGET,
            rule="budget_taken",
            purpose=Purpose.HARDSHIP_TALK,
            message=MessageKind.INVITATION_TO_SPEAK,
            **fields,
        )
    elif not _was_answered_with_offers(view, debts):
        yield from _offer(view, name, fields)


def _offer(view: CaseView, name: str, fields: dict[str, Any]) -> Iterator[Need]:
    offers = offers_for(view, fields["debts"])
    message, facts = message_of(offers)
    if offers is not None:
        yield Need(
            key=f"offer:{name}",
            kind=ActionKind.OFFER,
            rule="adjustment_offered",
            purpose=Purpose.OFFER,
            message=message,
            facts=facts,
            offers=offers,
            **fields,
        )


def _was_answered_with_offers(view: CaseView, debts: tuple[str, ...]) -> bool:
    """Whether a request for help on all of the debts was answered when the latest budget was known."""
    asked = {one.told_in for account in view.collected if (one := account.help_asked) is not None}
    answers = [answer for answer in view.attempts.get(Purpose.ANSWER, ()) if answer.answers in asked]
    answers += [answer for request in asked for answer in view.naming(answer_key(request))]
    return any(
        not answer.outcome.is_failure
        and _knew_the_budget(answer, view)
        and set(debts) <= (set(answer.all_debts) or set(debts))
        for answer in answers
    )


def _knew_the_budget(answer: Contact, view: CaseView) -> bool:
    """Whether the latest budget was there for an answer; one of its day that came in a later talk was not."""
    day = view.day_of(answer.started_at)
    if view.budget is None or view.budget.recorded > day:
        return False
    talks = view.attempts.get(Purpose.HARDSHIP_TALK, ())
    taken_later = any(talk.is_conversation and talk.started_at > answer.started_at for talk in talks)
    return view.budget.recorded < day or not taken_later
