"""Every rule book and every figure beside them, in one place for the tests that go over all."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import repayplan as rp
from repayplan.policies import (
    PolicyVersions,
    au,
    classes,
    cn,
    contact,
    eu,
    follow_up,
    hk,
    uk,
    uk_breathing_space,
    us,
)
from tests.reference import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.policies import Policy

MATERIAL: Final = rp.Tolerance(rp.Money(7, "EUR"), Fraction(1, 7))
"""No authority's figures, so that one that is shipped would stand out."""

BOOKS: Final[dict[str, PolicyVersions]] = {
    "au.CONSUMER_CREDIT": au.CONSUMER_CREDIT,
    "cn.CREDIT_CARD": cn.CREDIT_CARD,
    "cn.ONLINE_LOAN": cn.ONLINE_LOAN,
    "eu.consumer_credit": eu.consumer_credit(materiality=MATERIAL),
    "hk.CREDIT_CARD": hk.CREDIT_CARD,
    "uk.CONSUMER_CREDIT": uk.CONSUMER_CREDIT,
    "us.CREDIT_CARD": us.CREDIT_CARD,
    "us.INSTALMENT_LOAN": us.INSTALMENT_LOAN,
}
MODULES: Final = (au, classes, cn, contact, eu, follow_up, hk, uk, uk_breathing_space, us)


def versions() -> Iterator[tuple[str, Policy]]:
    """Every version of every book, after the name of the book and its first day."""
    for name, book in BOOKS.items():
        for version in book.versions:
            yield f"{name} {version.effective_from}", version


def shipped() -> Iterator[tuple[str, Any]]:
    """Every constant of every module of rules; of the functions, what they give without a figure."""
    for module in MODULES:
        for name in module.__all__:
            value = getattr(module, name)
            if not callable(value):
                yield f"{module.__name__}.{name}", value
    yield "eu.consumer_credit", BOOKS["eu.consumer_credit"]


def rule(identity: str) -> Case:
    """The figures of one collected rule."""
    params: Case = case("rules.json", "rules", identity)["params"]
    return params
