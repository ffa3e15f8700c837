"""A second ledger, slow and obvious, for the tests to compare with: every day from the start, one by one.

It is written from the text of the issue and shares no code with the package. It reads the fields of the facts
(rows, payments, waivers, charges, holds, the names in an order) and nothing else of them: own due dates, own
allocation, own counting of days.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import repayplan as rp

ONE_DAY = datetime.timedelta(days=1)
NEVER = datetime.date.max

COMPONENTS = ("PENALTIES", "FEES", "INTEREST", "PRINCIPAL")
Grid = dict[tuple[int, str], int]
"""Minor units by installment and component."""


@dataclass(frozen=True)
class Facts:
    """Everything that a ledger is told, as the package is told it."""

    schedule: rp.Schedule
    payments: tuple[rp.Payment, ...] = ()
    order: Any = None
    holds: tuple[rp.Hold, ...] = ()
    waivers: tuple[rp.Waiver, ...] = ()
    charges: tuple[rp.Charge, ...] = ()
    contract_due_on: datetime.date | None = None
    known_on: datetime.date | None = None


@dataclass
class Part:
    """One component of one installment, or one charge."""

    number: int
    component: str
    due: datetime.date
    asked: int
    charge: str | None = None
    paid: dict[str, int] = field(default_factory=dict)

    @property
    def outstanding(self) -> int:
        return self.asked - sum(self.paid.values())


@dataclass(frozen=True)
class Entry:
    """Money of one payment that went to one part on one day."""

    payment: str
    number: int
    component: str
    charge: str | None
    amount: int
    on: datetime.date


@dataclass(frozen=True)
class Snapshot:
    """What the ledger says at the end of one day."""

    on: datetime.date
    due: dict[int, datetime.date]
    asked: Grid
    paid: Grid
    charged: dict[str, tuple[int, int]]
    """What each charge asks for, and what was paid to it."""
    credit: dict[str, int]
    entries: tuple[Entry, ...]

    def asked_of(self, number: int) -> int:
        return sum(self.asked[number, component] for component in COMPONENTS)

    def paid_of(self, number: int) -> int:
        return sum(self.paid[number, component] for component in COMPONENTS)


# --- days


def plain(day: datetime.date) -> datetime.date:
    """Give the same day as a date of the standard library, whose arithmetic nobody doubts."""
    return datetime.date(day.year, day.month, day.day)


def each_day(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Give every day from the first to the last, both included."""
    day = plain(first)
    while day <= last:
        yield day
        day += ONE_DAY


def held_days(holds: Iterable[rp.Hold], effect: str, last: datetime.date) -> set[datetime.date]:
    """Give the days up to the last one on which some hold has the effect."""
    return {
        day
        for hold in holds
        if effect in {one.name for one in hold.effects}
        for day in each_day(hold.first_day, last if hold.last_day is None else min(hold.last_day, last))
    }


def moved(due: datetime.date, holds: Sequence[rp.Hold]) -> datetime.date:
    """Give the first day from a due date on that no hold keeps from being one."""
    day = plain(due)
    while True:
        ends = [
            hold.last_day
            for hold in holds
            if "DUE_DATES_MOVE" in {one.name for one in hold.effects}
            and hold.first_day <= day
            and (hold.last_day is None or day <= hold.last_day)
        ]
        if not ends:
            return day
        if None in ends:
            return NEVER
        day = max(plain(end) for end in ends if end is not None) + ONE_DAY


# --- which facts count


def is_known(fact: Any, day: datetime.date | None, otherwise: datetime.date) -> bool:  # noqa: ANN401  # any fact
    """Tell whether a fact was recorded by the day; it was recorded on another day where it does not say."""
    return day is None or (fact.recorded_on or otherwise) <= day


