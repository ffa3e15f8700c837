"""The base of every communication record."""

from __future__ import annotations

import attrs
import pendulum

from repayplan.communication.fields import check_id, to_recorded_at
from repayplan.errors import CommunicationError
from repayplan.values import Value

__all__ = ["Record", "check_order", "covers_day"]


@attrs.frozen(kw_only=True, repr=False)
class Record(Value):
    """Something that is entered into the log and never edited.

    Attributes:
        id: What tells it from all other records of the log; not personal, since it is kept in clear.
        case_id: The case to which it belongs; not personal either.
        recorded_at: When it was written down.

    Raises:
        CommunicationError: An id is not one line of text.
        DateError: The moment is naive.
    """

    id: str
    case_id: str
    recorded_at: pendulum.DateTime = attrs.field(converter=to_recorded_at)

    def __attrs_post_init__(self) -> None:
        """Check the fields that every record has."""
        check_id(self.id, "id")
        check_id(self.case_id, "case_id")

    def __repr__(self) -> str:
        """Give the kind and the id: the rest may be personal."""
        return f"<{type(self).__name__} {self.id}>"


def check_order(earlier: object, later: object, earlier_field: str, later_field: str) -> None:
    """Refuse a day or a moment that lies before the one that it must follow; absent ones follow all."""
    if earlier is not None and later is not None and later < earlier:  # type: ignore[operator]  # both are days or both moments
        message = f"expected {earlier} ({earlier_field}) or later, got {later}"
        raise CommunicationError("record.order", later_field, message)


def covers_day(first: pendulum.Date | None, last: pendulum.Date | None, day: pendulum.Date) -> bool:
    """Tell whether a day lies between two days, both included; one that is None bounds nothing."""
    return (first is None or first <= day) and (last is None or day <= last)
