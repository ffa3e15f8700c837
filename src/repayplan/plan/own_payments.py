"""Which payments belong to which version of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.overdue.payments import PaymentStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pendulum

    from repayplan.overdue.payments import Payment

__all__ = ["own_of", "undone_of"]


def undone_of(
    counted: Iterable[str], payments: Sequence[Payment], known_on: pendulum.Date | None
) -> tuple[str, ...]:
    """Give the ids, among those that a revision counted, of payments that are undone or missing.

    Args:
        counted: The ids that the revision counted.
        payments: All payments that were ever made, checked against each other.
        known_on: Reversals recorded after this day undo nothing yet; None knows all.
    """
    undone = {payment.reverses for payment in payments if known_on is None or payment.recorded <= known_on}
    cleared = {payment.id for payment in payments if payment.status is PaymentStatus.CLEARED}
    return tuple(sorted(identity for identity in counted if identity in undone or identity not in cleared))


def own_of(
    counted: Collection[str], payments: Iterable[Payment], start: pendulum.Date
) -> tuple[Payment, ...]:
    """Give the payments that no earlier version counted, none from before the version starts.

    The reversal of a payment that was counted stays with it.
    """
    left = set(counted)
    own = (payment for payment in payments if payment.id not in left and payment.reverses not in left)
    return tuple(
        payment if payment.effective >= start else attrs.evolve(payment, effective_on=start)
        for payment in own
    )
