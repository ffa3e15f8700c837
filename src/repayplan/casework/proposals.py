"""Idempotence: what of a need is done already by the record, and from when the next attempt may follow."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.casework.action_keys import attempt_key
from repayplan.casework.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact

__all__ = ["Proposal", "proposal_of"]


@attrs.frozen(eq=False)
class Proposal:
    """A need that is not met yet.

    Attributes:
        need: The need.
        key: The need's key, with the number of the attempt from the second on.
        opens: The first moment for it.
        is_exhausted: Whether it was attempted as often as the rules allow: a person decides.
    """

    need: Need
    key: str
    opens: pendulum.DateTime
    is_exhausted: bool = False


def proposal_of(need: Need, view: CaseView) -> Proposal | None:
    """Give a need as it stands by the record; None where it is met or it makes no sense any more."""
    opens = max(view.at, view.start_of(need.opens_on))
    if need.until is not None and view.day > need.until:
        return None
    if need.purpose is None:
        return None if need.key in view.steps else Proposal(need, need.key, opens)
    attempts = _attempts(need, view)
    if any(not contact.outcome.is_failure for contact in attempts):
        return None
    if not attempts:
        return Proposal(need, need.key, opens)
    days = view.follow_up.retry_days.value if need.until is None else 1
    again = view.start_of(view.day_of(attempts[-1].started_at).add(days=days))
    is_exhausted = len(attempts) >= view.follow_up.attempts.value
    return Proposal(need, attempt_key(need.key, len(attempts) + 1), max(opens, again), is_exhausted)


def _attempts(need: Need, view: CaseView) -> list[Contact]:
    """Give what was done for the need since its reason arose, the earliest first."""
    found = [*_since(need, view.naming(need.key)), *_alike(need, view)]
    return sorted(found, key=lambda contact: contact.started_at)


def _since(need: Need, contacts: Sequence[Contact]) -> Iterator[Contact]:
    """Give those of contacts in their order that began since the need's reason arose, the latest first."""
    since = need.since
    return takewhile(lambda contact: since is None or contact.started_at >= since, reversed(contacts))


def _alike(need: Need, view: CaseView) -> Iterator[Contact]:
    """Give what the bank began that names no action, but is for the same purpose and debts."""
    assert need.purpose is not None  # noqa: S101  # a step of the desk was asked about apart
    wanted = set(need.debts)
    for contact in _since(need, view.attempts.get(need.purpose, ())):
        is_answer = need.answers in {None, contact.answers}
        may_meet = not contact.actions and contact.id != need.arose_in
        if may_meet and is_answer and wanted.issubset(contact.all_debts):
            yield contact
