"""Strategies for what happens to a plan: schedules with every component, and payments, holds and orders.

Nothing is filtered out. Days lean on due dates and those beside them, amounts on what an installment asks
for and one minor unit more or less. What is drawn is small numbers (which due date, how many days off), which
are then told of a schedule: a strategy made anew for each schedule would cost more than the laws.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue import orders as presets
from tests.laws import oracle_overdue as oracle
from tests.laws import strategies
from tests.laws.oracle_overdue import Facts, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
BUCKETS: Final = rp.DelinquencyScale(
    (rp.Band(0, 0, "M0"), rp.Band(1, 30, "M1"), rp.Band.more_than(30, 60, "M2"), rp.Band(61, None, "M3+")),
    HOUSE,
)
CLASSES: Final = rp.DelinquencyScale((rp.Band(0, 90, "normal"), rp.Band.more_than(90, None, "bad")), HOUSE)

PlanOrder = rp.AllocationOrder | rp.SwitchingOrder
PRESETS: Final[tuple[PlanOrder, ...]] = (
    presets.PENALTIES_FEES_INTEREST_PRINCIPAL,
    presets.FEES_PENALTIES_INTEREST_PRINCIPAL,
    presets.INTEREST_PRINCIPAL_PENALTIES_FEES,
    presets.PRINCIPAL_INTEREST_PENALTIES_FEES,
    presets.CN_CIVIL_CODE_561,
    presets.CN_CREDIT_CARD,
)
WAITING: Final = (
    rp.Overpayment.CREDIT,
    rp.Overpayment.NEXT_INSTALLMENT,
    rp.Overpayment.LAST_INSTALLMENT,
)
"""What an overpayment does where it saves no interest."""
SAVING: Final = (rp.Overpayment.SHORTEN_TERM, rp.Overpayment.LOWER_INSTALLMENTS)

ROWS_MAX: Final = 8

# --- schedules

CNY, JPY, KWD = map(rp.Currency.of, ("CNY", "JPY", "KWD"))
GAPS: Final = st.sampled_from([0, 1, 7, 14, 28, 30, 31])
"""Days from the start to the first due date."""
OFTEN: Final = (rp.Frequency.WEEKLY, rp.Frequency.FORTNIGHTLY, rp.Frequency.every_days(10))
OWED: Final = st.tuples(
    st.none() | st.integers(1, 2_000),
    st.sampled_from([rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD]),
)
"""A carried balance in minor units, and where it is asked for."""
PLANS: Final = st.fixed_dictionaries(
    {
        "currency": st.sampled_from([CNY, JPY, KWD]),
        "principal": st.integers(1_000, 50_000) | st.just(12_000),
        "starts_on": strategies.dates(dt.date(2023, 10, 1), dt.date(2024, 4, 30)),
        "gap": GAPS,
        "count": st.integers(1, ROWS_MAX),
        "pattern": st.sampled_from([rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest]),
        "frequency": st.sampled_from([rp.Frequency.MONTHLY, rp.Frequency.MONTHLY, *OFTEN]),
        "rate": st.sampled_from(["0", "0.12", "0.24"]),
        "carried": st.tuples(OWED, OWED, OWED),
        "fee": st.none() | st.integers(1, 300),
        "upfront": st.none() | st.integers(1, 500),
        "calendar": st.none() | st.just(rp.WeekendCalendar()),
        "day_count": st.sampled_from([rp.DayCount.NOMINAL, rp.DayCount.ACT_365F]),
    }
)


def schedule_of(plan: dict[str, Any]) -> rp.Schedule:
    """Build the schedule of what was drawn; every plan has one."""
    currency = plan["currency"]

    def amount(units: int | None) -> rp.Money | None:
        return None if units is None else rp.Money.from_minor_units(units, currency)

    balances = [
        None if units is None else rp.CarriedBalance(rp.Money.from_minor_units(units, currency), treatment)
        for units, treatment in plan["carried"]
    ]
    fee = amount(plan["fee"])
    return rp.build_schedule(
        rp.Terms(
            principal=rp.Money.from_minor_units(plan["principal"], currency),
            rate=rp.Rate.annual(plan["rate"]),
            starts_on=plan["starts_on"],
            first_due=strategies.to_date(plain(plan["starts_on"]) + dt.timedelta(days=plan["gap"])),
            repayment=plan["pattern"](plan["count"]),
            frequency=plan["frequency"],
            day_count=plan["day_count"],
            calendar=plan["calendar"],
            carried=rp.CarriedBalances(*balances),
            upfront=amount(plan["upfront"]),
            fees=() if fee is None else (rp.InstallmentFee(fee),),
        )
    )


SCHEDULES: Final = PLANS.map(schedule_of)
"""Schedules of a few rows with fees, carried balances and an up-front payment, month ends among them."""


def last_day(schedule: rp.Schedule, after: int = 100) -> dt.date:
    """The last day that a law looks at."""
    return plain(schedule.last_due) + dt.timedelta(days=after)


def money(units: int, schedule: rp.Schedule) -> rp.Money:
    return rp.Money.from_minor_units(units, schedule.terms.principal.currency)


# --- days and amounts

Day = tuple[int, int]
DAYS: Final[st.SearchStrategy[Day]] = st.tuples(
    st.integers(0, ROWS_MAX), st.sampled_from([0, 0, 0, -1, 1, 2, 30]) | st.integers(-40, 70)
)
"""Which due date, the start among them, and how many days off."""
Amount = tuple[int, str, int]
AMOUNTS: Final[st.SearchStrategy[Amount]] = st.tuples(
    st.integers(0, ROWS_MAX - 1),
    st.sampled_from(["whole", "whole", "less", "more", "part", "part", "some", "one", "all", "too much"]),
    st.integers(1, 3_000),
)
"""Of which row, how much of it, and how many thousandths of it where that is drawn."""
DELAYS: Final = st.none() | st.sampled_from([0, 1]) | st.integers(0, 60)
"""After how many days something was recorded; None is the same day, not said."""
SHARES: Final = st.just(1_000) | st.integers(1, 1_000)
"""Thousandths, often all."""


def day_near(schedule: rp.Schedule, day: Day, earliest: dt.date | None = None) -> pendulum.Date:
    """A day on or about a due date, none before the start, or before the earliest that is given."""
    marks = [schedule.terms.starts_on, *schedule.due]
    which, off = day
    found = plain(marks[which % len(marks)]) + dt.timedelta(days=off)
    return strategies.to_date(max(found, plain(earliest or schedule.terms.starts_on)))


def days_near(schedule: rp.Schedule, days: Sequence[Day]) -> list[dt.date]:
    """The first day, some others and one after all is over."""
    some = [plain(day_near(schedule, day)) for day in days]
    return sorted({plain(schedule.terms.starts_on), *some, last_day(schedule)})


def amount_near(schedule: rp.Schedule, amount: Amount) -> rp.Money:
    """What an installment asks for, one unit more or less, parts and multiples, and more than everything."""
    which, how, thousandths = amount
    whole = schedule[which % len(schedule)].amount.minor_units
    everything = sum(row.amount.minor_units for row in schedule)
    units = {
        "whole": whole,
        "less": whole - 1,
        "more": whole + 1,
        "part": whole * (thousandths % 1_000) // 1_000,
        "some": whole * thousandths // 1_000,
        "one": 1,
        "all": everything,
        "too much": everything + 1_000,
    }[how]
    return money(max(1, units), schedule)


def recorded(day: dt.date, delay: int | None) -> pendulum.Date | None:
    return None if delay is None else strategies.to_date(plain(day) + dt.timedelta(days=delay))


# --- payments

PAYMENTS: Final = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.sampled_from("abc"),
            "received": DAYS,
            "amount": AMOUNTS,
            "effective": st.none() | st.none() | DAYS,
            "delay": DELAYS,
            "status": st.sampled_from([rp.PaymentStatus.CLEARED] * 5 + list(rp.PaymentStatus)),
            "installment": st.none() | st.integers(0, ROWS_MAX),
        }
    ),
    max_size=8,
)
REVERSALS: Final = st.tuples(st.sampled_from("ay"), st.integers(0, 30), DELAYS, st.integers(0, 15))
"""What its id begins with, how long after the payment, how long unrecorded, and its place of arrival."""
UNDONE: Final = st.lists(st.none() | st.none() | st.none() | REVERSALS, min_size=8, max_size=8)
Reversal = tuple[str, int, "int | None", int]


def payments_of(schedule: rp.Schedule, rough: Sequence[dict[str, Any]]) -> list[rp.Payment]:
    """Payments in an order of arrival that need not be that of their ids."""
    return [payment_of(schedule, one, f"{one['key']}{place}") for place, one in enumerate(rough)]


def payment_of(schedule: rp.Schedule, rough: dict[str, Any], name: str) -> rp.Payment:
    received_on = day_near(schedule, rough["received"])
    numbers = [row.number for row in schedule] + ([] if schedule.terms.upfront is None else [0])
    wanted, effective = rough["installment"], rough["effective"]
    return rp.Payment(
        name,
        amount_near(schedule, rough["amount"]),
        received_on,
        effective_on=None if effective is None else day_near(schedule, effective),
        recorded_on=recorded(received_on, rough["delay"]),
        status=rough["status"],
        installment=None if wanted is None else numbers[wanted % len(numbers)],
    )


def reversal_of(payment: rp.Payment, rough: Reversal) -> rp.Payment:
    """A reversal received on or after the payment's day, with an id that sorts before or after others."""
    key, after, delay, _ = rough
    received_on = strategies.to_date(plain(payment.received_on) + dt.timedelta(days=after))
    return rp.Payment(
        f"{key}-{payment.id}",
        payment.amount,
        received_on,
        recorded_on=recorded(received_on, delay),
        reverses=payment.id,
    )


