"""Orders of allocation: what makes one, and which cent goes where by it."""

from __future__ import annotations

import pickle
from itertools import permutations, product
from typing import TYPE_CHECKING

import pytest

import repayplan as rp
from repayplan.overdue.allocation import check_order
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from tests.overdue import (
    DATE,
    FEES,
    HOUSE,
    INTEREST,
    PENALTIES,
    PRINCIPAL,
    Wrong,
    bearing,
    money,
    parts_of,
    pay,
    plain,
)

if TYPE_CHECKING:
    import pendulum

PAST_DUE, DUE, IN_ADVANCE = rp.Timing
ALL = (PENALTIES, FEES, INTEREST, PRINCIPAL)
EVERY_STEP = tuple(product(rp.Timing, ALL))
ACROSS = rp.Sweep.ACROSS


def order_of(*components: rp.Component, **more: Wrong) -> rp.AllocationOrder:
    """An order by components, those of the usual order if none is named."""
    return rp.AllocationOrder.of("ours", components or ALL, **more)


def charged() -> rp.Schedule:
    """Rows of 1.00 penalties, 1.00 fees, 3.00, 2.00 and 1.00 interest, and 100.00 principal."""
    spread = rp.CarriedBalance(money(300), rp.CarriedTreatment.SPREAD)
    return bearing(carried=rp.CarriedBalances(fees=spread, penalties=spread))


REACHING = rp.AllocationOrder(
    "interest of all, then principal",
    (
        *product((PAST_DUE,), ALL),
        (DUE, PENALTIES),
        (DUE, FEES),
        (DUE, INTEREST),
        (IN_ADVANCE, INTEREST),
        (DUE, PRINCIPAL),
        (IN_ADVANCE, PENALTIES),
        (IN_ADVANCE, FEES),
        (IN_ADVANCE, PRINCIPAL),
    ),
)


# ------------------------------------------------------------------------------------------ what makes one


def test_an_order_by_components_takes_past_due_due_and_in_advance_in_turn() -> None:
    made = order_of(INTEREST, PRINCIPAL, FEES, PENALTIES, sweep=ACROSS, citation=HOUSE)
    components = (INTEREST, PRINCIPAL, FEES, PENALTIES)
    assert made.steps == tuple(product((PAST_DUE, DUE, IN_ADVANCE), components))
    assert (made.name, made.sweep, made.citation) == ("ours", ACROSS, HOUSE)
    assert (made.overpayment, made.honours_installment) == (rp.Overpayment.NEXT_INSTALLMENT, False)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


