"""A ledger, a standing and a timeline as rows, and as a person looks at them in a notebook."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from repayplan.display.chart import Chart, figure
from repayplan.display.marks import Line
from repayplan.display.table import Column, Kind, records, table
from repayplan.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.display.text import Cell
    from repayplan.overdue.changes import Change, Reason, Timeline
    from repayplan.overdue.ledger import Allocation, Ledger, LedgerInstallment
    from repayplan.overdue.standing import Standing

__all__ = ["ledger_html", "ledger_rows", "standing_html", "standing_rows", "timeline_html", "timeline_rows"]

_AMOUNTS: Final = ("scheduled", "waived", "saved", "paid", "outstanding")


def ledger_rows(ledger: Ledger) -> list[dict[str, object]]:
    """Give a plain row for each installment, the up-front payment before them if there is one."""
    return list(map(_ledger_row, ledger.installments))


def _ledger_row(row: LedgerInstallment) -> dict[str, object]:
    currency = row.asked.currency
    sums = {
        name: Money.total((getattr(part, name) for part in row.parts), currency).amount for name in _AMOUNTS
    }
    return {"number": row.number, "due_on": row.due_on, **sums, "currency": currency.code}


_LEDGER: Final = {
    "number": Kind.NUMBER,
    "due_on": Kind.FIXED,
    **dict.fromkeys(_AMOUNTS, Kind.NUMBER),
}


def ledger_html(ledger: Ledger) -> str:
    """Show what became of each installment and of each payment, and the sums of both over time."""
    currency, charged = ledger.credit.currency, ledger.charges_outstanding
    parts = [part for row in ledger.installments for part in row.parts]
    totals = (Money.total((getattr(part, name) for part in parts), currency) for name in _AMOUNTS)
    caption = (
        f"Ledger as of {ledger.as_of}, in {currency.code};"
        f" late charges outstanding: {charged.amount}, held as credit: {ledger.credit.amount}"
    )
    sums = ["all", "", *(total.amount for total in totals)]
    installments = records(caption, _LEDGER, ledger.installments, _ledger_row, total=sums)
    return figure(installments, _allocations(ledger), _paid_against_due(ledger))


def _allocations(ledger: Ledger) -> str:
    """Show where each payment went and by which rule; nothing where none came in."""
    if not ledger.allocations:
        return ""
    columns = [
        Column("on", Kind.FIXED),
        Column("payment"),
        Column("installment", Kind.NUMBER),
        Column("charge"),
        Column("amount", Kind.NUMBER),
        Column("by the rule"),
    ]

    def cells(one: Allocation) -> Sequence[Cell]:
        return [one.on, one.payment, one.installment, one.charge, one.amount.amount, one.rule]

    caption = f"Where each payment went, in {ledger.credit.currency.code}"
    return table(caption, columns, ledger.allocations, cells)


def standing_rows(standing: Standing) -> list[dict[str, object]]:
    """Give a plain row for each installment, the up-front payment before them if there is one."""
    late = set(standing.lateness.past_due)
    return [
        {
            "number": row.number,
            "due_on": row.due_on,
            "asked": row.asked.amount,
            "paid": row.paid.amount,
            "outstanding": row.outstanding.amount,
            "past_due": place in late,
            "currency": row.asked.currency.code,
        }
        for place, row in enumerate(standing.ledger.installments)
    ]


_INSTALLMENT: Final = {
    "number": Kind.NUMBER,
    "due_on": Kind.FIXED,
    "asked": Kind.NUMBER,
    "paid": Kind.NUMBER,
    "outstanding": Kind.NUMBER,
    "past_due": Kind.FIXED,
}


def standing_html(standing: Standing) -> str:
    """Show where a plan stands, its installments, and what was paid against what fell due."""
    caption = f"Installments in {standing.past_due.currency.code}"
    installments = records(caption, _INSTALLMENT, standing_rows(standing), dict)
    return figure(_figures(standing), _classes(standing), installments, _paid_against_due(standing.ledger))


def _figures(standing: Standing) -> str:
    """Show the days and the amounts."""
    ledger = standing.ledger
    facts: list[tuple[str, Cell]] = [
        ("days past due", standing.days_past_due),
        ("days beyond grace", standing.days_beyond_grace),
        ("days past due for the regulator", standing.regulatory_days_past_due),
        ("past due", str(standing.past_due)),
        ("late charges outstanding", str(ledger.charges_outstanding)),
        ("outstanding in all", str(ledger.outstanding)),
        ("held as credit", str(ledger.credit)),
    ]
    columns = [Column("figure"), Column("value", Kind.NUMBER)]
    return table(f"Standing as of {standing.as_of}: {standing.state.value}", columns, facts, list)


def _classes(standing: Standing) -> str:
    """Show what those figures make of the plan, in words: they are no numbers, and are set as text."""
    following = standing.next_due
    facts: list[tuple[str, Cell]] = [
        ("bucket", standing.bucket),
        ("class", standing.class_),
        ("class of the contract", standing.contract_class),
        ("due next", None if following is None else f"{following.amount} on {following.on}"),
    ]
    columns = [Column("what"), Column("value")]
    return table("Bucket, classes and what is due next", columns, facts, list)


def _paid_against_due(ledger: Ledger) -> str:
    """Draw the sums of what fell due and of what was paid until the day; no late charge falls due here."""
    as_of = ledger.as_of
    start = min(ledger.facts.schedule.terms.starts_on, as_of)
    asked = [(row.due_on.toordinal(), row.asked.minor_units) for row in ledger.installments]
    received = [(each.effective.toordinal(), each.amount.minor_units) for each in ledger.payments]
    due, paid = (_sums(start.toordinal(), amounts, as_of.toordinal()) for amounts in (asked, received))
    totals = [Money.from_minor_units(sums[-1][1], ledger.credit.currency) for sums in (due, paid)]
    return Chart(
        says=f"By {as_of}, {totals[0]} had fallen due and {totals[1]} was paid.",
        marks=(Line("fallen due", due, steps=True, dashed=True), Line("paid", paid, steps=True)),
        top=str(max(totals)),
        start=str(start),
        end=str(as_of),
    ).to_html()


def _sums(start: int, amounts: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Add up day by day, from nothing at the start to a day, later days being left out."""
    days = sorted((day, units) for day, units in amounts if day <= end)
    sums = [0, *accumulate(units for _, units in days)]
    return [*zip([start, *(day for day, _ in days)], sums, strict=True), (end, sums[-1])]


