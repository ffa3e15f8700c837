"""Standings of many plans: whose payments they are, and what is past due by component."""

from __future__ import annotations

import datetime as dt
import mmap
import struct
from typing import Any

import attrs
import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pendulum
import pyarrow as pa

import repayplan as rp
from repayplan.overdue.rules import OverdueRuleVersions
from repayplan.policies import cn
from repayplan.portfolio import IN_PAYMENTS, OUT_STANDINGS, columns, payment_book, standings, streams
from tests.portfolio import Row, account, batch_of, expected_standing, without_route

CN = cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).overdue
RULES = attrs.evolve(CN, order=rp.PENALTIES_FEES_INTEREST_PRINCIPAL)
AS_OF = dt.date(2026, 5, 1)


def paid(*rows: Row) -> pa.RecordBatch:
    payments = [{"id": f"p{place}", **row} for place, row in enumerate(rows)]
    return batch_of(payments, IN_PAYMENTS)


def payment(amount: int, on: dt.date, of: str = "a-1", **more: object) -> Row:
    return {"account": of, "amount": amount, "received_on": on, **more}


PAID = [payment(10_662, dt.date(2026, 2, 15)), payment(5_000, dt.date(2026, 3, 20))]


def judged(payments: Any, rules: Any = RULES, **changes: object) -> dict[str, Any]:  # noqa: ANN401  # batches, and rules or versions
    (found,) = standings(batch_of([account(**changes)]), payments, AS_OF, rules).to_pylist()
    return found


def test_a_standing_has_the_days_the_bucket_and_the_parts() -> None:
    found = judged(paid(*PAID))
    assert found == {
        "account": "a-1",
        "currency": "EUR",
        "past_due": 16_324,
        "past_due_fees": 0,
        "past_due_interest": 1_010,
        "past_due_principal": 15_314,
        "oldest_unpaid_due_on": dt.date(2026, 3, 15),
        "days_past_due": 47,
        "delinquent_days": 47,
        "bucket": "M2",
        "class": None,
        "route": "columnar",
        "error": None,
    }


def test_nothing_past_due_is_no_day_since_then() -> None:
    found = judged(paid(payment(10**6, dt.date(2026, 2, 1))))
    assert (found["past_due"], found["oldest_unpaid_due_on"], found["days_past_due"]) == (0, None, 0)
    assert (found["bucket"], found["route"]) == ("M0", "columnar")


def test_payments_count_from_their_day_and_once_cleared() -> None:
    late = payment(10_662, dt.date(2026, 5, 2))
    assert judged(paid(late))["past_due"] == 3 * 10_662
    earlier = {**late, "effective_on": dt.date(2026, 5, 1)}
    assert judged(paid(earlier))["past_due"] == 2 * 10_662
    assert judged(paid({**earlier, "status": "pending"}))["past_due"] == 3 * 10_662


SCALAR_RULES: dict[str, dict[str, Any]] = {
    "an order across": {"order": rp.CN_CIVIL_CODE_561},
    "an order that switches": {"order": rp.CN_CREDIT_CARD},
    "what is too much for the last": {
        "order": attrs.evolve(
            rp.PENALTIES_FEES_INTEREST_PRINCIPAL, overpayment=rp.Overpayment.LAST_INSTALLMENT
        )
    },
    "a tolerance": {"tolerance": rp.Tolerance(rp.Money("1", "EUR"), rp.Rate.annual("0").value)},
    "counted days": {"counted_days": rp.WeekendCalendar()},
    "first arrears": {"ageing": rp.Ageing.FIRST_ARREARS},
}


@pytest.mark.parametrize("name", SCALAR_RULES)
def test_rules_that_no_sum_decides_go_the_scalar_way(name: str) -> None:
    rules = attrs.evolve(RULES, **SCALAR_RULES[name])
    found = judged(paid(*PAID), rules)
    assert found["route"] == "scalar"
    expected = expected_standing(
        account(), [{"id": str(k), **row} for k, row in enumerate(PAID)], AS_OF, rules
    )
    assert without_route([found]) == [expected]


def test_who_has_paid_nothing_is_judged_the_scalar_way_too() -> None:
    found = judged(
        paid(payment(5_000, dt.date(2026, 3, 20), of="another")),
        attrs.evolve(RULES, ageing=rp.Ageing.FIRST_ARREARS),
    )
    assert (found["route"], found["oldest_unpaid_due_on"]) == ("scalar", dt.date(2026, 2, 15))


SCALAR_PAYMENTS = {
    "a reversal": [*PAID, payment(5_000, dt.date(2026, 3, 22), reverses="p1")],
    "an id beyond ASCII": [payment(5_000, dt.date(2026, 3, 22), id="\u4ed8\u6b3e")],
    "an amount beyond bounds": [payment(2**50 + 1, dt.date(2026, 3, 22))],
    "many": [payment(1, dt.date(2026, 3, 1)) for _ in range(901)],
}