def with_reversals(
    payments: Sequence[rp.Payment], rough: Sequence[Reversal | None]
) -> tuple[rp.Payment, ...]:
    """The payments and, anywhere among them, reversals of some that cleared."""
    found = list(payments)
    for payment, reversal in zip(payments, rough, strict=False):
        if reversal is not None and payment.status is rp.PaymentStatus.CLEARED:
            found.insert(reversal[-1] % (len(found) + 1), reversal_of(payment, reversal))
    return tuple(found)


HABITS: Final = st.lists(
    st.sampled_from([0, 0, 0, 0, -5, 1, 3, 10, 40, None]), min_size=ROWS_MAX + 1, max_size=ROWS_MAX + 1
)
"""How many days late each installment is paid; None is never."""


def habitual_payments(schedule: rp.Schedule, days_late: Sequence[int | None]) -> tuple[rp.Payment, ...]:
    """Payments of what each installment asks for, so that some are in time, some missed and made good."""
    terms = schedule.terms
    asked = [(row.due_on, row.amount) for row in schedule]
    if terms.upfront is not None:
        asked.insert(0, (terms.starts_on, terms.upfront))
    return tuple(
        rp.Payment(
            f"p{place}",
            amount,
            max(terms.starts_on, strategies.to_date(plain(due) + dt.timedelta(days=late))),
        )
        for place, ((due, amount), late) in enumerate(zip(asked, days_late, strict=False))
        if late is not None
    )


