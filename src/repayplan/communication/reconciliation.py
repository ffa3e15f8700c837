"""What other systems know and the log lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.communication.contact import Contact
from repayplan.communication.fields import check_id, iterate
from repayplan.communication.log import CommunicationLog
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Reconciliation", "reconcile"]


@attrs.frozen
class Reconciliation(Value):
    """The log beside another system; made by :func:`repayplan.reconcile`.

    Attributes:
        missing: What the other system knows and the log lacks, in the order given.
        unknown: What the log names and the other system does not know, in the order of the log.
        duplicates: What the log names in more than one record.
    """

    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    duplicates: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the log has everything that the other system knows."""
        return not self.missing


def reconcile(log: CommunicationLog, external_ids: Iterable[str]) -> Reconciliation:
    """Set the contacts of a log beside what another system knows, such as the telephone or the mail system.

    A chain proves that nothing was altered, not that everything was entered: this is how to see that.

    Args:
        log: The log, whose contacts name the ids of the other system (``Contact.external_ids``).
        external_ids: The ids that the other system knows.

    Raises:
        CommunicationError: An id is not one visible line.
    """
    check_instance(log, CommunicationLog, "log")
    known = dict.fromkeys(
        check_id(item, f"external_ids[{place}]")
        for place, item in enumerate(iterate(external_ids, "external_ids"))
    )
    counts: dict[str, int] = {}
    for contact in log.records(Contact):
        for item in contact.external_ids:
            counts[item] = counts.get(item, 0) + 1
    return Reconciliation(
        tuple(item for item in known if item not in counts),
        tuple(item for item in counts if item not in known),
        tuple(item for item, count in counts.items() if count > 1),
    )
