"""Money as whole minor units of a currency: exact, bounded, and never a float."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.currency import Currency, is_standard, resolve_currency
from repayplan.errors import InputTypeError, MoneyError, shown
from repayplan.exact import MINOR_UNITS_MAX, Amount, read_fraction, read_minor_units
from repayplan.rounding import Rounding, share_out
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PARTS_MAX", "Money", "check_currency", "money_of"]

PARTS_MAX: Final = 100_000
"""The most parts into which an amount may be split."""

_DENOMINATOR_BITS_MAX = 4_096


@attrs.frozen(init=False, repr=False, order=False)
class Money(Value):
    """An exact amount in one currency.

    ``Money("12.50", "EUR")`` states units of the currency; :meth:`from_minor_units` states cents. Sums,
    differences and whole multiples are exact; anything that would round asks for a :class:`Rounding`.

    Attributes:
        minor_units: The amount in minor units (cents, fen, fils), at most 10**18 either way.
        currency: The currency.

    Raises:
        MoneyError: The amount is not finite, has more decimal places than the currency, or is too large.
        InputTypeError: The amount is a float, a bool or anything else that is not exact.
    """

    minor_units: int
    currency: Currency

    def __init__(self, amount: Amount, currency: Currency | str) -> None:
        """Read ``amount`` in units of ``currency``; a string code is looked up in ISO 4217.

        Text is plain: an optional minus, ASCII digits, and at most as many decimal places as the currency has
        (``"1.000"`` in EUR is refused, since it may mean a thousand). A Decimal is read by its value.
        """
        resolved = resolve_currency(currency)
        _set_minor_units(self, read_minor_units(amount, resolved.digits))
        _set_currency(self, resolved)

    @classmethod
    def from_minor_units(cls, minor_units: int, currency: Currency | str) -> Money:
        """Make money from minor units: ``Money.from_minor_units(500, "EUR")`` is five euros."""
        bound = MINOR_UNITS_MAX
        check_count(minor_units, "minor_units", minimum=-bound, maximum=bound, error=MoneyError)
        return money_of(minor_units, resolve_currency(currency))

    @classmethod
    def zero(cls, currency: Currency | str) -> Money:
        """Make nothing, in a currency."""
        return money_of(0, resolve_currency(currency))

    @staticmethod
    def total(amounts: Iterable[Money], currency: Currency | str) -> Money:
        """Add amounts of one currency; the currency is stated so that an empty sum has one too."""
        resolved = resolve_currency(currency)
        units = 0
        for index, amount in enumerate(check_instance(amounts, Iterable, "amounts")):
            check_instance(amount, Money, f"amounts[{index}]")
            check_currency(amount, resolved, f"amounts[{index}]")
            units += amount.minor_units
        return _bounded(units, resolved)

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency, with all its decimal places."""
        return Decimal(self._plain())

    @property
    def exact(self) -> Fraction:
        """The amount in units of the currency, as a fraction."""
        return Fraction(self.minor_units, 10**self.currency.digits)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as minor units, through the checks of :meth:`from_minor_units`."""
        return Money.from_minor_units, (self.minor_units, self.currency)

    def __repr__(self) -> str:
        """Give the constructor call."""
        if is_standard(self.currency):
            return f"Money('{self._plain()}', '{self.currency.code}')"
        return f"Money('{self._plain()}', {self.currency!r})"

    def __str__(self) -> str:
        """Give the amount and the code, as in ``36000.00 CNY``; for people, use ``format_money``."""
        return f"{self._plain()} {self.currency.code}"

    def _repr_html_(self) -> str:
        """Show the amount and the code in a notebook."""
        from repayplan.display.text import span  # noqa: PLC0415  # only notebooks need it

        return span(str(self))

    def __bool__(self) -> bool:
        """Tell whether the amount is not zero."""
        return self.minor_units != 0

    def __add__(self, other: Money) -> Money:
        """Add money of the same currency."""
        return _bounded(self.minor_units + self._peer(other, "add").minor_units, self.currency)

    def __radd__(self, other: object) -> Money:
        """Refuse ``0 + money``, which is what ``sum`` does first."""
        message = f"cannot add Money to {shown(other)}; use Money.total(amounts, currency) for a sum"
        raise InputTypeError("money.operand", "add", message)

    def __sub__(self, other: Money) -> Money:
        """Subtract money of the same currency."""
        return _bounded(self.minor_units - self._peer(other, "subtract").minor_units, self.currency)

    def __neg__(self) -> Money:
        """Reverse the sign."""
        return money_of(-self.minor_units, self.currency)

    def __abs__(self) -> Money:
        """Drop the sign."""
        return money_of(abs(self.minor_units), self.currency)

    def __mul__(self, factor: int) -> Money:
        """Multiply by a whole number; for any other factor use :meth:`scaled`."""
        if type(factor) is not int:
            message = f"expected an int, got {shown(factor)}; use scaled(factor, rounding) for a fraction"
            raise InputTypeError("money.operand", "multiply", message)
        return _bounded(self.minor_units * factor, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        return self.minor_units < self._peer(other, "compare").minor_units

    def __le__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        return self.minor_units <= self._peer(other, "compare").minor_units

    def __gt__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        return self.minor_units > self._peer(other, "compare").minor_units

    def __ge__(self, other: Money) -> bool:
        """Compare money of the same currency."""
        return self.minor_units >= self._peer(other, "compare").minor_units

    def scaled(self, factor: Fraction | int, rounding: Rounding) -> Money:
        """Multiply by an exact factor and round once to the minor unit."""
        if type(factor) not in {int, Fraction}:
            raise InputTypeError(
                "money.operand", "factor", f"expected an int or a Fraction, got {shown(factor)}"
            )
        check_instance(rounding, Rounding, "rounding")
        return _bounded(rounding.apply(Fraction(self.minor_units * factor)), self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Split into equal parts that sum to the whole; the earlier parts are larger by one minor unit."""
        check_count(parts, "parts", minimum=1, maximum=PARTS_MAX, error=MoneyError)
        smaller, larger_count = divmod(self.minor_units, parts)
        larger = money_of(smaller + 1, self.currency)
        return (larger,) * larger_count + (money_of(smaller, self.currency),) * (parts - larger_count)

    def allocate(self, weights: Sequence[int | Fraction | Decimal | Money]) -> tuple[Money, ...]:
        """Share in proportion to ``weights``, losing nothing: largest remainder, ties to the earlier part.

        Raises:
            MoneyError: There is no weight, one is negative, or all are zero.
            InputTypeError: A weight is not an int, a Fraction, a finite Decimal or Money.
        """
        units = share_out(self.minor_units, _read_weights(weights))
        return tuple(money_of(part, self.currency) for part in units)

    def _peer(self, other: object, operation: str) -> Money:
        if not isinstance(other, Money):
            message = f"expected Money, got {shown(other)}"
            raise InputTypeError("money.operand", operation, message)
        check_currency(other, self.currency, operation)
        return other

    def _plain(self) -> str:
        digits = self.currency.digits
        text = str(abs(self.minor_units)).rjust(digits + 1, "0")
        sign = "-" if self.minor_units < 0 else ""
        return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text


