"""How each part of a briefing is found."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Final

from repayplan.affordability.assessment import assess
from repayplan.casework.affordable import owed_by
from repayplan.casework.briefing_parts import (
    AccountBrief,
    BarrierBrief,
    BudgetChange,
    CapacityBrief,
    ClientBrief,
    Deadline,
    PaymentHistory,
    ReasonBrief,
    Said,
)
from repayplan.casework.follow_up import needs_of
from repayplan.casework.proposals import proposal_of
from repayplan.casework.reaching import Reaching
from repayplan.communication.barriers import BarrierKind
from repayplan.communication.channels import AccessibleFormat
from repayplan.communication.circumstances import VerificationState
from repayplan.communication.parties import PartyRole
from repayplan.communication.remedies import remedies
from repayplan.money import Money
from repayplan.months import month_index
from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from repayplan.affordability.budget import Budget
    from repayplan.casework.account_view import AccountView
    from repayplan.casework.statements import BudgetStatement
    from repayplan.casework.view import CaseView

__all__ = [
    "DEADLINE_DAYS",
    "account_of",
    "barriers_of",
    "capacity_of",
    "client_of",
    "deadlines_of",
    "last_said",
    "promised_by_us",
    "reasons_of",
]

DEADLINE_DAYS: Final = 30
"""How far ahead a briefing looks for last days."""

_PROMISED_MAX: Final = 3


def client_of(view: CaseView) -> ClientBrief:
    """Find who the client is and how to talk now."""
    client, wish = view.case.client, view.case.client.preference_on(view.day)
    reaching = Reaching(view)
    interpreters = (party.id for party in client.others if party.role is PartyRole.INTERPRETER)
    is_barred = any(barrier.kind is BarrierKind.LANGUAGE for barrier in view.barriers)
    return ClientBrief(
        party_id=client.party.id,
        name=client.party.name,
        talk_to=reaching.recipient,
        spoken_language=wish.spoken_language,
        written_language=wish.written_language,
        interpreter=next(interpreters, None),
        needs_interpreter=is_barred or AccessibleFormat.SIGN_LANGUAGE in wish.formats,
        formats=wish.formats,
        needs=view.needs,
        ways=reaching.ways_to_talk(),
    )


def account_of(account: AccountView) -> AccountBrief:
    """Find what is to be known of a debt."""
    return AccountBrief(
        debt_id=account.id,
        owed=owed_by(account, fresh=False),
        since=account.arrears_since,
        history=_history(account),
        plan_state=account.plan_state,
        standing=account.standing,
        limitation=account.limitation,
        promises=account.promises,
        liabilities=account.account.liabilities,
        stops=tuple(stop.kind.value for stop in account.stops),
        holds=tuple(hold.kind.value for hold in account.holds),
    )


def _history(account: AccountView) -> PaymentHistory | None:
    standing = account.standing
    if standing is None:
        return None
    payments, lateness = standing.ledger.payments, standing.lateness
    today = account.view.day.toordinal()
    fallen = [
        (due, settled) for due, settled in zip(lateness.due, lateness.settled, strict=True) if due < today
    ]
    in_time = sum(1 for due, settled in fallen if settled is not None and settled <= due)
    late = sum(1 for due, settled in fallen if settled is not None and settled > due)
    return PaymentHistory(
        count=len(payments),
        total=Money.total((payment.amount for payment in payments), account.account.debt.currency),
        last_on=max((payment.effective for payment in payments), default=None),
        due=len(fallen),
        in_time=in_time,
        late=late,
        open=len(fallen) - in_time - late,
    )


def capacity_of(view: CaseView) -> CapacityBrief | None:
    """Find what the client can pay, and what changed since the budget before."""
    now = view.affordability
    if now is None or view.budget is None:
        return None
    before: BudgetStatement | None = next(iter(view.case.budgets[-2:-1]), None)
    return CapacityBrief(
        affordability=now,
        stated_on=view.budget.stated_on,
        before=None if before is None else _capacity(before, view),
        changes=() if before is None else _changes(before, view.budget),
    )


def _capacity(statement: BudgetStatement, view: CaseView) -> Money:
    found = assess(statement.budget, rules=view.policy.affordability, as_of=statement.stated_on)
    return found.capacity.on(statement.stated_on)


def _changes(before: BudgetStatement, after: BudgetStatement) -> tuple[BudgetChange, ...]:
    old, new = _lines(before), _lines(after)
    names = dict.fromkeys([*new, *old])
    return tuple(
        BudgetChange(line=name, before=old.get(key), after=new.get(key))
        for key, name in ((key, key[1]) for key in names)
        if old.get(key) != new.get(key)
    )


def _lines(statement: BudgetStatement) -> dict[tuple[str, str], Money]:
    """Give the amount a month of each line, by its list and its name."""
    budget: Budget = statement.budget
    month, exact = month_index(statement.stated_on), dict[tuple[str, str], Fraction]()
    for field, line in budget.named_lines():
        key = (field.partition("[")[0], line.name)
        exact[key] = exact.get(key, Fraction(0)) + line.in_month(month)
    digits = budget.currency.digits
    return {
        key: Money.from_minor_units(Rounding.HALF_UP.apply(value * 10**digits), budget.currency)
        for key, value in exact.items()
    }


def reasons_of(view: CaseView) -> tuple[ReasonBrief, ...]:
    """Find the reasons that were given, the latest first."""
    stated = [
        ReasonBrief(
            record_id=note.id,
            on=view.day_of(note.recorded_at),
            reason=note.reason,
            verification=note.verification,
        )
        for note in view.hardships
    ]
    said = [
        ReasonBrief(
            record_id=contact.id,
            on=view.day_of(contact.started_at),
            reason=contact.hardship,
            verification=VerificationState.UNVERIFIED,
        )
        for contact in view.contacts
        if contact.hardship is not None
    ]
    return tuple(sorted([*stated, *said], key=lambda one: (one.on, one.record_id), reverse=True))


def barriers_of(view: CaseView) -> tuple[BarrierBrief, ...]:
    """Find what stands in the way, and what helps."""
    return tuple(
        BarrierBrief(
            barrier=barrier,
            remedies=remedies(barrier, view.case.client, view.barrier_rules, on=view.day),
        )
        for barrier in view.barriers
    )


def last_said(view: CaseView) -> Said | None:
    """Find the last conversation; None where there was none."""
    talk = next((contact for contact in reversed(view.contacts) if contact.is_conversation), None)
    if talk is None:
        return None
    said = ", ".join(sorted(statement.value for statement in talk.client_said))
    text = talk.content or said or f"a talk, {talk.purpose.value}"
    return Said(contact_id=talk.id, on=view.day_of(talk.started_at), text=text)


def promised_by_us(view: CaseView) -> tuple[Said, ...]:
    """Find what was agreed to happen next, the latest first, three at most."""
    promised = (
        Said(contact_id=contact.id, on=view.day_of(contact.started_at), text=contact.next_step)
        for contact in reversed(view.contacts)
        if contact.next_step is not None
    )
    return tuple(islice(promised, _PROMISED_MAX))


def deadlines_of(view: CaseView) -> tuple[Deadline, ...]:
    """Find the last days of what is open, the earliest first."""
    reaching = Reaching(view)
    found = [
        Deadline(by=need.by, kind=need.kind, debts=need.debts, finding=need.why(view.day))
        for need in needs_of(view)
        if need.opens_on <= view.until
        and not reaching.is_suspended(need)
        and proposal_of(need, view) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.by, one.kind.name, one.debts)))
