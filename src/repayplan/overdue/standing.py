"""Standing: where a plan stands on a day, from the facts alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.money import Money, check_currency, money_of
from repayplan.overdue.clocks import Clocks
from repayplan.overdue.components import COMPONENTS
from repayplan.overdue.explaining import explain_standing
from repayplan.overdue.facts import Facts
from repayplan.overdue.fields import to_known_on
from repayplan.overdue.history import History, history_of
from repayplan.overdue.holds import HoldEffect
from repayplan.overdue.lateness import Lateness
from repayplan.overdue.ledger import Ledger
from repayplan.overdue.materiality import material_since
from repayplan.overdue.rules import Ageing, OverdueRules, OverdueRuleVersions
from repayplan.overdue.standing_findings import breach_findings, findings_of
from repayplan.overdue.standing_state import StandingState
from repayplan.overdue.upcoming import upcoming
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from repayplan.explanation import Explanation
    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.components import Component
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.overdue.rules import Tolerance
    from repayplan.rules import Finding
    from repayplan.schedule.schedule import Schedule

__all__ = ["NextDue", "Standing", "standing_of", "standing_on"]


@attrs.frozen
class NextDue(Value):
    """What is to be paid next, and when.

    Attributes:
        on: The day on which it is due.
        amount: What is missing then besides what is past due: neither what was paid of it nor what is held as
            credit is in it, nor are late charges, but a shortfall of earlier installments that was tolerated
            is.
    """

    on: pendulum.Date
    amount: Money


@attrs.frozen(repr=False)
class Standing(Value):
    """Where a plan stands on a day; made by :func:`repayplan.standing_on`.

    Attributes:
        ledger: What was due, paid, waived and is outstanding on the day.
        rules: The rules by which lateness is counted, judged and named.
    """

    ledger: Ledger
    rules: OverdueRules

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.ledger, Ledger, "ledger")
        check_instance(self.rules, OverdueRules, "rules")

    def __repr__(self) -> str:
        """Give the day and the state: the rest is personal."""
        return f"<Standing as of {self.as_of}: {self.state.value}>"

    @property
    def as_of(self) -> pendulum.Date:
        """The day."""
        return self.ledger.as_of

    @cached_property
    def lateness(self) -> Lateness:
        """The installments by when they were due and settled."""
        return Lateness(self.ledger, self.rules.tolerance)

    @property
    def past_due(self) -> Money:
        """What is missing of the installments that are past due; late charges are not in it."""
        missing = self.lateness.missing
        return self._money(sum(missing[item] for item in self.lateness.past_due))

    @property
    def past_due_by_component(self) -> Mapping[Component, Money]:
        """The same by component, as the order of allocation left it open without late charges.

        Where sums decide what is past due (``judges_by_sums`` of the order), the components
        of all installments due by then may add up to another figure.
        """
        rows = [self.lateness.open_parts[item] for item in self._fallen_due]
        return {
            component: self._money(sum(row[place] for row in rows))
            for place, component in enumerate(COMPONENTS)
        }

    @property
    def _fallen_due(self) -> list[int]:
        if not self.lateness.by_sums:
            return self.lateness.past_due
        return [item for item, due in enumerate(self.lateness.due) if due < self._day]

    @property
    def oldest_unpaid_due_on(self) -> pendulum.Date | None:
        """The due date of the oldest installment that is past due; None where none is."""
        oldest = self.lateness.since(Ageing.OLDEST_UNPAID)
        return None if oldest is None else pendulum.Date.fromordinal(oldest)

    @cached_property
    def days_past_due(self) -> int:
        """The days since the due day of the oldest installment that is past due, held days left out.

        The due day itself is not late; a payment of a part of the oldest installment changes nothing. Under
        :attr:`repayplan.Ageing.FIRST_ARREARS` they count from the day since which something was past due.
        """
        since = self.lateness.since(self.rules.ageing)
        return 0 if since is None else self._clocks.plan.count(since, self._day)

    @property
    def held_days(self) -> int:
        """The days that holds took off the days past due."""
        since = self.lateness.since(self.rules.ageing)
        if since is None:
            return 0
        held = self.ledger.facts.held(HoldEffect.PLAN_DAYS_STOP, self.ledger.known_on)
        return held.count_ordinals(since, self._day)

    @cached_property
    def regulatory_days_past_due(self) -> int:
        """The same for the regulator: without the days on which a hold stops the regulator's clock.

        Where the rules name a materiality, they count from the day since which what is past due is material.
        """
        since = self.lateness.since(self.rules.ageing)
        if since is not None and self.rules.materiality is not None:
            since = material_since(self.lateness, self.rules.materiality)
        return 0 if since is None else self._clocks.regulatory.count(since, self._day)

    @property
    def days_beyond_grace(self) -> int:
        """The days past due beyond the grace, which bear on the state and on charges only."""
        since = self.lateness.since(self.rules.ageing)
        return 0 if since is None else self._clocks.beyond_grace(since, self._day)

    @property
    def contract_days_past_due(self) -> int | None:
        """The contract's days past due, by the regulator's clock; None where nothing of it is past due.

        An order that switches reads the same figure. All days count but those on which a hold stops the
        regulator's clock: ``rules.counted_days`` are the plan's.
        """
        contract = self.ledger.contract_clock
        return None if contract is None else contract.days_on(self._day)

    @property
    def missed(self) -> int:
        """How many installments are past due of which nothing was paid."""
        return len(self.lateness.past_due) - self.partly_paid

    @property
    def partly_paid(self) -> int:
        """How many installments are past due of which a part was paid."""
        asked, missing = self.lateness.asked, self.lateness.missing
        return sum(1 for item in self.lateness.past_due if missing[item] < asked[item])

    @cached_property
    def history(self) -> History:
        """Installments that were missed, and made good, so far."""
        cure = self.rules.cure
        to_cure = 0 if cure is None else cure.payments.value
        return history_of(self.lateness, self._is_missed, self._is_in_time, to_cure)

    @property
    def bucket(self) -> str | None:
        """The bucket of the days past due of the plan; None where the table has no name for them."""
        return self.rules.bucket_of(self.days_past_due)

    @property
    def class_(self) -> str | None:
        """The regulator's class of its days past due of the plan; None where the rules have no classes."""
        return None if self.rules.classes is None else self.rules.class_of(self.regulatory_days_past_due)

    @property
    def contract_class(self) -> str | None:
        """The regulator's class of the contract; None where it is not past due, or there are no classes."""
        days = self.contract_days_past_due
        return None if days is None or self.rules.classes is None else self.rules.class_of(days)

    @cached_property
    def state(self) -> StandingState:
        """The first state that holds, in the order of :class:`repayplan.StandingState`."""
        return next((state for state, holds in _STATES if holds(self)), StandingState.ON_TRACK)

    @property
    def is_completed(self) -> bool:
        """Whether nothing is left to pay."""
        return not any(map(any, self.ledger.replayed.open))

    @property
    def is_completed_within_tolerance(self) -> bool:
        """Whether everything has fallen due, and no more is left than is tolerated of each and of all."""
        if self._day < self.lateness.due[-1] or None in self.lateness.settled:
            return False
        left = sum(map(sum, self.ledger.replayed.open))
        most = 0 if self.rules.tolerance is None else self.rules.tolerance.most(sum(self.lateness.asked))
        return left <= most

    @property
    def is_held(self) -> bool:
        """Whether a hold stops the days of the plan, or moves its due dates, on this day."""
        facts, known_on = self.ledger.facts, self.ledger.known_on
        effects = (HoldEffect.PLAN_DAYS_STOP, HoldEffect.DUE_DATES_MOVE)
        return any(facts.held(effect, known_on).holds_on(self.as_of) for effect in effects)

    @property
    def is_in_breach(self) -> bool:
        """Whether a rule says that the arrangement is broken."""
        return not all(finding.passed for finding in breach_findings(self))

    @property
    def is_due(self) -> bool:
        """Whether something is due today and unpaid."""
        return any(
            due == self._day and settled is None
            for due, settled in zip(self.lateness.due, self.lateness.settled, strict=True)
        )

    @property
    def is_on_probation(self) -> bool:
        """Whether missed installments were made good, and the probation after that still runs."""
        cure = self.rules.cure
        if cure is None or cure.probation_days is None or self.history.cured_on is None:
            return False
        return not self.history.missed and self._day < self.history.cured_on + cure.probation_days.value

    @property
    def next_due(self) -> NextDue | None:
        """What is to be paid next, today or later; None where nothing is, or credit covers it all.

        Whoever pays it on its day, besides what is past due, is not past due the day after.
        """
        first = next(upcoming(self.lateness), None)
        return (
            None if first is None else NextDue(pendulum.Date.fromordinal(first.due), self._money(first.units))
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules held against the case: nothing past due, within grace, breach and cure."""
        return findings_of(self)

    def explain(self) -> Explanation:
        """Lay out what is past due, and the days since when.

        Returns:
            A line for each installment that is past due (asked for, paid), their sum, and the count of days.
        """
        return explain_standing(self)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each installment: text, numbers, dates and exact Decimals."""
        from repayplan.overdue.showing import standing_rows  # noqa: PLC0415  # loaded when a table is asked for

        return standing_rows(self)

    def _repr_html_(self) -> str:
        """Show where the plan stands, and what was paid of what fell due, in a notebook."""
        from repayplan.overdue.showing import standing_html  # noqa: PLC0415  # only notebooks need it

        return standing_html(self)

    @property
    def _day(self) -> int:
        return self.as_of.toordinal()

    @cached_property
    def _clocks(self) -> Clocks:
        return Clocks(self.ledger.facts, self.ledger.known_on, self.rules)

    def _is_missed(self, item: int) -> bool:
        settled = self.lateness.settled[item]
        last = self._day if settled is None else settled - 1
        due = self.lateness.due[item]
        return last > due and self._clocks.beyond_grace(due, last) > 0

    def _is_in_time(self, item: int) -> bool:
        settled, due = self.lateness.settled[item], self.lateness.due[item]
        return settled is not None and (settled <= due or self._clocks.beyond_grace(due, settled) == 0)

    def _money(self, units: int) -> Money:
        return money_of(units, self.ledger.facts.schedule.terms.principal.currency)


def standing_on(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    schedule: Schedule,
    payments: Sequence[Payment],
    as_of: datetime.date,
    rules: OverdueRules | OverdueRuleVersions,
    holds: Sequence[Hold] = (),
    *,
    known_on: datetime.date | None = None,
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> Standing:
    """Say where a plan stands on a day, past or future, from the facts alone.

    Args:
        schedule: What falls due when.
        payments: Money received and reversals, in any order; those of earlier versions of a plan stay with
            them.
        as_of: The day; what counts from later on is left out.
        rules: The rules, such as ``policy.overdue``, or their versions, of which that in force on the day is
            taken.
        holds: What stops for a time; each effect only where it is named.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest unpaid due date of the contract, for its own clock; None where nothing of
            the contract is past due.
        debtor: The debtor for whom is asked; holds for others do not protect them, and None is nobody in
            particular, whom holds for all protect.

    Raises:
        PaymentError: The facts contradict each other or the schedule.
        MoneyError: One is in another currency than the schedule.
        DateError: A payment has nothing to do with the schedule's time.
        PolicyError: No rules are in force on the day.
    """
    facts = Facts(schedule, payments, holds, waivers, charges, contract_due_on, debtor)
    day = check_date(as_of, "as_of")
    known = to_known_on(known_on)
    return standing_of(facts, day, rules, known)


def standing_of(
    facts: Facts,
    as_of: pendulum.Date,
    rules: OverdueRules | OverdueRuleVersions,
    known_on: pendulum.Date | None,
) -> Standing:
    """Say where a plan stands on a day, from facts that have been checked."""
    in_force = rules.in_force(as_of) if isinstance(rules, OverdueRuleVersions) else rules
    check_instance(in_force, OverdueRules, "rules")
    for field in ("tolerance", "materiality"):
        tolerance: Tolerance | None = getattr(in_force, field)
        if tolerance is not None:
            check_currency(tolerance.floor, facts.zero.currency, f"rules.{field}")
    standing = Standing(Ledger(facts, in_force.order, as_of, known_on), in_force)
    standing.lateness.past_due  # noqa: B018  # refuses what does not fit together now and not on first use
    return standing


_STATES: Final[tuple[tuple[StandingState, Callable[[Standing], bool]], ...]] = (
    (StandingState.COMPLETED, lambda standing: standing.is_completed),
    (StandingState.COMPLETED_WITHIN_TOLERANCE, lambda standing: standing.is_completed_within_tolerance),
    (StandingState.HELD, lambda standing: standing.is_held),
    (StandingState.IN_BREACH, lambda standing: standing.is_in_breach),
    (StandingState.BEYOND_GRACE, lambda standing: standing.days_beyond_grace > 0),
    (StandingState.LATE, lambda standing: bool(standing.lateness.past_due)),
    (StandingState.DUE, lambda standing: standing.is_due),
    (StandingState.CURED, lambda standing: standing.is_on_probation),
)