def counting_payments(facts: Facts) -> list[rp.Payment]:
    """Give the payments that brought money, as known, in the order in which they count."""
    known = [one for one in facts.payments if is_known(one, facts.known_on, one.received_on)]
    undone = {one.reverses for one in known if one.reverses is not None}
    kept = [
        one for one in known if one.status.name == "CLEARED" and one.reverses is None and one.id not in undone
    ]
    return sorted(kept, key=lambda one: (effective(one), one.id))


def effective(payment: rp.Payment) -> datetime.date:
    """Give the day from which a payment counts."""
    return plain(payment.effective_on or payment.received_on)


def known_holds(facts: Facts) -> list[rp.Hold]:
    return [one for one in facts.holds if is_known(one, facts.known_on, one.first_day)]


def known_waivers(facts: Facts) -> list[rp.Waiver]:
    return [one for one in facts.waivers if is_known(one, facts.known_on, one.waived_on)]


def known_charges(facts: Facts) -> list[rp.Charge]:
    known = [one for one in facts.charges if is_known(one, facts.known_on, one.charged_on)]
    return sorted(known, key=lambda one: (plain(one.charged_on), one.id))


# --- what is asked for


def parts_of(schedule: rp.Schedule, holds: Sequence[rp.Hold]) -> list[Part]:
    """Give every component of every installment, the up-front payment as number 0."""
    parts = []
    upfront = schedule.terms.upfront
    if upfront is not None and upfront.minor_units:
        due = moved(schedule.terms.starts_on, holds)
        amounts = (0, 0, 0, upfront.minor_units)
        parts += [Part(0, name, due, amount) for name, amount in zip(COMPONENTS, amounts, strict=True)]
    for row in schedule:
        due = moved(row.due_on, holds)
        amounts = (
            row.carried_penalties.minor_units,
            row.fees.minor_units + row.carried_fees.minor_units,
            row.interest.minor_units + row.carried_interest.minor_units,
            row.principal.minor_units,
        )
        parts += [
            Part(row.number, name, due, amount) for name, amount in zip(COMPONENTS, amounts, strict=True)
        ]
    return parts


# --- who is paid first


def order_on(facts: Facts, day: datetime.date) -> Any:  # noqa: ANN401
    """Give the order in force on a day: one that switches reads the contract's days past due."""
    late = contract_days(facts, day) or 0
    return [stage for since, stage in stages_of(facts.order) if since <= late][-1]


def contract_days(facts: Facts, day: datetime.date) -> int | None:
    """Count the contract's days past due, without those on which a hold stops the regulator's clock."""
    if facts.contract_due_on is None:
        return None
    held = held_days(known_holds(facts), "REGULATORY_DAYS_STOP", day)
    return sum(1 for one in each_day(plain(facts.contract_due_on) + ONE_DAY, day) if one not in held)


def stages_of(order: Any) -> list[tuple[int, Any]]:  # noqa: ANN401
    """Give the orders with the days past due from which they are in force."""
    return list(order.orders) if hasattr(order, "orders") else [(0, order)]


def steps_of(order: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(timing.name, component.name) for timing, component in order.steps]


def until_the_last_owed(steps: Sequence[tuple[str, str]]) -> int:
    """Count the steps up to the last one that pays something past due or due."""
    return max(index for index, (timing, _) in enumerate(steps) if timing != "IN_ADVANCE") + 1


def reaches_ahead(order: Any) -> bool:  # noqa: ANN401
    """Tell whether an order pays something in advance before it has paid all that is owed."""
    steps = steps_of(order)
    return any(timing == "IN_ADVANCE" for timing, _ in steps[: until_the_last_owed(steps)])


def judged_by_sums(order: Any) -> bool:  # noqa: ANN401
    """Tell whether lateness is judged by what was due and paid in all, and not by what an order left open.

    That is so unless each installment is paid whole before another one: what is past due, and then what is
    due, or the other way round.
    """
    for _, stage in stages_of(order):
        timings = [timing for timing, _ in itertools.groupby(steps_of(stage), key=lambda step: step[0])]
        if stage.sweep.name == "ACROSS" or len(timings) > 3 or timings[-1] != "IN_ADVANCE":
            return True
    return False


