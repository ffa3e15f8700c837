from __future__ import annotations

import copy
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from repayplan import errors
from repayplan.currency import Currency
from repayplan.errors import (
    BudgetError,
    CaseError,
    CommunicationError,
    DateError,
    InputTypeError,
    MoneyError,
    NegativeAmortizationError,
    PaymentError,
    PolicyError,
    RateError,
    RepayPlanError,
    SerializationError,
    TermsError,
    UnknownKeyError,
    shown,
)
from repayplan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

TREE = (
    BudgetError,
    CaseError,
    CommunicationError,
    DateError,
    InputTypeError,
    MoneyError,
    NegativeAmortizationError,
    PaymentError,
    PolicyError,
    RateError,
    RepayPlanError,
    SerializationError,
    TermsError,
    UnknownKeyError,
)


def make(kind: type[RepayPlanError]) -> RepayPlanError:
    return kind("some.code", "incomes[2].amount", "expected this, got that", {"least": Money("1.50", "EUR")})


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_every_error_is_in_the_tree_and_a_value_error(kind: type[RepayPlanError]) -> None:
    error = make(kind)
    assert isinstance(error, RepayPlanError)
    assert isinstance(error, ValueError)


def test_the_module_exports_its_tree_and_no_other_error() -> None:
    exported = {name for name in errors.__all__ if name not in {"shown", "type_shown"}}
    assert exported == {kind.__name__ for kind in TREE}
    assert errors.__all__ == sorted(errors.__all__)


def test_only_the_wrong_type_is_a_type_error() -> None:
    assert [kind for kind in TREE if issubclass(kind, TypeError)] == [InputTypeError]


def test_only_the_unknown_key_is_a_key_error() -> None:
    assert [kind for kind in TREE if issubclass(kind, KeyError)] == [UnknownKeyError]


def test_negative_amortization_is_an_error_of_the_terms() -> None:
    assert issubclass(NegativeAmortizationError, TermsError)


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_an_error_carries_its_parts(kind: type[RepayPlanError]) -> None:
    error = make(kind)
    assert (error.code, error.field, error.message) == (
        "some.code",
        "incomes[2].amount",
        "expected this, got that",
    )
    assert error.data == {"least": Money("1.50", "EUR")}
    assert str(error) == "incomes[2].amount: expected this, got that"


def test_data_may_be_left_out() -> None:
    assert RateError("rate.range", "rate", "too high").data == {}


def test_an_error_keeps_its_own_copy_of_the_data() -> None:
    data: dict[str, object] = {"maximum": 5}
    error = TermsError("count.range", "count", "too many", data)
    data["maximum"] = 6
    assert error.data == {"maximum": 5}


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_pickles_unchanged(kind: type[RepayPlanError], protocol: int) -> None:
    error = make(kind)
    again = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # our own bytes
    assert type(again) is kind
    assert (again.code, again.field, again.message, again.data) == (
        error.code,
        error.field,
        error.message,
        error.data,
    )
    assert str(again) == str(error)


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_an_error_copies_unchanged(copier: Callable[[RepayPlanError], RepayPlanError]) -> None:
    error = make(MoneyError)
    again = copier(error)
    assert again.args == error.args
    assert again.data == error.data


def refuse(*_: object) -> str:
    message = "the value's own code must not run"
    raise AssertionError(message)


OWN_CODE = {"__repr__": refuse, "__str__": refuse, "__format__": refuse}
Secret = type("Secret", (), OWN_CODE)
SecretText = type("SecretText", (str,), OWN_CODE)
LONG_NAME = type("N" * 500, (), {})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(0, "0", id="zero"),
        pytest.param(-(10**38), "-1" + "0" * 38, id="an int of 127 bits"),
        pytest.param(2**128 - 1, str(2**128 - 1), id="an int of 128 bits"),
        pytest.param(2**128, "an integer of 129 bits", id="an int of 129 bits"),
        pytest.param(10**5000, "an integer of 16610 bits", id="an int that str refuses"),
        pytest.param(Fraction(-1, 3), "-1/3", id="a fraction"),
        pytest.param(Fraction(1, 2**200), "1/an integer of 201 bits", id="a long fraction"),
        pytest.param("1,5", "'1,5'", id="text"),
        pytest.param("x" * 32, "'" + "x" * 32 + "'", id="text that just fits"),
        pytest.param("x" * 33, "'" + "x" * 31 + "...", id="text that just does not"),
        pytest.param("x" * 10**6, "'" + "x" * 31 + "...", id="a million characters"),
        pytest.param("a\nb\x1b", "'a\\nb\\x1b'", id="control characters"),
        pytest.param("\u202e\uff11", "'\\u202e\\uff11'", id="bidi and full-width"),
        pytest.param("\ud800", "'\\ud800'", id="a lone surrogate"),
        pytest.param(True, "True", id="a bool"),
        pytest.param(0.1, "0.1", id="a float"),
        pytest.param(float("nan"), "nan", id="a float that is no number"),
        pytest.param(None, "None", id="None"),
        pytest.param(Decimal("1.50"), "Decimal('1.50')", id="a decimal"),
        pytest.param(Decimal("1" * 100), "Decimal('" + "1" * 23 + "...", id="a long decimal"),
        pytest.param(Secret(), "a value of type Secret", id="an object"),
        pytest.param(SecretText("x"), "a value of type SecretText", id="a subclass of text"),
        pytest.param(LONG_NAME(), "a value of type " + "N" * 32 + "...", id="a type with a long name"),
        pytest.param([Secret()], "a value of type list", id="a list"),
    ],
)
def test_shown_is_short_ascii_and_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text
    assert shown(value).isascii()
    assert shown(value).isprintable()


def test_shown_does_not_depend_on_the_ambient_decimal_context() -> None:
    with localcontext() as context:
        context.capitals = 0
        assert shown(Decimal("1E+50")) == "Decimal('1E+50')"


def test_shown_runs_no_code_of_a_metaclass() -> None:
    meta = type("Meta", (type,), {"__name__": property(refuse)})
    hostile = meta("Hostile", (), {})
    assert shown(hostile()).startswith("a value of type ")


def test_messages_about_currencies_name_both() -> None:
    with pytest.raises(MoneyError, match=r"EUR.*USD") as caught:
        _ = Money("1.00", "EUR") + Money("1.00", "USD")
    assert caught.value.data == {"expected": Currency("EUR", 2), "got": Currency("USD", 2)}
