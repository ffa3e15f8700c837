"""What is shown is exactly what was given, escaped: whatever the text, no other element and no attribute."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import repayplan as rp
from repayplan import testing
from repayplan.display.chart import Chart
from repayplan.display.marks import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Bars, Line
from repayplan.display.table import Column, Kind, table
from tests.display import Page
from tests.laws.schedule_strategies import schedules

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKUP = (
    "<script>alert(1)</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    '" style="position:fixed" x="',
    "' onmouseover='alert(1)",
    "<!-- ",
    "<![CDATA[",
    "&lt;b&gt;&#x3c;",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "a\u2067b\u2069c",
    "\x00\x1b[31m",
    "\ud83d",
    "https://example.org/",
    "</caption>",
    "x" * 100_000,
)
hostile = st.one_of(
    st.sampled_from(MARKUP),
    st.text(st.characters()),  # every character, lone surrogates and controls among them
    st.lists(st.sampled_from(MARKUP[:-1])).map("".join),
)
cells = st.one_of(
    hostile,
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**16), max_value=10**16),
    st.dates(),
)


def seen(value: object) -> str:
    """What a person is to see, by another way than the library's."""
    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return ["no", "yes"][value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str):
        return f"{value:f}" if isinstance(value, Decimal) else f"{value}"
    rest = len(value) - 200
    named: dict[str, str | int | None] = {
        character: f"[U+{ord(character):04X}]"
        for character in set(value[:200]) - {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}
        if unicodedata.category(character) in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")
    }
    return value[:200].translate(str.maketrans(named)) + (f"… ({rest} more characters)" if rest > 0 else "")


@given(st.data(), st.integers(1, 4), st.booleans())
def test_html_parses_to_the_table_of_the_cells_and_nothing_else(
    data: st.DataObject,
    width: int,
    has_total: bool,  # noqa: FBT001  # drawn
) -> None:
    caption = data.draw(hostile)
    labels = data.draw(st.lists(hostile, min_size=width, max_size=width))
    row = st.lists(cells, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=4))
    total = data.draw(row) if has_total else []
    kinds = data.draw(st.lists(st.sampled_from(Kind), min_size=width, max_size=width))
    columns = [Column(label, kind) for label, kind in zip(labels, kinds, strict=True)]

    html = table(caption, columns, rows, list, total=total)

    (read,) = Page(html).tables  # which refuses every other element and attribute
    assert read.caption == seen(caption)
    assert read.head == list(map(seen, labels))
    assert read.rows == [list(map(seen, row)) for row in rows]
    assert read.parts.get("tfoot", []) == ([list(map(seen, total))] if has_total else [])
    assert [style.split(";")[0].split()[1] == "right" for style in read.styles] == [
        kind is Kind.NUMBER for kind in kinds
    ]
    assert table(caption, columns, rows, list, total=total) == html


@given(hostile, hostile)
def test_an_image_says_what_it_was_given_and_nothing_else(says: str, label: str) -> None:
    chart = Chart(says or "-", (Line(label, [(1, 1), (2, 3)]),), label, label, label)
    (image,) = Page(chart.to_html()).images
    assert image.alt == seen(says or "-")
    words = seen(label)
    assert image.words() == [words, "0", words, words, words]
    assert chart.to_html() == chart.to_html()


points = st.lists(st.tuples(st.integers(1, 3_652_059), st.integers(-(10**18), 10**18)), min_size=1).map(
    sorted
)


@given(points, points, st.booleans())
def test_every_place_that_is_drawn_lies_in_the_image(
    bars: Sequence[tuple[int, int]],
    line: Sequence[tuple[int, int]],
    steps: bool,  # noqa: FBT001  # drawn
) -> None:
    stacked = Bars(("one", "two"), [(day, (abs(value), abs(value) // 2)) for day, value in bars])
    chart = Chart("says", (stacked, Line("three", line, steps=steps)), "top", "start", "end")
    low, high, path, _ = Page(chart.to_html()).images[0].paths()
    for name in (low["d"], high["d"]):
        numbers = [int(part) for part in name.replace("h", " h").split() for part in _numbers(part)]
        assert all(0 <= number <= WIDTH for number in numbers)
    for x, y in _places(path["d"]):
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM < HEIGHT


def _numbers(part: str) -> list[str]:
    return "".join(character if character.isdigit() else " " for character in part).split()


def _places(path: str) -> list[tuple[int, int]]:
    """The corners of a line: pairs of a place from the left and one from the top."""
    numbers = list(map(int, _numbers(path)))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@given(schedules())
def test_a_schedule_shows_every_row_that_it_has_room_for(schedule: rp.Schedule) -> None:
    html = schedule._repr_html_()
    page = Page(html)
    (read,) = page.tables
    assert len(page.images) == 2
    rows = [row for row in read.rows if row[0] != "⋮"]
    assert len(rows) == min(len(schedule), 55)
    for row in rows:
        installment = schedule[int(row[0]) - 1]
        assert row[1] == str(installment.due_on)
        assert row[2] == f"{installment.opening.amount:f}"
        assert row[-2:] == [f"{installment.amount.amount:f}", f"{installment.closing.amount:f}"]
    hidden = len(schedule) - len(rows)
    assert (f"({hidden} of {len(schedule)} rows hidden)" in read.caption) is bool(hidden)
    assert schedule._repr_html_() == html


@pytest.mark.parametrize(
    "kind", [rp.Actions, rp.Briefing, rp.Explanation, rp.JointOffers, rp.Ledger, rp.NoAffordablePlan]
)
@settings(max_examples=20)
@given(data=st.data())
def test_whatever_is_drawn_shows_itself_and_gives_plain_rows(kind: type, data: st.DataObject) -> None:
    value = data.draw(testing.values(kind))
    html = value._repr_html_()
    assert Page(html).tables
    assert value._repr_html_() == html
    rows = value.to_rows()
    assert all(row.keys() == rows[0].keys() for row in rows)
    plain = (str, int, Decimal, datetime.date, type(None))
    assert all(isinstance(cell, plain) for row in rows for cell in row.values())
