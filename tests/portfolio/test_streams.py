"""Batches in, batches out: results do not depend on how accounts are shared out, and memory is bounded."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pendulum
import pyarrow as pa

import repayplan as rp
from repayplan.policies import cn
from repayplan.portfolio import (
    IN_BUDGETS,
    OUT_SCHEDULES,
    decoded,
    decoded_schema,
    schedule_summary,
    schedules,
    screen,
    streams,
)
from tests.portfolio import account, batch_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

RULES = cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).affordability
ROWS = [account(account=f"a-{number}", principal=10_000 + number) for number in range(7)]
BATCH = batch_of(ROWS)
WHOLE = schedules(BATCH).to_pylist()


class Handed:
    """A batch of another library, which hands it out by the C interface alone."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        batch: Any = BATCH
        handed: tuple[object, object] = batch.__arrow_c_array__(requested_schema)
        return handed


def test_what_has_the_c_interface_of_a_batch_gives_a_batch() -> None:
    assert schedules(Handed()).to_pylist() == WHOLE


def test_a_result_of_few_rows_has_a_small_pickle() -> None:
    for result in (schedules(BATCH), schedule_summary(BATCH)):
        assert len(pickle.dumps(result)) < 10_000


def test_looking_for_how_many_rows_fixed_payments_take_is_bounded_in_memory() -> None:
    row = account(pattern="fixed", payment=1_850, rate="0", count=None, day_count="act_act_isda")  # 65 rows
    batch = batch_of([{**row, "account": f"a-{number}"} for number in range(6_000)])
    assert [found.num_rows for found in schedules([BATCH, batch.slice(0, 1)])] == [84, 65]
    tracemalloc.start()
    assert sum(found.num_rows for found in schedules([batch])) == 6_000 * 65
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 128 * 2**20


def test_a_table_gives_a_reader() -> None:
    reader = schedules(pa.Table.from_batches([BATCH.slice(0, 3), BATCH.slice(3)]))
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.schema == OUT_SCHEDULES
    assert reader.read_all().to_pylist() == WHOLE


def test_a_reader_works_out_no_more_than_it_is_asked_for() -> None:
    asked: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for first in range(7):
            asked.append(first)
            yield BATCH.slice(first, 1)

    reader = schedules(batches())
    assert asked == []
    assert reader.read_next_batch().to_pylist() == WHOLE[:12]
    assert asked == [0]


def test_a_bad_batch_among_others_is_named_when_it_comes() -> None:
    reader = schedules([BATCH, "no batch"])  # type: ignore[list-item]  # on purpose
    assert reader.read_next_batch().num_rows == len(WHOLE)
    with pytest.raises(rp.InputTypeError, match=r"batch\[1\]: expected a RecordBatch"):
        reader.read_next_batch()


@pytest.mark.parametrize("data", [None, 5, "text", b"bytes"])
def test_what_is_no_batch_is_refused(data: object) -> None:
    with pytest.raises(rp.InputTypeError, match="batch: expected a RecordBatch"):
        schedules(data)  # type: ignore[call-overload]  # on purpose


def test_an_array_that_is_no_batch_is_refused() -> None:
    with_null = pa.array([{"account": "a"}, None])
    for array in (pa.array([1, 2]), pa.chunked_array([[1], [2]]), with_null):
        with pytest.raises(rp.InputTypeError, match="batch: expected a RecordBatch, or columns as a struct"):
            schedules(array)
    reader = schedules([pa.array([1])])
    with pytest.raises(rp.InputTypeError, match=r"batch\[0\]: expected a RecordBatch, or columns"):
        reader.read_next_batch()


def test_columns_as_a_struct_are_a_batch() -> None:
    assert schedules(BATCH.to_struct_array()).to_pylist() == WHOLE


def test_a_large_batch_is_worked_out_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ACCOUNTS_MAX", 3)
    assert schedules(BATCH).to_pylist() == WHOLE
    assert [batch.num_rows for batch in schedules([BATCH])] == [36, 36, 12]


def test_pieces_are_cut_by_installments_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ROWS_A_PIECE_MAX", 26)
    assert [batch.num_rows for batch in schedules([BATCH])] == [24, 24, 24, 12]
    assert schedules(BATCH).to_pylist() == WHOLE
    monkeypatch.setattr(streams, "ROWS_A_PIECE_MAX", 1)
    assert [batch.num_rows for batch in schedules([BATCH])] == [12] * 7


