"""House rules: limits of a rule book that a bank moves, and only so that the client is protected more."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from repayplan.checks import check_instance
from repayplan.errors import InputTypeError, PolicyError, RepayPlanError, shown
from repayplan.policies.limit_paths import limits_of, path_text, with_limit
from repayplan.policies.policy import Policy, PolicyVersions
from repayplan.rules import Citation, Force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["evolve"]

P = TypeVar("P", Policy, PolicyVersions)


def evolve(policy: P, moves: Mapping[str, object], *, citation: Citation) -> P:
    """Give a policy, or every version of one, with limits moved by house rules.

    Each limit says in which direction moving it protects the client. A limit that protects in neither stays
    as it is: a longest term of 24 months in place of 60 would raise the installments.

    Of versions, a limit that some do not have is moved in those that have it. A path names a place: where
    versions have different limits at one place, move the limits of each version by themselves.

    Args:
        policy: The policy or its versions.
        moves: The new figures by the paths of their limits, such as
            ``{"affordability.contingency": Fraction(1, 5)}``.
        citation: The house rule, of force ``HOUSE``, so that it is never presented as law.

    Raises:
        PolicyError: A limit would be moved in another direction or out of its range, and ``field`` is its
            path; neither the policy nor any of its versions has such a limit; or the citation is not the
            house's.
        InputTypeError: A figure is of the wrong type.
    """
    if check_instance(citation, Citation, "citation").force is not Force.HOUSE:
        message = f"expected a rule of force house, got {citation.force.value}; no house rule is a law"
        raise PolicyError("policy.house", "citation", message)
    if not hasattr(moves, "items"):
        message = f"expected a dict of figures by the paths of their limits, got {shown(moves)}"
        raise InputTypeError("policy.moves", "moves", message, {"expected": "dict"})
    if isinstance(policy, PolicyVersions):
        _check_paths(policy.versions, moves)
        return PolicyVersions([_moved(version, moves, citation) for version in policy.versions])
    _check_paths((check_instance(policy, Policy, "policy"),), moves)
    return _moved(policy, moves, citation)


def _check_paths(versions: Sequence[Policy], moves: Iterable[str]) -> None:
    known = {path_text(path) for version in versions for path, _ in limits_of(version)}
    for text in moves:
        if text not in known:
            wanted = "expected the path of a limit that the policy has, such as plan.max_months"
            message = f"{wanted}, got {shown(text)}"
            raise PolicyError("policy.path", "moves", message)


def _moved(policy: Policy, moves: Mapping[str, object], citation: Citation) -> Policy:
    """Move the limits that a policy has."""
    found = {path_text(path): (path, limit) for path, limit in limits_of(policy)}
    for text, value in moves.items():
        if text not in found:
            continue
        path, limit = found[text]
        try:
            policy = with_limit(policy, path, limit.moved(value, citation))
        except RepayPlanError as error:  # which knows the figure, and not where in the policy it stands
            raise type(error)(error.code, text, error.message, error.data) from None
    return policy
