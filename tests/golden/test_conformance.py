"""The page on what is reproduced says of every published case what the tests do with it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.golden import test_actus, test_fineract
from tests.reference import load

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "explanation" / "conformance.md").read_text(encoding="utf-8")
OUTCOMES = ("reproduced", "refused on purpose", "out of scope", "not yet built")
UNTESTED = ("out of scope", "not yet built")

Row = list[str]


def tables() -> list[list[Row]]:
    """Read the cells of every table, row by row, without head and rule."""
    found: list[list[Row]] = []
    for block in re.findall(r"(?:^\|.*\n?)+", PAGE, re.MULTILINE):
        lines = [line.strip("|").split("|") for line in block.splitlines()[2:]]
        found.append([[cell.strip() for cell in line] for line in lines])
    return found


SOURCES, FINERACT, WORKED = tables()


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def outcome(row: Row) -> str:
    return next(name for name in OUTCOMES if row[2].startswith(name))


def test_every_worked_example_is_on_the_page_once_under_its_area() -> None:
    on_page = [(identity, area) for row in WORKED for area in names(row[0]) for identity in names(row[1])]
    assert sorted(on_page) == sorted((row["id"], row["area"]) for row in load("worked_examples.json"))


@pytest.mark.parametrize("row", WORKED, ids=lambda row: row[0])
def test_what_is_said_to_be_reproduced_or_refused_is_named_in_a_test(row: Row) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_worked_*.py"))
    named = {identity for identity in names(row[1]) if f'"{identity}"' in tests}
    by_area = {"`amortisation`"} if 'row["area"] == "amortisation"' in tests else set()
    assert named == set(names(row[1])) or row[0] in by_area or outcome(row) in UNTESTED
    assert not named or outcome(row) not in UNTESTED


@pytest.mark.parametrize("row", [row for row in WORKED if outcome(row) != "reproduced"], ids=outcome)
def test_what_is_not_reproduced_has_a_reason(row: Row) -> None:
    reason = row[2].removeprefix(outcome(row))
    assert reason.startswith(": ")
    assert len(reason.split()) > 1


def test_the_table_of_sources_counts_right() -> None:
    fineract, worked = load("fineract_schedules.json"), load("worked_examples.json")
    actus, rates = load("actus_schedules.json")["cases"], load("regz_appendix_j.json")["examples"]
    by_outcome: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    for row in WORKED:
        by_outcome[outcome(row)] += len(names(row[1]))
    assert [[int(cell) for cell in row[1:3]] for row in SOURCES] == [
        [len(fineract["cases"]), len(test_fineract.REPRODUCED)],
        [len(fineract["dates_only"])] * 2,
        [len(actus), len(test_actus.LEVEL + test_actus.EQUAL_PRINCIPAL + test_actus.BULLET)],
        [len(rates)] * 2,
        [len(worked), by_outcome["reproduced"]],
    ]
    assert SOURCES[-1][3] == ", ".join(
        f"{count} {name}" for name, count in by_outcome.items() if name != "reproduced" and count
    )


def test_the_table_of_fineracts_needs_counts_right() -> None:
    cases = load("fineract_schedules.json")["cases"]
    needed = Counter(need for row in cases for need in row["requires"] or [""])
    reproduced = Counter(
        need for row in cases if row["id"] in test_fineract.REPRODUCED for need in row["requires"] or [""]
    )
    for cell, count, done, _ in FINERACT:
        need = "".join(names(cell))
        assert (int(count), int(done)) == (needed[need], reproduced[need]), cell
    assert len(FINERACT) == len(needed)
