"""Following the advice of a refusal until there is a schedule."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, cast

import attrs

import repayplan as rp
from tests.laws import oracle
from tests.laws.repayment_strategies import with_core, with_count


def follow_advice(refused: rp.Terms, error: rp.TermsError) -> rp.Terms:
    """Change the terms as the refusal says: the count, the payment, the amount or the dates that would do."""
    pattern, data = refused.repayment, cast("Any", error.data)
    core = oracle.innermost(pattern)
    match core:
        case rp.FixedPayment() if "least_payment" not in data:  # none would do by the review
            return attrs.evolve(refused, review_on=None, residual=None)
        case rp.FixedPayment():
            amended: Any = rp.FixedPayment(data["least_payment"])
        case rp.CustomPayments():
            amended = rp.CustomPayments(_amended_payments(core, error))
        case rp.StepPayments():
            amended = rp.StepPayments(_amended_steps(core, error))
        case rp.Balloon() if "count" not in data:
            amended = attrs.evolve(core, amount=data["amount"])
        case rp.Balloon() if data["count"] == 1:  # one payment is no balloon
            amended = rp.EqualPrincipal(1)
        case _:
            changed = with_count(pattern, data["count"])
            amended = oracle.innermost(changed)
    changes = _amended_dates(refused, error) | {"repayment": with_core(pattern, amended)}
    return attrs.evolve(refused, **changes)


def _amended_payments(core: rp.CustomPayments, error: rp.TermsError) -> list[rp.Money]:
    data, amounts = cast("Any", error.data), list(core.amounts)
    place = data["number"] - 1
    if "amount" in data:  # this payment must be the last
        return [*amounts[:place], data["amount"]]
    amounts[place] = data["least_payment"]
    return amounts


def _amended_steps(core: rp.StepPayments, error: rp.TermsError) -> list[tuple[int, rp.Money]]:
    data, steps = cast("Any", error.data), list(core.steps)
    if "least_payment" in data:
        step = data["step"]
        steps[step] = (steps[step][0], data["least_payment"])
        return steps
    payments = [amount for count, amount in steps for _ in range(count)]
    return [(1, amount) for amount in [*payments[: data["number"] - 1], data["amount"]]]


def _amended_dates(refused: rp.Terms, error: rp.TermsError) -> dict[str, Any]:
    last = error.data.get("ends_on")
    listed_days = getattr(refused.frequency, "dates", None)
    if not isinstance(last, dt.date):
        return {}
    if listed_days is None:
        return {"ends_on": last}
    return {"frequency": rp.Frequency.on_dates([day for day in listed_days if day <= last])}


ADVISED: Final = {"terms.count", "terms.last_amount", "terms.negative_amortization"}
"""The refusals that say what would do; the others name the field that does not suit the rest."""


def plainer(refused: rp.Terms, code: str) -> rp.Terms:
    """Terms without the field that a refusal names."""
    core = oracle.innermost(refused.repayment)
    monthly = {"frequency": rp.Frequency.MONTHLY} if hasattr(refused.frequency, "dates") else {}
    without: dict[str, dict[str, Any]] = {
        "terms.zero_row": {
            "grace": rp.Grace(),
            "repayment": rp.EqualPrincipal(1) if isinstance(core, rp.InterestOnly) else core,
        },
        "terms.grace": {"grace": attrs.evolve(refused.grace, interest=0)},
        "terms.fee": {"fees": [fee for fee in refused.fees if not isinstance(fee, rp.SingleFee)]},
        "terms.dates": {"ends_on": None, **monthly},
        "terms.review_on": {"review_on": None, "residual": None},
        "terms.weights": {"repayment": rp.EqualPrincipal(1)},
    }
    return attrs.evolve(refused, **without[code])


PLAINEST: Final[dict[str, Any]] = {
    "calendar": None,
    "ends_on": None,
    "fees": (),
    "grace": rp.Grace(),
    "repayment": rp.EqualPrincipal(1),
    "residual": None,
    "review_on": None,
}


def build_or_follow_advice(asked: rp.Terms) -> rp.Schedule:
    """Build the schedule, changing the terms as each refusal says; advice that leads nowhere never ends.

    Where a date does not exist there is no schedule whatever the pattern: the calendar goes first, and if the
    years themselves run out, one row remains. So it does where the sum would be beyond the bounds of money.
    """
    try:
        return rp.build_schedule(asked)
    except rp.TermsError as error:
        advised = follow_advice(asked, error) if error.code in ADVISED else plainer(asked, error.code)
        return build_or_follow_advice(advised)
    except rp.DateError:
        if asked.calendar is not None:
            return build_or_follow_advice(attrs.evolve(asked, calendar=None))
    except rp.MoneyError:
        pass
    return rp.build_schedule(attrs.evolve(asked, **PLAINEST))
