"""Schedules of the ACTUS tests (CC BY-SA 4.0), which are not rounded: checked with a currency of 12 digits.

The published figures are floats written as text, so this is the one place where amounts are compared within a
bound, a thousand millionth of a dollar, rather than for equality.

How a contract maps (ACTUS technical specification): an ANN is a level payment, a LAM equal principal, a PAM
interest only with all the principal at the end. A cycle such as ``P1ML0`` is a period, and what is made of a
last one that is not whole: ``L0`` adds it to the one before, ``L1`` keeps it. Where the payment is given, it
is paid until the last date, which clears the debt.
"""

from __future__ import annotations

import datetime
import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pendulum
import pytest

import repayplan as rp
from tests.reference import Case, case

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.schedule.repayment import Repayment

FILE = "actus_schedules.json"
FINE_DOLLARS = rp.Currency("USD", 12)
BOUND = Decimal("1e-9")

DAY_COUNTS = {
    "A360": rp.DayCount.ACT_360,
    "A365": rp.DayCount.ACT_365F,
    "30E360": rp.DayCount.THIRTY_E_360,
    "30E360ISDA": rp.DayCount.THIRTY_E_360_ISDA,
    "AA": rp.DayCount.ACT_ACT_ISDA,
}
CYCLES: Final[dict[str, Callable[[int], rp.Frequency]]] = {
    "D": rp.Frequency.every_days,
    "W": rp.Frequency.every_weeks,
    "M": rp.Frequency.every_months,
    "Q": lambda count: rp.Frequency.every_months(3 * count),
    "H": lambda count: rp.Frequency.every_months(6 * count),
    "Y": lambda count: rp.Frequency.every_months(12 * count),
}
STUBS = {"0": rp.Stub.LONG, "1": rp.Stub.SHORT}
MANY = 1_000


def day(text: str) -> pendulum.Date:
    plain = datetime.datetime.fromisoformat(text).date()
    return pendulum.date(plain.year, plain.month, plain.day)


def cycle_of(contract: Case) -> tuple[rp.Frequency, rp.Stub]:
    """Read a cycle such as ``P1ML0``."""
    name = "Interest" if contract["contractType"] == "PAM" else "Principal"
    text = contract[f"cycleOf{name}{'Payment' if name == 'Interest' else 'Redemption'}"]
    found = re.fullmatch(r"P(\d+)([DWMQHY])L([01])", text)
    assert found is not None, text
    count, unit, stub = found.groups()
    return CYCLES[unit](int(count)), STUBS[stub]


def first_due_of(contract: Case, frequency: rp.Frequency) -> pendulum.Date:
    """Give the cycle's first date after the debt was paid out."""
    interest = contract["contractType"] == "PAM"
    anchor = day(
        contract["cycleAnchorDateOfInterestPayment" if interest else "cycleAnchorDateOfPrincipalRedemption"]
    )
    starts_on = day(contract["initialExchangeDate"])
    return next(due for due in rp.due_dates(anchor, frequency, MANY) if due > starts_on)


def count_to(ends_on: pendulum.Date, first: pendulum.Date, frequency: rp.Frequency, stub: rp.Stub) -> int:
    """Count the due dates up to the end: a last period that is not whole is long or short."""
    due = list(itertools.takewhile(lambda date: date <= ends_on, rp.due_dates(first, frequency, MANY)))
    on_grid = bool(due) and due[-1] == ends_on
    return max(1, len(due) + (0 if on_grid or stub is rp.Stub.LONG else 1))


def repayment_of(contract: Case, count: int) -> Repayment:
    if contract["contractType"] == "PAM":
        return rp.InterestOnly(count)
    if contract["contractType"] == "LAM":
        return rp.EqualPrincipal(count)
    if "nextPrincipalRedemptionPayment" not in contract:
        return rp.LevelPayment(count)
    given = rp.Money(contract["nextPrincipalRedemptionPayment"], FINE_DOLLARS)
    at_most = rp.Money(contract["notionalPrincipal"], FINE_DOLLARS) * 2
    return rp.StepPayments(((count - 1, given), (1, at_most)))