def timing_on(part: Part, day: datetime.date) -> str:
    if part.due < day:
        return "PAST_DUE"
    return "DUE" if part.due == day else "IN_ADVANCE"


def walk(
    steps: Sequence[tuple[str, str]],
    parts: Sequence[Part],
    day: datetime.date,
    order: Any,  # noqa: ANN401  # whatever has sweep and steps
    *,
    back: bool = False,
) -> list[Part]:
    """Give the parts in the order in which the steps come to them."""
    if order.sweep.name == "BY_INSTALLMENT":
        groups = [list(group) for _, group in itertools.groupby(steps, key=lambda step: step[0])]
    else:
        groups = [[step] for step in steps]
    found = []
    for group in groups:
        places = sorted(
            {(part.due, part.number) for part in parts if timing_on(part, day) == group[0][0]}, reverse=back
        )
        for (_, number), (_, component) in itertools.product(places, group):
            found += [part for part in parts if (part.number, part.component) == (number, component)]
    return found


def queue(
    order: Any,  # noqa: ANN401
    parts: Sequence[Part],
    charges: Sequence[Part],
    day: datetime.date,
    designated: int | None,
) -> list[Part]:
    """Give all that money of this day may go to, the first in turn first."""
    steps = steps_of(order)
    cut = until_the_last_owed(steps)
    found = []
    if order.honours_installment and designated is not None:
        names = list(dict.fromkeys(component for _, component in steps))
        own = [part for part in parts if part.number == designated]
        found += sorted(own, key=lambda part: names.index(part.component))
    found += walk(steps[:cut], parts, day, order)
    found += charges
    if order.overpayment.name == "NEXT_INSTALLMENT":
        found += walk(steps[cut:], parts, day, order)
    if order.overpayment.name == "LAST_INSTALLMENT":
        found += walk(steps[cut:], parts, day, order, back=True)
    return found


# --- the replay


@dataclass
class Book:
    """The ledger as it stands while the days go by."""

    facts: Facts
    parts: list[Part]
    charges: list[Part]
    credit: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def give(self, payment: rp.Payment, amount: int, day: datetime.date) -> None:
        """Give money of a payment to whatever comes first, and hold the rest."""
        order = order_on(self.facts, day)
        for part in queue(order, self.parts, self.charges, day, payment.installment):
            given = min(amount, part.outstanding)
            if given > 0:
                part.paid[payment.id] = part.paid.get(payment.id, 0) + given
                self.entries.append(Entry(payment.id, part.number, part.component, part.charge, given, day))
                amount -= given
        self.credit[payment.id] = amount

    def waive(self, waiver: rp.Waiver) -> None:
        """Ask for less from now on; what was paid beyond it is free again, the last money first."""
        name = waiver.component.name
        part = next(one for one in self.parts if (one.number, one.component) == (waiver.installment, name))
        part.asked -= waiver.amount.minor_units
        for place in reversed(range(len(self.entries))):
            entry = self.entries[place]
            if part.outstanding >= 0:
                return
            if (entry.number, entry.component, entry.charge) == (part.number, part.component, None):
                freed = min(entry.amount, -part.outstanding)
                part.paid[entry.payment] -= freed
                self.credit[entry.payment] += freed
                self.entries[place] = Entry(
                    entry.payment, entry.number, entry.component, None, entry.amount - freed, entry.on
                )

    def snapshot(self, day: datetime.date) -> Snapshot:
        return Snapshot(
            on=day,
            due={part.number: part.due for part in self.parts},
            asked={(part.number, part.component): part.asked for part in self.parts},
            paid={(part.number, part.component): sum(part.paid.values()) for part in self.parts},
            charged={str(part.charge): (part.asked, sum(part.paid.values())) for part in self.charges},
            credit={name: amount for name, amount in self.credit.items() if amount},
            entries=tuple(entry for entry in self.entries if entry.amount),
        )


