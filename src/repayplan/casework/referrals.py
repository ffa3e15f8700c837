"""States that stop collection: the case goes to whoever deals with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.casework.actions import ActionKind, Urgency
from repayplan.casework.liabilities import StopKind
from repayplan.casework.needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.casework.view import CaseView

__all__ = ["referrals"]

_TO: Final = {
    StopKind.DECEASED: "Stop, send condolences, and hand the case to those who deal with estates.",
    StopKind.INSOLVENT: "Stop, and hand the case to those who deal with the insolvency office.",
    StopKind.IDENTITY_FRAUD: "Stop, and hand the case to those who look into fraud.",
    StopKind.LITIGATION: "Stop, and hand the case to those who conduct the proceedings.",
    StopKind.DEBT_SOLD: "Stop, and tell the client who the creditor is now.",
    StopKind.LACK_OF_CAPACITY: "Stop, and hand the case to those who work with guardians and attorneys.",
}


def referrals(view: CaseView) -> Iterator[Need]:
    """Refer each debt on which a state stops collection, once."""
    for account in view.accounts:
        for stop in account.stops:
            yield Need(
                key=f"refer:{stop.id}",
                kind=ActionKind.REFER,
                debts=(account.id,),
                rule="collection_stopped",
                citation=view.follow_up.desk_days.citation,
                urgency=Urgency.PROTECTION,
                opens_on=stop.first_day,
                by=max(stop.first_day, stop.recorded).add(days=view.follow_up.desk_days.value),
                text=_TO[stop.kind],
            )
