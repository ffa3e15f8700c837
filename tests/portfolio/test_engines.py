"""Each engine gives what the plain call gives, on 100,000 accounts, whatever it shares out or does again.

Needs the extra ``engines``; Spark needs a Java runtime too.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pyarrow as pa
import pyarrow.dataset as ds

from repayplan import portfolio
from tests.portfolio import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNTS = 100_000


@pytest.fixture(scope="module")
def book() -> pa.Table:
    return pa.Table.from_batches([sample(ACCOUNTS)])


@pytest.fixture(scope="module")
def plain(book: pa.Table) -> pa.Table:
    """What the plain call gives, without dictionaries, by account."""
    return sorted_rows(portfolio.schedule_summary(book))


def sorted_rows(batches: Any) -> pa.Table:  # noqa: ANN401  # any iterable of batches
    schema = portfolio.decoded_schema(portfolio.OUT_SUMMARY)
    return pa.Table.from_batches(portfolio.decoded(batches), schema).sort_by("account")


def test_pyarrow_datasets(book: pa.Table, plain: pa.Table, tmp_path: Path) -> None:
    write: Any = ds.write_dataset
    write(book, tmp_path / "in", format="parquet", max_rows_per_file=30_000, max_rows_per_group=10_000)
    scanned: Any = ds.dataset(tmp_path / "in")
    reader = portfolio.schedule_summary(scanned.scanner(batch_size=7_000).to_reader())
    write(reader, tmp_path / "out", format="parquet")
    written: Any = ds.dataset(tmp_path / "out")
    assert sorted_rows(written.to_table().cast(plain.schema).to_batches()) == plain


def test_duckdb(book: pa.Table, plain: pa.Table) -> None:
    duckdb: Any = pytest.importorskip("duckdb", reason="needs the extra engines")
    connection = duckdb.connect()
    connection.register("book", book)
    asked = connection.sql("select * from book")
    answer = connection.cursor().from_arrow(portfolio.schedule_summary(asked))
    found = answer.to_arrow_table().cast(plain.schema)
    assert sorted_rows(found.to_batches()) == plain


def test_polars(book: pa.Table, plain: pa.Table) -> None:
    pl: Any = pytest.importorskip("polars", reason="needs the extra engines")
    frame = pl.DataFrame(portfolio.schedule_summary(pl.DataFrame(book)))
    found: pa.Table = frame.to_arrow().cast(plain.schema)
    assert sorted_rows(found.to_batches()) == plain


def fail_once(marker: Path) -> None:
    """Fail where the marker is not there yet, and leave it."""
    if not marker.exists():
        marker.touch()
        message = "the worker is lost"
        raise RuntimeError(message)


def test_dask_with_a_task_that_fails_once(book: pa.Table, plain: pa.Table, tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed", reason="needs the extra engines")
    marker = tmp_path / "failed"

    def summarize(batch: pa.RecordBatch, place: int) -> pa.RecordBatch:
        if place == 1:
            fail_once(marker)
        return portfolio.schedule_summary(batch)

    batches = book.to_batches(max_chunksize=25_000)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        futures = client.map(summarize, client.scatter(batches), range(len(batches)), retries=2)
        found = client.gather(futures)
    assert marker.exists()
    assert sorted_rows(found) == plain


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_spark_with_a_task_that_fails_once(
    book: pa.Table, plain: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyspark: Any = pytest.importorskip("pyspark.sql", reason="needs the extra engines")
    if shutil.which("java") is None:
        pytest.skip("needs a Java runtime")
    types: Any = pytest.importorskip("pyspark.sql.pandas.types")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # its workers take the first one on the path
    marker = str(tmp_path / "failed")

    def summarize(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pathlib import Path  # noqa: PLC0415  # the function runs in another process

        from repayplan import portfolio  # noqa: PLC0415  # as above

        failed = Path(marker)
        if not failed.exists():
            failed.touch()
            message = "the task is lost"
            raise RuntimeError(message)
        yield from portfolio.decoded(portfolio.schedule_summary(batches))

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    builder = pyspark.SparkSession.builder.master("local-cluster[2,1,1024]")
    spark = builder.config(map=settings).getOrCreate()
    try:
        schema = types.from_arrow_schema(portfolio.decoded_schema(portfolio.OUT_SUMMARY))
        found = spark.createDataFrame(book).repartition(8).mapInArrow(summarize, schema).toArrow()
    finally:
        spark.stop()
    assert Path(marker).exists()
    assert sorted_rows(found.cast(plain.schema).to_batches()) == plain