@pytest.mark.parametrize(
    "steps",
    [
        (),
        EVERY_STEP[:-1],
        (*EVERY_STEP[:-1], EVERY_STEP[0]),  # one twice, one missing
        (*EVERY_STEP, EVERY_STEP[0]),
        ((PAST_DUE, PENALTIES, FEES), *EVERY_STEP[1:]),
        ((PENALTIES, PAST_DUE), *EVERY_STEP[1:]),
        (([], {}), *EVERY_STEP[1:]),  # unhashable
        ((), *EVERY_STEP[1:]),
        tuple((timing.value, component.value) for timing, component in EVERY_STEP),
    ],
)
def test_each_pair_stands_in_an_order_once(steps: Wrong) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.AllocationOrder("ours", steps)
    assert caught.value.field == "steps"
    assert caught.value.code in {"order.steps", "tuple.length"}


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"name": ""}, "name", rp.PolicyError),
        ({"name": None}, "name", rp.InputTypeError),
        ({"steps": None}, "steps", rp.InputTypeError),
        ({"steps": "steps"}, "steps", rp.InputTypeError),
        ({"steps": [[PAST_DUE, FEES]] * 12}, "steps[0]", rp.InputTypeError),
        ({"steps": [*EVERY_STEP[:-1], None]}, "steps[11]", rp.InputTypeError),
        ({"sweep": "across"}, "sweep", rp.InputTypeError),
        ({"overpayment": None}, "overpayment", rp.InputTypeError),
        ({"honours_installment": 1}, "honours_installment", rp.InputTypeError),
        ({"citation": "article 561"}, "citation", rp.InputTypeError),
    ],
)
def test_what_makes_no_order_is_refused_and_named(
    fields: dict[str, Wrong], field: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        rp.AllocationOrder(**{"name": "ours", "steps": EVERY_STEP, **fields})
    assert caught.value.field == field


@pytest.mark.parametrize("components", [None, 5, object(), rp.Component.FEES])
def test_components_that_are_no_list_are_refused(components: Wrong) -> None:
    with pytest.raises(rp.InputTypeError):
        rp.AllocationOrder.of("ours", components)


@pytest.mark.parametrize(
    "components",
    [(), (PENALTIES,), (PENALTIES, FEES, INTEREST, INTEREST), "pfip", (*ALL, PRINCIPAL), [[]] * 4],
)
def test_all_four_components_are_named_once(components: Wrong) -> None:
    with pytest.raises(rp.RepayPlanError):
        rp.AllocationOrder.of("ours", components)


@pytest.mark.parametrize("overpayment", [rp.Overpayment.SHORTEN_TERM, rp.Overpayment.LOWER_INSTALLMENTS])
def test_an_order_that_saves_interest_pays_nothing_else_in_advance(overpayment: rp.Overpayment) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        order_of(overpayment=overpayment, honours_installment=True)
    assert (caught.value.code, caught.value.field) == ("order.overpayment", "overpayment")
    with pytest.raises(rp.PolicyError):
        rp.AllocationOrder("ours", REACHING.steps, overpayment=overpayment)


def test_only_an_early_repayment_saves_interest() -> None:
    saving = [overpayment for overpayment in rp.Overpayment if overpayment.saves_interest]
    assert saving == [rp.Overpayment.SHORTEN_TERM, rp.Overpayment.LOWER_INSTALLMENTS]


def test_an_order_reaches_ahead_if_something_due_comes_after_something_in_advance() -> None:
    assert REACHING.reaches_ahead
    assert not order_of().reaches_ahead
    assert not order_of(sweep=ACROSS).reaches_ahead


@pytest.mark.parametrize("components", list(permutations(ALL)))
def test_sums_judge_unless_the_oldest_installment_is_paid_whole(
    components: tuple[rp.Component, ...],
) -> None:
    assert not order_of(*components).judges_by_sums
    assert order_of(*components, sweep=ACROSS).judges_by_sums


def test_sums_judge_where_an_order_reaches_ahead() -> None:
    assert REACHING.judges_by_sums


def test_sums_judge_where_single_steps_let_principal_due_go_before_older_interest() -> None:
    steps = [
        pair
        for component in (PRINCIPAL, INTEREST, FEES, PENALTIES)
        for pair in product(rp.Timing, [component])
    ]
    due = [step for step in steps if step[0] is not IN_ADVANCE]
    ahead = [step for step in steps if step[0] is IN_ADVANCE]
    assert rp.AllocationOrder("by component", (*due, *ahead)).judges_by_sums


def test_an_order_does_not_change_with_the_days() -> None:
    assert order_of().on(0) == order_of().on(4_000) == order_of()


# ------------------------------------------------------------------------------------------ one that switches


def test_an_order_switches_from_its_day_on() -> None:
    first, later = order_of(), order_of(PRINCIPAL, INTEREST, FEES, PENALTIES)
    made = rp.SwitchingOrder(((0, first), (91, later)))
    assert [made.on(days) for days in (0, 90, 91, 4_000_000)] == [first, first, later, later]
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


@pytest.mark.parametrize("days", [-1, None, "91", 1.5, True])
def test_only_a_number_of_days_switches(days: Wrong) -> None:
    with pytest.raises(rp.RepayPlanError):
        rp.SwitchingOrder(((0, order_of()),)).on(days)


def test_sums_judge_if_they_do_for_one_of_the_orders() -> None:
    by_parts, by_sums = order_of(), order_of(PRINCIPAL, INTEREST, FEES, PENALTIES, sweep=ACROSS)
    assert rp.SwitchingOrder(((0, by_parts), (91, by_sums))).judges_by_sums
    assert not rp.SwitchingOrder(((0, by_parts), (91, by_parts))).judges_by_sums


@pytest.mark.parametrize(
    ("orders", "field", "error"),
    [
        ((), "orders", rp.PolicyError),
        (((1, order_of()),), "orders", rp.PolicyError),
        (((0, order_of()), (0, order_of())), "orders", rp.PolicyError),
        (((0, order_of()), (91, order_of()), (90, order_of())), "orders", rp.PolicyError),
        (((0,),), "orders[0]", rp.PolicyError),
        (((0, order_of()), (91, order_of(), "x")), "orders[1]", rp.PolicyError),
        (((-1, order_of()),), "orders[0]", rp.PolicyError),
        (((4_000_001, order_of()),), "orders[0]", rp.PolicyError),
        (((True, order_of()),), "orders[0]", rp.InputTypeError),
        ((([], order_of()),), "orders[0]", rp.InputTypeError),
        (((0, "order"),), "orders[0]", rp.InputTypeError),
        (((0, rp.SwitchingOrder(((0, order_of()),))),), "orders[0]", rp.InputTypeError),
        (([0, order_of()],), "orders[0]", rp.InputTypeError),
        (None, "orders", rp.InputTypeError),
        ({0: order_of()}, "orders", rp.InputTypeError),
        (tuple((day, order_of()) for day in range(13)), "orders", rp.PolicyError),
    ],
)
def test_what_makes_no_switching_order_is_refused_and_named(
    orders: Wrong, field: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        rp.SwitchingOrder(orders)
    assert caught.value.field == field


@pytest.mark.parametrize("order", [None, "order", EVERY_STEP, rp.AllocationOrder])
def test_what_is_no_order_pays_nothing(order: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        check_order(order)
    assert (caught.value.code, caught.value.field) == ("order.type", "order")
    with pytest.raises(rp.InputTypeError):
        rp.ledger_on(plain(), [], as_of=DATE(2026, 2, 1), order=order)


# ------------------------------------------------------------------------------------------ sweeps


def allocated(
    order: rp.AllocationOrder | rp.SwitchingOrder,
    *payments: rp.Payment,
    as_of: pendulum.Date = DATE(2026, 3, 5),  # noqa: B008  # a frozen date
    schedule: rp.Schedule | None = None,
    **more: Wrong,
) -> list[tuple[str, int, rp.Component, int]]:
    return parts_of(
        rp.ledger_on(charged() if schedule is None else schedule, payments, as_of=as_of, order=order, **more)
    )


def test_installment_by_installment_pays_one_whole_before_the_next() -> None:
    # 105.00 is the first one, 1.50 of the second follow
    assert allocated(order_of(), pay("a", 10_650, DATE(2026, 3, 5))) == [
        ("a", 1, PENALTIES, 100),
        ("a", 1, FEES, 100),
        ("a", 1, INTEREST, 300),
        ("a", 1, PRINCIPAL, 10_000),
        ("a", 2, PENALTIES, 100),
        ("a", 2, FEES, 50),
    ]


def test_across_all_pays_one_component_of_all_before_the_next() -> None:
    assert allocated(order_of(sweep=ACROSS), pay("a", 1_000, DATE(2026, 3, 5))) == [
        ("a", 1, PENALTIES, 100),
        ("a", 2, PENALTIES, 100),
        ("a", 1, FEES, 100),
        ("a", 2, FEES, 100),
        ("a", 1, INTEREST, 300),
        ("a", 2, INTEREST, 200),
        ("a", 1, PRINCIPAL, 100),
    ]


def test_across_all_what_is_past_due_comes_before_what_is_due_today() -> None:
    assert allocated(order_of(sweep=ACROSS), pay("a", 10_700, DATE(2026, 3, 1)), as_of=DATE(2026, 3, 1)) == [
        ("a", 1, PENALTIES, 100),
        ("a", 1, FEES, 100),
        ("a", 1, INTEREST, 300),
        ("a", 1, PRINCIPAL, 10_000),
        ("a", 2, PENALTIES, 100),
        ("a", 2, FEES, 100),
    ]


def test_single_steps_of_an_order_are_carried_out_one_by_one() -> None:
    # all interest that is past due or due goes before any principal, although the sweep is by installment
    interest_first = (
        *(
            (timing, component)
            for component in (INTEREST, PRINCIPAL, FEES, PENALTIES)
            for timing in (PAST_DUE, DUE)
        ),
        *product((IN_ADVANCE,), ALL),
    )
    order = rp.AllocationOrder("interest, then principal", interest_first)
    assert allocated(order, pay("a", 600, DATE(2026, 3, 1))) == [
        ("a", 1, INTEREST, 300),
        ("a", 2, INTEREST, 200),
        ("a", 1, PRINCIPAL, 100),
    ]


def test_an_order_that_reaches_ahead_does_so_where_the_step_stands() -> None:
    # 3.00 due, then 2.00 and 1.00 in advance, then principal due
    on_due_day = allocated(REACHING, pay("a", 750, DATE(2026, 2, 1)), schedule=bearing())
    assert on_due_day == [
        ("a", 1, INTEREST, 300),
        ("a", 2, INTEREST, 200),
        ("a", 3, INTEREST, 100),
        ("a", 1, PRINCIPAL, 150),
    ]


def test_what_an_order_that_reaches_ahead_leaves_goes_on_in_advance() -> None:
    # 106.00 as above, and 94.00 of the next principal
    parts = allocated(REACHING, pay("a", 20_000, DATE(2026, 2, 1)), schedule=bearing())
    assert parts[-2:] == [("a", 1, PRINCIPAL, 10_000), ("a", 2, PRINCIPAL, 9_400)]


# ------------------------------------------------------------------------------------------ overpayments

EARLY = DATE(2026, 1, 15)


def test_too_much_pays_the_next_installment_unless_said_otherwise() -> None:
    assert allocated(order_of(), pay("a", 15_000, EARLY), schedule=plain()) == [
        ("a", 1, PRINCIPAL, 10_000),
        ("a", 2, PRINCIPAL, 5_000),
    ]


def test_too_much_pays_the_next_installment_component_by_component_across_all() -> None:
    # 3.00, 2.00 and 1.00 of interest in advance, then principal
    assert allocated(order_of(sweep=ACROSS), pay("a", 700, EARLY), schedule=bearing()) == [
        ("a", 1, INTEREST, 300),
        ("a", 2, INTEREST, 200),
        ("a", 3, INTEREST, 100),
        ("a", 1, PRINCIPAL, 100),
    ]


def test_too_much_may_pay_the_last_installment() -> None:
    order = order_of(overpayment=rp.Overpayment.LAST_INSTALLMENT)
    assert allocated(order, pay("a", 15_000, EARLY), schedule=plain()) == [
        ("a", 3, PRINCIPAL, 10_000),
        ("a", 2, PRINCIPAL, 5_000),
    ]
    across = order_of(sweep=ACROSS, overpayment=rp.Overpayment.LAST_INSTALLMENT)
    assert allocated(across, pay("a", 250, EARLY), schedule=bearing()) == [
        ("a", 3, INTEREST, 100),
        ("a", 2, INTEREST, 150),
    ]


def test_credit_waits_for_the_day_on_which_something_falls_due() -> None:
    order = order_of(overpayment=rp.Overpayment.CREDIT)
    before = rp.ledger_on(plain(), [pay("a", 15_000, EARLY)], as_of=DATE(2026, 1, 31), order=order)
    assert (parts_of(before), before.credit) == ([], money(15_000))
    after = rp.ledger_on(plain(), [pay("a", 15_000, EARLY)], as_of=DATE(2026, 2, 28), order=order)
    assert (parts_of(after), after.credit) == ([("a", 1, PRINCIPAL, 10_000)], money(5_000))
    (only,) = after.allocations
    assert (only.on, only.timing) == (DATE(2026, 2, 1), DUE)
    due = rp.ledger_on(plain(), [pay("a", 15_000, EARLY)], as_of=DATE(2026, 3, 1), order=order)
    assert (due.allocations[1].on, due.credit) == (DATE(2026, 3, 1), money(0))


def test_the_oldest_credit_pays_first_and_before_what_comes_in_on_the_day() -> None:
    order = order_of(overpayment=rp.Overpayment.CREDIT)
    payments = [pay("c", 4_000, DATE(2026, 2, 1)), pay("b", 3_000, EARLY), pay("d", 5_000, DATE(2026, 1, 10))]
    # 50.00 of the 10th, 30.00 of the 15th and 20.00 of the day; the other 20.00 wait until March
    assert allocated(order, *payments, schedule=plain(), as_of=DATE(2026, 3, 1)) == [
        ("d", 1, PRINCIPAL, 5_000),
        ("b", 1, PRINCIPAL, 3_000),
        ("c", 1, PRINCIPAL, 2_000),
        ("c", 2, PRINCIPAL, 2_000),
    ]


def test_money_beyond_everything_is_credit_whatever_the_order_does() -> None:
    for overpayment in rp.Overpayment:
        ledger = rp.ledger_on(
            plain(),
            [pay("a", 31_000, EARLY)],
            as_of=DATE(2026, 4, 1),
            order=order_of(overpayment=overpayment),
        )
        assert (ledger.credit, ledger.outstanding) == (money(1_000), money(0))


# ------------------------------------------------------------------------------------------ designation

HONOURING = order_of(honours_installment=True)


@pytest.mark.parametrize(("number", "timing"), [(1, PAST_DUE), (2, DUE), (3, IN_ADVANCE)])
def test_a_client_may_say_what_a_payment_is_for(number: int, timing: rp.Timing) -> None:
    day = DATE(2026, 3, 1)
    ledger = rp.ledger_on(plain(), [pay("a", 9_000, day, installment=number)], as_of=day, order=HONOURING)
    assert parts_of(ledger) == [("a", number, PRINCIPAL, 9_000)]
    assert ledger.allocations[0].timing is timing


def test_what_the_named_installment_does_not_need_goes_the_usual_way() -> None:
    # 103.00 are the third one, and 2.00 the first: penalties and fees
    parts = allocated(HONOURING, pay("a", 10_500, DATE(2026, 3, 5), installment=3))
    assert parts == [
        ("a", 3, PENALTIES, 100),
        ("a", 3, FEES, 100),
        ("a", 3, INTEREST, 100),
        ("a", 3, PRINCIPAL, 10_000),
        ("a", 1, PENALTIES, 100),
        ("a", 1, FEES, 100),
    ]


def test_an_order_that_does_not_honour_it_pays_the_oldest() -> None:
    parts = allocated(order_of(), pay("a", 50, DATE(2026, 3, 5), installment=3))
    assert parts == [("a", 1, PENALTIES, 50)]


def test_without_a_word_of_the_client_the_order_decides() -> None:
    assert allocated(HONOURING, pay("a", 50, DATE(2026, 3, 5))) == [("a", 1, PENALTIES, 50)]


# ------------------------------------------------------------------------------------------ the rule's name


def test_every_allocation_names_the_rule_that_decided_it() -> None:
    ledger = rp.ledger_on(plain(), [pay("a", 15_000, DATE(2026, 2, 1))], as_of=DATE(2026, 2, 1))
    assert ledger.order is PENALTIES_FEES_INTEREST_PRINCIPAL
    assert [allocation.rule for allocation in ledger.allocations] == [
        "penalties, fees, interest, principal: due principal",
        "penalties, fees, interest, principal: in advance principal",
    ]


def test_credit_of_several_payments_that_were_for_an_installment_is_tried_each_in_turn() -> None:
    order = order_of(honours_installment=True, overpayment=rp.Overpayment.CREDIT)
    payments = [pay(name, 20_000, DATE(2026, 2, 1), installment=1) for name in ("a", "b")]
    ledger = rp.ledger_on(plain(), payments, as_of=DATE(2026, 2, 1), order=order)
    assert ledger.credit == money(30_000)
    later = rp.ledger_on(plain(), payments, as_of=DATE(2026, 3, 1), order=order)
    assert parts_of(later)[-1] == ("a", 2, PRINCIPAL, 10_000)
    assert later.credit == money(20_000)
