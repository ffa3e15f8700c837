"""Money, dates, percentages, counts, lists and plurals in the client's language, from CLDR through Babel.

The one module that imports Babel. Babel reads its data files on the first use of a locale: call
:func:`preload` where that must not happen later. Decimal places are the currency's own, never CLDR's, and
nothing here depends on the caller's decimal context or on a locale in the environment.
"""

from __future__ import annotations

import contextlib
import copy
import datetime
import decimal
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date as babel_format_date
from babel.lists import format_list as babel_format_list

from repayplan.checks import check_count, check_date, check_instance, check_tuple
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.exact import read_fraction
from repayplan.money import Money
from repayplan.rounding import Rounding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from fractions import Fraction

    from babel.numbers import NumberPattern

__all__ = [
    "LIST_ITEMS_MAX",
    "DateStyle",
    "Direction",
    "LocaleTags",
    "format_count",
    "format_date",
    "format_list",
    "format_money",
    "format_percent",
    "locale_tags",
    "plural_categories",
    "plural_form",
    "preload",
    "text_direction",
]

DateStyle = Literal["short", "medium", "long", "full"]
Direction = Literal["ltr", "rtl"]

LIST_ITEMS_MAX: Final = 100
"""The most items of a list in a sentence."""

_STYLES: Final = ("short", "medium", "long", "full")
_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_DECIMALS_MAX: Final = 12
_COUNT_MAX: Final = 10**18
_SCRIPT_LENGTH: Final = 4


class LocaleTags(NamedTuple):
    """What a locale says, the script that CLDR thinks likely filled in: ``zh-CN`` is in ``Hans``."""

    language: str
    script: str
    territory: str | None


def format_money(money: Money, locale: str) -> str:
    """Write an amount with the currency's own decimal places, such as ``¥36,000.00`` for ``zh_CN``.

    Raises:
        CommunicationError: The locale is unknown.
    """
    check_instance(money, Money, "money")
    found = _locale(locale)
    pattern = _with_places(found.currency_formats["standard"], money.currency.digits)
    with _own_context():
        text: str = pattern.apply(money.amount, found, currency=money.currency.code, currency_digits=False)
    return text


def format_date(day: datetime.date, locale: str, *, style: DateStyle = "long") -> str:
    """Write a date, such as ``2026年12月31日`` for ``zh_CN``.

    Raises:
        CommunicationError: The locale or the style is unknown.
    """
    checked = check_date(day, "day")
    if style not in _STYLES:
        message = f"expected one of {', '.join(_STYLES)}, got {shown(style)}"
        raise CommunicationError("format.style", "style", message)
    with _own_context():
        return babel_format_date(checked, format=style, locale=_locale(locale))


def format_percent(
    share: str | int | Decimal | Fraction,
    locale: str,
    *,
    decimals: int,
    rounding: Rounding = Rounding.HALF_UP,
) -> str:
    """Write a share as a percentage with a stated number of decimal places, rounded in a stated mode.

    Raises:
        CommunicationError: The locale is unknown, or the number of decimal places is not from 0 to 12.
    """
    places = check_count(decimals, "decimals", minimum=0, maximum=_DECIMALS_MAX, error=CommunicationError)
    exact = read_fraction(share, "share", error=CommunicationError)
    units = check_instance(rounding, Rounding, "rounding").apply(exact * 10 ** (places + 2))
    found = _locale(locale)
    with _own_context():
        value = Decimal(units).scaleb(-places - 2)
        text: str = _with_places(found.percent_formats[None], places).apply(value, found)
    return text


def format_count(count: int, locale: str) -> str:
    """Write a whole number from 0 to 10¹⁸, such as ``1.234`` for ``de``.

    Raises:
        CommunicationError: The locale is unknown, or the number out of range.
    """
    checked = check_count(count, "count", minimum=0, maximum=_COUNT_MAX, error=CommunicationError)
    found = _locale(locale)
    with _own_context():
        text: str = _with_places(found.decimal_formats[None], 0).apply(Decimal(checked), found)
    return text


def format_list(items: Sequence[str], locale: str) -> str:
    """Write 1 to 100 texts as a list in a sentence, such as ``a, b, and c`` for ``en``.

    The texts are written as they come: whoever shows the list checks and escapes them.

    Raises:
        CommunicationError: The locale is unknown, or there is no item or more than 100.
    """
    every = check_tuple(items, str, "items", maximum=LIST_ITEMS_MAX, error=CommunicationError)
    if not every:
        raise CommunicationError("format.list", "items", "expected at least one item, got none")
    return babel_format_list(every, locale=_locale(locale))


def plural_form(count: int, locale: str) -> str:
    """Give the CLDR plural category of a whole number from 0 to 10¹⁸, such as ``one`` for 1 in ``en``.

    Raises:
        CommunicationError: The locale is unknown, or the number out of range.
    """
    checked = check_count(count, "count", minimum=0, maximum=_COUNT_MAX, error=CommunicationError)
    found = _locale(locale)
    with _own_context():
        return found.plural_form(checked)


def plural_categories(locale: str) -> frozenset[str]:
    """Give all CLDR plural categories of a language: ``one`` and ``other`` for ``en``.

    Raises:
        CommunicationError: The locale is unknown.
    """
    return frozenset(_locale(locale).plural_form.tags) | {"other"}


def text_direction(locale: str) -> Direction:
    """Tell whether a language is written from left to right or from right to left.

    Raises:
        CommunicationError: The locale is unknown.
    """
    return "rtl" if _locale(locale).text_direction == "rtl" else "ltr"


def locale_tags(locale: str) -> LocaleTags:
    """Give the language, the script and the territory (None where none is named) of a locale.

    Raises:
        CommunicationError: The locale is unknown.
    """
    found = _locale(locale)
    likely: str = get_global("likely_subtags").get(found.language, "")
    script = found.script or next((part for part in likely.split("_") if len(part) == _SCRIPT_LENGTH), "")
    return LocaleTags(found.language, script, found.territory)


def preload(locales: Iterable[str]) -> None:
    """Read Babel's data of these locales now, so that nothing reads a file later.

    Raises:
        CommunicationError: A locale is unknown.
    """
    if isinstance(locales, str):
        raise InputTypeError("locale.list", "locales", f"expected a list of locales, got {shown(locales)}")
    for locale in locales:
        format_money(Money(1, "CNY"), locale)
        format_percent(0, locale, decimals=0)
        format_list(["1", format_count(2, locale), plural_form(3, locale)], locale)
        for style in _STYLES:
            format_date(datetime.date(2000, 1, 1), locale, style=style)


def _with_places(pattern: NumberPattern, places: int) -> NumberPattern:
    """Give a locale's pattern with a stated number of decimal places, leaving Babel's own as it was."""
    stated = copy.copy(pattern)
    stated.frac_prec = (places, places)
    return stated


@contextlib.contextmanager
def _own_context() -> Generator[None]:
    """Shield Babel, which computes in the caller's decimal context, from whatever that is."""
    with decimal.localcontext(decimal.Context(prec=64, rounding=decimal.ROUND_HALF_EVEN, traps=[])):
        yield


def _locale(locale: str) -> Locale:
    if type(locale) is not str:
        raise InputTypeError("locale.type", "locale", f"expected text such as 'zh_CN', got {shown(locale)}")
    message = f"expected a locale that CLDR knows, such as 'zh_CN', got {shown(locale)}"
    if not _LOCALE.fullmatch(locale):
        raise CommunicationError("locale.unknown", "locale", message)
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise CommunicationError("locale.unknown", "locale", message) from error
