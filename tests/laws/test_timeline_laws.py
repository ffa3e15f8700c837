"""A timeline against every day by itself: what changes does so on its days, and on no others."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs
import pendulum
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue import orders as presets
from repayplan.overdue.changes import ChangeKind, Position, Timeline, TimelineSpan
from repayplan.overdue.timeline import timeline
from tests.laws.strategies import to_date

AnyRules: TypeAlias = rp.OverdueRules | rp.OverdueRuleVersions

HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
LONG: Final = rp.DelinquencyScale((rp.Band(0, 30, "normal"), rp.Band.more_than(30, None, "bad")), HOUSE)
SHORT: Final = rp.DelinquencyScale(
    (rp.Band(1, 3, "A"), rp.Band(6, 9, "B"), rp.Band.more_than(9, 20, "C"), rp.Band(21, 40, "D")), HOUSE
)
"""Short bands, with days between them and at both ends that have no name."""
EUR: Final = rp.Currency.of("EUR")
START: Final = dt.date(2024, 1, 30)
DEBTORS: Final = st.none() | st.sampled_from(["ann", "bob"])
DAYS_STOP: Final = (rp.HoldEffect.PLAN_DAYS_STOP, rp.HoldEffect.REGULATORY_DAYS_STOP)


@attrs.frozen
class Case:
    """A timeline that is asked for."""

    facts: dict[str, Any]
    rules: AnyRules
    start: pendulum.Date
    end: pendulum.Date

    def timeline(self, start: pendulum.Date, end: pendulum.Date) -> Timeline:
        return timeline(start=start, end=end, rules=self.rules, **self.facts)

    def standing(self, day: pendulum.Date) -> rp.Standing:
        return rp.standing_on(as_of=day, rules=self.rules, **self.facts)

    @property
    def days(self) -> list[pendulum.Date]:
        count = self.end.toordinal() - self.start.toordinal() + 1
        return [to_date(self.start + dt.timedelta(days=day)) for day in range(count)]


# --- facts


def cents(units: int) -> rp.Money:
    return rp.Money.from_minor_units(units, EUR)


def days(first: int = 0, last: int = 170) -> st.SearchStrategy[pendulum.Date]:
    """Days from the start of the schedule on, many of them due days or next to one."""
    near = st.builds(lambda due, more: due + more, st.sampled_from([10, 20, 41, 70, 101]), st.integers(-1, 1))
    return (near | near | st.integers(first, last)).map(lambda day: to_date(START + dt.timedelta(days=day)))


def later(draw: st.DrawFn, day: dt.date) -> pendulum.Date | None:
    delay = draw(st.none() | st.integers(0, 40))
    return None if delay is None else to_date(day + dt.timedelta(days=delay))


@st.composite
def schedules(draw: st.DrawFn) -> rp.Schedule:
    carried = rp.CarriedBalance(
        cents(700), draw(st.sampled_from([rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD]))
    )
    return rp.build_schedule(
        rp.Terms(
            principal=cents(draw(st.sampled_from([9_000, 12_345]))),
            rate=rp.Rate.annual(draw(st.sampled_from(["0", "0.24"]))),
            starts_on=to_date(START),
            first_due=to_date(START + dt.timedelta(days=10)),
            frequency=draw(st.sampled_from([rp.Frequency.MONTHLY, rp.Frequency.every_days(10)])),
            repayment=rp.LevelPayment(draw(st.integers(1, 5))),
            carried=draw(st.sampled_from([rp.CarriedBalances(), rp.CarriedBalances(fees=carried)])),
            upfront=draw(st.sampled_from([None, None, cents(500)])),
        )
    )


def amounts(schedule: rp.Schedule) -> st.SearchStrategy[rp.Money]:
    """What an installment asks for, a cent more or less, parts and multiples of it, and more than all."""
    asked = [row.amount.minor_units for row in schedule]
    exact = st.builds(
        lambda units, more: units + more, st.sampled_from(asked), st.sampled_from([0, 0, 0, -1, 1])
    )
    return (exact | exact | st.integers(1, 2 * max(asked)) | st.just(sum(asked) + 1_000)).map(cents)


@st.composite
def payments(draw: st.DrawFn, schedule: rp.Schedule) -> list[rp.Payment]:
    made = [
        rp.Payment(
            f"p{place}",
            draw(amounts(schedule)),
            received_on := draw(days()),
            effective_on=draw(st.none() | st.none() | days()),
            recorded_on=later(draw, received_on),
            status=draw(st.sampled_from([rp.PaymentStatus.CLEARED] * 6 + [rp.PaymentStatus.PENDING])),
            installment=draw(st.none() | st.integers(1, len(schedule))),
        )
        for place in range(draw(st.integers(0, 7)))
    ]
    undone = [
        rp.Payment(
            f"r{one.id}",
            one.amount,
            one.received_on,
            recorded_on=later(draw, one.received_on),
            reverses=one.id,
        )
        for one in made
        if one.status is rp.PaymentStatus.CLEARED and draw(st.integers(0, 4)) == 0
    ]
    return [*undone, *made]


@st.composite
def holds(draw: st.DrawFn, name: str) -> rp.Hold:
    some = st.frozensets(st.sampled_from(rp.HoldEffect), min_size=1)
    effects = draw(some | st.sampled_from([frozenset(DAYS_STOP), frozenset(DAYS_STOP[:1])]))
    first = draw(days(-20))
    length = draw(st.sampled_from([0, 1, 14]) | st.integers(0, 60) | st.none())
    if length is None and rp.HoldEffect.DUE_DATES_MOVE in effects:
        length = 5
    last = None if length is None else to_date(first + dt.timedelta(days=length))
    return rp.Hold(name, rp.HoldKind.OTHER, effects, first, last, later(draw, first), draw(DEBTORS))


@st.composite
def adjustments(draw: st.DrawFn, kind: type[rp.Waiver | rp.Charge], schedule: rp.Schedule) -> list[Any]:
    component = rp.Component.PRINCIPAL if kind is rp.Waiver else rp.Component.FEES
    made = []
    for number in draw(st.sets(st.integers(1, len(schedule)), max_size=2)):
        most = schedule[number - 1].principal.minor_units
        day = draw(days())
        units = draw(st.just(most) | st.integers(1, most))
        made.append(kind(f"a{number}", cents(units), number, component, day, later(draw, day)))
    return made


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    schedule = draw(schedules())
    return {
        "schedule": schedule,
        "payments": draw(payments(schedule)),
        "holds": [draw(holds(f"h{place}")) for place in range(draw(st.integers(0, 3)))],
        "waivers": draw(adjustments(rp.Waiver, schedule)),
        "charges": draw(adjustments(rp.Charge, schedule)),
        "contract_due_on": draw(st.none() | days(-60)),
        "known_on": draw(st.none() | st.none() | days()),
        "debtor": draw(DEBTORS),
    }


# --- rules


@st.composite
def orders(draw: st.DrawFn) -> rp.AllocationOrder | rp.SwitchingOrder:
    """The usual orders and any other, among them those that save interest, reach ahead or switch."""
    usual: list[rp.AllocationOrder | rp.SwitchingOrder] = [
        presets.PENALTIES_FEES_INTEREST_PRINCIPAL,
        presets.CN_CIVIL_CODE_561,
        presets.CN_CREDIT_CARD,
    ]
    overpayment = draw(st.sampled_from(rp.Overpayment))
    drawn = rp.AllocationOrder.of(
        "drawn",
        draw(st.permutations(list(rp.Component))),
        sweep=draw(st.sampled_from(rp.Sweep)),
        overpayment=overpayment,
        honours_installment=not overpayment.saves_interest and draw(st.booleans()),
    )
    steps = [(timing, one) for timing in rp.Timing for one in rp.Component]
    waiting = rp.AllocationOrder("shuffled", draw(st.permutations(steps)))
    switching = rp.SwitchingOrder(((0, drawn), (30, waiting)))
    return draw(st.sampled_from([*usual, drawn, drawn, waiting, switching]))


def limits(*figures: int | None) -> st.SearchStrategy[rp.Limit[int] | None]:
    return st.sampled_from(figures).map(lambda figure: None if figure is None else rp.Limit(figure, HOUSE))


def tolerances(*floors: int) -> st.SearchStrategy[rp.Tolerance]:
    return st.builds(
        rp.Tolerance, st.sampled_from(floors).map(cents), st.sampled_from([Fraction(0), Fraction(1, 5)])
    )


def overdue_rules() -> st.SearchStrategy[rp.OverdueRules]:
    weekends = st.sampled_from([None, None, rp.WeekendCalendar()])
    breach = st.builds(
        rp.BreachRules,
        missed=limits(None, 1, 2, 3),
        in_a_row=limits(None, 1, 2),
        behind_days=limits(None, 0, 5, 30),
    )
    cure = st.builds(rp.CureRules, payments=limits(0, 1, 2), probation_days=limits(None, 1, 10, 60))
    return st.builds(
        rp.OverdueRules,
        buckets=st.sampled_from([LONG, SHORT]),
        classes=st.sampled_from([LONG, SHORT, None]),
        order=orders(),
        grace_days=limits(None, 0, 1, 3, 10, 30),
        grace_calendar=weekends,
        counted_days=weekends,
        tolerance=st.none() | tolerances(0, 1, 2_000),
        ageing=st.sampled_from(rp.Ageing),
        materiality=st.none() | st.none() | tolerances(0, 4_000),
        breach=st.none() | breach,
        cure=st.none() | cure,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    start = draw(days(-5))
    end = to_date(start + dt.timedelta(days=draw(st.sampled_from([0, 1, 120]) | st.integers(0, 200))))
    rules = draw(overdue_rules())
    versions = None
    if draw(st.booleans()):
        changed = draw(days())
        first = to_date(min(start, changed) - dt.timedelta(days=draw(st.sampled_from([1, 40]))))
        versions = rp.OverdueRuleVersions(((first, rules), (changed, draw(overdue_rules()))))
    return Case(draw(facts()), versions or rules, start, end)


# --- laws


def position(standing: rp.Standing) -> Position:
    return Position(
        standing.state,
        standing.bucket,
        standing.class_,
        standing.contract_class,
        standing.days_past_due,
        standing.past_due,
    )


def but_days(at: Position) -> Position:
    """What stays as it was while nothing happens."""
    return attrs.evolve(at, days_past_due=0)


@given(case=cases())
def test_a_timeline_has_the_days_on_which_a_day_by_day_run_finds_a_change(case: Case) -> None:
    found = case.timeline(case.start, case.end)
    by_day = {change.day: change for change in found}
    assert list(by_day) == sorted(by_day)
    last = found.opening
    for day in case.days:
        now = position(case.standing(day))
        change = by_day.pop(day, None)
        if change is None:
            assert but_days(now) == but_days(last), day
        else:
            assert (change.before, change.after) == (last, now)
            compared = {
                ChangeKind.STATE: last.state != now.state,
                ChangeKind.BUCKET: last.bucket != now.bucket,
                ChangeKind.CLASS: last.class_ != now.class_,
                ChangeKind.CONTRACT_CLASS: last.contract_class != now.contract_class,
            }
            assert {kind for kind, differs in compared.items() if differs} == compared.keys() & change.kinds
        last = now
    assert not by_day
    assert found.closing == last


@given(case=cases(), data=st.data())
def test_a_timeline_may_be_cut_anywhere(case: Case, data: st.DataObject) -> None:
    whole = case.timeline(case.start, case.end)
    cut = data.draw(st.sampled_from(case.days))
    until = case.timeline(case.start, cut)
    assert until.changes == tuple(change for change in whole if change.day <= cut)
    if cut < case.end:
        rest = case.timeline(cut.add(days=1), case.end)
        assert (*until, *rest) == whole.changes
        assert (rest.opening, rest.closing) == (until.closing, whole.closing)


@given(case=cases())
def test_spans_cover_each_day_once(case: Case) -> None:
    found = case.timeline(case.start, case.end)
    histories: dict[str, tuple[TimelineSpan[Any], ...]] = {
        "bucket": found.bucket_history,
        "class_": found.class_history,
        "state": found.state_history,
    }
    for day in {case.start, case.end, *(change.day for change in found)}:
        standing = case.standing(day)
        for field, spans in histories.items():
            among = [
                span.value
                for span in spans
                if (span.entered_on is None or span.entered_on <= day)
                and (span.left_on is None or day < span.left_on)
            ]
            assert among == [getattr(standing, field)]
