"""Data that has to be verified before anything follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.affordable import is_stale
from repayplan.casework.needs import Need
from repayplan.communication.circumstances import VerificationState
from repayplan.communication.limitation import LimitationState
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["contradictions", "gaps", "limitations"]


def contradictions(view: CaseView) -> Iterator[Need]:
    """Ask the client about a statement that facts speak against, before anything follows from that."""
    for note in view.hardships:
        if note.verification is not VerificationState.CONTRADICTED or note.verified_on is None:
            continue
        day = note.verified_on
        yield Need(
            key=f"verify:{note.id}",
            kind=ActionKind.VERIFY_DATA,
            debts=(),
            rule="statement_verified",
            citation=view.follow_up.talk_days.citation,
            urgency=Urgency.HELP,
            opens_on=day,
            by=day.add(days=view.follow_up.talk_days.value),
            since=view.start_of(day),
            purpose=Purpose.VERIFICATION,
            message=MessageKind.INVITATION_TO_SPEAK,
            text="Ask how it fits together; it may be a mistake of ours.",
        )


def gaps(view: CaseView) -> Iterator[Need]:
    """Fill what is missing for a contact: a name, a way to reach the client, a language, a balance."""
    client = view.case.client
    wish = client.preference_on(view.day)
    missing = {
        "name": client.party.name is None,
        "contact point": not client.points_on(view.day),
        "language": wish.spoken_language is None and wish.written_language is None,
    }
    for what, is_missing in missing.items():
        if is_missing:
            yield _gap(view, what, (), f"The {what} of the client is not known: look it up, or ask.")
    for account in view.collected:
        stated = account.account.debt.as_of
        if account.account.plan is None and is_stale(account):
            yield _gap(view, f"balance:{account.id}:{stated}", (account.id,), "State what is owed anew.")


def _gap(view: CaseView, what: str, debts: tuple[str, ...], text: str) -> Need:
    limit = view.follow_up.desk_days
    return Need(
        key=f"gap:{what}",
        kind=ActionKind.VERIFY_DATA,
        debts=debts,
        rule="data_complete",
        citation=limit.citation,
        urgency=Urgency.HELP,
        opens_on=view.day,
        by=view.day.add(days=limit.value),
        text=text,
    )


def limitations(view: CaseView) -> Iterator[Need]:
    """Have a person decide on limitation that is expired or unknown, before payment is asked for.

    A plan that is kept asks for payment too: without a decision nobody would be reminded.
    """
    for account in view.collected:
        asks = account.arrears_since is not None or account.is_repaying
        if not asks or account.limitation.state is LimitationState.RUNNING:
            continue
        limit = view.follow_up.desk_days
        yield Need(
            key=account.limitation_step,
            kind=ActionKind.ESTABLISH_LIMITATION,
            debts=(account.id,),
            rule="limitation_decided",
            citation=limit.citation,
            urgency=Urgency.PROTECTION,
            opens_on=view.day,
            by=view.day.add(days=limit.value),
            text="No payment is asked for until a person has noted what holds.",
        )
