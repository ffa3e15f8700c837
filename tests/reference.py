"""The published figures beside the checkout: read where the folder exists, otherwise skipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reference"

Case = dict[str, Any]


def load(name: str) -> Any:  # noqa: ANN401  # files of several shapes
    """Read one file of figures, or skip the test that asks for it."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the published figures are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def case(name: str, key: str | None, identity: str) -> Case:
    """Read one case of a file by its ``id``; ``key`` names the list, None if the file is one."""
    content = load(name)
    rows: list[Case] = content if key is None else content[key]
    return next(row for row in rows if row["id"] == identity)