def test_pieces_are_cut_by_the_installments_that_a_fixed_payment_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "ROWS_A_PIECE_MAX", 1_000)
    fixed = {"pattern": "fixed", "count": None, "payment": 1_250, "principal": 120_000, "rate": "0.12"}
    batch = batch_of([account(account=f"a-{number}", **fixed) for number in range(6)])
    found = [piece.num_rows for piece in schedules([batch])]
    assert sum(found) == schedules(batch).num_rows > 1_000
    assert max(found) <= 1_000
    rare = [account(account=name, frequency=name, **fixed) for name in ("annual", "yearly")]
    assert [len(schedules([batch_of([row])]).read_all()) for row in rare] == [1, 1]
    unpaid = batch_of([account(payment=0, account=f"a-{number}") for number in range(60)])
    assert [found.num_rows for found in schedules([unpaid])] == [720]


def test_a_screening_is_cut_by_the_longest_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ROWS_A_PIECE_MAX", 100)
    debt = {name: value for name, value in account().items() if name != "count"}
    rows = [{**debt, "account": f"a-{number}", "income": 200_000, "expenses": 1} for number in range(4)]
    batch = batch_of(rows, IN_BUDGETS)
    pieces = [found.num_rows for found in screen([batch], RULES, months_max=50)]
    assert pieces == [2, 2]


def test_a_column_of_as_many_currencies_as_rows_spoils_no_batch() -> None:
    unknown = pa.array([f"c{number}" for number in range(2**15)])
    batch = pa.record_batch({name: pa.repeat(BATCH.column(name)[0], len(unknown)) for name in ROWS[0]})
    found = schedule_summary(batch.set_column(batch.schema.get_field_index("currency"), "currency", unknown))
    assert found.column("currency").to_pylist() == unknown.to_pylist()
    assert found.column("error").null_count == 0


def test_calendars_must_be_named() -> None:
    with pytest.raises(rp.InputTypeError, match="calendars: expected a mapping of names"):
        schedules(BATCH, calendars=[rp.WeekendCalendar()])  # type: ignore[call-overload]  # on purpose
    with pytest.raises(rp.InputTypeError, match="calendars: expected str"):
        schedules(BATCH, calendars={1: rp.WeekendCalendar()})  # type: ignore[dict-item]  # on purpose
    with pytest.raises(rp.InputTypeError, match="calendar: expected a calendar"):
        schedules(BATCH, calendars={"x": 5})  # type: ignore[dict-item]  # on purpose


def test_an_error_of_a_calendar_of_the_caller_is_the_callers() -> None:
    def broken(day: dt.date) -> bool:
        raise LookupError(str(day))

    with pytest.raises(LookupError):
        schedules(batch_of([account(calendar="x")]), calendars={"x": broken})


def test_a_calendar_is_asked_about_a_day_once() -> None:
    asked: list[dt.date] = []

    def opens(day: dt.date) -> bool:
        asked.append(day)
        return True

    batch = batch_of([account(calendar="x")])
    assert sum(found.num_rows for found in schedules([batch, batch], calendars={"x": opens})) == 24
    assert len(asked) == len(set(asked)) == 12


def test_results_are_decoded_for_engines_without_dictionaries() -> None:
    (found,) = decoded(schedules([BATCH]))
    assert found.schema == decoded_schema(OUT_SCHEDULES)
    assert found.schema.field("account").type == pa.string()
    assert found.to_pylist() == WHOLE
    assert decoded(schedules(BATCH)) == found


def test_inputs_are_not_changed() -> None:
    before = BATCH.to_pylist()
    schedules(BATCH)
    schedule_summary(BATCH)
    assert BATCH.to_pylist() == before


def test_nothing_imports_numpy_or_pyarrow_by_accident() -> None:
    code = "import sys, repayplan as rp\nfor name in dir(rp): getattr(rp, name)\n"
    code += "assert not {'numpy', 'pyarrow'} & set(sys.modules), 'imported'"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  # our own line


def test_the_table_of_a_pair_of_days_serves_every_batch() -> None:
    twice_a_month = batch_of([account(frequency="semi_monthly", first_due=pendulum.date(2026, 1, 31))])
    every = list(schedules([twice_a_month, twice_a_month]))
    assert every == [schedules(twice_a_month)] * 2
