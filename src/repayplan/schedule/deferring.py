"""Payments of which a low one leaves interest to those after it."""

from __future__ import annotations

from typing import ClassVar

import attrs

from repayplan.schedule.stated import StepPayments

__all__ = ["DeferringPayments"]


@attrs.frozen
class DeferringPayments(StepPayments):
    """Steps of payments that follow what a client can pay, even where that does not reach for the interest.

    A payment pays interest first, what earlier ones left included, and then principal. What it does not reach
    is deferred: it bears no interest, and the next payments ask for it before any principal. The last
    installment is what is left, and not above the amount of its step.

    Where no payment is below the interest owed with it, the rows are those of :class:`StepPayments`, which
    refuses such a payment.

    Attributes:
        steps: Pairs of a count and the payment, of principal and interest together; 1 to 10,000 in all.
    """

    defers_interest: ClassVar[bool] = True
