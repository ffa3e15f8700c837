"""A briefing as rows, and as a person looks at it in a notebook.

As in the record, nobody's name, number, address or words are shown, nor why the client cannot pay or what the
client needs. How much there is of that is counted, so that whoever prepares a talk knows to read the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import figure
from repayplan.display.table import Column, Kind, records, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.casework.briefing import Briefing
    from repayplan.casework.briefing_parts import AccountBrief, BudgetChange, CapacityBrief, Deadline
    from repayplan.display.text import Cell
    from repayplan.money import Money

__all__ = ["briefing_html", "briefing_rows"]


def briefing_rows(briefing: Briefing) -> list[dict[str, object]]:
    """Give a plain row for each debt."""
    return list(map(_account_row, briefing.accounts))


def _account_row(account: AccountBrief) -> dict[str, object]:
    owed, standing, history = account.owed, account.standing, account.history
    state = account.plan_state if standing is None else standing.state
    return {
        "debt": account.debt_id,
        "owed": None if owed is None else owed.total.amount,
        "past_due": None if standing is None else standing.past_due.amount,
        "days_past_due": None if standing is None else standing.days_past_due,
        "since": account.since,
        "state": None if state is None else state.value,
        "paid_in_time": None if history is None else history.in_time,
        "paid_late": None if history is None else history.late,
        "unpaid": None if history is None else history.open,
        "last_payment_on": None if history is None else history.last_on,
        "promises": len(account.promises),
        "limitation": account.limitation.state.value,
        "currency": None if owed is None else owed.currency.code,
    }


_ACCOUNT: Final = {
    "debt": Kind.TEXT,
    "owed": Kind.NUMBER,
    "past_due": Kind.NUMBER,
    "currency": Kind.FIXED,
    "days_past_due": Kind.NUMBER,
    "since": Kind.FIXED,
    "state": Kind.FIXED,
    "paid_in_time": Kind.NUMBER,
    "paid_late": Kind.NUMBER,
    "unpaid": Kind.NUMBER,
    "last_payment_on": Kind.FIXED,
    "promises": Kind.NUMBER,
    "limitation": Kind.FIXED,
}


def briefing_html(briefing: Briefing) -> str:
    """Show debts, capacity, times to talk and last days, and count what the text alone tells."""
    caption = f"Briefing of {briefing.case_id} at {briefing.at}: debts"
    debts = records(caption, _ACCOUNT, briefing.accounts, _account_row)
    capacity = [] if briefing.capacity is None else _capacity(briefing.capacity)
    return figure(debts, *capacity, _ways(briefing), _deadlines(briefing), _untold(briefing))


def _capacity(capacity: CapacityBrief) -> list[str]:
    """Show what can be paid, and what changed since the budget before."""
    now, code = capacity.affordability, capacity.affordability.budget.currency.code
    facts = [
        ("capacity", now.capacity.on(capacity.stated_on)),
        ("capacity by the budget before", capacity.before),
        ("income", now.income),
        ("expenses", now.expenses),
        ("commitments", now.commitments),
    ]
    columns = [Column("figure"), Column("in a month", Kind.NUMBER)]
    caption = f"What the client can pay, by the budget of {capacity.stated_on}, in {code}"
    return [
        table(caption, columns, facts, lambda fact: [fact[0], _amount(fact[1])]),
        _changes(capacity.changes, code),
    ]


def _changes(changes: Sequence[BudgetChange], code: str) -> str:
    if not changes:
        return ""
    columns = [Column("line"), Column("before", Kind.NUMBER), Column("now", Kind.NUMBER)]
    return table(
        f"What changed since the budget before, in a month, in {code}",
        columns,
        changes,
        lambda change: [change.line, _amount(change.before), _amount(change.after)],
    )


def _amount(money: Money | None) -> Cell:
    return None if money is None else money.amount


def _ways(briefing: Briefing) -> str:
    """Show by which channels and when a talk may begin."""
    windows = [
        (way.channel.value, way.is_open_now, way.window)
        for way in briefing.client.ways
        if way.window is not None
    ]
    columns = [Column("channel"), Column("now"), Column("from", Kind.FIXED), Column("until", Kind.FIXED)]
    return table(
        "When a talk may begin, the best channel first",
        columns,
        windows,
        lambda way: [way[0], way[1], way[2].start, way[2].end],
    )


def _deadlines(briefing: Briefing) -> str:
    columns = [
        Column("by", Kind.FIXED),
        *(Column(label) for label in ("what", "missed", "why", "source", "debts")),
    ]

    def cells(one: Deadline) -> Sequence[Cell]:
        why = one.finding
        reason = why.rule.replace("_", " ")
        return [one.by, one.kind.value, not why.passed, reason, why.citation, ", ".join(one.debts)]

    return table("Last days, the earliest first", columns, briefing.deadlines, cells)


def _untold(briefing: Briefing) -> str:
    """Count what is personal and left to the text."""
    parts = [
        ("reasons given", len(briefing.reasons)),
        ("open questions", len(briefing.open_questions)),
        ("barriers", len(briefing.barriers)),
        ("last talk", int(briefing.last_said is not None)),
        ("promised by us", len(briefing.promised_by_us)),
    ]
    columns = [Column("part"), Column("entries", Kind.NUMBER)]
    return table("What is personal: to_text() alone tells it, with who the client is", columns, parts, list)