def timeline_rows(timeline: Timeline) -> list[dict[str, object]]:
    """Give a plain row for each day on which something changed, with where the plan stands after it."""
    return [_change_row(change) for change in timeline]


def _change_row(change: Change) -> dict[str, object]:
    after = change.after
    return {
        "day": change.day,
        "reasons": "; ".join(map(_reason_text, change.reasons)),
        "state": after.state.value,
        "bucket": after.bucket,
        "class": after.class_,
        "contract_class": after.contract_class,
        "days_past_due": after.days_past_due,
        "past_due": after.past_due.amount,
        "currency": after.past_due.currency.code,
    }


def _reason_text(reason: Reason) -> str:
    return reason.kind.value if reason.what is None else f"{reason.kind.value} {reason.what}"


_CHANGE: Final = {
    "day": Kind.FIXED,
    "reasons": Kind.TEXT,
    "state": Kind.FIXED,
    "bucket": Kind.FIXED,
    "days_past_due": Kind.NUMBER,
    "past_due": Kind.NUMBER,
}


def timeline_html(timeline: Timeline) -> str:
    """Show the days on which something changed, where that led, and the days past due over time."""
    closing = timeline.closing
    caption = (
        f"Changes from {timeline.start} to {timeline.end}, in {closing.past_due.currency.code};"
        f" on the last day: {closing.state.value}, days past due: {closing.days_past_due}"
    )
    return figure(records(caption, _CHANGE, timeline, _change_row), _days_past_due(timeline))


def _days_past_due(timeline: Timeline) -> str:
    """Draw the days past due, from the day before the first to the last; nothing where there are none."""
    eve = timeline.start.fromordinal(max(1, timeline.start.toordinal() - 1))  # as the opening has it
    closing = timeline.closing.days_past_due
    points = [(eve.toordinal(), timeline.opening.days_past_due)]
    for change in timeline:
        today = change.day.toordinal()
        points += [(today - 1, change.before.days_past_due), (today, change.after.days_past_due)]
    points.append((timeline.end.toordinal(), closing))
    highest = max(days for _, days in points)
    if not highest:
        return ""
    return Chart(
        says=f"Days past due from {eve} to {timeline.end}: at most {highest}, on the last day {closing}.",
        marks=(Line("days past due", points),),
        top=f"{highest} days",
        start=str(eve),
        end=str(timeline.end),
    ).to_html()
