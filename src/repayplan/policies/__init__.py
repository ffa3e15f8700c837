"""Rule books by jurisdiction, every figure with its source. Rules as data for engineers, not legal advice.

Check every figure with your own counsel before use. What no readable source gave is not here: the caller
gives it.
"""

from __future__ import annotations

from repayplan.policies.composing import compose
from repayplan.policies.house_rules import evolve
from repayplan.policies.policy import Policy, PolicyVersions

__all__ = ["Policy", "PolicyVersions", "compose", "evolve"]
