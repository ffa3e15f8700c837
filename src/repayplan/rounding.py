"""Exact division of integers, rounded once in a named mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from repayplan.values import Enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

__all__ = ["Rounding", "share_evenly", "share_out"]


class _Divide(Protocol):
    def __call__(self, numerator: int, denominator: int, /) -> int: ...


def _half_even(numerator: int, denominator: int, /) -> int:
    quotient, remainder = divmod(numerator, denominator)
    twice = 2 * remainder
    if twice > denominator or (twice == denominator and quotient & 1):
        return quotient + 1
    return quotient


def _half_up(numerator: int, denominator: int, /) -> int:
    if numerator < 0:
        return -((2 * -numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def _half_down(numerator: int, denominator: int, /) -> int:
    if numerator < 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def _up(numerator: int, denominator: int, /) -> int:
    return numerator // denominator if numerator < 0 else -(-numerator // denominator)


def _down(numerator: int, denominator: int, /) -> int:
    return -(-numerator // denominator) if numerator < 0 else numerator // denominator


def _ceiling(numerator: int, denominator: int, /) -> int:
    return -(-numerator // denominator)


def _floor(numerator: int, denominator: int, /) -> int:
    return numerator // denominator


class Rounding(Enumeration):
    """How a number between two whole ones becomes one of them; a tie is decided exactly.

    The names and meanings are those of ``decimal`` (``ROUND_HALF_EVEN`` and so on).
    """

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    UP = "up"
    DOWN = "down"
    CEILING = "ceiling"
    FLOOR = "floor"

    @property
    def is_directed(self) -> bool:
        """Whether the error may reach a whole unit (no half in the name) rather than half of one."""
        return not self.value.startswith("half")

    @property
    def words(self) -> str:
        """The mode as a person says it, such as ``half up``; a floor rounds down."""
        return {"floor": "down", "ceiling": "up"}.get(self.value, self.value.replace("_", " "))

    @property
    def divide(self) -> Callable[[int, int], int]:
        """The function ``(numerator, positive denominator) -> rounded quotient`` of this mode."""
        return _DIVIDE[self]

    def apply(self, number: Fraction) -> int:
        """Round an exact number to a whole one."""
        return _DIVIDE[self](number.numerator, number.denominator)


_DIVIDE: dict[Rounding, _Divide] = {
    Rounding.HALF_EVEN: _half_even,
    Rounding.HALF_UP: _half_up,
    Rounding.HALF_DOWN: _half_down,
    Rounding.UP: _up,
    Rounding.DOWN: _down,
    Rounding.CEILING: _ceiling,
    Rounding.FLOOR: _floor,
}


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` in proportion to ``weights`` by largest remainder, ties to the earlier part.

    The parts sum to ``total`` and each differs from its exact share by less than one. The weights are not
    negative and not all zero. (Hamilton's method of apportionment.)
    """
    whole = sum(weights)
    parts: list[int] = []
    remainders: list[int] = []
    for weight in weights:
        part, remainder = divmod(total * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    missing = total - sum(parts)
    # sorted() is stable and reverse keeps it so: equal remainders stay in order, the earlier part first.
    for index in sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)[:missing]:
        parts[index] += 1
    return parts


def share_evenly(total: int, count: int) -> tuple[int, ...]:
    """Share ``total`` in equal parts, the earlier ones larger by one: :func:`share_out` by equal weights."""
    part, larger = divmod(total, count)
    return (*(part + 1,) * larger, *(part,) * (count - larger))