# --- holds, waivers, charges

DAYS_STOP: Final = (rp.HoldEffect.PLAN_DAYS_STOP, rp.HoldEffect.REGULATORY_DAYS_STOP)
EFFECTS: Final = st.sampled_from([frozenset(DAYS_STOP), frozenset(DAYS_STOP[:1])]) | st.frozensets(
    st.sampled_from(rp.HoldEffect), min_size=1
)
HOLDS: Final = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(rp.HoldKind),
            "effects": EFFECTS,
            "first": DAYS,
            "length": st.sampled_from([0, 1, 59]) | st.integers(0, 90),
            "open": st.sampled_from([False, False, False, True]),
            "delay": DELAYS,
        }
    ),
    max_size=3,
)
"""Holds that overlap, touch, lie apart and have no end; one that moves due dates has an end."""


def holds_of(schedule: rp.Schedule, rough: Sequence[dict[str, Any]]) -> tuple[rp.Hold, ...]:
    return tuple(hold_of(schedule, one, f"h{place}") for place, one in enumerate(rough))


def hold_of(schedule: rp.Schedule, rough: dict[str, Any], name: str) -> rp.Hold:
    long_before = plain(schedule.terms.starts_on) - dt.timedelta(days=40)
    first_day = day_near(schedule, rough["first"], long_before)
    is_open = rough["open"] and rp.HoldEffect.DUE_DATES_MOVE not in rough["effects"]
    return rp.Hold(
        name,
        rough["kind"],
        rough["effects"],
        first_day,
        None if is_open else recorded(first_day, rough["length"]),
        recorded_on=recorded(first_day, rough["delay"]),
    )


