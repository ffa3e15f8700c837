"""Findings say row by row what is wrong with a batch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pyarrow as pa

import repayplan as rp
from repayplan.overdue import payments as scalar_payments
from repayplan.portfolio import (
    IN_ACCOUNTS,
    IN_BUDGETS,
    IN_PAYMENTS,
    OUT_FINDINGS,
    OUT_SCHEDULES,
    streams,
    validate,
)
from tests.portfolio import Row, account, batch_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def codes_of(found: pa.RecordBatch | pa.Table) -> list[tuple[object, ...]]:
    return [tuple(row.values())[:4] for row in found.to_pylist()]


def test_a_sound_batch_has_no_findings() -> None:
    found = validate(batch_of([account(), account(account="b")]))
    assert (found.num_rows, found.schema) == (0, OUT_FINDINGS)


def test_findings_name_the_row_and_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ACCOUNTS_MAX", 2)
    rows = [account(), account(account="b"), account(account="c", count=-1), account(), account(account=None)]
    assert codes_of(validate(batch_of(rows))) == [
        (0, "a-1", "account", "portfolio.duplicate"),
        (2, "c", "count", "count.range"),
        (3, "a-1", "account", "portfolio.duplicate"),
        (4, None, "account", "portfolio.null"),
    ]


def test_a_column_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(rp.InputTypeError, match="principal"):
        validate(batch_of([account()]).drop_columns(["principal"]))


def test_calendars_are_given_by_name() -> None:
    batch = batch_of([account(calendar="x")])
    assert validate(batch).column("code").to_pylist() == ["portfolio.calendar"]
    assert validate(batch, calendars={"x": rp.WeekendCalendar()}).num_rows == 0


def test_another_schema_is_refused() -> None:
    with pytest.raises(rp.InputTypeError, match="schema: expected IN_ACCOUNTS, IN_BUDGETS or IN_PAYMENTS"):
        validate(batch_of([account()]), OUT_SCHEDULES)
    with pytest.raises(rp.InputTypeError, match="schema: expected Schema"):
        validate(batch_of([account()]), "accounts")  # type: ignore[call-overload]  # on purpose


def test_a_schema_that_was_read_back_is_the_same() -> None:
    copy = pa.ipc.read_schema(IN_BUDGETS.serialize())
    assert validate(budgets(household(income=None)), copy).num_rows == 1


def test_accounts_are_looked_up_for_payments_alone() -> None:
    batch = batch_of([account()])
    for schema in (IN_ACCOUNTS, IN_BUDGETS):
        with pytest.raises(rp.InputTypeError, match="accounts: expected none but with IN_PAYMENTS"):
            validate(batch, schema, accounts=batch)


def test_each_batch_has_its_findings_when_they_are_asked_for() -> None:
    asked: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(2):
            asked.append(number)
            yield batch_of([account(), account(account=None)])

    reader = validate(batches())
    assert isinstance(reader, pa.RecordBatchReader)
    assert asked == []
    assert codes_of(reader.read_next_batch()) == [(1, None, "account", "portfolio.null")]
    assert asked == [0]
    assert codes_of(reader.read_next_batch()) == [(1, None, "account", "portfolio.null")]


def household(**changes: object) -> Row:
    debt = {name: value for name, value in account().items() if name != "count"}
    return {**debt, "income": 200_000, "expenses": 150_000, "commitments": 0, **changes}


def budgets(*rows: Row) -> pa.RecordBatch:
    return batch_of(rows, IN_BUDGETS)


def test_sound_budgets_have_no_findings() -> None:
    large = household(income=2**50, principal=2**51)  # of which columns leave it open
    found = validate(budgets(household(), household(), large), IN_BUDGETS)
    assert (found.num_rows, found.schema) == (0, OUT_FINDINGS)


BAD_BUDGETS: list[tuple[dict[str, Any], str, str]] = [
    ({"account": None}, "account", "portfolio.null"),
    ({"currency": "XYZ"}, "currency", "currency.unknown"),
    ({"principal": 0}, "principal", "terms.principal"),
    ({"rate": "-1"}, "rate", "rate.range"),
    ({"starts_on": None}, "starts_on", "portfolio.null"),
    ({"first_due": dt.date(2025, 1, 1)}, "first_due", "terms.first_due"),
    ({"frequency": "yearly"}, "frequency", "portfolio.frequency"),
    ({"calendar": "x"}, "calendar", "portfolio.calendar"),
    ({"income": None}, "income", "portfolio.null"),
    ({"income": -1}, "income", "budget.negative"),
    ({"expenses": None}, "expenses", "portfolio.null"),
    ({"expenses": -1}, "expenses", "budget.negative"),
    ({"commitments": -1}, "commitments", "budget.negative"),
    ({"adults": 0}, "adults", "count.range"),
    ({"children": 51}, "children", "count.range"),
]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_BUDGETS)
def test_a_budget_that_no_rules_could_screen_is_found(changes: dict[str, Any], field: str, code: str) -> None:
    found = validate(budgets(household(account="a-0"), household(**changes)), IN_BUDGETS)
    assert codes_of(found) == [(1, changes.get("account", "a-1"), field, code)]


def test_budgets_in_batches_give_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ACCOUNTS_MAX", 1)
    batch = budgets(household(), household(income=None))
    found = list(validate([batch, batch], IN_BUDGETS))
    assert [codes_of(one) for one in found] == [[(1, "a-1", "income", "portfolio.null")]] * 2


DAY = dt.date(2026, 2, 15)


def payment(id_: str | None = "p", **changes: object) -> Row:
    return {"account": "a-1", "id": id_, "amount": 5_000, "received_on": DAY, **changes}


def paid(*rows: Row) -> pa.RecordBatch:
    return batch_of(rows, IN_PAYMENTS)


def test_sound_payments_have_no_findings() -> None:
    undone = [payment("p"), payment("q", reverses="p"), payment("p", account="b")]
    for rows in (undone, []):
        found = validate(paid(*rows), IN_PAYMENTS)
        assert (found.num_rows, found.schema) == (0, OUT_FINDINGS)


BAD_PAYMENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"account": None, "amount": 0}, "account", "portfolio.null"),
    ({"id": None}, "id", "portfolio.null"),
    ({"id": " "}, "id", "text.empty"),
    ({"amount": None}, "amount", "portfolio.null"),
    ({"amount": 0}, "amount", "payment.amount"),
    ({"received_on": None}, "received_on", "portfolio.null"),
    ({"effective_on": dt.date(2056, 1, 1)}, "effective_on", "payment.effective_on"),
    ({"status": "lost"}, "status", "portfolio.choice"),
    ({"reverses": "p"}, "reverses", "payment.reversal"),
    ({"reverses": "none"}, "reverses", "payment.reversal"),
    ({"reverses": "q", "amount": 4_999}, "reverses", "payment.reversal"),
]


@pytest.mark.parametrize(("changes", "field", "code"), BAD_PAYMENTS)
def test_a_payment_that_is_none_is_found(changes: dict[str, Any], field: str, code: str) -> None:
    bad = payment(**{"id_": "p", **changes})
    found = validate(paid(payment("p", account="b"), payment("q"), bad), IN_PAYMENTS)
    assert codes_of(found) == [(2, changes.get("account", "a-1"), field, code)]


def test_payments_without_an_account_are_no_ones_and_not_repeated() -> None:
    found = validate(paid(payment(account=None), payment(account=None), payment()), IN_PAYMENTS)
    assert codes_of(found) == [(row, None, "account", "portfolio.null") for row in (0, 1)]
    assert found.column("message")[1].as_py() == "expected the account of every payment, got null in row 1"


def test_every_row_of_an_id_that_is_repeated_within_an_account_is_found() -> None:
    rows = [payment(), payment(account="b"), payment(), payment("q", amount=0), payment(None), payment(None)]
    assert codes_of(validate(paid(*rows), IN_PAYMENTS)) == [
        (0, "a-1", "id", "payment.duplicate"),
        (2, "a-1", "id", "payment.duplicate"),
        (3, "a-1", "amount", "payment.amount"),
        (4, "a-1", "id", "portfolio.null"),
        (5, "a-1", "id", "portfolio.null"),
    ]


def test_a_reversal_of_what_is_no_payment_is_not_found_twice() -> None:
    rows = [payment("p", amount=0), payment("q", reverses="p")]
    assert codes_of(validate(paid(*rows), IN_PAYMENTS)) == [(0, "a-1", "amount", "payment.amount")]


def test_more_payments_than_are_replayed_are_found_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scalar_payments, "PAYMENTS_MAX", 1)
    rows = [payment("p", account="b"), payment("q"), payment("r", reverses="q")]
    (found,) = validate(paid(*rows), IN_PAYMENTS).to_pylist()
    assert (found["row"], found["account"], found["field"]) == (1, "a-1", "payments")


def test_payments_in_batches_are_looked_at_together() -> None:
    first, second = (
        paid(payment("p", reverses=None), payment("q")),
        paid(payment("q"), payment("r", reverses="p")),
    )
    expected = [(row, "a-1", "id", "payment.duplicate") for row in (1, 2)]
    for batches in ([first, second], pa.Table.from_batches([first, second])):
        reader = validate(batches, IN_PAYMENTS)
        assert isinstance(reader, pa.RecordBatchReader)
        assert codes_of(reader.read_all()) == expected
    assert validate([], IN_PAYMENTS).read_all().num_rows == 0


def test_batches_of_payments_that_differ_are_refused() -> None:
    other = paid(payment()).drop_columns(["id"])
    with pytest.raises(rp.InputTypeError, match="batch: expected batches of the same columns and types"):
        validate([paid(payment()), other], IN_PAYMENTS)
    with pytest.raises(rp.InputTypeError, match="batch: expected a RecordBatch"):
        validate(5, IN_PAYMENTS)  # type: ignore[call-overload]  # on purpose


STRAYS = [payment(account="a-1 "), payment(), payment(account="A-1"), payment(account=None), payment("q")]


def test_payments_of_accounts_that_are_not_there_are_found() -> None:
    book = batch_of([account(), account(account=None)])
    found = codes_of(validate(paid(*STRAYS), IN_PAYMENTS, accounts=book))
    assert found == [
        (0, "a-1 ", "account", "portfolio.stray"),
        (2, "A-1", "account", "portfolio.stray"),
        (3, None, "account", "portfolio.null"),
    ]
    assert codes_of(validate(paid(*STRAYS), IN_PAYMENTS)) == found[2:]


def test_accounts_may_come_in_batches() -> None:
    names = ["b", "a-1", "A-1", "a-1 "]
    batches = [batch_of([account(account=name)]) for name in names]
    rows = paid(*STRAYS[:3])
    for book in (batches, iter(batches), pa.Table.from_batches(batches)):
        assert validate(rows, IN_PAYMENTS, accounts=book).num_rows == 0
    assert codes_of(validate(rows, IN_PAYMENTS, accounts=batches[:2])) == [
        (0, "a-1 ", "account", "portfolio.stray"),
        (2, "A-1", "account", "portfolio.stray"),
    ]
    assert validate(rows, IN_PAYMENTS, accounts=[]).num_rows == len(rows)
    with pytest.raises(rp.InputTypeError, match="accounts: expected a RecordBatch"):
        validate(rows, IN_PAYMENTS, accounts=5)  # type: ignore[call-overload]  # on purpose


def test_an_account_that_no_row_has_is_not_there() -> None:
    filtered = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["a-1", "a-1 "]))
    book = batch_of([account(), account()]).set_column(0, "account", filtered)
    found = validate(paid(*STRAYS[:2]), IN_PAYMENTS, accounts=book)
    assert codes_of(found) == [(0, "a-1 ", "account", "portfolio.stray")]


def test_a_stray_payment_that_is_none_has_both_findings() -> None:
    found = validate(paid(payment(account="x", amount=0)), IN_PAYMENTS, accounts=batch_of([account()]))
    assert codes_of(found) == [
        (0, "x", "account", "portfolio.stray"),
        (0, "x", "amount", "payment.amount"),
    ]
