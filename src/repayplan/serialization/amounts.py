"""How money and its currency are written as plain data and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.currency import Currency, is_standard
from repayplan.errors import RepayPlanError, SerializationError, shown, type_shown
from repayplan.money import Money
from repayplan.serialization.codec import Codec, ObjectCodec, Schema, origin_of
from repayplan.serialization.plain import exactly, expect_object, object_of, refusal, unknown, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from repayplan.serialization.codec import Definitions

__all__ = ["CurrencyCodec", "MoneyCodec"]

_AMOUNT: Final = r"(-?[1-9][0-9]{0,18}|0)(\.[0-9]{1,18})?|-0\.0{0,17}[1-9][0-9]{0,17}"
"""How an amount is spelt: no zeros before the first digit, and no sign of a zero."""
_AMOUNT_LENGTH_MAX: Final = 21  # nineteen digits at most, or a zero and eighteen, a point and a sign


class CurrencyCodec(Codec):
    """A currency: its code where its decimal places are those of ISO 4217, otherwise code and digits."""

    origin = origin_of(Currency)

    def encode(self, value: Currency) -> Any:  # noqa: ANN401
        exactly(value, Currency)
        return value.code if is_standard(value) else {"code": value.code, "digits": value.digits}

    def decode(self, data: Any) -> Currency:  # noqa: ANN401
        if type(data) is not str:
            return self._with_digits(expect_object(data))
        try:
            return Currency.of(data)
        except RepayPlanError as error:
            raise refusal(error, "") from error

    def _with_digits(self, content: Mapping[str, Any]) -> Currency:
        if set(content) != {"code", "digits"}:
            message = "expected a code of ISO 4217, or an object of code and digits"
            raise SerializationError("data.currency", "", message)
        try:
            found = Currency(content["code"], content["digits"])
        except RepayPlanError as error:
            raise refusal(error, error.field) from error
        if is_standard(found):
            message = f"expected the code alone, since {found.code} has these digits"
            raise SerializationError("data.currency", "", message)
        return found

    def schema(self, definitions: Definitions, /) -> Schema:
        return definitions.refer(self.origin, _currency_schema)


def _currency_schema() -> Schema:
    code: Schema = {"type": "string", "pattern": "^[A-Z]{3}$"}
    digits: Schema = {"type": "integer", "minimum": 0, "maximum": 18}
    return {"anyOf": [code, object_of({"code": code, "digits": digits})]}


@attrs.frozen
class MoneyCodec(ObjectCodec):
    """An amount as text with exactly the decimal places of its currency, and the currency.

    It is read in the one spelling in which it is written: ``"5.00"`` for five euros and neither ``"5"`` nor
    ``"005.00"``, ``"0.00"`` for none and not ``"-0.00"``. The constructor of ``Money`` takes fewer places,
    since there a person types; here a program writes, which knows its currency or copies the form that it
    was given. With two spellings of one amount, the digest of a document would not be that of its value; and
    ``"1250"`` for euros may be meant in cents.
    """

    currency: CurrencyCodec = attrs.field(factory=CurrencyCodec)
    origin: str = attrs.field(default=origin_of(Money), init=False)

    def encode(self, value: Money) -> Any:  # noqa: ANN401
        exactly(value, Money)
        return {"amount": _written(value), "currency": self.currency.encode(value.currency)}

    def decode(self, data: Any) -> Money:  # noqa: ANN401
        content = expect_object(data)
        for name in ("amount", "currency"):
            if name not in content:
                message = "expected it, since money is an amount and a currency; it is missing"
                raise SerializationError("data.missing", name, message)
        for name in content:
            if name not in {"amount", "currency"}:
                raise unknown(name, "an amount and a currency")
        try:
            currency = self.currency.decode(content["currency"])
        except SerializationError as error:
            raise within("currency", error) from error.__cause__
        return self._read(content["amount"], currency)

    def _read(self, text: object, currency: Currency) -> Money:
        if type(text) is not str:
            message = f"expected text such as '12.50', got {type_shown(text)}"
            raise SerializationError("data.type", "amount", message, {"expected": "str"})
        try:
            found = Money(text, currency)
        except RepayPlanError as error:
            raise refusal(error, "amount") from error
        if _written(found) != text:
            message = (
                f"expected {currency.digits} decimal places, no zeros before the first digit and no sign of "
                f"zero, got {shown(text)}"
            )
            raise SerializationError("data.amount", "amount", message, {"digits": currency.digits})
        return found

    def schema(self, definitions: Definitions, /) -> Schema:
        return definitions.refer(self.origin, lambda: self.object_schema(definitions, {}))

    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        amount: Schema = {"type": "string", "pattern": f"^({_AMOUNT})$", "maxLength": _AMOUNT_LENGTH_MAX}
        return object_of({**more, "amount": amount, "currency": self.currency.schema(definitions)})


def _written(money: Money) -> str:
    return format(money.amount, "f")
