"""Every public class can be drawn, without a complaint of Hypothesis, and is stored as it was."""

from __future__ import annotations

import enum
import inspect
import pickle
import subprocess
import sys
import types
import typing
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck

import repayplan as rp
from repayplan import testing
from repayplan.policies import Policy, PolicyVersions

EUR: Final = rp.Currency.of("EUR")
CLASSES: Final = [
    name
    for name in rp.__all__
    if inspect.isclass(getattr(rp, name)) and not issubclass(getattr(rp, name), BaseException)
]
FINITE: Final = {"Catalog": 4, "Currency": 5, "WordLists": 4}
"""Classes of which only so many are drawn: those that the library ships, and some currencies."""
FEW: Final = settings(max_examples=10, phases=[Phase.generate], database=None)
QUICK: Final = settings(max_examples=20, phases=[Phase.generate], database=None)


def test_what_is_not_drawn_is_no_class_of_values() -> None:
    left = {name for name in rp.__all__ if name not in CLASSES}
    others = [getattr(rp, name) for name in left]
    errors = {error for error in others if inspect.isclass(error)}
    assert all(issubclass(error, rp.RepayPlanError) for error in errors)  # raised, not drawn
    constants = {type(value) for value in others if not callable(value)} - {types.UnionType}
    assert constants == {
        rp.AllocationOrder,
        rp.BarrierRules,
        rp.FollowUpRules,
        rp.MessageRules,
        rp.SwitchingOrder,
    }  # whose classes are drawn
    assert {inspect.isfunction(value) for value in others if callable(value) and value not in errors} == {
        True
    }


def read_through(value: object) -> None:
    """Read every public property of a value, and show it in every way that it has."""
    public = (name for name in dir(type(value)) if not name.startswith("_"))
    for name in public:
        kept = inspect.getattr_static(type(value), name)
        if not callable(kept) and not isinstance(kept, classmethod | staticmethod):
            getattr(value, name)
    for name in ("__repr__", "__str__", "_repr_html_", "explain", "to_rows", "to_text"):
        show: Any = getattr(value, name, None)
        if show is not None:
            show()


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_class_is_drawn_and_stored(name: str) -> None:
    kind = getattr(rp, name)
    found = []

    @FEW
    @given(testing.values(kind))
    def draw(value: object) -> None:
        assert isinstance(value, kind)
        read_through(value)
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # our own bytes
        found.append(value)

    draw()
    assert len(found) >= min(10, len(kind) if issubclass(kind, enum.Enum) else FINITE.get(name, 10))


@pytest.mark.parametrize("kind", [Policy, PolicyVersions])
def test_rule_books_of_countries_are_those_that_are_shipped(kind: type) -> None:
    @FEW
    @given(testing.values(kind))
    def draw(value: object) -> None:
        assert isinstance(value, kind)

    draw()


# --- fields


@QUICK
@given(testing.values(rp.Payment, amount=rp.Money(5, "EUR"), installment=st.integers(2, 3)))
def test_fields_are_fixed_or_drawn(payment: rp.Payment) -> None:
    assert payment.amount == rp.Money(5, "EUR")
    assert payment.installment in {2, 3}


@QUICK
@given(testing.values(rp.Hold, last_day=None), testing.values(rp.Household, children=2))
def test_the_other_fields_follow_those_that_are_fixed(hold: rp.Hold, household: rp.Household) -> None:
    assert hold.last_day is None
    assert household.children == 2


@QUICK
@given(testing.values(rp.Debt, fees=rp.Money(0, "JPY")), testing.values(rp.Budget, currency=EUR))
def test_all_amounts_are_in_the_currency_of_a_fixed_one(debt: rp.Debt, budget: rp.Budget) -> None:
    assert debt.currency == rp.Currency.of("JPY")
    assert {line.amount.currency for line in budget.expenses} <= {EUR}


@QUICK
@given(testing.values(rp.Plan, contact_by=rp.Channel.LETTER))
def test_a_field_of_what_is_made_as_a_whole_is_set_where_it_fits(plan: rp.Plan) -> None:
    assert plan.contact_by is rp.Channel.LETTER


@QUICK
@given(testing.values(rp.PlanAct, kind=rp.ActKind.TERMINATE))
def test_a_termination_has_its_notice_and_a_chance_to_pay(act: rp.PlanAct) -> None:
    assert act.notice_on is not None
    assert act.pay_by is not None
    assert act.notice_on < act.pay_by < act.on


@QUICK
@given(testing.values(rp.StepPayments, steps=((1, rp.Money(2, "KWD")),)))
def test_a_currency_within_tuples_is_found(pattern: rp.StepPayments) -> None:
    assert pattern.steps == ((1, rp.Money(2, "KWD")),)


@QUICK
@given(testing.values(rp.Limit[Fraction]), testing.values(rp.Limit))  # type: ignore[type-abstract, unused-ignore]
def test_a_generic_class_may_state_its_type(share: rp.Limit[Fraction], any_limit: rp.Limit[Any]) -> None:
    assert isinstance(share.value, Fraction)
    assert isinstance(any_limit.value, (int, rp.Money))


@pytest.mark.parametrize(
    "name", [name for name in rp.__all__ if isinstance(getattr(rp, name), types.UnionType)]
)
def test_a_public_alias_of_several_kinds_is_drawn(name: str) -> None:
    @FEW
    @given(testing.values(getattr(rp, name)))
    def draw(value: object) -> None:
        assert isinstance(value, typing.get_args(getattr(rp, name)))

    draw()


def test_fields_that_cannot_suit_the_others_are_reported_by_hypothesis() -> None:
    @QUICK
    @given(testing.values(rp.Band, first_day=5, name="a", comparison=rp.Comparison.EXACTLY))
    def draw(_: rp.Band) -> None: ...

    with pytest.raises(FailedHealthCheck):
        draw()


# --- refusals


def test_a_field_of_the_wrong_type_is_refused_at_once() -> None:
    @QUICK
    @given(testing.values(rp.Payment, amount=5))
    def draw(_: rp.Payment) -> None: ...

    with pytest.raises(rp.InputTypeError, match="amount: expected Money"):
        draw()


def test_an_unknown_field_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(
        rp.UnknownKeyError, match="Household has no field 'adult'; it has adults, children"
    ) as error:
        testing.values(rp.Household, adult=1)
    assert error.value.code == "testing.field"


def test_an_enumeration_has_no_fields() -> None:
    with pytest.raises(rp.UnknownKeyError, match="it has none"):
        testing.values(rp.Channel, value=1)


@pytest.mark.parametrize("kind", [dict, typing.Protocol])
def test_what_is_no_value_of_the_library_is_refused(kind: Any) -> None:  # noqa: ANN401  # on purpose
    with pytest.raises(rp.InputTypeError) as error:
        testing.values(kind)
    assert error.value.field == "kind"


def test_what_is_no_class_is_refused() -> None:
    with pytest.raises(rp.InputTypeError, match="kind: expected type"):
        testing.values(5)  # type: ignore[arg-type]


def test_the_package_loads_each_module_that_says_how_something_is_drawn() -> None:
    # one that is loaded by nobody would leave its classes to be drawn by their annotations alone
    code = (
        "import pkgutil, sys; from repayplan import testing; "
        "print([one.name for one in pkgutil.iter_modules(testing.__path__, 'repayplan.testing.') "
        "if one.name not in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # ours
    assert done.stdout.strip() == "[]"
