"""The kinds of record that the log takes, by the names under which it keeps them."""

from __future__ import annotations

from typing import Final

from repayplan.checks import check_instance
from repayplan.communication.amendments import Amendment, Redaction
from repayplan.communication.circumstances import Hardship, Vulnerability
from repayplan.communication.consents import Consent, ConsentWithdrawal
from repayplan.communication.contact import Contact
from repayplan.communication.difficulties import DifficultyNote
from repayplan.communication.profiles import ContactPointNote, PreferenceNote
from repayplan.communication.records import Record
from repayplan.communication.steps import StepNote
from repayplan.errors import InputTypeError

__all__ = ["RECORD_KINDS", "kind_name"]

RECORD_KINDS: Final[dict[str, type[Record]]] = {
    kind.__name__: kind
    for kind in (
        Amendment,
        Consent,
        ConsentWithdrawal,
        Contact,
        ContactPointNote,
        DifficultyNote,
        Hardship,
        PreferenceNote,
        Redaction,
        StepNote,
        Vulnerability,
    )
}
"""A new kind is added, never renamed: the names stand in hashed bytes."""


def kind_name(record: Record) -> str:
    """Give the name of a record's kind.

    Raises:
        InputTypeError: It is not a record that the log takes.
    """
    check_instance(record, Record, "record")
    name = type(record).__name__
    if RECORD_KINDS.get(name) is not type(record):
        message = f"expected one of {', '.join(RECORD_KINDS)}, got a value of another class"
        raise InputTypeError("type.wrong", "record", message, {"expected": "Record"})
    return name
