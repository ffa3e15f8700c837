"""late_charges(): what the rules propose to charge, and what the facts no longer justify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pendulum

from repayplan.checks import check_date, check_instance, check_tuple
from repayplan.errors import PaymentError
from repayplan.overdue.charge_basis import ChargeBasis
from repayplan.overdue.charge_rules import LateRule, check_late_rules
from repayplan.overdue.charging import judge_charges
from repayplan.overdue.facts import Facts
from repayplan.overdue.fields import to_known_on
from repayplan.overdue.holds import Hold, HoldEffect, HoldKind
from repayplan.overdue.lateness import Lateness
from repayplan.overdue.ledger import Ledger
from repayplan.overdue.rules import OverdueRules

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.charge_proposals import LateCharges
    from repayplan.overdue.payments import Payment
    from repayplan.schedule.schedule import Schedule

__all__ = ["late_charges"]

_SPANS_MAX: Final = 500


def late_charges(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    schedule: Schedule,
    payments: Sequence[Payment],
    as_of: datetime.date,
    *,
    rules: Sequence[LateRule],
    overdue_rules: OverdueRules,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    known_on: datetime.date | None = None,
    kept_spans: Sequence[tuple[datetime.date, datetime.date | None]] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> LateCharges:
    """Propose late charges as of a day, and say which recorded ones are not justified.

    All is judged from the facts as they are known: a payment that is backdated, a hold or a waiver that comes
    later takes away the ground of a charge. For one installment there is at most one charge of an amount,
    whichever rule comes first; none for one of which as much was paid since the day on which the one before
    was charged as it asks for itself; and none on a day on which fees stop or the arrangement is kept. Late
    interest leaves out days on which interest stops or the arrangement is kept. Charges themselves are never
    a ground of a charge (16 CFR 444.4).

    A proposal that was accepted is known by the id of its charge. A charge below what its rule gives is left
    as it is.

    Args:
        schedule: What falls due when.
        payments: Money received and reversals, in any order; failed ones may be charged as returned.
        as_of: The day; what falls later is left out.
        rules: The rules, in the order in which they come where two fall on one day.
        overdue_rules: The order of allocation, the tolerance, the grace, and which days are counted.
        holds: What stops for a time.
        waivers: What the bank let go of.
        charges: Charges that are recorded.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        kept_spans: First and last days (None is no end yet) for which an arrangement is kept.
        contract_due_on: As for :func:`repayplan.standing_on`.
        debtor: As for :func:`repayplan.standing_on`.

    Raises:
        PolicyError: Two rules have one name.
        PaymentError: The facts contradict each other or the schedule.
        MoneyError: A fact or a rule is in another currency than the schedule.
        DateError: A span ends before it begins, or a payment has nothing to do with the schedule's time.
    """
    facts = Facts(schedule, payments, holds, waivers, charges, contract_due_on, debtor)
    day = check_date(as_of, "as_of")
    known = to_known_on(known_on)
    check_instance(overdue_rules, OverdueRules, "overdue_rules")
    every, kept = check_late_rules(rules, facts.zero), _kept_holds(kept_spans)
    lateness = Lateness(Ledger(facts, overdue_rules.order, day, known), overdue_rules.tolerance)
    return judge_charges(ChargeBasis(lateness, overdue_rules, kept), every)


def _kept_holds(spans: Sequence[tuple[datetime.date, datetime.date | None]]) -> list[Hold]:
    """Give spans as holds that everybody knows of, so that their days unite with those of others."""
    pairs = check_tuple(spans, tuple, "kept_spans", maximum=_SPANS_MAX, error=PaymentError)
    for place, pair in enumerate(pairs):
        if len(pair) != len(("first day", "last day")):
            message = "expected a pair of a first and a last day"
            raise PaymentError("charge.kept_spans", f"kept_spans[{place}]", message)
    effects = frozenset({HoldEffect.FEES_STOP, HoldEffect.INTEREST_STOPS})
    return [
        Hold(f"kept_spans[{place}]", HoldKind.OTHER, effects, first, last, pendulum.Date.min)
        for place, (first, last) in enumerate(pairs)
    ]
