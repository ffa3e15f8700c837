"""Hostile input for payments, ledgers and standings: a clear error that names the item, at once."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.payments import counted_payments
from tests.overdue import (
    BUCKETS,
    CLASSES,
    DATE,
    FEES,
    HOUSE,
    START,
    Wrong,
    days,
    money,
    overdue_rules,
    pay,
    plain,
    schedule_of,
)
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from repayplan.values import Value

FEBRUARY, MARCH = DATE(2026, 2, 1), DATE(2026, 3, 1)
SCHEDULE = plain()
ORDER = rp.AllocationOrder.of("ours", tuple(rp.Component))
NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
HOLD = rp.Hold("h", rp.HoldKind.OTHER, {rp.HoldEffect.PLAN_DAYS_STOP}, FEBRUARY, MARCH)
USD = rp.Currency.of("USD")


def refused(call: Callable[[], object], *, field: str, error: type[rp.RepayPlanError]) -> rp.RepayPlanError:
    """The call is refused, in time, with a short error of the tree that names the field and pickles."""
    started = time.thread_time()  # the work, whatever else the machine does
    with pytest.raises(error) as caught:
        call()
    assert time.thread_time() - started < 0.5
    found = caught.value
    assert found.field == field
    assert found.code
    assert 0 < len(str(found)) < 400
    assert str(found).isprintable()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert (type(again), str(again)) == (type(found), str(found))
    return found


def asked(payments: Wrong, **more: Wrong) -> Callable[[], object]:
    """Ask for a ledger, which checks all facts."""
    return lambda: rp.ledger_on(SCHEDULE, payments, as_of=MARCH, **more)


# ------------------------------------------------------------------------------------------ the catalogue


def negative_zero_and_nan() -> None:
    for units in (0, -1):
        refused(lambda units=units: pay("a", units, FEBRUARY), field="amount", error=rp.PaymentError)  # type: ignore[misc]  # bound now
    for amount in (float("nan"), Decimal("NaN"), -5, None):
        refused(
            lambda amount=amount: rp.Payment("a", amount, FEBRUARY),  # type: ignore[misc]  # bound now
            field="amount",
            error=rp.InputTypeError,
        )
    with pytest.raises(rp.MoneyError):
        rp.Money(Decimal("NaN"), "EUR")


def larger_than_everything_owed() -> None:
    for overpayment in rp.Overpayment:
        order = rp.AllocationOrder.of("ours", tuple(rp.Component), overpayment=overpayment)
        ledger = rp.ledger_on(SCHEDULE, [pay("a", 99_999, FEBRUARY)], as_of=DATE(2026, 4, 1), order=order)
        assert ledger.outstanding == money(0)
        assert ledger.credit == money(69_999)  # 999.99 less 300.00
        allocated = sum(part.amount.minor_units for part in ledger.allocations)
        assert allocated + ledger.credit.minor_units == 99_999
        assert rp.outstanding_on(ledger).credit == money(69_999)


def another_currency_or_another_time() -> None:
    wrong = rp.Payment("b", rp.Money.from_minor_units(5, USD), FEBRUARY)
    good = pay("a", 5, FEBRUARY)
    refused(asked([good, wrong]), field="payments[1].amount", error=rp.MoneyError)
    for day in (DATE(2025, 12, 31), DATE(2126, 4, 3)):
        late = pay("b", 5, day)
        found = refused(asked([good, late]), field="payments[1]", error=rp.DateError)
        assert found.data["id"] == "b"


def many_of_one_minor_unit() -> None:
    schedule = schedule_of(120_000, rp.EqualPrincipal(12), "0.12")
    many = [rp.Payment(f"p{place:06}", money(1), FEBRUARY) for place in range(100_000)]

    def seconds(payments: list[rp.Payment]) -> tuple[float, rp.Ledger]:
        started = time.thread_time()
        ledger = rp.ledger_on(schedule, payments, as_of=DATE(2026, 12, 31))
        return time.thread_time() - started, ledger

    tenth, _ = seconds(many[:10_000])
    whole, by_many = seconds(many)
    assert whole < 30 * max(tenth, 0.01)
    _, by_one = seconds([pay("p", 100_000, FEBRUARY)])
    for component in rp.Component:
        assert by_many.outstanding_of(component) == by_one.outstanding_of(component)
    assert (by_many.credit, by_many.replayed.open) == (by_one.credit, by_one.replayed.open)


CASES: dict[str, Callable[[], None]] = {
    "payment-01": negative_zero_and_nan,
    "payment-02": larger_than_everything_owed,
    "payment-04": another_currency_or_another_time,
    "payment-05": many_of_one_minor_unit,
}


@pytest.mark.parametrize("identity", CASES)
def test_a_bad_payment_has_the_outcome_that_the_catalogue_wants(identity: str) -> None:
    CASES[identity]()


def test_every_payment_of_the_catalogue_has_a_case() -> None:
    wanted = {row["id"] for row in load("bad_inputs.json")["inputs"] if row["area"] == "payment"}
    assert wanted == CASES.keys()


# ------------------------------------------------------------------------------------------ the facts' list

A = pay("a", 100, FEBRUARY)


@pytest.mark.parametrize(
    ("call", "field", "error"),
    [
        (asked([A, pay("b", 1, FEBRUARY), A]), "payments[2].id", rp.PaymentError),
        (asked([A, pay("r", 100, MARCH, reverses="b")]), "payments[1].reverses", rp.PaymentError),
        (
            asked([A, pay("r", 100, MARCH, reverses="a"), pay("s", 100, MARCH, reverses="r")]),
            "payments[2].reverses",
            rp.PaymentError,
        ),
        (asked([A, pay("r", 99, MARCH, reverses="a")]), "payments[1].reverses", rp.PaymentError),
        (asked([A, pay("b", 1, DATE(1026, 2, 1))]), "payments[1]", rp.DateError),
        (asked([A, pay("b", 1, DATE(3026, 2, 1))]), "payments[1]", rp.DateError),
        (asked([A, pay("b", 1, DATE(9999, 12, 31))]), "payments[1]", rp.DateError),
        (asked([A] * 100_001), "payments", rp.PaymentError),
        (asked([], holds=[HOLD, HOLD]), "holds[1].id", rp.PaymentError),
        (asked([], holds=[HOLD] * 1_001), "holds", rp.PaymentError),
        (
            lambda: attrs.evolve(HOLD, last_day=DATE(2026, 1, 31)),
            "last_day",
            rp.DateError,
        ),
        (lambda: pay("a", 1, FEBRUARY, effective_on=DATE(3026, 2, 1)), "effective_on", rp.DateError),
        (lambda: pay("a", 1, FEBRUARY, recorded_on=START), "recorded_on", rp.DateError),
        (
            lambda: rp.DelinquencyScale((rp.Band(0, 10, "a"), rp.Band(10, None, "b")), HOUSE),
            "bands[1]",
            rp.PolicyError,
        ),
        (
            lambda: rp.DelinquencyScale((rp.Band(0, None, "a"), rp.Band(10, None, "b")), HOUSE),
            "bands[1]",
            rp.PolicyError,
        ),
        (
            lambda: rp.DelinquencyScale((rp.Band(10, 20, "b"), rp.Band(0, 9, "a")), HOUSE),
            "bands[1]",
            rp.PolicyError,
        ),
        (lambda: rp.DelinquencyScale((), HOUSE), "bands", rp.PolicyError),
        (lambda: rp.Tolerance(money(-1), Fraction(0)), "floor", rp.PolicyError),
        (lambda: rp.Tolerance(money(0), Fraction(2)), "share", rp.PolicyError),
        (lambda: overdue_rules(grace_days=days(-1)), "grace_days", rp.PolicyError),
        (lambda: overdue_rules(grace_days=days(10**30)), "grace_days", rp.PolicyError),
        (lambda: rp.Waiver("w", money(0), 1, FEES, FEBRUARY), "amount", rp.PaymentError),
        (lambda: rp.Charge("c", money(-5), 1, FEES, FEBRUARY), "amount", rp.PaymentError),
        (lambda: rp.Charge("c", money(5), 10**9, FEES, FEBRUARY), "installment", rp.PaymentError),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(
    call: Callable[[], object], field: str, error: type[rp.RepayPlanError]
) -> None:
    refused(call, field=field, error=error)


@pytest.mark.parametrize(
    ("facts", "item"),
    [
        ({"payments": [A, pay("b", 1, FEBRUARY, installment=9)]}, "payments[1]"),
        ({"waivers": [rp.Waiver("w", money(1), 9, FEES, FEBRUARY)]}, "waivers[0]"),
        ({"waivers": [rp.Waiver("w", money(1), 1, FEES, FEBRUARY)]}, "waivers[0]"),  # no fees are asked for
        ({"charges": [rp.Charge("c", money(1), 9, FEES, FEBRUARY)]}, "charges[0]"),
    ],
)
def test_an_installment_that_is_not_there_is_refused_with_the_name_of_the_fact(
    facts: dict[str, Any], item: str
) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        rp.ledger_on(SCHEDULE, **{"payments": (), "as_of": MARCH, **facts})
    assert caught.value.field.startswith(item)


def test_a_bucket_table_with_a_gap_is_a_finding_and_no_error() -> None:
    gap = rp.DelinquencyScale((rp.Band(0, 5, "a"), rp.Band(10, None, "b")), HOUSE)
    found = rp.standing_on(SCHEDULE, [], DATE(2026, 2, 8), overdue_rules(buckets=gap))
    assert (found.bucket, found.findings[-1].rule, found.findings[-1].passed) == (
        None,
        "scale_without_gaps",
        False,
    )
    assert found.findings[-1].observed == ((6, 9),)


def test_money_beyond_its_bounds_is_refused() -> None:
    most = [rp.Payment(name, money(10**18), FEBRUARY) for name in "ab"]
    with pytest.raises(rp.MoneyError):
        rp.ledger_on(SCHEDULE, most, as_of=MARCH).credit  # noqa: B018  # at the latest on first use


# ------------------------------------------------------------------------------------------ wrong types


class Stranger:
    """Nothing that the library knows; its own text must never be asked for."""

    def __repr__(self) -> str:
        raise AssertionError

    __str__ = __repr__


WRONG_FOR_ALL = [Stranger(), 1.5, float("nan"), Decimal("NaN"), b"x", object, {}, NOW, "x\x00", 10**5_000]

PAYMENT: dict[str, Any] = {
    "id": "a",
    "amount": money(1),
    "received_on": FEBRUARY,
    "effective_on": FEBRUARY,
    "recorded_on": FEBRUARY,
    "status": rp.PaymentStatus.CLEARED,
    "reverses": "b",
    "source": "account",
    "installment": 1,
}
LEDGER: dict[str, Any] = {
    "schedule": SCHEDULE,
    "payments": (A,),
    "as_of": MARCH,
    "order": ORDER,
    "known_on": MARCH,
    "holds": (HOLD,),
    "waivers": (),
    "charges": (),
    "contract_due_on": FEBRUARY,
}
STANDING: dict[str, Any] = {
    "schedule": SCHEDULE,
    "payments": (A,),
    "as_of": MARCH,
    "rules": overdue_rules(),
    "holds": (HOLD,),
    "known_on": MARCH,
    "waivers": (),
    "charges": (),
    "contract_due_on": FEBRUARY,
    "debtor": "a",
}
MAKERS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "Payment": (rp.Payment, PAYMENT),
    "Waiver": (
        rp.Waiver,
        {
            "id": "w",
            "amount": money(1),
            "installment": 1,
            "component": FEES,
            "waived_on": FEBRUARY,
            "recorded_on": FEBRUARY,
        },
    ),
    "Charge": (
        rp.Charge,
        {
            "id": "c",
            "amount": money(1),
            "installment": 1,
            "component": FEES,
            "charged_on": FEBRUARY,
            "recorded_on": FEBRUARY,
        },
    ),
    "AllocationOrder": (
        rp.AllocationOrder,
        {
            "name": "ours",
            "steps": ORDER.steps,
            "sweep": rp.Sweep.ACROSS,
            "overpayment": rp.Overpayment.CREDIT,
            "honours_installment": False,
            "citation": HOUSE,
        },
    ),
    "SwitchingOrder": (rp.SwitchingOrder, {"orders": ((0, ORDER),)}),
    "Tolerance": (rp.Tolerance, {"floor": money(0), "share": Fraction(0)}),
    "BreachRules": (rp.BreachRules, {"missed": days(1), "in_a_row": days(1), "behind_days": days(1)}),
    "CureRules": (rp.CureRules, {"payments": days(1), "probation_days": days(1)}),
    "OverdueRules": (
        rp.OverdueRules,
        {
            "buckets": BUCKETS,
            "classes": CLASSES,
            "order": ORDER,
            "grace_days": days(1),
            "tolerance": rp.Tolerance(money(0), Fraction(0)),
            "ageing": rp.Ageing.OLDEST_UNPAID,
            "materiality": rp.Tolerance(money(0), Fraction(0)),
            "breach": rp.BreachRules(),
            "cure": rp.CureRules(payments=days(1)),
            "reminder_days": days(1),
        },
    ),
    "OverdueRuleVersions": (rp.OverdueRuleVersions, {"versions": ((START, overdue_rules()),)}),
    "ledger_on": (rp.ledger_on, LEDGER),
    "standing_on": (rp.standing_on, STANDING),
    "counted_payments": (counted_payments, {"payments": (A,), "as_of": MARCH, "known_on": MARCH}),
    "outstanding_on": (rp.outstanding_on, {"ledger": rp.ledger_on(SCHEDULE, (), as_of=MARCH)}),
}
TEXTS = {"id", "reverses", "source", "name", "debtor"}


def parameters() -> Iterator[Any]:
    for name, (_, stated) in MAKERS.items():
        for field in stated:
            yield pytest.param(name, field, id=f"{name}-{field}")


def test_the_makers_are_made_of_all_their_fields() -> None:
    for name, (maker, stated) in MAKERS.items():
        maker(**stated)
        if isinstance(maker, type):
            fields = {field.name for field in attrs.fields(maker)}
            assert set(stated) | {"grace_calendar", "counted_days"} >= fields, name


@pytest.mark.parametrize(("name", "field"), list(parameters()))
@pytest.mark.parametrize("place", range(len(WRONG_FOR_ALL)))
def test_a_value_of_the_wrong_type_is_refused_by_name(name: str, field: str, place: int) -> None:
    maker, stated = MAKERS[name]
    refused(lambda: maker(**{**stated, field: WRONG_FOR_ALL[place]}), field=field, error=rp.RepayPlanError)


@pytest.mark.parametrize("name", ["ledger_on", "standing_on", "counted_payments"])
@pytest.mark.parametrize("field", ["payments", "holds", "waivers", "charges"])
@pytest.mark.parametrize("wrong", [Stranger(), None, 5, "a", b"a", NOW, {}, []])
def test_an_item_of_the_wrong_type_is_refused_by_its_place(name: str, field: str, wrong: Wrong) -> None:
    maker, stated = MAKERS[name]
    if field in stated:
        refused(lambda: maker(**{**stated, field: [wrong]}), field=f"{field}[0]", error=rp.InputTypeError)


NAMES = [
    "",
    " ",
    "\u200b",
    "x" * 201,
    "x" * 1_000_000,
    "a\n",
    "\x00",
    "\x1b[2J",
    "\u2028",
    "\ud800",
    "\u202ea",
]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Payment", "id"),
        ("Payment", "reverses"),
        ("Payment", "source"),
        ("Waiver", "id"),
        ("Charge", "id"),
        ("AllocationOrder", "name"),
        ("standing_on", "debtor"),
    ],
)
@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_name_that_could_forge_a_line_is_refused_and_not_repeated(
    name: str, field: str, place: int
) -> None:
    maker, stated = MAKERS[name]
    found = refused(lambda: maker(**{**stated, field: NAMES[place]}), field=field, error=rp.RepayPlanError)
    assert str(found).isascii()


# ------------------------------------------------------------------------------------------ forged values


def forged(value: Value, **fields: object) -> bytes:
    """A pickle of the value with other fields, as a hostile hand would write it."""
    rebuild, (kind, arguments) = value.__reduce__()
    assert set(fields) <= set(arguments)

    class Forged:
        def __reduce__(self) -> tuple[Any, ...]:
            return rebuild, (kind, {**arguments, **fields})

    return pickle.dumps(Forged())


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        (A, {"amount": money(-1)}),
        (A, {"recorded_on": START}),
        (A, {"status": "cleared"}),
        (rp.Waiver("w", money(1), 1, FEES, FEBRUARY), {"amount": money(0)}),
        (rp.Charge("c", money(1), 1, FEES, FEBRUARY), {"component": rp.Component.PRINCIPAL}),
        (HOLD, {"last_day": START}),
        (ORDER, {"steps": ORDER.steps[1:]}),
        (rp.SwitchingOrder(((0, ORDER),)), {"orders": ()}),
        (rp.Tolerance(money(1), Fraction(0)), {"floor": money(-1)}),
        (rp.CureRules(payments=days(1)), {"payments": days(-1)}),
        (overdue_rules(), {"grace_days": days(-1)}),
        (rp.OverdueRuleVersions(((START, overdue_rules()),)), {"versions": ()}),
        (rp.ledger_on(SCHEDULE, [A], as_of=MARCH).facts, {"payments": (A, A)}),
        (rp.ledger_on(SCHEDULE, [A], as_of=MARCH), {"as_of": NOW}),
        (rp.standing_on(SCHEDULE, [A], MARCH, overdue_rules()), {"ledger": None}),
    ],
)
def test_a_forged_pickle_is_refused_when_it_is_read(value: Value, fields: dict[str, object]) -> None:
    data = forged(value, **fields)
    with pytest.raises(rp.RepayPlanError):
        pickle.loads(data)  # noqa: S301  # the forgery is the point


@pytest.fixture
def _validators_off() -> Iterator[None]:
    attrs.validators.set_disabled(True)
    yield
    attrs.validators.set_disabled(False)


@pytest.mark.usefixtures("_validators_off")
@pytest.mark.parametrize(("name", "field"), list(parameters()))
def test_types_are_checked_although_attrs_is_told_to_skip_validators(name: str, field: str) -> None:
    maker, stated = MAKERS[name]
    refused(lambda: maker(**{**stated, field: Stranger()}), field=field, error=rp.InputTypeError)


def test_reprs_hide_what_is_personal() -> None:
    payment = pay("a", 77_777, FEBRUARY, source="Sabine")
    ledger = rp.ledger_on(
        plain(12), [payment], as_of=MARCH, charges=[rp.Charge("c", money(888), 1, FEES, MARCH)]
    )
    standing = rp.standing_on(plain(12), [payment], MARCH, overdue_rules(), debtor="Sabine")
    values = [payment, ledger, ledger.facts, standing, standing.ledger.facts, rp.outstanding_on(ledger)]
    shown = "".join(map(repr, [*values, *ledger.charges]))
    for secret in ("777", "888", "8.88", "Sabine"):
        assert secret not in shown


# ------------------------------------------------------------------------------------------ time


def test_a_day_nine_thousand_years_away_is_answered_in_time() -> None:
    started = time.thread_time()
    found = rp.standing_on(plain(60), [], pendulum.date(9999, 12, 31), overdue_rules(grace_days=days(3)))
    assert found.state is rp.StandingState.BEYOND_GRACE
    assert time.thread_time() - started < 1


def test_small_credits_over_many_due_days_take_no_more_than_linear_time() -> None:
    order = rp.AllocationOrder.of("credit", tuple(rp.Component), overpayment=rp.Overpayment.CREDIT)

    def seconds(count: int) -> float:
        schedule = schedule_of(count, rp.EqualPrincipal(count), frequency=rp.Frequency.every_days(1))
        payments = [pay(f"p{place:05}", 1, DATE(2026, 1, 5)) for place in range(count)]
        started = time.thread_time()
        rp.ledger_on(schedule, payments, as_of=DATE(2036, 1, 1), order=order)
        return time.thread_time() - started

    few, many = (median(seconds(count) for _ in range(5)) for count in (150, 600))
    assert many < 8 * few  # four times as many of both
