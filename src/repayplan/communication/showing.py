"""A log as rows, and as a person looks at it in a notebook: what came when, and nothing of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.contact import Contact
from repayplan.display.chart import figure
from repayplan.display.table import Kind, records

if TYPE_CHECKING:
    from repayplan.communication.entries import LogEntry
    from repayplan.communication.log import CommunicationLog

__all__ = ["log_html", "log_rows"]


def log_rows(log: CommunicationLog) -> list[dict[str, object]]:
    """Give a plain row for each entry as it was entered, without any field that is personal."""
    return [_entry_row(entry) for entry in log]


def _entry_row(entry: LogEntry) -> dict[str, object]:
    record = entry.record
    contact = record if isinstance(record, Contact) else None
    return {
        "number": entry.number,
        "at": entry.at,
        "kind": entry.kind,
        "id": record.id,
        "case_id": record.case_id,
        "direction": None if contact is None else contact.direction.value,
        "channel": None if contact is None else contact.channel.value,
        "outcome": None if contact is None else contact.outcome.value,
        "started_at": None if contact is None else contact.started_at,
    }


_ENTRY: Final = {
    "number": Kind.NUMBER,
    "at": Kind.FIXED,
    "kind": Kind.FIXED,
    "id": Kind.TEXT,
    "direction": Kind.FIXED,
    "channel": Kind.FIXED,
    "outcome": Kind.FIXED,
    "started_at": Kind.FIXED,
}


def log_html(log: CommunicationLog) -> str:
    """Show the entries of a log: ids, moments, channel and outcome, and no content."""
    caption = f"Log {log.origin}: {len(log)} entries"
    return figure(records(caption, _ENTRY, range(len(log)), lambda number: _entry_row(log[number])))