def replay(facts: Facts, last: datetime.date) -> list[Snapshot]:
    """Give the ledger at the end of every day from the start of the schedule to the last day."""
    book = Book(facts, parts_of(facts.schedule, known_holds(facts)), [])
    payments, waivers, charges = counting_payments(facts), known_waivers(facts), known_charges(facts)
    first = min([plain(facts.schedule.terms.starts_on), *(part.due for part in book.parts)])
    found = []
    for day in each_day(first, last):
        new = _is_new(day, first)
        something_changes = False
        for waiver in waivers:
            if new(waiver.waived_on):
                book.waive(waiver)
                something_changes = True
        for charge in charges:
            if new(charge.charged_on):
                amount = charge.amount.minor_units
                part = Part(
                    charge.installment, charge.component.name, plain(charge.charged_on), amount, charge.id
                )
                book.charges.append(part)
        something_changes |= any(part.due == day for part in (*book.parts, *book.charges))
        for payment in payments:
            if book.credit.get(payment.id) and something_changes:
                book.give(payment, book.credit[payment.id], day)
        for payment in payments:
            if effective(payment) == day:
                book.give(payment, payment.amount.minor_units, day)
        found.append(book.snapshot(day))
    return found


def _is_new(day: datetime.date, first: datetime.date) -> Callable[[datetime.date], bool]:
    """Tell of a date whether this day is the first that sees it; the first day of all sees all before it."""
    return lambda date: plain(date) == day or (day == first and plain(date) < first)


def snapshot_on(facts: Facts, as_of: datetime.date) -> Snapshot:
    return replay(facts, as_of)[-1]


# --- the standing


@dataclass(frozen=True)
class Place:
    """How one installment stands on one day."""

    number: int
    due: datetime.date
    asked: int
    paid: int
    tolerated: bool

    @property
    def shortfall(self) -> int:
        return self.asked - self.paid

    @property
    def settled(self) -> bool:
        return self.shortfall == 0 or self.tolerated


@dataclass(frozen=True)
class Late:
    """Where a plan stands on a day, from the facts alone."""

    on: datetime.date
    past_due: int
    oldest: datetime.date | None
    days: int
    regulatory_days: int
    days_beyond_grace: int
    nothing_paid: int
    partly_paid: int
    missed: int
    in_a_row: int
    on_time: int
    state: str
    contract_days: int | None


def tolerates(rules: rp.OverdueRules, shortfall: int, asked: int) -> bool:
    if rules.tolerance is None:
        return shortfall == 0
    return shortfall <= rules.tolerance.floor.minor_units or shortfall <= rules.tolerance.share * asked


def places_of(snapshot: Snapshot, rules: rp.OverdueRules, *, by_sums: bool) -> list[Place]:
    """Give the installments by due date, each with what the ledger, or the sum of all money, paid of it."""
    left = sum(snapshot.paid.values()) + sum(snapshot.credit.values())
    found = []
    for number in sorted(snapshot.due, key=lambda number: (snapshot.due[number], number)):
        asked = snapshot.asked_of(number)
        paid = min(asked, left) if by_sums else snapshot.paid_of(number)
        left -= paid
        tolerated = tolerates(rules, asked - paid, asked)
        found.append(Place(number, snapshot.due[number], asked, paid, tolerated))
    return found


