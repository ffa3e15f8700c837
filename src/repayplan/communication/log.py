"""The communication log: append-only, tamper-evident, and fit to be handed over one record at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, overload

from repayplan.checks import check_count, check_instance
from repayplan.communication.digests import DIGEST_BYTES
from repayplan.communication.entries import EntryPlace, LogEntry, line_of
from repayplan.communication.fields import iterate
from repayplan.communication.heads import Head, check_origin
from repayplan.communication.kinds import kind_name
from repayplan.communication.log_checks import check_next, check_sealed
from repayplan.communication.log_lines import read_chain, read_records
from repayplan.communication.log_queries import LogQueries
from repayplan.communication.log_store import LogStore, View
from repayplan.communication.redacting import Erasure, erasure_of
from repayplan.errors import CommunicationError, InputTypeError, type_shown
from repayplan.moments import check_moment, instant
from repayplan.values import Storable

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from repayplan.communication.amendments import Redaction
    from repayplan.communication.records import Record
    from repayplan.communication.stored import StoredLog

__all__ = ["CommunicationLog"]

_BEFORE_THE_FIRST: Final = bytes(DIGEST_BYTES)


class CommunicationLog(LogQueries, Storable):
    """Communication records in the order in which they were entered; it never changes.

    ``append`` gives a new log that shares everything with the old one, which stays as it is. Each entry names
    the hash of the one before, and the head is the root of a Merkle tree over all of them, so that no record
    can be changed, removed, inserted or moved without a head that is kept elsewhere showing it. Without such
    a head nobody can see that an insider wrote the whole log anew.

    A chain proves that nothing was altered, not that everything was entered: see :func:`repayplan.reconcile`.

    Args:
        origin: The name of the log, unique for the bank; every entry and every head carries it.

    Raises:
        CommunicationError: The name is not one visible line.
    """

    __slots__ = ("_origin", "_view")

    def __init__(self, origin: str) -> None:
        self._origin = check_origin(origin)
        self._view = View(LogStore(), 0)

    @classmethod
    def _seeing(cls, origin: str, store: LogStore, size: int) -> CommunicationLog:
        log = cls(origin)
        log._view = View(store, size)
        return log

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    # --- reading

    def __len__(self) -> int:
        """Count the entries."""
        return self._view.size

    def __iter__(self) -> Iterator[LogEntry]:
        """Give the entries in their order."""
        return self._view.entries()

    @overload
    def __getitem__(self, place: int) -> LogEntry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[LogEntry, ...]: ...
    def __getitem__(self, place: int | slice) -> LogEntry | tuple[LogEntry, ...]:
        """Give an entry by its number, or several."""
        if isinstance(place, slice):
            return tuple(self._view.store.entries[: self._view.size][place])
        return self._view.store.entries[range(self._view.size)[place]]

    def __eq__(self, other: object) -> bool:
        """Compare the names and the entries."""
        if not isinstance(other, CommunicationLog):
            return NotImplemented
        return self.head() == other.head() and all(
            one == another for one, another in zip(self, other, strict=True)
        )

    def __hash__(self) -> int:
        """Go by the head."""
        return hash(self.head())

    def __repr__(self) -> str:
        """Give the name and the size: the rest is personal."""
        return f"<CommunicationLog {self._origin}: {len(self)} entries>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as lines, which are checked again when they are read."""
        return _from_lines, (self._origin, tuple(self.to_lines()))

    def first(self, size: int) -> CommunicationLog:
        """Give the log as it was when it had so many entries.

        Raises:
            CommunicationError: It never had so many.
        """
        check_count(size, "size", minimum=0, maximum=len(self), error=CommunicationError)
        return self._seeing(self._origin, self._view.store, size)

    def known_by(self, moment: datetime.datetime) -> CommunicationLog:
        """Give the log as it was at a moment, what was entered at that moment included."""
        end = instant(check_moment(moment, "moment"))
        entries = self._view.store.entries
        return self.first(bisect_right(entries, end, hi=len(self), key=lambda entry: instant(entry.at)))

    # --- growing

    def append(
        self, record: Record, *, at: datetime.datetime, salts: Iterable[bytes] = (), onto: Head | None = None
    ) -> CommunicationLog:
        """Give a log with one record more.

        Args:
            record: The record.
            at: When it is entered; never before the entry before it, nor before its own recording.
            salts: A salt of at least 16 unpredictable bytes for each personal field that the record has
                (:func:`repayplan.salts_needed`); more may be given, as by
                ``iter(lambda: secrets.token_bytes(16), None)``.
            onto: The head that the log must have, where another writer may have been faster.

        Raises:
            CommunicationError: The head is another, an id is in use, a moment goes back, a correction does
                not fit, or a salt is missing, short or used before. The log is as it was.
        """
        if onto is not None and check_instance(onto, Head, "onto") != self.head():
            message = "expected the head of this log, got another; read the log again, and try again"
            raise CommunicationError("log.stale", "onto", message, {"size": len(self)})
        kind_name(record)  # refuses what is no record before anything is asked of it
        moment = check_moment(at, "at")
        check_next(self._view, record, moment)
        place = EntryPlace(self._origin, len(self), self._last_hash, moment)
        entry = LogEntry.of(record, place, salts)
        check_sealed(self._view, entry)
        return self._with(entry)

    def extend(
        self, records: Iterable[tuple[Record, datetime.datetime]], *, salts: Iterable[bytes] = ()
    ) -> CommunicationLog:
        """Give a log with more records, each with the moment at which it is entered.

        Raises:
            CommunicationError: As for :meth:`append`; none is added then.
        """
        log, source = self, iterate(salts, "salts")
        try:
            for place, pair in enumerate(iterate(records, "records")):
                record, at = _pair(pair, f"records[{place}]")
                log = log.append(record, at=at, salts=source)
        except BaseException:
            self._forget(log)
            raise
        return log

    def _forget(self, log: CommunicationLog) -> None:
        """Let nothing of a log that was begun in vain stay in what this one shares with others."""
        store = self._view.store
        # where nothing was added yet, what the store holds beyond this log belongs to longer logs
        if log is not self and log._view.store is store:
            with store.lock:
                store.keep(len(self))

    @property
    def _last_hash(self) -> bytes:
        return self[-1].hash if len(self) else _BEFORE_THE_FIRST

    def _with(self, entry: LogEntry) -> CommunicationLog:
        store, size = self._view.store, len(self)
        with store.lock:  # two threads may both hold the longest log
            longest = len(store.entries) == size
            if longest:
                store.add(entry)
        if not longest:
            store = LogStore(self)
            store.add(entry)
        return self._seeing(self._origin, store, size + 1)

    def redact(
        self,
        number: int,
        fields: Sequence[str],
        reason: str,
        at: datetime.datetime,
        *,
        record_id: str | None = None,
        by: str | None = None,
        salts: Iterable[bytes] = (),
    ) -> CommunicationLog:
        """Give a log without the content and the salts of personal fields of one entry, and a note of it.

        The entry keeps its digests, so that the chain and all proofs still hold. What the field held may also
        stand in amendments of the record, which then still answer for it, in copies and in older logs: erase
        it there too. Where the correction of a field is erased, the field is absent: what was wrong does not
        come back. Ask :func:`repayplan.retention_findings` first whether it may be erased.

        Args:
            number: The number of the entry.
            fields: The names of the fields.
            reason: Why.
            at: When.
            record_id: The id of the note; None makes one from its number.
            by: Who ordered it.
            salts: A salt for that, where it is given.

        Raises:
            CommunicationError: There is no such entry, or a field is not personal, or is erased already, or
                the salt is missing.
        """
        entries = list(self)
        erasure = erasure_of(entries, number, fields)
        name = f"redaction-{len(self)}" if record_id is None else record_id
        note = erasure.note(name, reason, check_moment(at, "at"), by)
        return self._without(entries, [erasure], [note], salts)

    def redact_each(
        self,
        erasures: Mapping[int, Sequence[str]],
        reason: str,
        at: datetime.datetime,
        *,
        by: str | None = None,
        salts: Iterable[bytes] = (),
    ) -> CommunicationLog:
        """Give a log without personal fields of several entries, and a note of each, as :meth:`redact` does.

        Whatever is erased, the log is copied once.

        Args:
            erasures: The names of the fields, by the number of the entry.
            reason: Why.
            at: When.
            by: Who ordered it.
            salts: A salt for each note, where ``by`` is given.

        Raises:
            CommunicationError: As for :meth:`redact`; nothing is erased then.
        """
        asked: Mapping[int, Sequence[str]] = check_instance(erasures, Mapping, "erasures")
        if not asked:
            raise CommunicationError("redaction.none", "erasures", "expected at least one entry, got none")
        moment, entries = check_moment(at, "at"), list(self)
        found = [erasure_of(entries, number, fields) for number, fields in asked.items()]
        names = (f"redaction-{len(self) + place}" for place in range(len(found)))
        notes = [erasure.note(name, reason, moment, by) for erasure, name in zip(found, names, strict=True)]
        return self._without(entries, found, notes, salts)

    def _without(
        self,
        entries: list[LogEntry],
        erasures: Sequence[Erasure],
        notes: Sequence[Redaction],
        salts: Iterable[bytes],
    ) -> CommunicationLog:
        for erasure in erasures:
            entries[erasure.number] = erasure.left
        log = self._seeing(self._origin, LogStore(entries), len(self))
        return log.extend([(note, note.recorded_at) for note in notes], salts=salts)

    # --- proving

    def head(self) -> Head:
        """Give the head: sign it, timestamp it or keep it where whoever writes the log cannot write."""
        return Head(self._origin, len(self), self._view.store.tree.root(len(self)))

    def inclusion_proof(self, number: int) -> tuple[bytes, ...]:
        """Give the proof that an entry is in the log, for :func:`repayplan.verify_inclusion`.

        Raises:
            CommunicationError: There is no such entry.
        """
        return self._view.store.tree.inclusion_proof(number, len(self))

    def consistency_proof(self, old_size: int) -> tuple[bytes, ...]:
        """Give the proof that the log begins with what it was at a size, for :func:`repayplan.compare_heads`.

        Raises:
            CommunicationError: It never had that size, or the size is 0, which proves nothing.
        """
        return self._view.store.tree.consistency_proof(old_size, len(self))

    # --- storing

    def to_lines(self) -> Iterator[str]:
        """Write the entries as JSON Lines, each ended by a line feed, for a file or a column of a table."""
        return map(line_of, self)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each entry as it was entered, without any personal field."""
        from repayplan.communication.showing import log_rows  # noqa: PLC0415  # loaded when a table is asked for

        return log_rows(self)

    def _repr_html_(self) -> str:
        """Show ids, moments, channels and outcomes in a notebook, and no content."""
        from repayplan.communication.showing import log_html  # noqa: PLC0415  # only notebooks need it

        return log_html(self)

    @staticmethod
    def __stored_as__() -> type[StoredLog]:
        """Name the class that stands for it in plain data (:func:`repayplan.to_dict`)."""
        from repayplan.communication import stored  # noqa: PLC0415  # it imports this module

        return stored.StoredLog

    @classmethod
    def from_lines(
        cls, lines: Iterable[str | bytes], *, origin: str | None = None, head: Head | None = None
    ) -> CommunicationLog:
        """Read what :meth:`to_lines` wrote, and check all of it.

        Args:
            lines: The lines, each with its line feed.
            origin: The name of the log; None takes the first entry's, or the head's.
            head: The head that was kept; without one, nobody can see that the last entries are missing.

        Raises:
            SerializationError: A line is not what this library wrote.
            CommunicationError: The entries do not follow each other, or are not those of the head. The
                ``field`` names the first bad line, as ``lines[3]``, and ``data["line"]`` its number from 1.
        """
        chain = read_chain(lines, origin, head)
        return cls._seeing(chain.name, read_records(chain), len(chain.entries))


def _pair(value: Any, field: str) -> tuple[Record, datetime.datetime]:  # noqa: ANN401  # whatever was given
    try:
        record, at = value
    except (TypeError, ValueError):
        message = f"expected a record and a moment, got {type_shown(value)}"
        raise InputTypeError("tuple.type", field, message, {"expected": "tuple"}) from None
    return record, at


def _from_lines(origin: str, lines: tuple[str, ...]) -> CommunicationLog:
    return CommunicationLog.from_lines(lines, origin=origin)