def terms_of(contract: Case) -> rp.Terms:
    frequency, stub = cycle_of(contract)
    first_due = first_due_of(contract, frequency)
    end = contract.get("maturityDate") or contract.get("amortizationDate")
    if end is None:  # equal parts of the principal, as many as are given
        parts = Decimal(contract["notionalPrincipal"]) / Decimal(contract["nextPrincipalRedemptionPayment"])
        count = int(parts)
        assert count == parts
    else:
        count = count_to(day(end), first_due, frequency, stub)
    return rp.Terms(
        principal=rp.Money(contract["notionalPrincipal"], FINE_DOLLARS),
        rate=rp.Rate.annual(contract["nominalInterestRate"]),
        starts_on=day(contract["initialExchangeDate"]),
        first_due=first_due,
        frequency=frequency,
        ends_on=None if end is None else day(end),
        stub=stub,
        repayment=repayment_of(contract, count),
        day_count=DAY_COUNTS[contract["dayCountConvention"]],
    )


def agrees(money: rp.Money, published: str | float, sign: int) -> bool:
    return abs(money.amount - sign * Decimal(str(published))) < BOUND


LEVEL = ["ann01", "ann02", "ann06", "ann07", "ann08", "ann20", "ann27"]
EQUAL_PRINCIPAL = ["lam06", "lam27", "lam28"]
BULLET = ["pam01", "pam03"]


@pytest.mark.parametrize("identity", [*LEVEL, *EQUAL_PRINCIPAL, *BULLET])
def test_every_row_of_the_source_is_reproduced(identity: str) -> None:
    row = case(FILE, "cases", identity)
    # "RPL" is the borrower's side of the contract: the same figures with the opposite sign
    sign = -1 if row["terms"]["contractRole"] == "RPL" else 1
    published = [line for line in row["expected_rows"] if "disbursement" not in line]
    schedule = rp.build_schedule(terms_of(row["terms"]))
    truncated = any(feature.startswith("truncated") for feature in row["features"])
    assert len(schedule) > len(published) if truncated else len(schedule) == len(published)
    for installment, line in zip(schedule, published, strict=not truncated):
        assert str(installment.due_on) == line["date"]
        assert agrees(installment.principal, line["principal"], sign)
        assert agrees(installment.interest, line["interest"], sign)
        assert agrees(installment.closing, line["balance"], sign)


def test_the_payment_that_is_given_is_the_one_that_we_work_out() -> None:
    # ann01 gives the payment that ann07, the same contract but for that, leaves to be worked out.
    given = case(FILE, "cases", "ann01")["terms"]["nextPrincipalRedemptionPayment"]
    worked_out = rp.build_schedule(terms_of(case(FILE, "cases", "ann07")["terms"]))
    assert agrees(worked_out[0].amount, given, 1)


def test_a_cycle_is_cut_off_before_its_end_where_the_source_says_so() -> None:
    row = case(FILE, "cases", "ann08")
    assert row["features"][-1] == "truncated at 2019-02-10"
    assert (len(row["expected_rows"]), len(rp.build_schedule(terms_of(row["terms"])))) == (73, 120)


@pytest.mark.parametrize(
    ("cycle", "last_two"),
    [("P1ML0", ["2013-12-01", "2014-01-16"]), ("P1ML1", ["2014-01-01", "2014-01-16"])],
)
def test_a_last_period_that_is_not_whole_is_long_or_short(cycle: str, last_two: list[str]) -> None:
    contract = {
        **case(FILE, "cases", "ann27")["terms"],
        "cycleOfPrincipalRedemption": cycle,
        "maturityDate": "2014-01-16T00:00:00",
    }
    schedule = rp.build_schedule(terms_of(contract))
    assert [str(installment.due_on) for installment in schedule][-2:] == last_two