@dataclass
class Judge:
    """Goes through the days, and remembers what an arrangement is judged by."""

    facts: Facts
    rules: rp.OverdueRules
    last: datetime.date
    arrears_since: datetime.date | None = None
    """The due day before the first day of the unbroken run of days on which something was past due."""
    ever_missed: set[int] = field(default_factory=set)
    settled_on: dict[int, datetime.date] = field(default_factory=dict)
    """The first day on which each installment was settled."""
    missed: set[int] = field(default_factory=set)
    """Installments that were missed since the last cure."""
    cured_on: datetime.date | None = None

    def __post_init__(self) -> None:
        holds = known_holds(self.facts)
        self.stopped = {
            effect: held_days(holds, effect, self.last)
            for effect in ("PLAN_DAYS_STOP", "REGULATORY_DAYS_STOP", "DUE_DATES_MOVE")
        }

    def counted(
        self, since: datetime.date, day: datetime.date, effect: str = "PLAN_DAYS_STOP"
    ) -> list[datetime.date]:
        """Give the days after one, up to and with another, that count."""
        calendar = self.rules.counted_days
        return [
            one
            for one in each_day(since + ONE_DAY, day)
            if one not in self.stopped[effect] and (calendar is None or is_open(calendar, one))
        ]

    def beyond_grace(self, since: datetime.date, day: datetime.date) -> list[datetime.date]:
        """Give the counted days that lie beyond the grace."""
        grace, calendar = limit(self.rules.grace_days) or 0, self.rules.grace_calendar
        if calendar is None:
            return self.counted(since, day)[grace:]
        end = since
        while grace:
            end += ONE_DAY
            grace -= is_open(calendar, end) and end not in self.stopped["PLAN_DAYS_STOP"]
        return [one for one in self.counted(since, day) if one > end]

    def judge(self, full: Snapshot, bare: Snapshot) -> Late:
        """Say where the plan stands on the next day, by the ledger with late charges and that without."""
        day = full.on
        places = places_of(bare, self.rules, by_sums=judged_by_sums(self.facts.order))
        late = [place for place in places if place.due < day and not place.settled]
        if not late:
            self.arrears_since = None
        elif self.arrears_since is None:
            self.arrears_since = day - ONE_DAY
        on_time = self.remember(places, late, day)
        since = min((place.due for place in late), default=None)
        if late and self.rules.ageing.name == "FIRST_ARREARS":
            since = self.arrears_since
        days = 0 if since is None else len(self.counted(since, day))
        beyond = 0 if since is None else len(self.beyond_grace(since, day))
        return Late(
            on=day,
            past_due=sum(place.shortfall for place in late),
            oldest=min((place.due for place in late), default=None),
            days=days,
            regulatory_days=0 if since is None else len(self.counted(since, day, "REGULATORY_DAYS_STOP")),
            days_beyond_grace=beyond,
            nothing_paid=sum(1 for place in late if not place.paid),
            partly_paid=sum(1 for place in late if place.paid),
            missed=len(self.missed),
            in_a_row=self.in_a_row(places),
            on_time=on_time,
            state=self.state(full, places, late, days, beyond),
            contract_days=contract_days(self.facts, day),
        )

    def remember(self, places: Sequence[Place], late: Sequence[Place], day: datetime.date) -> int:
        """Note what was missed and whether that is made good; count what was paid in time since."""
        fallen = {place.number for place in late if self.beyond_grace(place.due, day)}
        self.missed |= fallen - self.ever_missed
        self.ever_missed |= fallen
        for place in places:
            if place.settled:
                self.settled_on.setdefault(place.number, day)
        decided = [
            place.number not in self.ever_missed and self.is_in_time(place)
            for place in places
            if place.number in self.ever_missed or (place.due < day and place.settled)
        ]
        on_time = sum(1 for _ in itertools.takewhile(bool, reversed(decided)))
        needed = 0 if self.rules.cure is None else self.rules.cure.payments.value
        if self.missed and not late and on_time >= needed:
            self.missed, self.cured_on = set(), day
        return on_time

    def is_in_time(self, place: Place) -> bool:
        settled_on = self.settled_on[place.number]
        return settled_on <= place.due or not self.beyond_grace(place.due, settled_on)

    def in_a_row(self, places: Sequence[Place]) -> int:
        runs = itertools.groupby(place.number in self.missed for place in places)
        return max((sum(1 for _ in run) for was_missed, run in runs if was_missed), default=0)

    def state(
        self, full: Snapshot, places: Sequence[Place], late: Sequence[Place], days: int, beyond: int
    ) -> str:
        """Give the first state that holds."""
        day = full.on
        asked = sum(full.asked.values())
        left = asked - sum(full.paid.values()) + sum(more - paid for more, paid in full.charged.values())
        within = all(place.settled and place.due <= day for place in places) and tolerates(
            self.rules, left, asked
        )
        states = {
            "COMPLETED": left == 0,
            "COMPLETED_WITHIN_TOLERANCE": within,
            "HELD": day in self.stopped["PLAN_DAYS_STOP"] | self.stopped["DUE_DATES_MOVE"],
            "IN_BREACH": self.is_in_breach(places, days),
            "BEYOND_GRACE": beyond > 0,
            "LATE": bool(late),
            "DUE": any(place.due == day and not place.settled for place in places),
            "CURED": self.is_on_probation(day),
            "ON_TRACK": True,
        }
        return next(state for state, holds in states.items() if holds)

    def is_in_breach(self, places: Sequence[Place], days: int) -> bool:
        breach = self.rules.breach
        if breach is None:
            return False
        missed, in_a_row, behind = map(limit, (breach.missed, breach.in_a_row, breach.behind_days))
        return (
            (missed is not None and len(self.missed) >= missed)
            or (in_a_row is not None and self.in_a_row(places) >= in_a_row)
            or (behind is not None and days > behind)
        )

    def is_on_probation(self, day: datetime.date) -> bool:
        cure = self.rules.cure
        days = None if cure is None else limit(cure.probation_days)
        if days is None or self.cured_on is None or self.missed:
            return False
        return (day - self.cured_on).days < days


