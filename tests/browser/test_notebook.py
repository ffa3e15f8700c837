"""The notebook of the tutorial in JupyterLab: trusted or not, light and dark, and run anew.

What is asserted is what Chromium tells a screen reader, and what colour its pixels have.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

import repayplan as rp
from repayplan.display.chart import COLOURS
from tests.display import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

NOTEBOOK: Final = Path(__file__).parents[2] / "docs" / "tutorial" / "notebook.ipynb"
PROBE: Final = '<svg width="20" height="20"><rect class="probe" width="20" height="20"/></svg>'
"""What JupyterLab strips from a notebook that is not trusted, so that the tests know which one they see."""
THEMES: Final = {"JupyterLab Light": (255, 255, 255), "JupyterLab Dark": (17, 17, 17)}
MILLISECONDS: Final = 30_000


def stored() -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return notebook


def shown_html(notebook: dict[str, Any]) -> str:
    """All that the notebook shows, read from its file."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return "".join("".join(output["data"]["text/html"]) for output in outputs)


SHOWN: Final = Page(shown_html(stored()))


def cell_showing(html: str) -> dict[str, object]:
    """A cell that was run and showed this."""
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": [html]}}
    cell: dict[str, object] = {"cell_type": "code", "id": "shown", "metadata": {}, "source": []}
    return {**cell, "execution_count": None, "outputs": [output]}


def with_probe(title: str) -> str:
    """The notebook with one output more, and another signature for each title."""
    notebook = stored()
    notebook["metadata"]["title"] = title
    notebook["cells"].append(cell_showing(PROBE))
    return json.dumps(notebook)


def without_outputs() -> str:
    notebook = stored()
    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell.update(outputs=[], execution_count=None)
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def notebooks(lab: Lab) -> Lab:
    """A notebook that is trusted, one that is not, and one that was not run."""
    for name in ("trusted", "untrusted"):
        (lab.root / f"{name}.ipynb").write_text(with_probe(name), encoding="utf-8")
    lab.trust("trusted.ipynb")
    (lab.root / "new.ipynb").write_text(without_outputs(), encoding="utf-8")
    return lab


class Opened(NamedTuple):
    page: Any
    trusted: bool
    paper: tuple[int, int, int]


@pytest.fixture(
    scope="module", params=[(name, theme) for name in ("trusted", "untrusted") for theme in THEMES]
)
def opened(request: pytest.FixtureRequest, browser: Any, notebooks: Lab) -> Iterator[Opened]:  # noqa: ANN401  # playwright's
    name, theme = request.param
    notebooks.settle(theme)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(notebooks.address(f"{name}.ipynb"))
    wait_for_tables(page)
    yield Opened(page, name == "trusted", THEMES[theme])
    outside = [
        url
        for url in asked
        if not url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:"))
    ]
    page.close()
    assert not outside, "something beyond this machine was asked for"


def wait_for_tables(page: Any) -> None:  # noqa: ANN401  # playwright's
    page.locator(".jp-RenderedHTML table").nth(len(SHOWN.tables) - 1).wait_for(timeout=MILLISECONDS)
    page.locator(".jp-RenderedHTML img").nth(len(SHOWN.images) - 1).wait_for(timeout=MILLISECONDS)


def test_the_notebook_is_trusted_or_it_is_not(opened: Opened) -> None:
    assert opened.page.locator("rect.probe").count() == int(opened.trusted)


