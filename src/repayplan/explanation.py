"""A calculation laid out line by line, so that a person can redo it with a pencil."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from repayplan.currency import Currency
from repayplan.errors import UnknownKeyError, shown
from repayplan.money import Money
from repayplan.rounding import Rounding
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DaysLine", "Explanation", "ExplanationInput", "ExplanationLine"]


@attrs.frozen
class ExplanationInput(Value):
    """One number that goes into a line.

    Attributes:
        label: What it is called.
        value: Its exact value in units of the currency.
        subtracted: Whether it is taken away rather than added.
    """

    label: str
    value: Fraction
    subtracted: bool = False

    @property
    def signed(self) -> Fraction:
        """The value, negative where it is taken away."""
        return -self.value if self.subtracted else self.value


@attrs.frozen
class ExplanationLine(Value):
    """One step: the sum of the inputs, times the factor, rounded as stated.

    Attributes:
        key: The line's name for programs, such as ``"surplus"`` or ``"expenses[2]"``.
        label: Its name for people, which may be in the client's own words.
        inputs: The numbers that are added or taken away.
        factor: What their sum is multiplied by.
        rounding: How the exact result becomes money. Later lines go on with the exact result.
        currency: The currency of the result.
        step: What the result is a multiple of; None is the minor unit.
    """

    key: str
    label: str
    inputs: tuple[ExplanationInput, ...]
    factor: Fraction
    rounding: Rounding
    currency: Currency
    step: Money | None = None

    @property
    def exact(self) -> Fraction:
        """The exact result, in units of the currency."""
        return self.factor * sum((entry.signed for entry in self.inputs), Fraction(0))

    @property
    def result(self) -> Money:
        """The result as money."""
        step = 1 if self.step is None else self.step.minor_units
        steps = self.rounding.apply(self.exact * 10**self.currency.digits / step)
        return Money.from_minor_units(steps * step, self.currency)

    def to_text(self) -> str:
        """Write the line as a person would."""
        return f"{self.label}: {self.calculation}"

    @property
    def calculation(self) -> str:
        """The line without its label: the steps, the result, and how it was rounded."""
        factor = "" if self.factor == 1 else f" x {_factor_text(self.factor)}"
        if not self.inputs:
            return str(self.result)
        only = self.inputs[0] if len(self.inputs) == 1 else None
        if only is not None and only.label == self.label:
            steps = f"{self._number(only.value)}{factor} = " if factor else ""
        else:
            steps = f"{self._sum_text()}{factor} = "
        return f"{steps}{self.result}{self._rounding_text()}"

    @property
    def steps(self) -> str:
        """The calculation where there is more to it than the result, and nothing where there is not."""
        return "" if self.calculation == str(self.result) else self.calculation

    def _sum_text(self) -> str:
        terms = [
            ("- " if entry.subtracted else "+ " if index else "")
            + f"{entry.label} {self._number(entry.value)}"
            for index, entry in enumerate(self.inputs)
        ]
        return " ".join(terms)

    def _number(self, value: Fraction) -> str:
        return _number_text(value, self.currency.digits)

    def _rounding_text(self) -> str:
        if self.result.exact == self.exact:
            return ""
        return f" (rounded {self.rounding.words} from {self._number(self.exact)})"


@attrs.frozen
class DaysLine(Value):
    """One step that counts days.

    Attributes:
        key: The line's name for programs, such as ``"days_past_due"``.
        label: Its name for people.
        since: The day before the first that may count.
        until: The last day that may count.
        left_out: How many of the days between do not count, such as those of a hold.
        why: Why they do not; empty where all count.
    """

    key: str
    label: str
    since: datetime.date
    until: datetime.date
    left_out: int = 0
    why: str = ""

    @property
    def result(self) -> int:
        """The number of days."""
        return self.until.toordinal() - self.since.toordinal() - self.left_out

    def to_text(self) -> str:
        """Write the line as a person would."""
        return f"{self.label}: {self.calculation}"

    @property
    def calculation(self) -> str:
        """The line without its label."""
        days = self.until.toordinal() - self.since.toordinal()
        less = f" - {self.left_out} ({self.why}) = {self.result}" if self.left_out else ""
        return f"{self.since} to {self.until} = {days}{less}"


@attrs.frozen
class Explanation(Value):
    """The lines of a calculation, in order; each builds on lines before it.

    Attributes:
        lines: The steps that come to an amount of money.
        days: The steps that count days, if there are any.
    """

    lines: tuple[ExplanationLine, ...]
    days: tuple[DaysLine, ...] = ()

    def __iter__(self) -> Iterator[ExplanationLine]:
        """Give the lines of money in order."""
        return iter(self.lines)

    def __getitem__(self, key: str) -> ExplanationLine:
        """Give the line with this key.

        Raises:
            UnknownKeyError: No line has it.
        """
        for line in self.lines:
            if line.key == key:
                return line
        message = f"expected the key of one of the {len(self.lines)} lines, got {shown(key)}"
        raise UnknownKeyError("explanation.unknown", "key", message)

    def to_text(self) -> str:
        """Write all lines, one below the other."""
        return "\n".join([line.to_text() for line in self.lines] + [line.to_text() for line in self.days])

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each line, those that count days last.

        An ``amount`` has its ``currency`` and no ``days``; for a count of days it is the other way round.
        """
        return [*map(_row, self.lines), *map(_row, self.days)]

    def _repr_html_(self) -> str:
        """Show the lines in a notebook, the label of each beside how it is worked out."""
        from repayplan.display.chart import figure  # noqa: PLC0415  # only notebooks need it
        from repayplan.display.table import Column, Kind, table  # noqa: PLC0415  # likewise

        columns = [Column("line"), Column("how"), Column("result", Kind.NUMBER)]
        amounts = table(
            "Amounts, line by line",
            columns,
            self.lines,
            lambda line: [line.label, line.steps, str(line.result)],
        )
        if not self.days:
            return figure(amounts)
        counts = table(
            "Days, line by line", columns, self.days, lambda line: [line.label, line.calculation, line.result]
        )
        return figure(amounts, counts)


def _row(line: ExplanationLine | DaysLine) -> dict[str, object]:
    found = line.result
    return {
        "key": line.key,
        "label": line.label,
        "amount": None if isinstance(found, int) else found.amount,
        "calculation": line.calculation,
        "currency": None if isinstance(found, int) else found.currency.code,
        "days": found if isinstance(found, int) else None,
    }


def _number_text(value: Fraction, digits: int) -> str:
    """Write a number with the currency's decimal places, or as a mixed fraction if those would round it."""
    scaled = abs(value) * 10**digits
    if scaled.denominator != 1:
        return _mixed_text(value)
    whole, part = divmod(scaled.numerator, 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{digits}}" if digits else f"{sign}{whole}"


def _mixed_text(value: Fraction) -> str:
    whole, part = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def _factor_text(factor: Fraction) -> str:
    """Write a factor in twelfths where it is one, as in 52/12: that is how a month's share is taught."""
    twelfths = factor * 12
    return f"{twelfths.numerator}/12" if twelfths.denominator == 1 else str(factor)
