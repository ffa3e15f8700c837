"""The reference has every public name, and the pages that are read as files point at files that are there."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

import repayplan as rp
from repayplan import _NAMES_BY_MODULE  # pyright: ignore[reportPrivateUsage]  # the table that the pages read

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
DIRECTIVE = re.compile(r"^\.\. public-names:: (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
READ_AS_FILES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_each_module_with_public_names_is_on_one_page() -> None:
    named = Counter(
        package
        for page in sorted(REFERENCE.glob("*.rst"))
        for packages in DIRECTIVE.findall(page.read_text(encoding="utf-8"))
        for package in packages.split()
    )
    assert named == Counter({module.partition(".")[0] for module in _NAMES_BY_MODULE})


def test_the_table_of_names_is_the_public_face() -> None:
    assert sorted(" ".join(_NAMES_BY_MODULE.values()).split()) == sorted(rp.__all__)


@pytest.mark.parametrize(
    ("page", "package"), [("portfolio", "portfolio"), ("rule-books", "policies"), ("testing", "testing")]
)
def test_the_names_of_a_package_of_its_own_are_on_its_page(page: str, package: str) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra portfolio")
    module = __import__(f"repayplan.{package}", fromlist=["__all__"])
    text = (REFERENCE / f"{page}.rst").read_text(encoding="utf-8")
    listed = re.findall(rf"^\.\. [a-z:]+:: repayplan\.{package}\.(\w+)$", text, re.MULTILINE)
    assert sorted(listed) == sorted(module.__all__)


def test_every_field_of_a_public_class_is_described() -> None:
    public = [getattr(rp, name) for name in rp.__all__]
    kinds = [kind for kind in public if isinstance(kind, type) and attrs.has(kind)]
    assert len(kinds) > 200
    for kind in kinds:
        told = "\n".join(base.__doc__ or "" for base in kind.__mro__)
        named = [field.name for field in attrs.fields(kind) if not field.name.startswith("_")]
        assert [name for name in named if not re.search(rf"^\s+{name}:", told, re.MULTILINE)] == [], kind


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Standing", "   .. py:property:: days_past_due"),
        ("CapacityCertificate", "      Whether every installment, and every month, is within capacity."),
        ("Channel", "   :undoc-members:"),
    ],
)
def test_what_has_no_docstring_at_run_time_is_on_its_page_too(
    name: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sphinx", reason="needs the extra docs")
    monkeypatch.syspath_prepend(ROOT / "docs")
    entry = importlib.import_module("public_names")._entry  # noqa: SLF001  # what the directive writes
    assert line in entry(name, "repayplan")


@pytest.mark.parametrize("page", READ_AS_FILES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_files_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target
