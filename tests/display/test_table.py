from __future__ import annotations

from decimal import Decimal

import pytest

from repayplan.display.table import FIRST_ROWS, LAST_ROWS, Column, Kind, records, table
from tests.display import Page

COLUMNS = [Column("name"), Column("day", Kind.FIXED), Column("amount", Kind.NUMBER)]


def test_a_table_has_a_caption_headings_and_rows_that_are_named() -> None:
    html = table("Two rows", COLUMNS, [("a", None, Decimal("1.50")), ("<b>", None, 2)], list)
    (read,) = Page(html).tables
    assert read.caption == "Two rows"
    assert read.head == ["name", "day", "amount"]
    assert read.rows == [["a", "\u2013", "1.50"], ["<b>", "\u2013", "2"]]
    assert "tfoot" not in read.parts


def test_numbers_stand_to_the_right() -> None:
    (read,) = Page(table("t", COLUMNS, [("a", "b", 1)], list)).tables
    assert [style.split(";")[0] for style in read.styles] == [
        "text-align: left",
        "text-align: left",
        "text-align: right",
    ]


def test_a_total_stands_below() -> None:
    (read,) = Page(table("t", COLUMNS, [("a", "b", 1)], list, total=["all", "", 1])).tables
    assert read.total == ["all", "", "1"]


def test_an_empty_table_is_a_table() -> None:
    (read,) = Page(table("Nothing", COLUMNS, [], list)).tables
    assert (read.caption, read.rows) == ("Nothing", [])


def test_as_many_rows_as_may_be_are_all_shown() -> None:
    count = FIRST_ROWS + LAST_ROWS
    (read,) = Page(table("t", [Column("n")], range(count), lambda number: [number])).tables
    assert read.caption == "t"
    assert read.rows == [[str(number)] for number in range(count)]


def test_of_more_rows_the_middle_is_hidden_and_counted() -> None:
    asked: list[int] = []

    def cells(number: int) -> list[object]:
        asked.append(number)
        return [number, number]

    count = 1_000_000
    (read,) = Page(table("t", [Column("n"), Column("m")], range(count), cells)).tables
    assert read.caption == "t (999945 of 1000000 rows hidden)"
    assert [row[0] for row in read.rows] == [*map(str, range(50)), "⋮", *map(str, range(count - 5, count))]
    assert read.rows[50] == ["⋮", "⋮"]
    assert len(asked) == FIRST_ROWS + LAST_ROWS, "hidden rows are never worked out"


def test_one_row_more_than_may_be_hides_one() -> None:
    count = FIRST_ROWS + LAST_ROWS + 1
    (read,) = Page(table("t", [Column("n")], range(count), lambda number: [number])).tables
    assert read.caption == "t (1 of 56 rows hidden)"


def test_records_take_the_named_keys_in_their_order() -> None:
    rows = [{"other": 0, "due_on": "x", "number": 1}]
    html = records("t", {"number": Kind.NUMBER, "due_on": Kind.FIXED}, rows, dict, total=["all", ""])
    (read,) = Page(html).tables
    assert (read.head, read.rows, read.total) == (["number", "due on"], [["1", "x"]], ["all", ""])


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table("t", COLUMNS, [("a", "b")], list)
