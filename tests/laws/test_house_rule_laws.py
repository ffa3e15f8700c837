"""House rules over every limit of every rule book: only the direction that protects the client is open."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan import policies
from repayplan.policies.limit_paths import limits_of, path_text
from tests.policies.books import versions

if TYPE_CHECKING:
    from repayplan.policies import Policy

HOUSE = rp.Citation(title="ours", force=rp.Force.HOUSE)
MOVABLE = [
    (policy, path_text(path), limit)
    for _, policy in versions()
    for path, limit in limits_of(policy)
    if isinstance(limit.value, (int, Fraction, rp.Money))
]
OUT_OF_RANGE = {"count.range", "rules.share", "rules.amount"}


def figure_like(value: object) -> st.SearchStrategy[Any]:
    """Figures of the kind of one, near to it and far from it."""
    if isinstance(value, rp.Money):
        near = st.integers(value.minor_units - 3, value.minor_units + 3) | st.integers(-(10**9), 10**9)
        return near.map(lambda units: rp.Money.from_minor_units(units, value.currency))
    if isinstance(value, Fraction):
        return st.fractions(-2, 2, max_denominator=100) | st.just(value)
    assert isinstance(value, int)
    return st.integers(value - 3, value + 3) | st.integers(-(10**6), 10**6)


def protects(limit: rp.Limit[Any], value: Any) -> bool:  # noqa: ANN401  # any figure
    if limit.protects is rp.Protects.HIGHER:
        return bool(value >= limit.value)
    if limit.protects is rp.Protects.LOWER:
        return bool(value <= limit.value)
    return bool(value == limit.value)


@st.composite
def moves(draw: st.DrawFn) -> tuple[Policy, str, rp.Limit[Any], Any]:
    policy, path, limit = draw(st.sampled_from(MOVABLE))
    return policy, path, limit, draw(figure_like(limit.value))


def outcome(policy: Policy, path: str, value: object) -> Policy | rp.PolicyError:
    try:
        return policies.evolve(policy, {path: value}, citation=HOUSE)
    except rp.PolicyError as error:
        return error


@given(moves())
def test_a_move_is_made_only_where_it_protects_the_client(
    move: tuple[Policy, str, rp.Limit[Any], Any],
) -> None:
    policy, path, limit, value = move
    moved = outcome(policy, path, value)
    if isinstance(moved, rp.PolicyError):
        assert moved.field == path
        assert moved.code in (OUT_OF_RANGE if protects(limit, value) else {"limit.direction"})
        return
    assert protects(limit, value)
    before = {path_text(steps): found for steps, found in limits_of(policy)}
    after = {path_text(steps): found for steps, found in limits_of(moved)}
    assert (after[path].value, after[path].citation) == (value, HOUSE)
    assert {name for name in after if after[name] != before[name]} == {path}


@given(moves())
def test_what_is_moved_is_never_moved_back(move: tuple[Policy, str, rp.Limit[Any], Any]) -> None:
    policy, path, limit, value = move
    moved = outcome(policy, path, value)
    if isinstance(moved, rp.PolicyError) or value == limit.value:
        return
    back = outcome(moved, path, limit.value)
    assert isinstance(back, rp.PolicyError)
    assert (back.code, back.field) == ("limit.direction", path)
