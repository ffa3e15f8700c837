"""Rules as data: a figure, where it comes from, how binding it is, and which way it may be moved."""

from __future__ import annotations

import datetime
import operator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import PolicyError, shown
from repayplan.moments import check_moment
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Citation", "Comparison", "Evidence", "Finding", "Force", "Limit", "Protects"]

T = TypeVar("T")


class Evidence(Enumeration):
    """What was read before a figure was written down."""

    PRIMARY = "primary"
    """The text of the rule."""
    SECONDARY = "secondary"
    """A quotation or a summary of it."""


class Force(Enumeration):
    """How binding a rule is."""

    LAW = "law"
    GUIDANCE = "guidance"
    STANDARD = "standard"
    """A recommended standard."""
    PRACTICE = "practice"
    """Custom of the trade."""
    HOUSE = "house"
    """A default of this library or a choice of the bank; no outside source."""


class Comparison(Enumeration):
    """How an observed value is held against a limit."""

    AT_MOST = "at most"
    LESS_THAN = "less than"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    EXACTLY = "exactly"

    def holds(self, observed: object, limit: object) -> bool:
        """Tell whether ``observed`` is at most, less than, … ``limit``."""
        return _COMPARE[self](observed, limit)


_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.AT_MOST: operator.le,
    Comparison.LESS_THAN: operator.lt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE_THAN: operator.gt,
    Comparison.EXACTLY: operator.eq,
}


class Protects(Enumeration):
    """The direction in which moving a limit protects the client."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"
    """Neither way is sure to: a shorter longest term, for one, raises the installments."""


def _to_effective_from(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "effective_from")


@attrs.frozen(kw_only=True)
class Citation(Value):
    """The source of a rule.

    Attributes:
        title: The name of the law, standard or guide, in its own language.
        article: The article, section or paragraph; empty if the whole.
        url: Where the text stands, if known.
        effective_from: The day from which it binds, if known.
        evidence: What was read; None only where there is no outside source (force ``HOUSE``).
        force: How binding it is.
        applies_to: Whom and what it binds, such as third-party collectors or credit cards.
    """

    title: str
    article: str = ""
    url: str | None = None
    effective_from: pendulum.Date | None = attrs.field(default=None, converter=_to_effective_from)
    evidence: Evidence | None = None
    force: Force
    applies_to: str = ""

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.title, "title", error=PolicyError)
        for field in ("article", "applies_to"):
            check_instance(getattr(self, field), str, field)
        if self.url is not None:
            check_instance(self.url, str, "url")
        check_instance(self.force, Force, "force")
        if self.evidence is not None:
            check_instance(self.evidence, Evidence, "evidence")
        elif self.force is not Force.HOUSE:
            message = (
                f"expected what was read, since a rule of force {self.force.value} has an outside source"
            )
            raise PolicyError("citation.evidence", "evidence", message)

    def __str__(self) -> str:
        """Give the title and the article."""
        return f"{self.title} {self.article}".rstrip()


def _to_value(value: T) -> T:
    found: T = _figure(value, "value")
    return found


def _to_observed(value: object) -> object:
    return _figure(value, "observed")


def _to_limit(value: object) -> object:
    return _figure(value, "limit")


def _figure(value: Any, field: str) -> Any:  # noqa: ANN401  # any figure
    """Give a figure as it is, but each moment with its offset and no zone, as records keep it.

    Python calls a moment of an hour that the clock of its zone shows twice unequal to every other, even to
    the same one as its text says it.
    """
    if isinstance(value, datetime.datetime):
        return check_moment(value, field)
    items: Any = value
    if type(value) is tuple:
        return tuple(_figure(item, field) for item in items)
    if type(value) is frozenset:
        return frozenset(_figure(item, field) for item in items)
    return value


@attrs.frozen
class Limit(Value, Generic[T]):
    """A figure of law, guidance, practice or the house, with its source.

    Attributes:
        value: The figure; a moment is kept with its offset alone.
        citation: Where it comes from.
        comparison: How a case is held against it.
        unit: What it counts, such as ``"months"``.
        protects: The direction in which moving it protects the client.

    Raises:
        DateError: The figure is a moment whose offset from UTC is not known or not in whole minutes.
    """

    value: T = attrs.field(converter=_to_value)
    citation: Citation
    comparison: Comparison = Comparison.EXACTLY
    unit: str = ""
    protects: Protects = Protects.NEITHER

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.citation, Citation, "citation")
        check_instance(self.comparison, Comparison, "comparison")
        check_instance(self.unit, str, "unit")
        check_instance(self.protects, Protects, "protects")

    def moved(self, value: T, citation: Citation) -> Limit[T]:
        """Give this limit with a house rule's ``value``, which may only protect the client more.

        Raises:
            PolicyError: The value moves the limit in any other direction.
        """
        allowed = {
            Protects.LOWER: Comparison.AT_MOST,
            Protects.HIGHER: Comparison.AT_LEAST,
            Protects.NEITHER: Comparison.EXACTLY,
        }[self.protects]
        check_instance(value, type(self.value), "value")
        if not allowed.holds(value, self.value):
            message = f"a house rule must be {allowed.value} {_text(self.value)}, got {_text(value)}; "
            message += (
                "to move it either way may harm the client"
                if self.protects is Protects.NEITHER
                else "the other way it does not protect the client"
            )
            raise PolicyError("limit.direction", "value", message, {"limit": self.value})
        return attrs.evolve(self, value=value, citation=citation)


def _text(value: object) -> str:
    """Write a figure: as our own value writes itself, if it does so, and else as any input is shown."""
    has_text = isinstance(value, Value) and type(value).__str__ is not object.__str__
    return str(value) if has_text else shown(value)


@attrs.frozen
class Finding(Value):
    """One rule applied to one case.

    Attributes:
        rule: The rule's name, stable for programs.
        passed: Whether the case meets it.
        observed: What was found; a moment is kept with its offset alone.
        limit: What it was held against, kept likewise; None where the rule has no figure.
        citation: The rule's source; None where it follows from arithmetic alone.
        comparison: How the two were held against each other; None where the rule has no figure.
        ask: What to ask the client, kindly; empty where there is nothing to ask.

    Raises:
        DateError: One of them is a moment whose offset from UTC is not known or not in whole minutes.
    """

    rule: str
    passed: bool
    observed: object = attrs.field(converter=_to_observed)
    limit: object = attrs.field(default=None, converter=_to_limit)
    citation: Citation | None = None
    comparison: Comparison | None = None
    ask: str = ""

    @classmethod
    def against(cls, rule: str, observed: object, limit: Limit[Any]) -> Finding:
        """Hold ``observed`` against a limit."""
        passed = limit.comparison.holds(observed, limit.value)
        return cls(rule, passed, observed, limit.value, limit.citation, limit.comparison)
