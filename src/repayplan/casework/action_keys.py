"""The keys of actions that several rules speak of."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["answer_key", "attempt_key", "debts_key", "way_key"]

_DEBTS_MAX: Final = 200
"""The most characters by which debts are named together: as many as one id may have."""


def attempt_key(key: str, attempt: int) -> str:
    """Give the key of an attempt at what a need wants, the first of which has the need's own."""
    return key if attempt == 1 else f"{key}:{attempt}"


def way_key(key: str) -> str:
    """Give the key of the step by which a person decides how the client is reached for a need."""
    return f"way:{key}"


def answer_key(request: str) -> str:
    """Give the key of the answer to a contact in which the client asked for something."""
    return f"answer:{request}"


def debts_key(debts: Sequence[str]) -> str:
    """Name debts together in a key: by their ids or, where these are too long, by a digest of them."""
    name = "+".join(debts)
    return name if len(name) <= _DEBTS_MAX else hashlib.sha256(name.encode()).hexdigest()
