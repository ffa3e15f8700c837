"""Steps of the desk: what was done in a case that is no contact, so that nobody is sent to do it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_body
from repayplan.communication.fields import PERSONAL, check_ids, check_key
from repayplan.communication.records import Record
from repayplan.errors import CommunicationError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["StepNote"]


def _to_debts(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "debts")


@attrs.frozen(kw_only=True, repr=False)
class StepNote(Record):
    """A step that was done without a contact, such as a referral, a check of an account or a remedy.

    Attributes:
        step: What was done, by the name that it was proposed under (:attr:`repayplan.Action.key`); never
            personal, since it is kept in clear.
        debts: The ids of the debts that it concerns.
        result: What came of it.

    Raises:
        CommunicationError: A text is not fit to be stored, or a debt is named twice.
    """

    step: str
    debts: tuple[str, ...] = attrs.field(default=(), converter=_to_debts)
    result: str | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_key(self.step, "step")
        if self.result is not None:
            check_body(self.result, "result", error=CommunicationError)