WAIVERS: Final = st.lists(st.tuples(st.integers(0, 35), SHARES, DAYS, DELAYS), max_size=3)
"""Which part of those that ask for something, how much of it, and when."""


def waivers_of(
    schedule: rp.Schedule, rough: Sequence[tuple[int, int, Day, int | None]]
) -> tuple[rp.Waiver, ...]:
    """Waivers of a part or the whole of what a component asks for, more than one of the same too."""
    left = {(number, component): units for number, component, units in asked_for(schedule) if units}
    found = []
    for place, (which, thousandths, day, delay) in enumerate(rough):
        number, component = sorted(left, key=str)[which % len(left)]
        units = max(1, left[number, component] * thousandths // 1_000)
        left[number, component] -= units
        if not left[number, component] and len(left) > 1:
            del left[number, component]
        waived_on = day_near(schedule, day)
        amount = money(units, schedule)
        found.append(rp.Waiver(f"w{place}", amount, number, component, waived_on, recorded(waived_on, delay)))
        if not any(left.values()):
            break
    return tuple(found)


def asked_for(schedule: rp.Schedule) -> list[tuple[int, rp.Component, int]]:
    """What each installment asks for, in minor units."""
    rows = []
    if schedule.terms.upfront is not None:
        rows.append((0, rp.Component.PRINCIPAL, schedule.terms.upfront.minor_units))
    for row in schedule:
        parts = {
            rp.Component.PENALTIES: row.carried_penalties,
            rp.Component.FEES: row.fees + row.carried_fees,
            rp.Component.INTEREST: row.interest + row.carried_interest,
            rp.Component.PRINCIPAL: row.principal,
        }
        rows += [(row.number, component, amount.minor_units) for component, amount in parts.items()]
    return rows


LATE_COMPONENTS: Final = st.sampled_from([rp.Component.PENALTIES, rp.Component.FEES, rp.Component.INTEREST])
CHARGES: Final = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 500),
        st.integers(0, ROWS_MAX - 1),
        LATE_COMPONENTS,
        DAYS,
        DELAYS,
    ),
    max_size=3,
)


def charges_of(
    schedule: rp.Schedule, rough: Sequence[tuple[str, int, int, rp.Component, Day, int | None]]
) -> tuple[rp.Charge, ...]:
    found = []
    for place, (key, units, which, component, day, delay) in enumerate(rough):
        charged_on = day_near(schedule, day)
        number, amount = schedule[which % len(schedule)].number, money(units, schedule)
        name = f"{key}{place}"
        found.append(rp.Charge(name, amount, number, component, charged_on, recorded(charged_on, delay)))
    return tuple(found)


# --- orders

COMPONENTS: Final = st.permutations(list(rp.Component))
STEPS: Final = st.permutations([(timing, component) for timing in rp.Timing for component in rp.Component])
"""All twelve steps in any order; nearly all of these orders reach ahead."""


