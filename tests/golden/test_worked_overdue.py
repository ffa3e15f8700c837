"""Published examples of lateness, allocation, cure, late charges and classes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.balances import Balance, allocate_excess
from repayplan.overdue.charge_rules import LateChargeRule, LateInterestRule, LateRule, ReturnedPaymentRule
from repayplan.overdue.charges import late_charges
from repayplan.overdue.orders import CN_CIVIL_CODE_561, CN_CREDIT_CARD
from repayplan.policies import classes
from tests.overdue import BUCKETS, HOUSE, days, overdue_rules
from tests.reference import Case, case

if TYPE_CHECKING:
    from repayplan.overdue.charge_proposals import LateCharges

USD = rp.Currency.of("USD")
CNY = rp.Currency.of("CNY")
YEAR = 2023
"""A year that no source prints; it is not a leap year, as comment 39(a)-1.i.B has it."""
RULES = overdue_rules()


def worked(identity: str) -> Case:
    return case("worked_examples.json", None, identity)


def cash(amount: float, currency: rp.Currency = USD) -> rp.Money:
    """Money from a figure of the file, by its shortest text."""
    return rp.Money(Decimal(str(amount)), currency)


def day(text: str) -> pendulum.Date:
    """A date of the file, which may be without its year or have Y1 and Y2 in place of one."""
    whole = text if len(text) > len("03-15") else f"{YEAR}-{text}"
    return pendulum.Date.fromisoformat(whole.replace("Y1", str(YEAR)).replace("Y2", str(YEAR + 1)))


def schedule(first_due: dt.date, amounts: list[float], currency: rp.Currency = USD) -> rp.Schedule:
    """Amounts that fall due month by month, without interest."""
    amounts_due = tuple(cash(amount, currency) for amount in amounts)
    return rp.build_schedule(
        rp.Terms(
            principal=rp.Money.total(amounts_due, currency),
            rate=rp.Rate.annual(0),
            starts_on=pendulum.date(first_due.year, first_due.month, first_due.day).subtract(months=1),
            first_due=first_due,
            repayment=rp.CustomPayments(amounts_due),
        )
    )


def paid(on: dt.date, amount: float, name: str = "p1", **more: Any) -> rp.Payment:  # noqa: ANN401  # fields
    return rp.Payment(name, cash(amount), on, **more)


# ------------------------------------------------------------------------------------------ delinquency


def test_days_past_due_count_from_the_oldest_unpaid_due_date() -> None:
    example = worked("regx-31-delinq-2")
    due = [day(text) for text in example["inputs"]["due_dates"]]
    plan = schedule(due[0], [100] * len(due))
    payments = [paid(day(on), 100) for on, _ in example["inputs"]["payments"]]
    assert list(plan.due) == due
    found = [
        rp.standing_on(plan, payments, day(as_of), RULES).days_past_due
        for as_of in example["inputs"]["as_of"]
    ]
    assert found == example["expected"]["days_past_due"]


def test_ninety_days_after_three_installments_of_which_none_was_paid() -> None:
    example = worked("regx-39a-1-i-B")
    due = [day(text) for text in example["inputs"]["due_dates"]]
    plan = schedule(due[0], [example["inputs"]["amount"]] * len(due))
    standing = rp.standing_on(plan, [], day(example["inputs"]["as_of"]), RULES)
    assert (standing.days_past_due, standing.missed) == (example["expected"]["days_past_due"], len(due))


def test_attempts_within_36_days_of_each_due_date() -> None:
    example = worked("regx-39a-1-i-B")
    attempts = [dt.date(2023, 2, 5), dt.date(2023, 3, 25)]
    satisfied = [
        text
        for text in example["inputs"]["due_dates"]
        if any(
            0 < rp.standing_on(schedule(day(text), [2000]), [], attempt, RULES).days_past_due <= 36
            for attempt in attempts
        )
    ]
    assert satisfied == example["expected"]["attempts_2023-02-05_and_2023-03-25_satisfy"]


def test_who_performs_under_a_plan_is_not_delinquent() -> None:
    example = worked("regx-39a-1-ii")
    plan = schedule(dt.date(2023, 6, 1), [100] * 6)
    payments = [paid(dt.date(2023, month, 1), 100, f"p{month}") for month in (6, 7)]
    standing = rp.standing_on(
        plan, payments, dt.date(2023, 7, 20), RULES, contract_due_on=dt.date(2023, 1, 1)
    )
    assert standing.contract_days_past_due == 200
    delinquent = standing.days_past_due > 0
    assert delinquent is example["expected"]["delinquent_for_follow_up"]
    assert standing.state is rp.StandingState.ON_TRACK


def test_the_deadline_of_a_notice_is_the_45th_day_past_due() -> None:
    example = worked("regx-39b1-1")
    plan, deadline = schedule(day(example["inputs"]["due"]), [100]), day(example["expected"]["deadline"])
    assert example["inputs"]["rule"] == "written notice by 45th day"
    assert rp.standing_on(plan, [], deadline, RULES).days_past_due == 45
    payment = paid(day(example["expected"]["not_needed_if_paid"]), 100)
    assert rp.standing_on(plan, [payment], deadline, RULES).days_past_due == 0


def test_thirty_days_delinquent_by_months_that_were_missed() -> None:
    # By this method a month that was missed is 30 days, whatever its length: 59 days are 60 here.
    example = worked("regz-43e7-def")
    plan = schedule(dt.date(2022, 12, 1), [100] * 12)
    payments = [paid(day(text), 100) for text in example["inputs"]["paid"]]
    standings = [rp.standing_on(plan, payments, day(as_of), RULES) for as_of in example["inputs"]["as_of"]]
    assert [f"{30 * one.missed}_days_delinquent" for one in standings] == example["expected"]["status"]
    assert [one.days_past_due for one in standings] == [31, 59]


@pytest.mark.parametrize("identity", ["regz-55b4-1-2", "regz-55b4-1-3"])
def test_sixty_days_past_due_trigger_a_higher_rate(identity: str) -> None:
    example = worked(identity)
    dates, amounts = zip(*example["inputs"]["min_due"], strict=True)
    plan = schedule(day(dates[0]), list(amounts))
    on, amount = example["inputs"]["payment"]
    sixtieth = day(example["expected"]["sixtieth_day"])
    rules = overdue_rules(breach=rp.BreachRules(behind_days=days(59)))
    standing = rp.standing_on(plan, [paid(day(on), amount)], sixtieth, rules)
    assert standing.days_past_due == 60
    assert standing.is_in_breach is example["expected"]["sixty_day_trigger"]
    assert not rp.standing_on(plan, [paid(sixtieth, 50)], sixtieth, rules).is_in_breach


# ------------------------------------------------------------------------------------------ cure


def cured(example: Case, as_of: dt.date) -> rp.Standing:
    """Minimum payments of 50.00, of which the first in time makes good what was missed."""
    given = example["inputs"]
    missed, on_time = (
        [day(text) for text in given[field]] for field in ("missed_due", "on_time_min_payments")
    )
    plan = schedule(missed[0], [50] * 12)
    assert all(on in plan.due for on in (*missed, *on_time))
    behind = 50 * plan.due.index(on_time[0])
    payments = [paid(on, 50 + (behind if on == on_time[0] else 0), f"p{on}") for on in on_time]
    cure = rp.CureRules(payments=days(len(on_time)), probation_days=days(180))
    return rp.standing_on(plan, payments, as_of, overdue_rules(cure=cure))


def rates_after_cure(example: Case, changes: dict[pendulum.Date, float]) -> rp.RateSteps:
    """The rate before, the penalty rate, and that before again in the month after the cure."""
    given = example["inputs"]
    cured_on = cured(example, dt.date(YEAR + 1, 1, 1)).history.cured_on
    assert cured_on is not None
    drops_on = pendulum.Date.fromordinal(cured_on).add(months=1).replace(day=1)
    steps = {
        day("Y1-01-01"): given["rate_before"],
        day(given["effective"]): given["penalty_rate"],
        drops_on: given["rate_before"],
        **changes,
    }
    return rp.RateSteps([(on, rp.Rate.annual(Decimal(str(rate)))) for on, rate in steps.items()])


def test_six_payments_in_time_cure() -> None:
    example = worked("regz-55b4-3-iv-A")
    last = day(example["inputs"]["on_time_min_payments"][-1])
    before, after = cured(example, last), cured(example, last.add(days=1))
    assert (before.history.on_time, before.state) == (5, rp.StandingState.ON_TRACK)
    assert after.state is rp.StandingState.CURED
    rates, drop = rates_after_cure(example, {}), day(example["expected"]["rate_must_drop_on"])
    assert rates.steps[-1][0] == drop
    assert rates.on(drop) == rp.Rate.annual(Decimal(str(example["expected"]["to"])))


def test_a_cure_gives_the_rate_before_until_another_one_is_in_force() -> None:
    example = worked("regz-55b4-3-iv-C")
    on, rate = example["inputs"]["scheduled_rate_change"]
    rates = rates_after_cure(worked(example["inputs"]["base"]), {day(on): rate})
    expected = Decimal(str(example["expected"]["rate_on_Y2-01-01"]))
    assert rates.on(day("Y2-01-01")) == rp.Rate.annual(expected)
    assert rates.on(day(on)) == rp.Rate.annual(Decimal(str(rate)))


# ------------------------------------------------------------------------------------------ plan default


def test_terms_after_a_plan_has_failed_are_at_most_those_before_it() -> None:
    example = worked("regz-55b5-4-i")
    before, most = example["inputs"]["before"], example["expected"]["max_after_failure"]
    plan = schedule(dt.date(YEAR, 1, 1), [100] * 12)
    rules = overdue_rules(breach=rp.BreachRules(missed=days(1)))
    assert example["inputs"]["event"] == "missed payment"
    assert rp.standing_on(plan, [], dt.date(YEAR, 1, 2), rules).is_in_breach
    regulation = rp.Citation(
        title="12 CFR Part 1026", article="§ 1026.55(b)(5)", force=rp.Force.LAW, evidence=rp.Evidence.PRIMARY
    )
    fee, margin = (
        rp.Limit(value, regulation, rp.Comparison.AT_MOST, protects=rp.Protects.LOWER)
        for value in (before["annual_fee"], before["margin_pp"])
    )
    for limit, highest in ((fee, most["annual_fee"]), (margin, most["margin_pp"])):
        assert rp.Finding.against("after_failure", highest, limit).passed
        assert not rp.Finding.against("after_failure", highest + 1, limit).passed
        with pytest.raises(rp.PolicyError):
            limit.moved(highest + 1, HOUSE)


# ------------------------------------------------------------------------------------------ allocation


def balances_of(rows: list[list[Any]]) -> list[Balance]:
    return [
        Balance(
            name,
            cash(amount),
            rp.Rate.annual(Decimal(str(rate))),
            *(cash(detail["disputed"]) for detail in details),
        )
        for name, amount, rate, *details in rows
    ]


@pytest.mark.parametrize("identity", ["regz-53-5-i", "regz-53-5-ii"])
def test_the_excess_pays_the_highest_rate_first(identity: str) -> None:
    example = worked(identity)
    found = allocate_excess(cash(example["inputs"]["excess"]), balances_of(example["inputs"]["balances"]))
    assert found.by_id == {name: cash(amount) for name, amount in example["expected"].items()}
    assert not found.remainder


def test_balances_of_one_rate_share_what_the_higher_ones_leave() -> None:
    example = worked("regz-53-5-iv")
    found = allocate_excess(cash(example["inputs"]["excess"]), balances_of(example["inputs"]["balances"]))
    assert found["cash"] == cash(example["expected"]["cash"])
    assert found["purch"] + found["transfer"] == cash(example["expected"]["purch+transfer"])


def test_rates_of_the_end_of_the_cycle_or_of_the_day_of_credit() -> None:
    example = worked("regz-53-2-i")
    for given, expected in (("prior_cycle_end", "by_prior_cycle"), ("credit_day", "by_credit_day")):
        balances = balances_of(example["inputs"][f"balances_{given}"])
        found = allocate_excess(cash(example["inputs"]["excess"]), balances)
        paid_ones = {name: amount for name, amount in found.by_id.items() if amount}
        assert paid_ones == {name: cash(amount) for name, amount in example["expected"][expected].items()}


def test_disputed_amounts_come_last() -> None:
    example = worked("regz-53-3-i")
    balances = balances_of(example["inputs"]["balances"])
    found = allocate_excess(cash(example["inputs"]["excess"]), balances)
    expected = example["expected"]
    assert found["cash"] == balances[0].undisputed == cash(expected["cash_undisputed"])
    assert found["purch"] == cash(expected["purch"])
    assert found["cash"] - balances[0].undisputed == cash(expected["disputed"])


def owing(principal: float, **carried: float) -> rp.Schedule:
    """One installment of principal with interest and fees that are owed at the start."""
    balances = {
        name: rp.CarriedBalance(cash(amount, CNY), rp.CarriedTreatment.FIRST)
        for name, amount in carried.items()
    }
    return rp.build_schedule(
        rp.Terms(
            principal=cash(principal, CNY),
            rate=rp.Rate.annual(0),
            starts_on=dt.date(YEAR, 1, 1),
            first_due=dt.date(YEAR, 2, 1),
            repayment=rp.EqualPrincipal(1),
            carried=rp.CarriedBalances(**balances),
        )
    )


def test_cards_in_china_pay_principal_first_from_the_91st_day() -> None:
    example = worked("cn-art57")
    given, on = example["inputs"], pendulum.date(YEAR, 3, 1)
    plan = owing(given["buckets"]["principal"], interest=given["buckets"]["fees_interest"])
    payment = rp.Payment("p1", cash(given["payment"], CNY), on)
    ledgers = [
        rp.ledger_on(
            plan, [payment], order=CN_CREDIT_CARD, as_of=on, contract_due_on=on.subtract(days=days_past_due)
        )
        for days_past_due in given["dpd"]
    ]
    for field, component in (
        ("to_fees_interest", rp.Component.INTEREST),
        ("to_principal", rp.Component.PRINCIPAL),
    ):
        expected = [cash(amount, CNY) for amount in example["expected"][field]]
        assert [ledger.installments[0][component].paid for ledger in ledgers] == expected


def test_the_civil_code_of_china_pays_costs_then_interest_then_principal() -> None:
    example = worked("cn-civil561")
    owed, on = example["inputs"]["buckets"], dt.date(YEAR, 3, 1)
    plan = owing(owed["principal"], interest=owed["interest"], fees=owed["enforcement_costs"])
    payment = rp.Payment("p1", cash(example["inputs"]["payment"], CNY), on)
    paid_parts = rp.ledger_on(plan, [payment], order=CN_CIVIL_CODE_561, as_of=on).installments[0]
    found = {
        name: paid_parts[component].paid
        for name, component in (
            ("enforcement_costs", rp.Component.FEES),
            ("interest", rp.Component.INTEREST),
            ("principal", rp.Component.PRINCIPAL),
        )
    }
    assert found == {name: cash(amount, CNY) for name, amount in example["expected"].items()}


# ------------------------------------------------------------------------------------------ late charges

DEAR = rp.Limit(cash(100), HOUSE)
"""More than any payment of the examples asks for, so that it is the cap which shows."""


def late_fee(after_days: int) -> LateChargeRule:
    return LateChargeRule(
        name="late fee", component=rp.Component.FEES, after_days=days(after_days), fixed=DEAR
    )


RETURNED = ReturnedPaymentRule(name="returned payment fee", component=rp.Component.FEES, fixed=DEAR)


def charged(
    plan: rp.Schedule,
    payments: list[rp.Payment],
    as_of: dt.date,
    *rules: LateRule,
    charges: tuple[rp.Charge, ...] = (),
) -> LateCharges:
    return late_charges(plan, payments, as_of, rules=rules, overdue_rules=RULES, charges=charges)


def test_a_late_fee_is_at_most_the_payment_that_was_missed() -> None:
    example = worked("regz-52b2i-1-i")
    given = example["inputs"]
    assert given["paid_by_due"] == 0
    plan = schedule(dt.date(YEAR, 3, 25), [given["min_due"]])
    fee = charged(plan, [], dt.date(YEAR, 4, 30), late_fee(1)).due[0]
    assert fee.amount == cash(example["expected"]["late_fee_cap"])


def test_the_cap_follows_the_payment_that_was_missed_and_not_the_next() -> None:
    example = worked("regz-52b2i-1-iii")
    given = example["inputs"]
    plan = schedule(day("10-28"), [given["min_due_10-28"], given["min_due_11-28"]])
    fee = charged(plan, [], dt.date(YEAR, 11, 28), late_fee(8)).due[0]
    assert fee.on == day(given["fee_date"])
    assert fee.amount == cash(example["expected"]["late_fee_cap"])


def test_a_fee_for_a_returned_payment_is_at_most_what_was_due_before() -> None:
    example = worked("regz-52b2i-2-ii")
    given = example["inputs"]
    plan = schedule(day("03-25"), [given["min_due_03-25"], given["min_due_04-25"]])
    check = paid(
        day(given["received"]), 50, recorded_on=day(given["returned"]), status=rp.PaymentStatus.FAILED
    )
    fee = charged(plan, [check], dt.date(YEAR, 4, 10), RETURNED).due[0]
    assert (fee.amount, fee.on) == (cash(example["expected"]["returned_fee_cap"]), day(given["returned"]))


def test_a_check_that_is_returned_again_costs_nothing_more() -> None:
    example = worked("regz-52b2i-2-iii")
    plan = schedule(day("03-25"), [15, 30])
    first, again = (
        paid(day("03-31"), 50, name, recorded_on=day(returned), status=rp.PaymentStatus.FAILED)
        for name, returned in (("check", "04-02"), ("check again", "04-28"))
    )
    fee = charged(plan, [first], dt.date(YEAR, 4, 10), RETURNED).due[0].to_charge()
    found = charged(plan, [first, again], dt.date(YEAR, 4, 30), RETURNED, charges=(fee,))
    assert rp.Money.total([one.amount for one in found.due], USD) == cash(
        example["expected"]["second_returned_fee"]
    )
    assert not found.to_withdraw


def test_a_payment_of_the_next_amount_in_time_brings_no_second_fee() -> None:
    example = worked("regz-52b2ii-1-i-B")
    given = example["inputs"]
    plan = schedule(day("03-25"), [given["min_due_03-25"]] * 2)
    assert given["min_due_04-25"] == "20 (excludes arrears)"
    on, amount = given["payment"]
    first = charged(plan, [], day("04-10"), late_fee(1)).due[0].to_charge()
    found = charged(plan, [paid(day(on), amount)], day("05-20"), late_fee(1), charges=(first,))
    assert bool(found.due) is example["expected"]["second_late_fee_allowed"]
    assert not found.to_withdraw


def test_one_event_brings_a_late_fee_or_a_fee_for_the_returned_payment() -> None:
    example = worked("regz-52b2ii-1-ii-A")
    given = example["inputs"]
    plan = schedule(day("03-25"), [given["min_due"]])
    check = paid(
        day(given["received"]),
        given["check"],
        recorded_on=day(given["returned"]),
        status=rp.PaymentStatus.FAILED,
    )
    fees = charged(plan, [check], day("04-24"), late_fee(1), RETURNED).due
    assert len(fees) == example["expected"]["fees_allowed"]
    assert fees[0].rule.name.split()[0] in example["expected"]["either"]


def test_interest_for_late_enforcement_in_china() -> None:
    example = worked("cn-exec-interest")
    given = example["inputs"]
    plan = schedule(dt.date(YEAR, 1, 31), [given["principal_judgment"]], CNY)
    rule = LateInterestRule(
        name="doubled part",
        rate=rp.Rate.daily(Decimal(str(given["daily"]))),
        day_count=rp.DayCount.ACT_365F,
        citation=HOUSE,
    )
    found = charged(plan, [], pendulum.date(YEAR, 1, 31).add(days=given["days"]), rule).due
    assert [one.amount for one in found] == [cash(example["expected"]["doubled_part"], CNY)]


# ------------------------------------------------------------------------------------------ classes


def test_retail_credit_in_the_united_states() -> None:
    example = worked("ffiec-retail")
    scales = {"closed": classes.US_RETAIL_CLOSED_END, "open": classes.US_RETAIL_OPEN_END}
    rows = zip(example["inputs"]["type"], example["inputs"]["dpd"], strict=True)
    found = [rp.OverdueRules(buckets=BUCKETS, classes=scales[kind]).class_of(late) for kind, late in rows]
    assert found == example["expected"]["class"]
