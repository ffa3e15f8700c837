"""How many rows of a schedule the columnar route takes: of one account, and of a piece of a batch."""

from __future__ import annotations

from typing import Final

__all__ = ["ROWS_AN_ACCOUNT_MAX", "ROWS_A_PIECE_MAX"]

ROWS_AN_ACCOUNT_MAX: Final = 1_000
"""The most installments of an account on the columnar route."""
ROWS_A_PIECE_MAX: Final = 1 << 19
"""About the most installments that the accounts of a piece may ask for, if there are several of them."""
