"""What logs of one history share, of which each log sees the first so many entries."""

from __future__ import annotations

from bisect import bisect_left, insort
from heapq import merge
from itertools import groupby, islice
from threading import Lock
from typing import TYPE_CHECKING

from repayplan.communication.amendments import Amendment, corrected
from repayplan.communication.contact import Contact
from repayplan.communication.contact_marks import marks_of
from repayplan.communication.merkle import MerkleTree
from repayplan.moments import instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from repayplan.communication.contact_marks import Mark
    from repayplan.communication.entries import LogEntry
    from repayplan.communication.records import Record

__all__ = ["LogStore", "View"]


class LogStore:
    """The entries of the longest log of one history.

    Entries are added at the end alone, so a log of ``n`` entries sees the same first ``n`` for ever. Whoever
    adds to a log that is no more the longest copies its part first.
    """

    __slots__ = (
        "amendments",
        "cases",
        "contacts",
        "corrected",
        "entries",
        "kinds",
        "lock",
        "marked",
        "numbers",
        "salts",
        "tree",
    )

    def __init__(self, entries: Iterable[LogEntry] = ()) -> None:
        self.lock = Lock()
        self.entries: list[LogEntry] = []
        self.tree = MerkleTree()
        self.numbers: dict[str, int] = {}
        """The number of the entry of each record, by its id."""
        self.salts: dict[str, int] = {}
        """The number of the entry that uses each salt."""
        self.corrected: dict[str, list[Record]] = {}
        """What each amendment made of a record, by the record's id."""
        self.amendments: dict[str, list[int]] = {}
        """The numbers of the amendments of each record, by its id."""
        self.contacts: list[tuple[int, int, int]] = []
        """When each contact began, the number of its entry, and of the entry that says so."""
        self.marked: dict[Mark, list[tuple[int, int, int]]] = {}
        """The same of the contacts with each mark."""
        self.kinds: dict[type[Record], list[int]] = {}
        """The numbers of the entries of each kind of record."""
        self.cases: dict[str, int] = {}
        """The number of the first entry of each case."""
        for entry in entries:
            self.add(entry)

    def keep(self, size: int) -> None:
        """Forget all entries but the first so many, which nobody else has been given yet."""
        kept = LogStore(self.entries[:size])
        for name in self.__slots__:
            if name != "lock":
                setattr(self, name, getattr(kept, name))

    def add(self, entry: LogEntry) -> None:
        """Add an entry that was checked."""
        number, record = len(self.entries), entry.record
        self.entries.append(entry)
        self.tree.append(entry.hash)
        self.numbers[record.id] = number
        self.kinds.setdefault(type(record), []).append(number)
        self.cases.setdefault(record.case_id, number)
        self.salts.update((item.salt, number) for item in entry.disclosed.values())
        if isinstance(record, Contact):
            self._index(record, number, number)
        elif isinstance(record, Amendment):
            self._add_amendment(record, number)

    def _add_amendment(self, amendment: Amendment, number: int) -> None:
        target = self.numbers[amendment.corrects]
        now = corrected(View(self, number).current(target), [amendment])
        self.amendments.setdefault(amendment.corrects, []).append(number)
        self.corrected.setdefault(amendment.corrects, []).append(now)
        if isinstance(now, Contact):
            self._index(now, target, number)

    def _index(self, contact: Contact, number: int, said_by: int) -> None:
        """Note where a contact is found, as the entry says that says last what it was."""
        place = instant(contact.started_at), number, said_by
        insort(self.contacts, place)
        for mark in marks_of(contact):
            insort(self.marked.setdefault(mark, []), place)


class View:
    """The first so many entries of a store.

    Attributes:
        store: The store.
        size: How many.
    """

    __slots__ = ("size", "store")

    def __init__(self, store: LogStore, size: int) -> None:
        self.store = store
        self.size = size

    def entries(self) -> Iterator[LogEntry]:
        """Give the entries in their order."""
        return islice(self.store.entries, self.size)

    def number_of(self, record_id: str) -> int | None:
        """Give the number of a record's entry; None where there is none."""
        number = self.store.numbers.get(record_id)
        return number if number is not None and number < self.size else None

    def numbers_of(self, kind: type[Record]) -> Iterator[int]:
        """Give the numbers of the entries of a kind, or of the kinds below it, in their order."""
        # a longer log of the same history may add a kind meanwhile: take the kinds that are there now
        known = [numbers for of, numbers in list(self.store.kinds.items()) if issubclass(of, kind)]
        return merge(*(numbers[: bisect_left(numbers, self.size)] for numbers in known))

    def cases(self) -> frozenset[str]:
        """Give the ids of the cases to which entries belong."""
        return frozenset(case for case, first in list(self.store.cases.items()) if first < self.size)

    def uses(self, salt: str) -> bool:
        """Tell whether a salt is in use."""
        return self.store.salts.get(salt, self.size) < self.size

    def amendments_of(self, record_id: str) -> Sequence[int]:
        """Give the numbers of the amendments of a record."""
        numbers = self.store.amendments.get(record_id, [])
        return numbers[: bisect_left(numbers, self.size)]

    def current(self, number: int) -> Record:
        """Give the record of an entry as its amendments leave it."""
        record = self.store.entries[number].record
        count = bisect_left(self.store.amendments.get(record.id, ()), self.size)
        return self.store.corrected[record.id][count - 1] if count else record

    def contacts(self, first: int, end: int, marks: Collection[Mark] | None = None) -> Iterator[Contact]:
        """Give the contacts that began in a span of instants, as corrected, the earliest first.

        Args:
            first: The first instant.
            end: The first one after the span.
            marks: Only the contacts with one of these marks, and no others are looked at; None gives all.
        """
        store = self.store
        indexes = [store.contacts] if marks is None else [store.marked.get(mark, []) for mark in marks]
        # a longer log of the same history may add to an index meanwhile: take what is there now
        spans = [index[bisect_left(index, (first,)) : bisect_left(index, (end,))] for index in indexes]
        for (_, number, said_by), _ in groupby(merge(*spans)):
            contact = self._as_said_by(number, said_by) if said_by < self.size else None
            if contact is not None:
                yield contact

    def _as_said_by(self, number: int, said_by: int) -> Contact | None:
        """Give a contact if an entry says last when it began, as later entries leave it; None otherwise."""
        record = self.store.entries[number].record
        amendments = self.amendments_of(record.id) if record.id in self.store.amendments else ()
        is_last = said_by == (amendments[-1] if amendments else number)
        contact = self.current(number) if amendments else record
        return contact if is_last and isinstance(contact, Contact) else None
