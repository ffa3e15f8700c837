"""The log, its entries and its excerpts as plain data: by the texts that they are stored and proven by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance, check_tuple
from repayplan.communication.entries import LogEntry, line_of
from repayplan.communication.excerpts import Excerpt
from repayplan.communication.log import CommunicationLog
from repayplan.communication.log_lines import read_line
from repayplan.errors import CommunicationError
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["StoredEntry", "StoredExcerpt", "StoredLog"]

_LINES_MAX: Final = 1_000_000


def _to_lines(value: Sequence[str]) -> tuple[str, ...]:
    return check_tuple(value, str, "lines", maximum=_LINES_MAX, error=CommunicationError)


@attrs.frozen(repr=False)
class StoredLog(Value):
    """A log by its lines.

    Attributes:
        origin: The name of the log.
        lines: Its entries, as ``to_lines`` writes them.
    """

    origin: str
    lines: tuple[str, ...] = attrs.field(converter=_to_lines)

    @classmethod
    def of(cls, log: CommunicationLog) -> StoredLog:
        """Write a log."""
        return cls(log.origin, tuple(log.to_lines()))

    def restored(self) -> CommunicationLog:
        """Read the log, and check all of it.

        Raises:
            SerializationError: A line is not what this library wrote.
            CommunicationError: The entries do not follow each other, or are not of a log of this name.
        """
        return CommunicationLog.from_lines(self.lines, origin=self.origin)

    def __repr__(self) -> str:
        """Give the size: the rest is personal."""
        return f"<StoredLog of {len(self.lines)} entries>"


@attrs.frozen(repr=False)
class StoredEntry(Value):
    """An entry of a log by its line.

    Attributes:
        line: The entry and what is still disclosed of it, as one line of canonical JSON.
    """

    line: str

    def __attrs_post_init__(self) -> None:
        """Check the type."""
        check_instance(self.line, str, "line")

    @classmethod
    def of(cls, entry: LogEntry) -> StoredEntry:
        """Write an entry."""
        return cls(line_of(entry))

    def restored(self) -> LogEntry:
        """Read the entry.

        Raises:
            RepayPlanError: The line is not what this library wrote.
        """
        return read_line(self.line, "line")

    def __repr__(self) -> str:
        """Give nothing: all of it may be personal."""
        return "<StoredEntry>"


@attrs.frozen(repr=False)
class StoredExcerpt(Value):
    """An excerpt by its text.

    Attributes:
        text: The entry and its proof, as one line of canonical JSON.
    """

    text: str

    def __attrs_post_init__(self) -> None:
        """Check the type."""
        check_instance(self.text, str, "text")

    @classmethod
    def of(cls, excerpt: Excerpt) -> StoredExcerpt:
        """Write an excerpt."""
        return cls(excerpt.to_text())

    def restored(self) -> Excerpt:
        """Read the excerpt.

        Raises:
            SerializationError: The text is not what this library wrote.
        """
        return Excerpt.from_text(self.text)

    def __repr__(self) -> str:
        """Give nothing: all of it may be personal."""
        return "<StoredExcerpt>"
