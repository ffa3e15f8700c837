"""The parts of what an installment asks for."""

from __future__ import annotations

from typing import Final

from repayplan.values import Enumeration

__all__ = ["COMPONENTS", "PLACE_OF", "Component"]


class Component(Enumeration):
    """A part of what an installment asks for."""

    PENALTIES = "penalties"
    """Penalties owed at the start, and late charges that are penalties."""
    FEES = "fees"
    """Fees of the plan and those owed at the start, and late charges that are fees."""
    INTEREST = "interest"
    """Interest of the plan and that owed at the start, and late interest."""
    PRINCIPAL = "principal"


COMPONENTS: Final = tuple(Component)
"""The components in the order in which their amounts are kept."""
PLACE_OF: Final = {component: place for place, component in enumerate(COMPONENTS)}
"""The place of each component in that order."""
