"""Open questions about the data of a case: what is missing, unverified or contradictory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.affordability.assessment import assess
from repayplan.casework.data_checks import gaps
from repayplan.communication.circumstances import VerificationState
from repayplan.communication.limitation import LimitationState
from repayplan.communication.purposes import ClientStatement
from repayplan.communication.reasons import HardshipReason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["open_data"]

_LESS_INCOME = {HardshipReason.INCOME_LOSS, HardshipReason.REDUCED_HOURS}


def open_data(view: CaseView) -> tuple[str, ...]:
    """Give what is missing, what was not verified, and where statements and facts do not fit, in words."""
    return (*_missing(view), *_unverified(view), *_unbound(view), *_contradictory(view))


def _missing(view: CaseView) -> Iterator[str]:
    yield from (need.text for need in gaps(view))
    if view.affordability is None:
        yield "No budget was stated."
    else:
        essentials = ", ".join(category.value for category in view.affordability.missing_essentials)
        if essentials:
            yield f"The budget says nothing of {essentials}."
    for account in view.accounts:
        if account.limitation.state is LimitationState.UNKNOWN:
            yield f"{account.id}: limitation is not known."
    known = {account.id for account in view.case.accounts}
    named = sorted({debt for contact in view.contacts for debt in contact.all_debts} - known)
    if named:
        yield f"The record names debts that the case does not have: {', '.join(named)}."


def _unverified(view: CaseView) -> Iterator[str]:
    points = [point.id for point in view.case.client.points_on(view.day) if point.verified_on is None]
    if points:
        yield f"Never verified: {', '.join(points)}."
    for note in view.hardships:
        if note.verification is VerificationState.UNVERIFIED:
            yield f"Not verified: what was stated in {note.id}."


def _unbound(view: CaseView) -> Iterator[str]:
    """Find parties whom a running plan does not bind, since they did not consent to it."""
    for account in view.accounts:
        for other in account.account.liabilities if account.has_plan else ():
            if other.consented_on is None:
                yield f"{account.id}: {other.party_id} did not consent to the plan, which binds only others."


def _contradictory(view: CaseView) -> Iterator[str]:
    for note in view.hardships:
        if note.verification is VerificationState.CONTRADICTED:
            yield f"Facts speak against {note.id}: ask how it fits together."
    yield from _promises(view)
    yield from _incomes(view)


def _promises(view: CaseView) -> Iterator[str]:
    """Find promises that the record names and the case does not have."""
    known = {promise.id for account in view.case.accounts for promise in account.promises}
    for contact in view.contacts:
        unknown = [promise for promise in contact.promise_ids if promise not in known]
        if not contact.promise_ids and ClientStatement.PROMISES_PAYMENT in contact.client_said:
            yield f"A promise was given in {contact.id}, and its amount and day are not noted."
        if unknown:
            yield f"{contact.id} names promises that the case does not have: {', '.join(unknown)}."


def _incomes(view: CaseView) -> Iterator[str]:
    """Find a loss of income that the budgets do not show."""
    latest, before = [*reversed(view.case.budgets), None, None][:2]
    stated = [note.recorded_at for note in view.hardships if note.reason in _LESS_INCOME]
    stated += [contact.started_at for contact in view.contacts if contact.hardship in _LESS_INCOME]
    if not stated or latest is None:
        return
    since = view.day_of(max(stated))
    if latest.stated_on < since:
        yield "Income is said to have fallen, and the latest budget is from before that."
    elif before is not None:
        rules = view.policy.affordability
        now, then = (assess(one.budget, rules=rules, as_of=one.stated_on).income for one in (latest, before))
        if now >= then:
            yield "Income is said to have fallen, and the budget does not show it."
