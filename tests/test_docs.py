"""The pages run: every ``python`` block prints exactly the ``text`` block below it, and the tour runs too.

The blocks of a page share one namespace, as a reader who types them one after the other does. A block that
prints nothing has no ``text`` block; one that prints must have it right below.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
TUTORIAL = sorted((ROOT / "docs" / "tutorial").glob("*.md"))
PAGES = [ROOT / "README.md", *TUTORIAL, *sorted((ROOT / "docs" / "how-to").glob("*.md"))]

PYTHON_BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n*```text\n(?P<output>.*?)^```$)?", re.MULTILINE | re.DOTALL
)
FENCED_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NEEDED = {
    "fastapi.md": ("fastapi", "httpx2"),
    "plain-data.md": ("fastavro", "jsonschema", "msgspec", "pyarrow"),
    "portfolio.md": ("pyarrow",),
    "portfolio-engines.md": ("duckdb", "polars", "pyspark", "distributed"),
}
"""What a page needs besides the library, by extras that may not be there."""
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{3,}")


class Block(NamedTuple):
    line: int
    code: str
    output: str


def blocks_of(text: str) -> list[Block]:
    return [
        Block(text.count("\n", 0, match.start("code")), match["code"], match["output"] or "")
        for match in PYTHON_BLOCK.finditer(text)
    ]


def run(block: Block, page: str, names: dict[str, object]) -> None:
    # the empty lines before the code make a traceback point at the line of the page
    code = compile("\n" * block.line + block.code, page, "exec", dont_inherit=True)
    exec(code, names)  # noqa: S102  # the pages are ours, and running them is the test


def page_id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")  # of pandas, which is not used
@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_page_prints_what_it_says(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for module in NEEDED.get(page.name, ()):
        pytest.importorskip(module, reason="needs an extra")
    text = page.read_text(encoding="utf-8")
    blocks = blocks_of(text)
    assert len(blocks) == len(re.findall(r"^\s*```\{?(?:py|code)", text, re.MULTILINE)), "a block is not run"
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks:
        run(block, str(page), names)
        printed = capsys.readouterr().out
        assert printed == block.output, f"{page_id(page)}, the block at line {block.line + 1}"


@pytest.mark.parametrize("page", TUTORIAL, ids=page_id)
def test_figures_in_the_words_of_a_tutorial_come_from_its_blocks(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    said = figures(FENCED_BLOCK.sub("", text))
    assert said <= figures("\n".join(FENCED_BLOCK.findall(text)))


def figures(text: str) -> set[str]:
    return {figure.replace(",", "") for figure in FIGURE.findall(text)}


def test_the_tutorial_is_there_in_both_languages_with_the_same_amounts() -> None:
    english, chinese = (
        (ROOT / "docs" / "tutorial" / name).read_text(encoding="utf-8") for name in ("tour.md", "tour.zh.md")
    )
    assert amounts(english) == amounts(chinese)


def amounts(page: str) -> set[str]:
    found = re.findall(r"\d[\d,]*\.\d\d\b", "\n".join(block.output for block in blocks_of(page)))
    return {amount.replace(",", "") for amount in found}


def test_a_block_that_prints_needs_its_output_right_below(capsys: pytest.CaptureFixture[str]) -> None:
    page = "Words.\n\n```python\nprint(1)\n```\n\nMore words.\n\n```text\n1\n```\n"
    (block,) = blocks_of(page)
    assert block == Block(3, "print(1)\n", "")
    run(block, "page", {})
    assert capsys.readouterr().out != block.output


def test_the_tour_tells_the_story_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "docs" / "tour.py"), run_name="__main__")
    told = re.split(r"^\d+\. .*\n=+\n", capsys.readouterr().out, flags=re.MULTILINE)
    assert len(told) == 1 + len(STORY)
    for chapter, expected in zip(told[1:], STORY, strict=True):
        assert expected in chapter
    assert told[13].count(" paid ") == 13


STORY = (
    "in all \u00a518,586.00",
    "Next: ask for the cause of a missed payment, by 2026-12-03, by phone from 2026-12-01 09:00\n",
    "outbound            phone     conversation\n",
    "capacity: surplus 2840.00 - contingency 284.00 - protected minimum 0.00 = 2556.00 CNY\n",
    "failed: within capacity: 3000.00 CNY, wanted at most 2556.00 CNY\n",
    "faster               12          1700.24",
    "Every installment is within what she can pay: yes\n",
    "Sent and recorded at 08:00.\n2026-12-31 paid \u00a51,700.24: on track\n",
    "2027-03-31 paid \u00a51,700.24: on track\n",
    "2027-05-01: beyond grace, 1 day past due, \u00a51,700.23 of 2027-04-30\n",
    "2027-05-02: reduced hours (unverified)\n",
    "Outstanding on 2027-05-02: \u00a512,935.58; carried over: \u00a512,935.58\n",
    "2028-06-01 paid \u00a51,099.14: completed\n",
    "13 installments, completed>; steps left: 0\n",
    "Of 5 calls the record lacks pbx-5198\n",
    "With 1700.24 made 2700.24: entry 3 is named.\n",
    "capacity \u00a5306.00 a month: no plan is affordable.\n",
    "capacity \u00a50.00 a month: no plan is affordable.\n",
)
"""What each chapter of the tour says."""