@pytest.mark.parametrize("name", SCALAR_PAYMENTS)
def test_payments_that_no_sum_decides_go_the_scalar_way(name: str) -> None:
    rows = [{"id": f"p{place}", **row} for place, row in enumerate(SCALAR_PAYMENTS[name])]
    found = judged(paid(*rows))
    assert found["route"] == "scalar"
    assert without_route([found]) == [expected_standing(account(), rows, AS_OF, RULES)]


@pytest.mark.parametrize(("amount", "route"), [(10**18 // 900, "columnar"), (10**18 // 900 + 1, "scalar")])
def test_payments_that_add_up_beyond_the_bound_of_money_are_refused(amount: int, route: str) -> None:
    rows = [{"id": f"p{place}", **payment(amount, dt.date(2026, 3, 1))} for place in range(900)]
    found = judged(paid(*rows))
    assert found["route"] == route
    assert (found["error"] is None) is (900 * amount <= 10**18)
    assert without_route([found]) == [expected_standing(account(), rows, AS_OF, RULES)]


REFUSED = {
    "payment.duplicate": [payment(1, dt.date(2026, 3, 1), id="p"), payment(2, dt.date(2026, 3, 1), id="p")],
    "payment.date": [payment(1, dt.date(2026, 1, 14))],
    "payment.amount": [payment(0, dt.date(2026, 3, 1))],
    "portfolio.choice": [payment(1, dt.date(2026, 3, 1), status="lost")],
    "portfolio.null": [payment(1, dt.date(2026, 3, 1), id=None)],
    "text.empty": [payment(1, dt.date(2026, 3, 1), id=" ")],
    "text.length": [payment(1, dt.date(2026, 3, 1), id="x" * 201)],
    "payment.effective_on": [payment(1, dt.date(2026, 3, 1), effective_on=dt.date(2040, 1, 1))],
}


@pytest.mark.parametrize("code", REFUSED)
def test_bad_payments_refuse_their_account_alone(code: str) -> None:
    payments = paid(*REFUSED[code], payment(10_662, dt.date(2026, 2, 15), of="b", id="q"))
    bad, good = standings(batch_of([account(), account(account="b")]), payments, AS_OF, RULES).to_pylist()
    assert bad["error"].startswith(f"{code}: ")
    assert bad["past_due"] is None
    assert (good["error"], good["past_due"]) == (None, 2 * 10_662)


def test_an_account_that_stands_there_twice_has_no_standing() -> None:
    found = standings(
        batch_of([account(), account(account="b"), account()]), paid(*PAID), AS_OF, RULES
    ).to_pylist()
    assert [row["error"] is None for row in found] == [False, True, False]
    assert found[0]["error"].startswith("portfolio.duplicate: account: ")


def test_an_account_without_a_schedule_says_why() -> None:
    assert judged(paid(), principal=-1)["error"].startswith("terms.principal: ")
    assert judged(paid(), account=None)["error"].startswith("portfolio.null: ")


def test_a_payment_without_an_account_is_refused_since_it_could_be_anyones() -> None:
    with pytest.raises(
        rp.PaymentError, match=r"payments\.account: expected the account of every payment, .* row 1"
    ):
        judged(paid(PAID[0], payment(1, dt.date(2026, 3, 1), of=None)))  # type: ignore[arg-type]  # on purpose


def test_payments_of_other_accounts_play_no_part() -> None:
    assert judged(paid(payment(10**6, dt.date(2026, 2, 1), of="elsewhere")))["past_due"] == 3 * 10_662


def test_batches_and_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of([account(account=name, principal=10_000) for name in "edcba"])
    payments = paid(
        *(payment(1_000 * place, dt.date(2026, 3, 1), of=name) for place, name in enumerate("abcde", 1))
    )
    whole = standings(batch, payments, AS_OF, RULES).to_pylist()
    table = pa.Table.from_batches([payments.slice(0, 2), payments.slice(2)])
    reader = standings([batch.slice(0, 2), batch.slice(2)], table, AS_OF, RULES)
    assert reader.schema == OUT_STANDINGS
    assert reader.read_all().to_pylist() == whole
    monkeypatch.setattr(streams, "ACCOUNTS_MAX", 2)
    assert standings(batch, payments, AS_OF, RULES).to_pylist() == whole
    assert standings(batch, IN_PAYMENTS.empty_table(), AS_OF, RULES).to_pylist()[0]["past_due"] > 0


def test_payments_are_gone_through_once_however_many_batches_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    summed: list[int] = []

    def counted(book: payment_book.PaymentBook, as_of: int) -> Any:  # noqa: ANN401  # an array
        summed.append(book.count)
        return summing(book, as_of)

    summing = payment_book.PaymentBook.counted
    monkeypatch.setattr(payment_book.PaymentBook, "counted", counted)
    names = [f"a{place}" for place in range(40)]
    rows = [payment(1_000 + place, dt.date(2026, 3, 1), of=name) for place, name in enumerate(names)]
    reverse = {"reverses": "p39", "id": "back"}
    payments = paid(*rows, payment(1_039, dt.date(2026, 3, 2), of="a39", **reverse))
    batch = batch_of([account(account=name) for name in [*names, "unpaid"]])
    whole = standings(batch, payments, AS_OF, RULES).to_pylist()
    assert [row["past_due"] for row in whole] == [3 * 10_662 - 1_000 - k for k in range(39)] + [31_986] * 2
    assert [row["route"] for row in whole] == ["columnar"] * 39 + ["scalar", "columnar"]
    each = [batch.slice(place, 1) for place in range(batch.num_rows)]
    assert standings(each, payments, AS_OF, RULES).read_all().to_pylist() == whole
    assert summed == [40, 40]


def test_rules_in_versions_are_those_of_the_day() -> None:
    versions = OverdueRuleVersions([(dt.date(2026, 1, 1), RULES), (dt.date(2027, 1, 1), CN)])
    assert judged(paid(*PAID), versions)["route"] == "columnar"
    with pytest.raises(rp.PolicyError):
        standings(batch_of([account()]), paid(), dt.date(2025, 1, 1), versions)


def test_classes_and_days_without_a_name() -> None:
    citation = rp.Citation(title="the tests' own", force=rp.Force.HOUSE, applies_to="")
    classes = rp.DelinquencyScale([rp.Band(0, 10, "normal"), rp.Band(60, None, "loss")], citation)
    rules = attrs.evolve(RULES, classes=classes)
    assert judged(paid(*PAID), rules)["class"] is None
    assert judged(paid(), rules)["class"] == "loss"


def twice(text: str) -> pa.Array[Any]:
    """Keep one text in two places of a dictionary, which Arrow allows."""
    return pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array([text, text]))


def test_a_dictionary_with_one_text_in_two_places_holds_one_account_and_one_payment() -> None:
    accounts = batch_of([account(), account()]).set_column(0, "account", twice("a-1"))
    found = standings(accounts, paid(*PAID), AS_OF, RULES).to_pylist()
    assert [row["error"] for row in found] == [
        "portfolio.duplicate: account: expected each account once in a batch, got it again"
    ] * 2
    payments = paid(*PAID)
    assert judged(payments.set_column(0, "account", twice("a-1"))) == judged(payments)
    repeated = payments.set_column(payments.schema.get_field_index("id"), "id", twice("p0"))
    assert judged(repeated)["error"].startswith("payment.duplicate: payments[1].id")


def test_an_id_that_comes_twice_is_refused_whatever_else_its_dictionary_holds() -> None:
    payments = paid(*PAID)
    ids = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["p0", "of a row that was filtered out"]))
    found = judged(payments.set_column(payments.schema.get_field_index("id"), "id", ids))
    assert found["error"].startswith("payment.duplicate: payments[1].id")