def limit(figure: rp.Limit[int] | None) -> int | None:
    return None if figure is None else figure.value


def is_open(calendar: Any, day: datetime.date) -> bool:  # noqa: ANN401  # a calendar of weekends
    """Tell whether a day is a business day."""
    return day.isoweekday() not in calendar.weekend


def standings(facts: Facts, last: datetime.date, rules: rp.OverdueRules) -> list[Late]:
    """Say where the plan stands on every day from the start of the schedule to the last day."""
    full = replay(facts, last)
    bare = replay(dataclasses.replace(facts, charges=()), last) if facts.charges else full
    judge = Judge(facts, rules, last)
    return [judge.judge(*both) for both in zip(full, bare, strict=True)]


def known_by(facts: Facts, day: datetime.date) -> Facts:
    """Give the facts without all that happens after a day, as if nothing ever did."""
    return dataclasses.replace(
        facts,
        payments=tuple(one for one in counting_payments(facts) if effective(one) <= day),
        holds=tuple(known_holds(facts)),
        waivers=tuple(one for one in known_waivers(facts) if one.waived_on <= day),
        charges=tuple(one for one in known_charges(facts) if one.charged_on <= day),
        known_on=None,
    )


def next_due(facts: Facts, day: datetime.date, rules: rp.OverdueRules) -> tuple[datetime.date, int] | None:
    """Give the first due day from a day on after which something of it would be late, and what prevents that.

    Nothing is paid meanwhile; what was late before is paid besides. Late charges play no part.
    """
    facts = dataclasses.replace(known_by(facts, day), charges=())
    sums = judged_by_sums(facts.order)
    before = standings(facts, day, rules)[-1].past_due
    parts = parts_of(facts.schedule, facts.holds)
    for due in sorted({part.due for part in parts if part.due >= day}):
        places = places_of(snapshot_on(facts, due + ONE_DAY), rules, by_sums=sums)
        fallen = [place for place in places if place.due <= due]
        if any(place.due >= day and not place.settled for place in fallen):
            return due, sum(place.shortfall for place in fallen) - before
    return None
