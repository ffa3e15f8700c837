"""Late interest on what was past due: what of it is recorded, and what is left to charge."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pendulum

from repayplan.explanation import Explanation, ExplanationInput, ExplanationLine
from repayplan.overdue.charge_basis import ChargeBasis, Judged
from repayplan.overdue.charge_proposals import ChargeProposal
from repayplan.overdue.late_interest import Elapsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge
    from repayplan.overdue.charge_rules import LateInterestRule

__all__ = ["InterestCharging"]


class InterestCharging:
    """One rule of late interest, applied to one set of facts."""

    def __init__(self, basis: ChargeBasis, rule: LateInterestRule) -> None:
        self._basis, self._rule = basis, rule
        self._judged = Judged([], set(), [])

    def judge(self, recorded: Sequence[Charge]) -> Judged:
        """Keep what is recorded up to the interest of each installment, and propose the rest."""
        own: dict[int, list[Charge]] = defaultdict(list)
        for charge in sorted(recorded, key=lambda charge: (charge.charged_on.toordinal(), charge.id)):
            if charge.id.partition(":")[0] == self._rule.name:
                own[charge.installment].append(charge)
        basis = self._basis
        elapsed = Elapsed(self._rule, basis.days_without_interest, basis.lateness.due[0])
        for item in range(bisect_left(basis.lateness.due, basis.as_of)):
            number, lines = basis.number(item), self._stretches(item, elapsed)
            total = self._total(sum((line.exact for line in lines), Fraction(0)))
            charged, last = self._charged(own[number], total.result.minor_units)
            rest = total.result.minor_units - charged
            if rest and last < basis.as_of:
                why = Explanation((*lines, total, *self._less(total, charged)))
                on = pendulum.Date.fromordinal(basis.as_of)
                self._judged.due.append(ChargeProposal(self._rule, number, basis.money(rest), on, why))
        return self._judged

    def _charged(self, recorded: Sequence[Charge], most: int) -> tuple[int, int]:
        """Keep recorded interest up to an amount, the earliest first; give its sum and its last day."""
        charged, last = 0, 0
        for charge in recorded:
            if charged + charge.amount.minor_units <= most:
                charged += charge.amount.minor_units
                last = charge.charged_on.toordinal()
                self._judged.justified.add(charge.id)
        return charged, last

    def _stretches(self, item: int, elapsed: Elapsed) -> list[ExplanationLine]:
        """Give a line for each stretch of days on which the same amount of an installment was past due."""
        basis = self._basis
        due, settled = basis.lateness.due[item], basis.lateness.settled[item]
        last = basis.as_of if settled is None else settled - 1
        falls_on = basis.falls_on(due, 1)
        if falls_on is None or falls_on > last:
            return []
        bases = [*basis.missing.bases(item, self._rule.base, last), (last + 1, 0)]
        lines: list[ExplanationLine] = []
        for (day, units), (until, _) in pairwise(bases):
            factor = elapsed.to(until - 1) - elapsed.to(day - 1)
            if units and factor:
                first, end = map(pendulum.Date.fromordinal, (day, until - 1))
                label = f"installment {basis.number(item)}, {first} to {end}"
                lines.append(basis.line(f"stretches[{len(lines)}]", label, units, factor, "past due"))
        return lines

    def _total(self, exact: Fraction) -> ExplanationLine:
        given = ExplanationInput("late interest", exact)
        return ExplanationLine(
            "accrued", "late interest", (given,), Fraction(1), self._basis.rounding, self._basis.currency
        )

    def _less(self, total: ExplanationLine, charged: int) -> list[ExplanationLine]:
        if not charged:
            return []
        inputs = (
            ExplanationInput("late interest", total.result.exact),
            ExplanationInput("charged before", self._basis.money(charged).exact, subtracted=True),
        )
        return [
            ExplanationLine(
                "charge", "to charge", inputs, Fraction(1), self._basis.rounding, self._basis.currency
            )
        ]