def test_payments_in_batches_are_all_there() -> None:
    other = pa.DictionaryArray.from_arrays(pa.array([0]), pa.array(["p1"]))
    ids = pa.chunked_array([twice("p0").slice(0, 1), other])
    first, second = (pa.Table.from_batches([paid(row)]) for row in PAID)
    table = pa.concat_tables([first, second])
    encoded = table.set_column(table.schema.get_field_index("id"), "id", ids)
    assert judged(encoded) == judged(paid(*PAID))
    one_by_one = [paid({"id": id_, **row}) for id_, row in zip("pq", PAID, strict=True)]
    assert judged(one_by_one) == judged(paid(*PAID))


@pytest.mark.parametrize("most", [0, 10])
def test_payments_of_more_text_than_a_plain_column_holds_may_come_large(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    payments, expected = paid(*PAID, payment(1, dt.date(2026, 3, 20), of="b", id="q")), judged(paid(*PAID))
    large = [column.cast(pa.large_string()) for column in payments.select(["account", "id"]).columns]
    for name, column in zip(("account", "id"), large, strict=True):
        payments = payments.set_column(payments.schema.get_field_index(name), name, column)
    monkeypatch.setattr(columns, "_SHORT_MAX", most)  # in the place of two gibibytes
    assert judged(payments) == expected


def test_payments_of_more_text_than_one_column_holds_are_refused_by_its_name() -> None:
    most = 2**31 - 1  # bytes, which no one reads or writes here
    ends = pa.py_buffer(struct.pack("=2i", 0, most))
    huge = pa.StringArray.from_buffers(1, ends, pa.py_buffer(mmap.mmap(-1, most)))
    table = pa.concat_tables([pa.Table.from_batches([paid(row)]) for row in PAID])
    place = table.schema.get_field_index("id")
    with pytest.raises(rp.InputTypeError, match=r"payments\.id: expected what fits into one column"):
        judged(table.set_column(place, "id", pa.chunked_array([huge, huge])))
