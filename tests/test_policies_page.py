"""The page of all limits is made from the rule books, and is current."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import attrs
import pytest

import repayplan as rp
from repayplan.policies import follow_up
from repayplan.policies.limit_paths import limits_of, path_text
from tests.policies.books import BOOKS

DOCS = Path(__file__).parent.parent / "docs"
SCRIPT: dict[str, Any] = runpy.run_path(str(DOCS / "policies_page.py"))
PAGE = (DOCS / "reference" / "policies.md").read_text(encoding="utf-8")


def test_the_page_is_current() -> None:
    assert SCRIPT["page"]() == PAGE, "run python docs/policies_page.py"


def test_running_the_script_writes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[Path, str] = {}
    monkeypatch.setattr(Path, "mkdir", lambda _, **__: None)
    monkeypatch.setattr(Path, "write_text", lambda path, text, **_: written.setdefault(path, text))
    runpy.run_path(str(DOCS / "policies_page.py"), run_name="__main__")
    assert list(written.values()) == [PAGE]
    assert [path.name for path in written] == ["policies.md"]


def test_every_book_is_on_the_page_with_every_limit() -> None:
    assert {name.partition("(")[0] for name in SCRIPT["BOOKS"]} == BOOKS.keys()
    for name, book in SCRIPT["BOOKS"].items():
        _, _, section = PAGE.partition(f"\n## `{name}`\n")
        section, _, _ = section.partition("\n## ")
        for version in book.versions:
            assert str(version.effective_from) in section
        for path, limit in limits_of(book.versions[-1]):
            (row,) = [line for line in section.splitlines() if line.startswith(f"| `{path_text(path)}` |")][
                :1
            ]
            assert limit.citation.force.value in row
            assert str(limit.citation) in row


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("HOUSE_FOLLOW_UP_RULES", rp.HOUSE_FOLLOW_UP_RULES),
        ("HOUSE_BARRIER_RULES", rp.HOUSE_BARRIER_RULES),
        ("follow_up.US_REGULATION_X.notices", follow_up.US_REGULATION_X.notices),
    ],
)
def test_the_rules_of_following_up_and_of_barriers_are_on_the_page(name: str, rules: object) -> None:
    _, _, section = PAGE.partition("\n## Figures beside the rule books\n")
    found = list(limits_of(rules))
    assert found
    for path, limit in found:
        (row,) = [
            line for line in section.splitlines() if line.startswith(f"| `{path_text((name, *path))}` |")
        ]
        assert f"| {limit.citation.force.value} | {limit.citation} |" in row


def test_the_notices_are_all_in_which_regulation_x_differs_from_the_house() -> None:
    assert attrs.evolve(follow_up.US_REGULATION_X, notices=()) == rp.HOUSE_FOLLOW_UP_RULES


def test_a_notice_stands_at_the_top() -> None:
    notice = "rules as data for engineers, not legal advice"
    assert PAGE.index(notice) < PAGE.index("\n## ")
