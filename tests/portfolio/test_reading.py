"""However Arrow keeps a column, it is read the same; one of the wrong type is refused by its name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pyarrow as pa

import repayplan as rp
from repayplan.portfolio import IN_ACCOUNTS, OUT_SCHEDULES, schedule_summary, schedules
from repayplan.portfolio.arrow import compute
from tests.portfolio import EXAMPLE, account, batch_of

ROWS = [account(account=f"a-{number}", principal=100_000 + number, rate="0.12") for number in range(5)]
BATCH = batch_of(ROWS)
PLAIN = schedules(BATCH)


def with_column(name: str, column: Any, batch: pa.RecordBatch = BATCH) -> pa.RecordBatch:  # noqa: ANN401  # an array
    place = batch.schema.get_field_index(name)
    return batch.append_column(name, column) if place < 0 else batch.set_column(place, name, column)


def text(name: str) -> pa.Array[Any]:
    return BATCH.column(name)


SAME = {
    "large text": ("account", text("account").cast(pa.large_string())),
    "text views": ("account", text("account").cast(pa.string_view())),
    "a dictionary": ("currency", text("currency").dictionary_encode()),
    "a dictionary of few places": (
        "currency",
        pa.DictionaryArray.from_arrays(pa.array([1] * 5, pa.uint8()), pa.array([None, "EUR", "CNY"])),
    ),
    "a dictionary of many texts": (
        "currency",
        pa.DictionaryArray.from_arrays(pa.array([40_000] * 5), pa.array([*map(str, range(40_000)), "EUR"])),
    ),
    "a dictionary of numbers": ("count", pa.array([12] * 5).dictionary_encode()),
    "runs": ("principal", compute.run_end_encode(BATCH.column("principal"))),
    "runs of text": ("currency", compute.run_end_encode(text("currency"))),
    "small numbers": ("count", pa.array([12] * 5, pa.int8())),
    "numbers without a sign": ("principal", BATCH.column("principal").cast(pa.uint64())),
    "dates in milliseconds": ("starts_on", BATCH.column("starts_on").cast(pa.date64())),
    "decimals": ("rate", pa.array([Decimal("0.12")] * 5)),
    "decimals of many places": ("rate", pa.array([Decimal("0.12")] * 5, pa.decimal128(38, 18))),
    "decimals of 256 bits": ("rate", pa.array([Decimal("0.12")] * 5, pa.decimal256(60, 4))),
    "a dictionary of decimals": ("rate", pa.array([Decimal("0.12")] * 5).dictionary_encode()),
    "a dictionary of shares": ("rate", text("rate").dictionary_encode()),
    "no values at all": ("frequency", pa.nulls(5)),
}


@pytest.mark.parametrize("name", SAME)
def test_a_column_is_read_however_it_is_kept(name: str) -> None:
    found = schedules(with_column(*SAME[name]))
    assert found.to_pylist() == PLAIN.to_pylist()
    assert set(found.column("route").to_pylist()) == {"columnar"}


@pytest.mark.skipif(not hasattr(pa, "decimal64"), reason="needs PyArrow 19")
def test_decimals_of_few_bits_go_by_columns() -> None:
    for kind in (pa.decimal32(9, 4), pa.decimal64(18, 4)):
        found = schedules(with_column("rate", pa.array([Decimal("0.12")] * 5, kind)))
        assert found.to_pylist() == PLAIN.to_pylist()


SCALAR = {
    "decimals beyond 128 bits": ("rate", pa.array([Decimal(10) ** 40] * 5, pa.decimal256(60, 4))),
    "wide decimals": ("rate", pa.array([Decimal("0.12")] * 5, pa.decimal256(60, 20))),
    "decimals of too many places": ("rate", pa.array([Decimal("0.12")] * 5, pa.decimal128(38, 20))),
    "decimals of whole hundreds": ("rate", pa.array([None] * 5, pa.decimal128(38, -2))),
}


@pytest.mark.parametrize("name", SCALAR)
def test_decimals_of_a_size_that_columns_do_not_take_go_the_scalar_way(name: str) -> None:
    assert set(schedules(with_column(*SCALAR[name])).column("route").to_pylist()) == {"scalar"}


def test_decimals_of_more_places_than_128_bits_have_are_read_by_the_scalar_path() -> None:
    nothing = pa.array([Decimal(0), Decimal(0), None, Decimal(0), Decimal(0)], pa.decimal256(76, 40))
    found = schedule_summary(with_column("rate", nothing)).to_pylist()
    assert [row["total_interest"] for row in found] == [0, 0, None, 0, 0]
    assert found[2]["error"].startswith("portfolio.null: rate: ")


def test_a_batch_with_an_offset_is_read_from_there() -> None:
    values: dict[str, Any] = {
        "account": pa.array(["x", None, *(f"a-{n}" for n in range(5)), "y"]),
        "rate": pa.array([None, Decimal(3), *[Decimal("0.12")] * 5, Decimal(1)]),
        "principal": pa.array([None, 5, *range(100_000, 100_005), 7]),
        "starts_on": pa.array([None, dt.date(1, 1, 1), *[EXAMPLE["starts_on"]] * 5, None]),
    }
    longer = {
        name: pa.array([EXAMPLE[name]] * 8, IN_ACCOUNTS.field(name).type) for name in ("currency", "count")
    }
    first_due = pa.array([EXAMPLE["first_due"]] * 8)
    batch = pa.record_batch({**values, **longer, "first_due": first_due})
    assert schedules(batch.slice(2, 5)).to_pylist() == PLAIN.to_pylist()


WRONG = {
    "account": (pa.array([1] * 5), "expected text, got int64"),
    "currency": (pa.array([1] * 5).dictionary_encode(), "expected text, got int64"),
    "principal": (pa.array([1.0] * 5), "expected minor units as int64, got double"),
    "count": (pa.array(["12"] * 5), "expected whole numbers as int32, got string"),
    "rate": (pa.array([0.12] * 5), "expected decimals or plain text, got double; never a float"),
    "starts_on": (
        pa.array([dt.datetime(2026, 1, 15, tzinfo=dt.UTC)] * 5),
        "expected dates, got timestamp[us, tz=UTC]; take its date in the zone that you mean",
    ),
    "first_due": (pa.array(["2026-02-15"] * 5), "expected dates, got string"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_column_of_the_wrong_type_is_refused_by_its_name(name: str) -> None:
    column, message = WRONG[name]
    with pytest.raises(rp.InputTypeError) as caught:
        schedules(with_column(name, column))
    assert (caught.value.code, caught.value.field) == ("portfolio.column", name)
    assert caught.value.message == message


@pytest.mark.parametrize("name", ["account", "currency", "rate", "frequency"])
def test_bytes_that_are_no_text_are_refused(name: str) -> None:
    ends = pa.py_buffer(b"".join(place.to_bytes(4, "little") for place in range(6)))
    no_text = pa.Array.from_buffers(pa.string(), 5, [None, ends, pa.py_buffer(b"\xff" * 5)])
    with pytest.raises(rp.InputTypeError, match=f"{name}: expected text in UTF-8"):
        schedules(with_column(name, no_text))


def test_places_that_a_dictionary_does_not_have_are_refused() -> None:
    broken = pa.DictionaryArray.from_arrays(pa.array([7] * 5), pa.array(["EUR"]), safe=False)
    with pytest.raises(rp.InputTypeError, match="currency: expected text in UTF-8"):
        schedules(with_column("currency", broken))


def test_whole_numbers_are_no_rates() -> None:
    with pytest.raises(rp.InputTypeError, match=r"rate: expected shares such as 0\.18, got int64"):
        schedules(with_column("rate", pa.array([18] * 5)))


def test_numbers_beyond_64_bits_with_a_sign_are_refused() -> None:
    with pytest.raises(rp.InputTypeError, match=r"principal: .* got a greater one"):
        schedules(with_column("principal", pa.array([2**63] * 5, pa.uint64())))


def test_a_part_of_a_day_is_no_date() -> None:
    parts = pa.array([86_400_001] * 5, pa.int64()).view(pa.date64())
    with pytest.raises(rp.InputTypeError, match="starts_on: expected whole days"):
        schedules(with_column("starts_on", parts))


def test_a_schema_that_drifted_is_refused() -> None:
    with pytest.raises(rp.InputTypeError, match="anchr_day: expected one of account, currency"):
        schedules(with_column("anchr_day", pa.array([1] * 5)))
    with pytest.raises(rp.InputTypeError, match="principal: expected a column of int64, got none"):
        schedules(BATCH.drop_columns(["principal"]))
    twice = pa.RecordBatch.from_arrays([*BATCH.columns, text("account")], [*BATCH.schema.names, "account"])
    with pytest.raises(rp.InputTypeError, match="account: expected one column of this name"):
        schedules(twice)


def test_an_empty_batch_gives_an_empty_one() -> None:
    found = schedules(BATCH.slice(0, 0))
    assert (found.num_rows, found.schema) == (0, OUT_SCHEDULES)


def test_an_empty_batch_is_refused_for_its_columns_as_any_other() -> None:
    with pytest.raises(rp.InputTypeError, match="rate: expected a column"):
        schedules(BATCH.slice(0, 0).drop_columns(["rate"]))
    with pytest.raises(rp.InputTypeError, match="rate: expected decimals"):
        schedules(with_column("rate", pa.array([], pa.float64()), BATCH.slice(0, 0)))


def test_every_field_says_what_it_means() -> None:
    for schema in (IN_ACCOUNTS, OUT_SCHEDULES):
        for field in schema:
            assert field.metadata is not None
            assert field.metadata[b"meaning"]
            assert field.metadata[b"unit"] == b"minor units" or field.type != pa.int64()
