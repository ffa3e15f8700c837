"""The notebook shows what the library shows now, and the recipes for tables run where their libraries are."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.display import Page

DOCS = Path(__file__).parent.parent / "docs"
NOTEBOOK = json.loads((DOCS / "tutorial" / "notebook.ipynb").read_text(encoding="utf-8"))
RECIPES = (DOCS / "how-to" / "notebooks.md").read_text(encoding="utf-8")
PREPARED = re.findall(r"^```python\n(.*?)^```$", RECIPES, re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```ipython3\n(.*?)^```$", RECIPES, re.MULTILINE | re.DOTALL)
LIBRARIES = ("pandas", "polars", "pyarrow")


def cells_of(kind: str) -> list[dict[str, Any]]:
    return [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == kind]


def run(cell: dict[str, Any], names: dict[str, object]) -> object:
    """Run a cell and give the value of its last line, as a notebook does."""
    *before, last = ast.parse("".join(cell["source"])).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(before, []), cell["id"], "exec"), names)  # noqa: S102  # the cells are ours
    value: object = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)  # noqa: S307  # likewise
    return value


def test_every_output_of_the_notebook_is_what_the_library_shows() -> None:
    names: dict[str, object] = {}
    for place, cell in enumerate(cells_of("code"), start=1):
        value: Any = run(cell, names)
        (output,) = cell["outputs"]
        assert cell["execution_count"] == output["execution_count"] == place
        assert "".join(output["data"]["text/html"]) == value._repr_html_(), cell["id"]
        assert set(output["data"]) == {"text/html", "text/plain"}


def test_the_notebook_has_tables_and_charts() -> None:
    pages = [Page("".join(cell["outputs"][0]["data"]["text/html"])) for cell in cells_of("code")]
    assert sum(len(page.tables) for page in pages) == 9
    assert sum(len(page.images) for page in pages) == 5


def test_the_notebook_tells_nothing_of_the_machine_that_ran_it() -> None:
    assert NOTEBOOK["metadata"].keys() == {"kernelspec", "language_info"}
    assert NOTEBOOK["metadata"]["kernelspec"]["name"] == "python3"
    assert all(not cell["metadata"] for cell in NOTEBOOK["cells"])
    assert all(not output["metadata"] for cell in cells_of("code") for output in cell["outputs"])
    assert not re.search(r"/(?:home|root|tmp|Users|usr|work)/", json.dumps(NOTEBOOK))


@pytest.mark.parametrize(("library", "block"), list(zip(LIBRARIES, BLOCKS, strict=True)), ids=LIBRARIES)
def test_a_recipe_keeps_every_amount(library: str, block: str) -> None:
    pytest.importorskip(library)
    assert f"import {library}" in block
    names: dict[str, object] = {}
    exec("".join(PREPARED), names)  # noqa: S102  # the page is ours, and running it is the test
    exec(block, names)  # noqa: S102  # likewise: its assertions are what it promises
