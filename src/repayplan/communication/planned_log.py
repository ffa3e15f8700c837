"""A log with contacts that are only planned, to ask what the rules of contact say after them."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

from repayplan.communication.log import CommunicationLog
from repayplan.moments import instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Iterator

    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_marks import Mark

__all__ = ["PlannedLog"]


def _began(contact: Contact) -> int:
    return instant(contact.started_at)


class PlannedLog(CommunicationLog):
    """A log whose questions about contacts see planned ones too; its entries and its head do not.

    It shares everything with the log that it was made from and leaves it as it is. It is for questions alone:
    what is planned has not happened, and is never proven, stored or added to.

    Args:
        log: The log.
        planned: The planned contacts, in any order.
    """

    __slots__ = ("_planned",)

    def __init__(self, log: CommunicationLog, planned: Iterable[Contact]) -> None:
        super().__init__(log.origin)
        self._view = log._view  # noqa: SLF001  # the same entries, seen in the same way
        self._planned = sorted(planned, key=_began)

    def _between(
        self,
        since: datetime.datetime | None,
        before: datetime.datetime | None,
        marks: Collection[Mark] | None = None,
    ) -> Iterator[Contact]:
        planned = (
            contact
            for contact in self._planned
            if (since is None or instant(since) <= _began(contact))
            and (before is None or _began(contact) < instant(before))
        )
        return merge(super()._between(since, before, marks), planned, key=_began)
