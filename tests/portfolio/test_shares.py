"""Rates as text are the same fractions, read by Arrow all at once or one by one."""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pyarrow as pa

from repayplan.portfolio.shares import rates_of

PLAIN = (
    *(
        "0",
        "4",
        "007.50",
        "0.0000000000000001",
        "0.1250000000000000",
        "0.9007199254740991",
        "3.9999999999999999",
    ),
    *("923", "99999999999999999999", "99999999999999999999.9999999999999999"),
)
OTHERS = (
    *(
        "",
        " 0.1",
        "0.1 ",
        "0.1\n",
        ".5",
        "5.",
        "+0.1",
        "-0.1",
        "-0",
        "1e-3",
        "1E3",
        "0,1",
        "1_0",
        "0x1",
        "nan",
    ),
    *(
        "\u0660.\u0661",
        "0.1.2",
        "0.12345678901234567",
        "100000000000000000000",
        "0." + "1" * 39,
        "0." + "1" * 40,
    ),
)


def fractions(*texts: str) -> list[tuple[int, int] | None]:
    """Give what was read; None is for the scalar route."""
    rates = rates_of(pa.array(texts))
    parts = zip(rates.numerators.tolist(), rates.denominators.tolist(), strict=True)
    return [pair if pair[1] else None for pair in parts]


def test_a_text_that_arrow_reads_otherwise_changes_no_other() -> None:
    together = fractions(*PLAIN)
    assert together[:5] == [(0, 1), (4, 1), (15, 2), None, (1, 8)]
    assert together[5:] == [None] * 5
    for other in OTHERS:
        *same, _ = fractions(*PLAIN[:7], other)
        assert same == together[:7]


def test_a_text_that_is_no_plain_share_has_no_fraction() -> None:
    assert {other for other in OTHERS if fractions(other) != [None]} == {"-0"}