def accessible(page: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # playwright's
    """The role and the name of all that Chromium tells a screen reader of."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


def test_a_screen_reader_is_told_of_every_table_and_every_chart(opened: Opened) -> None:
    told = accessible(opened.page)
    assert [name for role, name in told if role == "table"] == [table.caption for table in SHOWN.tables]
    images = [name for role, name in told if role == "image" and name]
    assert [image.alt for image in SHOWN.images] == [name for name in images if name.endswith(".")]


def test_a_screen_reader_is_told_which_cells_are_headings(opened: Opened) -> None:
    told = Counter(accessible(opened.page))
    expected = Counter(("columnheader", label) for table in SHOWN.tables for label in table.head)
    expected += Counter(("rowheader", row[0]) for table in SHOWN.tables for row in table.rows)
    assert {key: told[key] for key in expected} == dict(expected)


def test_every_cell_holds_what_was_written(opened: Opened) -> None:
    tables = opened.page.locator(".jp-RenderedHTML table")
    read = "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))"
    assert [tables.nth(place).evaluate(read) for place in range(tables.count())] == [
        table.rows for table in SHOWN.tables
    ]


def test_numbers_end_at_the_right_of_their_column(opened: Opened) -> None:
    read = """() => [...document.querySelectorAll(".jp-RenderedHTML table")].map(table =>
        [...table.tHead.rows[0].cells].map(cell => getComputedStyle(cell).textAlign))"""
    wanted = [[style.split(";")[0].split()[1] for style in table.styles] for table in SHOWN.tables]
    assert opened.page.evaluate(read) == wanted


def pixels(locator: Any) -> Counter[tuple[int, int, int]]:  # noqa: ANN401  # playwright's
    """How many pixels of each colour are seen."""
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(locator.screenshot()))
    return Counter({colour: count for count, colour in image.convert("RGB").getcolors(2**24)})


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def test_every_chart_is_seen_on_the_colour_of_the_page(opened: Opened) -> None:
    charts = opened.page.locator(".jp-RenderedHTML img")
    assert charts.count() == len(SHOWN.images)
    for place, image in enumerate(SHOWN.images):
        chart = charts.nth(place)
        assert chart.evaluate("image => image.complete && image.naturalWidth") == 640
        seen = pixels(chart)
        assert seen.most_common(1)[0][0] == opened.paper, "a chart has no background of its own"
        for colour in COLOURS[: len(image.words()) - 4]:
            assert seen[rgb(colour)] > 100, f"{image.alt} {colour}"


def test_every_table_can_be_read(opened: Opened) -> None:
    tables = opened.page.locator(".jp-RenderedHTML table")
    for place in range(tables.count()):
        seen = pixels(tables.nth(place))
        paper, _ = seen.most_common(1)[0]
        strongest = max(contrast(paper, ink) for ink, count in seen.items() if count > 10)
        assert strongest >= 7, SHOWN.tables[place].caption


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_on_a_phone_charts_keep_their_words_and_scroll_in_their_boxes(browser: Any) -> None:  # noqa: ANN401  # playwright's
    page = browser.new_page(viewport={"width": 390, "height": 844})
    # the widest rule that pages have for images: no image is wider than what it stands in
    page.set_content(f"<style>img {{max-width: 100%; height: auto}}</style>{shown_html(stored())}")
    charts = page.locator("img")
    assert charts.count() == len(SHOWN.images)
    for place in range(charts.count()):
        chart = charts.nth(place)
        width, height = chart.evaluate("image => [image.clientWidth, image.clientHeight]")
        assert (width, height) == (600, 188), "13 of 640 pixels are 12 of 600"
        box = chart.locator("..")
        assert box.evaluate("box => box.clientWidth < 390 && box.scrollWidth >= 600")
        assert box.evaluate("box => { box.scrollLeft = 9999; return box.scrollLeft }") > 0
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390, "the page itself stays"
    page.close()


FORMULAS: Final = (
    "the bus ($5) and the car ($20)",
    r"$\href{https://bank.example/}{x}$",
    r"\(x\) \[y\] $$z$$",
)


def test_a_name_is_never_set_as_a_formula(browser: Any, notebooks: Lab) -> None:  # noqa: ANN401  # playwright's
    budget = rp.Budget(
        currency=rp.Currency.of("USD"),
        household=rp.Household(adults=1, children=0),
        incomes=[rp.Income(name, rp.Money(1, "USD")) for name in FORMULAS],
        expenses=[],
    )
    notebook = stored()
    formula = {"cell_type": "markdown", "id": "formula", "metadata": {}, "source": ["$x$"]}
    notebook["cells"] = [cell_showing(budget._repr_html_()), formula]
    (notebooks.root / "formulas.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    notebooks.settle("JupyterLab Light")
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(notebooks.address("formulas.ipynb"))
    page.locator(".jp-RenderedMarkdown mjx-container").wait_for(timeout=MILLISECONDS)
    table = page.locator(".jp-RenderedHTML table")
    assert tuple(table.locator("tbody th").all_text_contents()) == FORMULAS
    assert table.locator("mjx-container, a").count() == 0
    page.close()


def test_the_notebook_runs_in_jupyterlab_and_shows_the_same(browser: Any, notebooks: Lab) -> None:  # noqa: ANN401  # playwright's
    notebooks.settle("JupyterLab Light")
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(notebooks.address("new.ipynb"))
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=MILLISECONDS)
    assert page.locator(".jp-RenderedHTML table").count() == 0
    # nothing is given back: a promise would be waited for without an end
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    wait_for_tables(page)
    told = accessible(page)
    assert [name for role, name in told if role == "table"] == [table.caption for table in SHOWN.tables]
    page.close()
