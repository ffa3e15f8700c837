from __future__ import annotations

from fractions import Fraction

import pytest

import repayplan as rp
from tests.plan import HOUSE, money

SHARE = rp.Limit(Fraction(1, 10), HOUSE)
NOTHING = rp.Limit(money(0), HOUSE)


def rules(**fields: object) -> rp.AffordabilityRules:
    stated: dict[str, object] = {"contingency": SHARE, "protected_minimum": NOTHING}
    return rp.AffordabilityRules(**{**stated, **fields})  # type: ignore[arg-type]  # wrong types are a point


@pytest.mark.parametrize("missing", ["contingency", "protected_minimum"])
def test_both_parts_must_be_stated(missing: str) -> None:
    # No plan takes the whole surplus by default.
    stated = {"contingency": SHARE, "protected_minimum": NOTHING}
    del stated[missing]
    with pytest.raises(TypeError, match=missing):
        rp.AffordabilityRules(**stated)  # type: ignore[arg-type]  # the point


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1, 3), Fraction(1)])
def test_a_share_from_nothing_to_all_is_kept(share: Fraction) -> None:
    assert rules(contingency=rp.Limit(share, HOUSE)).contingency.value == share


@pytest.mark.parametrize("share", [Fraction(-1, 10**9), Fraction(10**9 + 1, 10**9), Fraction(10)])
def test_a_share_beyond_that_is_refused(share: Fraction) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rules(contingency=rp.Limit(share, HOUSE))
    assert (caught.value.code, caught.value.field) == ("rules.share", "contingency")


def test_a_cap_may_be_stated() -> None:
    assert rules(contingency_cap=rp.Limit(money(2_000), HOUSE)).contingency_cap is not None
    assert rules().contingency_cap is None


@pytest.mark.parametrize("field", ["protected_minimum", "contingency_cap"])
def test_a_negative_amount_is_refused(field: str) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rules(**{field: rp.Limit(money(-1), HOUSE)})
    assert (caught.value.code, caught.value.field) == ("rules.amount", field)


@pytest.mark.parametrize("field", ["contingency", "protected_minimum", "contingency_cap"])
@pytest.mark.parametrize("value", ["0.1", 0, rp.Limit("0.1", HOUSE), rp.Limit(0.1, HOUSE)])
def test_what_is_no_limit_of_the_right_kind_is_refused(field: str, value: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rules(**{field: value})
    assert caught.value.field == field
