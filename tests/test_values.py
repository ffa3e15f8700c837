from __future__ import annotations

import copy
import pickle
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pendulum
import pytest

from repayplan.calendars import ExplicitCalendar, WeekendCalendar
from repayplan.currency import Currency
from repayplan.errors import MoneyError, RateError
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.rates import Rate, RateUnit
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = [
    Currency("USD", 10),
    Money("12.34", "EUR"),
    Money("0.0000000001", Currency("USD", 10)),
    Rate.daily("0.0005"),
    Frequency.WEEKLY,
    Frequency.QUARTERLY,
    Frequency.SEMI_MONTHLY,
    WeekendCalendar({5, 6}),
    ExplicitCalendar(
        pendulum.date(2026, 1, 1),
        pendulum.date(2026, 12, 31),
        closed=[pendulum.date(2026, 2, 17)],
        opened=[pendulum.date(2026, 2, 14)],
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_pickles_to_an_equal_one(value: Value, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301  # our own bytes
    assert type(again) is type(value)
    assert again == value
    assert hash(again) == hash(value)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_a_value_copies_to_an_equal_one(value: Value, copier: Callable[[Value], Value]) -> None:
    assert copier(value) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_frozen(value: Value) -> None:
    name = attrs.fields(type(value))[0].name  # type: ignore[arg-type]  # every value is an attrs class
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_takes_no_further_attribute(value: Value) -> None:
    assert not hasattr(value, "__dict__")


def test_a_forged_pickle_of_a_currency_meets_the_constructor() -> None:
    function, arguments = Currency("EUR", 2).__reduce__()
    kind, fields = arguments
    with pytest.raises(MoneyError):
        function(kind, {**fields, "digits": 99})


def test_a_forged_pickle_of_money_meets_the_bounds() -> None:
    function, arguments = Money("1.00", "EUR").__reduce__()
    with pytest.raises(MoneyError):
        function(10**18 + 1, arguments[1])


def test_a_forged_pickle_of_a_rate_meets_the_ceiling() -> None:
    function, arguments = Rate.annual("0.18").__reduce__()
    kind, fields = arguments
    with pytest.raises(RateError):
        function(kind, {**fields, "value": Fraction(5)})


def test_checks_hold_although_attrs_is_told_to_skip_validators() -> None:
    attrs.validators.set_disabled(True)
    try:
        with pytest.raises(RateError):
            Rate(Fraction(5), RateUnit.YEAR)
        with pytest.raises(MoneyError):
            Currency("EUR", 19)
    finally:
        attrs.validators.set_disabled(False)


@attrs.frozen
class Derived(Value):
    _given: int = attrs.field(alias="given")
    doubled: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "doubled", 2 * self._given)


def test_private_and_derived_fields_are_rebuilt_by_the_constructor() -> None:
    value = Derived(given=21)
    assert value.__reduce__()[1] == (Derived, {"given": 21})
    assert copy.copy(value).doubled == 42
