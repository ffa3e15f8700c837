"""What is found to be wrong with a row, and all of it as a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from repayplan.portfolio.schemas import OUT_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from repayplan.errors import RepayPlanError

__all__ = ["Found", "findings_of"]


class Found(NamedTuple):
    """One finding, by ``OUT_FINDINGS``."""

    row: int
    account: str | None
    field: str
    code: str
    message: str

    @classmethod
    def by(cls, error: RepayPlanError, row: int, account: str | None) -> Found:
        """Give what the scalar path says is wrong with a row; its payments are rows here, not a field."""
        place, _, name = error.field.partition(".")
        field = name if name and place.startswith("payments") else error.field
        return cls(row, account, field, error.code, error.message)


def findings_of(found: Iterable[Found]) -> pa.RecordBatch:
    """Give findings by their rows."""
    return pa.RecordBatch.from_pylist([item._asdict() for item in sorted(found)], OUT_FINDINGS)
