"""The page of all limits is made from the rule books, and is current."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repayplan.policies.limit_paths import limits_of, path_text
from tests.policies.books import BOOKS

if TYPE_CHECKING:
    import pytest

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


def test_a_notice_stands_at_the_top() -> None:
    notice = "rules as data for engineers, not legal advice"
    assert PAGE.index(notice) < PAGE.index("\n## ")
