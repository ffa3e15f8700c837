"""The conditions of a contact: each says at every minute whether it bars the contact, and on what ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from repayplan.rules import Finding

if TYPE_CHECKING:
    from repayplan.communication.phases import Phases

__all__ = ["Condition", "Grounds"]

Grounds: TypeAlias = Callable[[int, bool], Finding]
"""Gives the finding for a minute, and whether the condition is met at it."""


class Condition(NamedTuple):
    """One rule applied to a contact.

    Attributes:
        bars: When it bars the contact.
        grounds: What is found at a minute.
    """

    bars: Phases
    grounds: Grounds

    def finding(self, minute: int) -> Finding:
        """Give what is found at a minute."""
        return self.grounds(minute, not self.bars(minute).barred)