def plain_orders(
    overpayments: Sequence[rp.Overpayment] = WAITING, sweeps: Sequence[rp.Sweep] = tuple(rp.Sweep)
) -> st.SearchStrategy[rp.AllocationOrder]:
    """Orders of past due, due and in advance, each by one order of components."""
    return st.builds(
        lambda components, sweep, overpayment, honours: rp.AllocationOrder.of(
            "drawn",
            components,
            sweep=sweep,
            overpayment=overpayment,
            honours_installment=honours and not overpayment.saves_interest,
        ),
        COMPONENTS,
        st.sampled_from(sweeps),
        st.sampled_from(overpayments),
        st.booleans(),
    )


PLAIN: Final = plain_orders()
SHUFFLED: Final = st.builds(lambda order, steps: attrs.evolve(order, steps=tuple(steps)), PLAIN, STEPS)
SINGLE: Final = st.one_of(PLAIN, PLAIN, SHUFFLED)
SWITCHING: Final = st.builds(
    lambda first, days, second: rp.SwitchingOrder(((0, first), (days, second))),
    SINGLE,
    st.integers(1, 120),
    SINGLE,
)
ORDERS: Final[st.SearchStrategy[PlanOrder]] = st.one_of(st.sampled_from(PRESETS), SINGLE, SWITCHING)
"""The usual orders, any other, and those that switch."""
ORDERS_THAT_SAVE: Final = plain_orders(SAVING)
ADVANCING: Final = COMPONENTS.map(lambda components: rp.AllocationOrder.of("by due date", components))
"""Orders that pay one installment after the other and go on to the next: those of law 11."""

# --- all together

PARTS: Final = st.fixed_dictionaries(
    {
        "schedule": SCHEDULES,
        "payments": PAYMENTS,
        "undone": UNDONE,
        "order": ORDERS,
        "holds": HOLDS,
        "waivers": WAIVERS,
        "charges": CHARGES,
        "contract": st.none() | DAYS,
        "known": st.none() | st.none() | DAYS,
    }
)


def facts_of(parts: dict[str, Any]) -> Facts:
    """A plan and all that happened to it."""
    plan: rp.Schedule = parts["schedule"]
    long_before = plain(plan.terms.starts_on) - dt.timedelta(days=100)
    contract, known = parts["contract"], parts["known"]
    return Facts(
        schedule=plan,
        payments=with_reversals(payments_of(plan, parts["payments"]), parts["undone"]),
        order=parts["order"],
        holds=holds_of(plan, parts["holds"]),
        waivers=waivers_of(plan, parts["waivers"]),
        charges=charges_of(plan, parts["charges"]),
        contract_due_on=None if contract is None else day_near(plan, contract, long_before),
        known_on=None if known is None else day_near(plan, known),
    )


WITH_WAIVERS: Final = PARTS.map(facts_of)
FACTS: Final = WITH_WAIVERS.map(lambda facts: dataclasses.replace(facts, waivers=()))

# --- rules

RULES: Final = st.fixed_dictionaries(
    {
        "grace_days": st.none() | st.sampled_from([0, 1, 3, 10, 30]),
        "grace_calendar": st.none() | st.none() | st.just(rp.WeekendCalendar()),
        "counted_days": st.none() | st.none() | st.just(rp.WeekendCalendar()),
        "ageing": st.sampled_from(rp.Ageing),
    }
)
TOLERANCES: Final = st.tuples(
    st.sampled_from([0, 0, 1, 100, 5_000]),
    st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 100), Fraction(1, 3), Fraction(1)]),
)


def limit(figure: int | None) -> rp.Limit[int] | None:
    return None if figure is None else rp.Limit(figure, HOUSE)


