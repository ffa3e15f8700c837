"""Findings say row by row what is wrong with a batch."""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import repayplan as rp
from repayplan.portfolio import OUT_FINDINGS, streams, validate
from tests.portfolio import account, batch_of


def test_a_sound_batch_has_no_findings() -> None:
    found = validate(batch_of([account(), account(account="b")]))
    assert (found.num_rows, found.schema) == (0, OUT_FINDINGS)


def test_findings_name_the_row_and_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ACCOUNTS_MAX", 2)
    rows = [account(), account(account="b"), account(account="c", count=-1), account(), account(account=None)]
    found = [tuple(row.values())[:4] for row in validate(batch_of(rows)).to_pylist()]
    assert found == [
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
