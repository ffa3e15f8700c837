from __future__ import annotations

import re

import pytest

from repayplan.display.chart import COLOURS, INK, Chart, figure
from repayplan.display.marks import BARS_MAX, BOTTOM, LEFT, RIGHT, TOP, WIDTH, Bars, Line, Scale
from tests.display import NO_FORMULAS, SVG, Image, Page

PAGES = ("#ffffff", "#111111", "#1e1e1e", "#000000")
"""White, JupyterLab's dark page, Visual Studio Code's, and black."""

X0, X1 = LEFT + 120, RIGHT - 120
"""The places of the first and the last day."""


def drawn(*marks: Bars | Line) -> Image:
    page = Page(Chart("It says.", marks, "9.00 EUR", "start", "end").to_html())
    (image,) = page.images
    return image


def test_a_chart_says_what_it_shows_and_labels_its_axes() -> None:
    image = drawn(Line("paid", [(1, 0), (3, 9)]))
    assert image.alt == "It says."
    assert image.words() == ["9.00 EUR", "0", "start", "end", "paid"]
    assert image.paths()[-1]["d"] == f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"


def test_a_line_goes_from_point_to_point() -> None:
    path = drawn(Line("paid", [(1, 0), (2, 9), (3, 3)])).paths()[0]
    middle = (X0 + X1) // 2
    assert path["d"] == f"M{X0} {BOTTOM}L{middle} {TOP}L{X1} {BOTTOM - (BOTTOM - TOP) * 3 // 9}"
    assert "stroke-dasharray" not in path


def test_a_line_in_steps_holds_each_value() -> None:
    path = drawn(Line("paid", [(1, 9), (3, 0)], steps=True, dashed=True)).paths()[0]
    assert path["d"] == f"M{X0} {TOP}H{X1}V{BOTTOM}"
    assert path["stroke-dasharray"] == "80 40"


def test_bars_are_stacked_in_layers() -> None:
    low, high, _ = drawn(Bars(("principal", "interest"), [(1, (1, 2)), (3, (0, 3))])).paths()
    third, left, last = (BOTTOM - TOP) // 3, X0 - 120, X1 - 120
    assert BOTTOM - TOP == 1520
    assert third == 506
    assert low["d"] == f"M{left} 1760V1254h240V1760zM{last} 1760V1760h240V1760z"
    assert high["d"] == f"M{left} 1254V240h240V1254zM{last} 1760V240h240V1760z"
    assert (low["fill"], high["fill"]) == COLOURS[:2]


def test_marks_share_the_colours_in_turn() -> None:
    image = drawn(Bars(("asked",), [(1, (5,))]), Line("capacity", [(1, 9)]))
    bars, line, _ = image.paths()
    assert (bars["fill"], line["stroke"]) == COLOURS[:2]
    legend = [swatch.get("fill") for swatch in image.svg.iter(f"{SVG}rect")]
    assert legend == list(COLOURS[:2])
    assert image.words()[-2:] == ["asked", "capacity"]


def test_values_below_zero_lie_on_the_axis_and_nothing_at_all_can_be_drawn() -> None:
    assert Scale(1, 1, 0).x(1) == X0
    assert Scale(1, 1, 0).y(0) == BOTTOM
    assert Scale(1, 3, 9).y(-4) == BOTTOM


def test_many_bars_are_thin() -> None:
    path = drawn(Bars(("asked",), [(day, (1,)) for day in range(500)])).paths()[0]
    assert path["d"].count("z") == 500
    assert "h10V" in path["d"]


def test_of_more_bars_than_pixels_the_highest_of_neighbours_are_drawn() -> None:
    count = 10 * BARS_MAX
    values = [5 if day == 4_567 else 1 for day in range(count)]
    bars = drawn(Bars(("asked",), [(day, (value,)) for day, value in enumerate(values)])).paths()[0]["d"]
    assert bars.count("z") == BARS_MAX
    assert f"V{TOP}h" in bars


def test_as_many_bars_as_pixels_are_all_drawn() -> None:
    path = drawn(Bars(("asked",), [(day, (1,)) for day in range(BARS_MAX)])).paths()[0]["d"]
    assert path.count("z") == BARS_MAX
    path = drawn(Bars(("asked",), [(day, (1,)) for day in range(BARS_MAX + 1)])).paths()[0]["d"]
    assert path.count("z") == BARS_MAX // 2 + 1


def places(line: Line) -> list[tuple[int, int]]:
    corners = drawn(line).paths()[0]["d"].removeprefix("M").split("L")
    return [(int(x), int(y)) for x, y in map(str.split, corners)]


def test_a_line_that_falls_through_many_points_is_drawn_where_it_lies_from_end_to_end() -> None:
    days = 100_000
    line = places(Line("balance", [(day, days - day) for day in range(days + 1)]))
    assert (line[0], line[-1]) == ((X0, TOP), (X1, BOTTOM))
    assert len(line) <= 4 * (X1 - X0 + 10) // 10
    for x, y in line:  # on the straight line itself, to the tenth of a pixel
        assert abs((y - TOP) * (X1 - X0) - (x - X0) * (BOTTOM - TOP)) <= BOTTOM - TOP + X1 - X0


def test_a_line_of_many_points_keeps_its_highest_and_its_lowest() -> None:
    days = 100_000
    values = [50 + {33_333: 50, 44_444: -50}.get(day, 0) for day in range(days)]
    assert {TOP, BOTTOM} <= {y for _, y in places(Line("paid", list(enumerate(values))))}


def test_of_points_in_one_column_those_are_drawn_that_can_be_seen() -> None:
    crowd = [(1, 4), (1, 5), (1, 9), (1, 6), (1, 0), (1, 2), (1, 3), (100, 3)]
    by_value = {BOTTOM - (BOTTOM - TOP) * value // 9: value for value in range(10)}
    assert [by_value[y] for _, y in places(Line("paid", crowd))] == [4, 9, 0, 3, 3]


def test_points_that_no_others_share_a_column_with_are_all_drawn() -> None:
    assert len(places(Line("paid", [(day, day % 2) for day in range(400)]))) == 400


def test_words_are_escaped() -> None:
    html = Chart('"><script>', (Line("<b>", [(1, 1)]),), "&", "'", '"').to_html()
    (image,) = Page(html).images
    assert image.alt == '"><script>'
    assert image.words() == ["&", "0", "'", '"', "<b>"]


def test_an_image_does_not_shrink_until_its_words_are_too_small() -> None:
    html = Chart("It says.", (Line("paid", [(1, 1)]),), "top", "start", "end").to_html()
    assert 'style="width: 640px; max-width: 100%; min-width: 600px"' in html
    (size,) = set(re.findall(r'font-size="(\d+)"', Chart("-", (Line("-", [(1, 1)]),), "", "", "").to_svg()))
    assert int(size) * 600 // WIDTH >= 12


def test_a_figure_puts_parts_below_each_other_and_leaves_out_empty_ones() -> None:
    part = '<div style="overflow-x: auto">'
    assert figure("a", "", "b") == f'<div class="{NO_FORMULAS}">{part}a</div>{part}b</div></div>'


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", [INK, *COLOURS])
def test_colours_are_seen_on_light_and_dark_pages(colour: str, page: str) -> None:
    # WCAG 2.2, success criterion 1.4.11: at least 3 to 1 for graphics
    lighter, darker = sorted((luminance(colour), luminance(page)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    """The relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