def rules_of(order: PlanOrder, rough: dict[str, Any] | None = None, **fields: Any) -> rp.OverdueRules:  # noqa: ANN401  # any field
    """Rules as drawn; without grace and by calendar days where nothing was."""
    figures = {**(rough or {}), **fields}
    figures["grace_days"] = limit(figures.get("grace_days"))
    return rp.OverdueRules(buckets=BUCKETS, classes=CLASSES, order=order, **figures)


def tolerance_of(schedule: rp.Schedule, rough: tuple[int, Fraction]) -> rp.Tolerance:
    return rp.Tolerance(money(rough[0], schedule), rough[1])


BREACHES: Final = st.builds(
    lambda missed, in_a_row, behind: rp.BreachRules(
        missed=limit(missed), in_a_row=limit(in_a_row), behind_days=limit(behind)
    ),
    st.none() | st.integers(1, 4),
    st.none() | st.integers(1, 3),
    st.none() | st.sampled_from([0, 5, 30, 60]),
)
CURES: Final = st.builds(
    lambda payments, probation: rp.CureRules(
        payments=rp.Limit(payments, HOUSE), probation_days=limit(probation)
    ),
    st.integers(0, 3),
    st.none() | st.sampled_from([1, 10, 60]),
)


# --- the package's answers


def ledger_of(facts: Facts, as_of: dt.date) -> rp.Ledger:
    return rp.ledger_on(
        facts.schedule,
        facts.payments,
        order=facts.order,
        as_of=as_of,
        known_on=facts.known_on,
        holds=facts.holds,
        waivers=facts.waivers,
        charges=facts.charges,
        contract_due_on=facts.contract_due_on,
    )


def standing_of(facts: Facts, as_of: dt.date, rules: rp.OverdueRules) -> rp.Standing:
    return rp.standing_on(
        facts.schedule,
        facts.payments,
        as_of,
        rules,
        facts.holds,
        known_on=facts.known_on,
        waivers=facts.waivers,
        charges=facts.charges,
        contract_due_on=facts.contract_due_on,
    )


def figures(ledger: rp.Ledger) -> dict[str, Any]:
    """Every figure of a ledger, in minor units."""
    parts = [(row.number, part) for row in ledger.installments for part in row.parts]
    return {
        "due": {row.number: plain(row.due_on) for row in ledger.installments},
        "asked": {(number, part.component.name): part.asked.minor_units for number, part in parts},
        "paid": {(number, part.component.name): part.paid.minor_units for number, part in parts},
        "credit": ledger.credit.minor_units,
        "unpaid charges": ledger.charges_outstanding.minor_units,
        "entries": list(map(entry_of, ledger.allocations)),
    }


def expected(snapshot: oracle.Snapshot) -> dict[str, Any]:
    """What the second ledger says, in the same form."""
    return {
        "due": snapshot.due,
        "asked": snapshot.asked,
        "paid": snapshot.paid,
        "credit": sum(snapshot.credit.values()),
        "unpaid charges": sum(asked - paid for asked, paid in snapshot.charged.values()),
        "entries": list(snapshot.entries),
    }


def entry_of(allocation: rp.Allocation) -> oracle.Entry:
    return oracle.Entry(
        allocation.payment,
        allocation.installment,
        allocation.component.name,
        allocation.charge,
        allocation.amount.minor_units,
        plain(allocation.on),
    )


def where_it_stands(standing: rp.Standing) -> oracle.Late:
    """Every figure of a standing, in the form of the second engine's answer."""
    oldest = standing.oldest_unpaid_due_on
    return oracle.Late(
        on=plain(standing.as_of),
        past_due=standing.past_due.minor_units,
        oldest=None if oldest is None else plain(oldest),
        days=standing.days_past_due,
        regulatory_days=standing.regulatory_days_past_due,
        days_beyond_grace=standing.days_beyond_grace,
        nothing_paid=standing.missed,
        partly_paid=standing.partly_paid,
        missed=standing.history.missed,
        in_a_row=standing.history.in_a_row,
        on_time=standing.history.on_time,
        state=standing.state.name,
        contract_days=standing.contract_days_past_due,
    )
