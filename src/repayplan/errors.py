"""The error tree: what was wrong with an input, where, and what to do about it.

Every error carries a stable ``code`` for programs, the ``field`` it is about, a short ``message`` for people
and the ``data`` behind it. Messages never contain personal data and never print a hostile value whole.
A case that merely fails a rule is not an error: it is a :class:`repayplan.Finding`.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BudgetError",
    "CaseError",
    "CommunicationError",
    "DateError",
    "InputTypeError",
    "MoneyError",
    "NegativeAmortizationError",
    "PaymentError",
    "PolicyError",
    "RateError",
    "RepayPlanError",
    "SerializationError",
    "TermsError",
    "UnknownKeyError",
    "shown",
    "type_shown",
]

_SHOWN_CHARACTERS = 32
_SHOWN_BITS = 128


class RepayPlanError(ValueError):
    """An input that the library refuses; the root of its error tree.

    Attributes:
        code: A stable identifier of the kind of trouble, such as ``"money.float"``.
        field: The parameter or field at fault, such as ``"first_due"`` or ``"incomes[2].amount"``.
        message: What was expected, what came and what to do.
        data: The figures behind the message, by name.
    """

    code: str
    field: str
    message: str
    data: Mapping[str, object]

    def __init__(self, code: str, field: str, message: str, data: Mapping[str, object] | None = None) -> None:
        """Keep every part as an argument too, so that the error pickles and copies unchanged."""
        self.code = code
        self.field = field
        self.message = message
        self.data = dict(data or {})
        super().__init__(code, field, message, self.data)

    def __str__(self) -> str:
        """Give the field and the message, for a log or a screen."""
        return f"{self.field}: {self.message}"


class InputTypeError(RepayPlanError, TypeError):
    """A value of the wrong type, such as a float for money; also a :class:`TypeError`."""


class UnknownKeyError(RepayPlanError, KeyError):
    """A key that names nothing in a mapping; also a :class:`KeyError`."""


class MoneyError(RepayPlanError):
    """An amount or a currency that cannot be represented exactly."""


class DateError(RepayPlanError):
    """A date, a frequency or a calendar that cannot be used."""


class RateError(RepayPlanError):
    """An interest rate outside what the library represents."""


class TermsError(RepayPlanError):
    """Terms from which no schedule can be built."""


class NegativeAmortizationError(TermsError):
    """A payment that does not exceed the interest, so that the debt would never fall.

    ``data["least_payment"]`` is the smallest payment that would do, where one exists.
    """


class BudgetError(RepayPlanError):
    """An income, an expense or a household that cannot be used."""


class PaymentError(RepayPlanError):
    """A payment, a hold or another fact about a plan that contradicts the others or the schedule."""


class PolicyError(RepayPlanError):
    """A rule book or a limit that cannot be used, or none in force."""


class CommunicationError(RepayPlanError):
    """A communication record that would not be fit to be evidence."""


class CaseError(RepayPlanError):
    """A fact that does not fit into a case file."""


class SerializationError(RepayPlanError):
    """Data that cannot be stored, or stored data that cannot be trusted."""


def shown(value: object) -> str:
    """Describe ``value`` for an error message: short, on one line, in ASCII, and without calling its code."""
    kind = type(value)
    if kind is int:
        bits = int.bit_length(value)  # type: ignore[arg-type]  # narrowed by its exact type above
        return str(value) if bits <= _SHOWN_BITS else f"an integer of {bits} bits"
    if kind is Fraction:
        return _shown_fraction(value)  # type: ignore[arg-type]  # narrowed by its exact type above
    if kind is str:
        return _shortened(ascii(value[: _SHOWN_CHARACTERS + 1]))  # type: ignore[index]  # as above
    if kind is Decimal:
        with localcontext(Context()):  # whose capitals would otherwise decide between 1E+5 and 1e+5
            return _shortened(ascii(value))
    if kind in {bool, float, type(None)}:
        return _shortened(ascii(value))
    return type_shown(value)


def type_shown(value: object) -> str:
    """Describe the type of ``value`` alone, where the value may be personal."""
    name = type.__dict__["__name__"].__get__(type(value))  # not __name__, which a metaclass may define
    return f"a value of type {_shortened(ascii(name)[1:-1])}"


def _shown_fraction(value: Fraction) -> str:
    return f"{shown(value.numerator)}/{shown(value.denominator)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS + 2 else text[:_SHOWN_CHARACTERS] + "..."
