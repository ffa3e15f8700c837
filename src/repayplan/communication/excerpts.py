"""One record of the log with its proof, for a court or the client, without the rest."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

import attrs

from repayplan.checks import check_instance
from repayplan.communication.digests import DIGEST_BYTES
from repayplan.communication.entries import LogEntry, line_of
from repayplan.communication.fields import check_ids
from repayplan.communication.heads import Head
from repayplan.communication.log import CommunicationLog
from repayplan.communication.log_lines import read_content
from repayplan.communication.merkle_proofs import verify_inclusion
from repayplan.errors import CommunicationError, RepayPlanError, SerializationError, shown
from repayplan.serialization.canonical import canonical_bytes, parse_canonical
from repayplan.values import Storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.stored import StoredExcerpt

__all__ = ["Excerpt", "excerpt", "verify_excerpt"]


@attrs.frozen(repr=False)
class Excerpt(Storable):
    """One entry with the proof that it is in the log of a head; made by :func:`repayplan.excerpt`.

    Attributes:
        entry: The entry, with those personal fields that are to be shown.
        proof: The proof of its inclusion.
        size: The size of the log for which the proof is made.
    """

    entry: LogEntry
    proof: tuple[bytes, ...]
    size: int

    def __repr__(self) -> str:
        """Give the number: the rest may be personal."""
        return f"<Excerpt of entry {self.entry.number}>"

    @staticmethod
    def __stored_as__() -> type[StoredExcerpt]:
        """Name the class that stands for it in plain data (:func:`repayplan.to_dict`)."""
        from repayplan.communication import stored  # noqa: PLC0415  # it imports this module

        return stored.StoredExcerpt

    def to_text(self) -> str:
        """Write it as one line of canonical JSON."""
        proof = [base64.b64encode(item).decode() for item in self.proof]
        rest = canonical_bytes({"proof": proof, "size": self.size}).decode()
        return f'{{"line":{line_of(self.entry)[:-1]},{rest[1:]}'

    @classmethod
    def from_text(cls, text: str) -> Excerpt:
        """Read what :meth:`to_text` wrote.

        Raises:
            SerializationError: It is not written so, or the entry is not one.
        """
        match parse_canonical(text, "excerpt"):
            case {"line": line, "proof": [*items], "size": size, **rest} if type(size) is int and not rest:
                return cls(read_content(line, "excerpt.line"), tuple(map(_digest, items)), size)
            case _:
                message = "expected an object of line, proof and size"
                raise SerializationError("excerpt.form", "excerpt", message)


def _digest(text: Any) -> bytes:  # noqa: ANN401  # any plain data
    if isinstance(text, str):
        try:
            digest = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            digest = b""
        is_written_so = base64.b64encode(digest).decode() == text  # base64 has spare bits
        if is_written_so and len(digest) == DIGEST_BYTES:
            return digest
    message = f"expected a digest in base64, got {shown(text)}"
    raise SerializationError("excerpt.proof", "excerpt.proof", message)


def excerpt(log: CommunicationLog, number: int, fields: Sequence[str] | None = None) -> Excerpt:
    """Take one entry out of a log, with its proof.

    Args:
        log: The log.
        number: The number of the entry.
        fields: The personal fields to show; None shows all that are still there.

    Raises:
        CommunicationError: There is no such entry, or it has no such field.
    """
    proof = check_instance(log, CommunicationLog, "log").inclusion_proof(number)
    entry = log[number]
    names = tuple(entry.disclosed) if fields is None else check_ids(fields, "fields")
    for name in names:
        if name not in entry.disclosed:
            message = f"expected a personal field that entry {number} holds, got {shown(name)}"
            raise CommunicationError("excerpt.fields", "fields", message)
    shown_fields = {name: item for name, item in entry.disclosed.items() if name in names}
    return Excerpt(LogEntry(entry.data, shown_fields), proof, len(log))


def verify_excerpt(found: Excerpt, head: Head) -> bool:
    """Tell whether an entry is in the log of a head that was kept elsewhere, with nothing else of the log.

    The proof is made for one size: take the excerpt from the log as it was at the head's size
    (:meth:`repayplan.CommunicationLog.first`).
    """
    check_instance(found, Excerpt, "found")
    check_instance(head, Head, "head")
    try:
        entry = LogEntry.read(
            found.entry.data, parse_canonical(found.entry.data, "entry"), found.entry.disclosed, "entry"
        )
    except RepayPlanError:  # no entry that the library could have written
        return False
    belongs = entry.log == head.origin and found.size == head.size
    return belongs and verify_inclusion(entry.hash, entry.number, head.size, found.proof, head.root)