_set_minor_units = Money.__dict__["minor_units"].__set__
_set_currency = Money.__dict__["currency"].__set__


def money_of(minor_units: int, currency: Currency) -> Money:
    """Make money that is known to be within bounds, without checks: for results, never for input."""
    money = Money.__new__(Money)
    _set_minor_units(money, minor_units)
    _set_currency(money, currency)
    return money


def _bounded(minor_units: int, currency: Currency) -> Money:
    if not -MINOR_UNITS_MAX <= minor_units <= MINOR_UNITS_MAX:
        message = f"the result is beyond {MINOR_UNITS_MAX} minor units of {currency.code}"
        raise MoneyError("money.range", "amount", message, {"maximum": MINOR_UNITS_MAX})
    return money_of(minor_units, currency)


def check_currency(money: Money, currency: Currency, field: str) -> None:
    """Refuse money in another currency, or in one of other decimal places."""
    if money.currency is not currency and money.currency != currency:
        expected = f"{currency} with {currency.digits} digits"
        got = f"{money.currency} with {money.currency.digits} digits"
        message = f"expected {expected}, got {got}; convert one of them first"
        raise MoneyError("money.currency", field, message, {"expected": currency, "got": money.currency})


def _read_weights(weights: Sequence[int | Fraction | Decimal | Money]) -> list[int]:
    if not isinstance(weights, (list, tuple)):
        raise InputTypeError("tuple.type", "weights", f"expected a list of weights, got {shown(weights)}")
    if not 1 <= len(weights) <= PARTS_MAX:
        message = f"expected 1 to {PARTS_MAX} weights, got {len(weights)}"
        raise MoneyError("money.weights", "weights", message, {"maximum": PARTS_MAX})
    _require_one_kind(weights)
    exact = [_read_weight(weight, f"weights[{index}]") for index, weight in enumerate(weights)]
    if not any(exact):
        raise MoneyError("money.weights", "weights", "expected a weight above zero, got none")
    common = _common_denominator(exact)
    return [weight.numerator * (common // weight.denominator) for weight in exact]


def _require_one_kind(weights: Sequence[object]) -> None:
    """Refuse amounts of several currencies, or amounts beside plain numbers: they have no common measure."""
    kinds = {weight.currency if isinstance(weight, Money) else None for weight in weights}
    if len(kinds) > 1:
        message = "expected plain numbers, or amounts in one currency, got a mixture"
        raise MoneyError("money.currency", "weights", message)


def _common_denominator(weights: Sequence[Fraction]) -> int:
    common = 1
    for weight in weights:
        common = math.lcm(common, weight.denominator)
        if common.bit_length() > _DENOMINATOR_BITS_MAX:
            message = f"expected weights whose common denominator has at most {_DENOMINATOR_BITS_MAX} bits"
            raise MoneyError("money.weights", "weights", message, {"maximum": _DENOMINATOR_BITS_MAX})
    return common


def _read_weight(weight: object, field: str) -> Fraction:
    read = weight.exact if isinstance(weight, Money) else read_fraction(weight, field, error=MoneyError)
    if read < 0:
        raise MoneyError("money.weights", field, "expected a weight of zero or more, got a negative one")
    return read
