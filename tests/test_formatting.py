"""Text for people: the currency's own digits, the stated locale, and nobody else's settings."""

from __future__ import annotations

import decimal
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from repayplan.formatting import (
    LIST_ITEMS_MAX,
    locale_tags,
    plural_categories,
    text_direction,
)

if TYPE_CHECKING:
    from repayplan.formatting import DateStyle

NEW_YEARS_EVE = pendulum.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("amount", "locale", "text"),
    [
        (rp.Money("36000", "CNY"), "zh_CN", "\N{YEN SIGN}36,000.00"),
        (rp.Money("36000", "CNY"), "zh-CN", "\N{YEN SIGN}36,000.00"),
        (rp.Money("-36000.50", "CNY"), "en", "-CN\N{YEN SIGN}36,000.50"),
        (rp.Money("1234567.89", "EUR"), "de", "1.234.567,89\N{NO-BREAK SPACE}\N{EURO SIGN}"),
        (rp.Money("0", "EUR"), "en", "\N{EURO SIGN}0.00"),
        (rp.Money(12345, "JPY"), "en", "\N{YEN SIGN}12,345"),
    ],
)
def test_money_is_written_as_the_locale_writes_it(amount: rp.Money, locale: str, text: str) -> None:
    assert rp.format_money(amount, locale) == text


@pytest.mark.parametrize("code", ["IQD", "MGA", "RSD", "KWD", "CLF", "ISK"])
def test_decimal_places_are_the_currency_s_own_and_not_those_of_cldr(code: str) -> None:
    money = rp.Money.from_minor_units(1_234_567, code)
    digits = "".join(character for character in rp.format_money(money, "en") if character.isdigit())
    assert digits == "1234567"


def test_finer_units_are_written_out() -> None:
    assert rp.format_money(rp.Money("0.0000000001", rp.Currency("USD", 10)), "en") == "$0.0000000001"


def test_the_largest_amount_keeps_every_digit() -> None:
    assert rp.format_money(rp.Money.from_minor_units(10**18, "EUR"), "en").endswith(
        "10,000,000,000,000,000.00"
    )


@pytest.mark.parametrize(
    ("style", "locale", "text"),
    [
        ("long", "en", "December 31, 2026"),
        ("medium", "de", "31.12.2026"),
        ("short", "en_GB", "31/12/2026"),
    ],
)
def test_dates_are_written_as_the_locale_writes_them(style: DateStyle, locale: str, text: str) -> None:
    assert rp.format_date(NEW_YEARS_EVE, locale, style=style) == text


@pytest.mark.parametrize(
    ("share", "decimals", "rounding", "text"),
    [
        ("0.0005", 2, rp.Rounding.HALF_UP, "0.05%"),
        ("0.18", 0, rp.Rounding.HALF_UP, "18%"),
        (Fraction(1, 3), 4, rp.Rounding.HALF_UP, "33.3333%"),
        ("0.00125", 2, rp.Rounding.HALF_UP, "0.13%"),
        ("0.00125", 2, rp.Rounding.HALF_EVEN, "0.12%"),
        (0, 2, rp.Rounding.HALF_UP, "0.00%"),
    ],
)
def test_percentages_are_rounded_in_the_stated_mode(
    share: str | int | Fraction, decimals: int, rounding: rp.Rounding, text: str
) -> None:
    assert rp.format_percent(share, "en", decimals=decimals, rounding=rounding) == text


@pytest.mark.parametrize(
    ("count", "locale", "text"),
    [(0, "en", "0"), (1_234, "de", "1.234"), (1_234_567, "en_IN", "12,34,567"), (10**18, "fr", None)],
)
def test_counts_are_written_as_the_locale_writes_them(count: int, locale: str, text: str | None) -> None:
    written = rp.format_count(count, locale)
    assert text is None or written == text
    assert "".join(character for character in written if character.isdigit()) == str(count)


@pytest.mark.parametrize(
    ("items", "locale", "text"),
    [
        (["a"], "en", "a"),
        (["a", "b"], "en", "a and b"),
        (["a", "b", "c"], "en", "a, b, and c"),
        (["a", "b", "c"], "en_GB", "a, b and c"),
        (("a", "b", "c"), "zh_CN", "a\N{IDEOGRAPHIC COMMA}b\N{CJK UNIFIED IDEOGRAPH-548C}c"),
        (["{0}", "{1}", "<b>"], "es", "{0}, {1} y <b>"),
    ],
)
def test_lists_are_written_as_the_locale_writes_them(items: list[str], locale: str, text: str) -> None:
    assert rp.format_list(items, locale) == text


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("zh", "other other other other other other"),
        ("en", "other one other other other other"),
        ("es", "other one other other other many"),
        ("ar", "zero one two few many other"),
    ],
)
def test_plural_forms_are_those_of_cldr(locale: str, forms: str) -> None:
    counts = (0, 1, 2, 3, 11, 1_000_000)
    assert " ".join(rp.plural_form(count, locale) for count in counts) == forms
    assert set(forms.split()) == plural_categories(locale)


@pytest.mark.parametrize(
    ("locale", "tags"),
    [
        ("zh", ("zh", "Hans", None)),
        ("zh-TW", ("zh", "Hant", "TW")),
        ("en_GB", ("en", "Latn", "GB")),
        ("sr", ("sr", "Cyrl", None)),
        ("sr-ME", ("sr", "Latn", "ME")),
        ("ar", ("ar", "Arab", None)),
    ],
)
def test_a_locale_s_likely_script_is_filled_in(locale: str, tags: tuple[str, str, str | None]) -> None:
    assert locale_tags(locale) == tags


def test_directions_of_writing() -> None:
    assert [text_direction(locale) for locale in ("zh", "en", "ar", "he", "fa", "ur")] == [
        "ltr",
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "rtl",
    ]


def test_marks_that_the_locale_itself_needs_are_kept() -> None:
    hebrew = rp.format_money(rp.Money("1.50", "EUR"), "he")
    assert any(unicodedata.category(character) == "Cf" for character in hebrew)


def test_the_caller_s_decimal_context_is_neither_obeyed_nor_changed() -> None:
    strict = decimal.Context(prec=3, Emax=3, Emin=-3, traps=[decimal.Inexact, decimal.FloatOperation])
    with decimal.localcontext(strict) as context:
        assert rp.format_money(rp.Money("1234567.89", "EUR"), "en") == "\N{EURO SIGN}1,234,567.89"
        assert rp.format_percent("0.123456", "en", decimals=4) == "12.3456%"
        assert rp.format_count(1_234_567, "en") == "1,234,567"
        assert rp.plural_form(1_234_567, "es") == "other"
        assert not any(context.flags.values())


@pytest.mark.parametrize(
    "locale",
    [
        "../../etc/passwd",
        "en\x00",
        "e" * 5000,
        "",
        "xx",
        "en_",
        "EN US",
        "\N{FULLWIDTH LATIN SMALL LETTER E}n",
    ],
)
def test_a_locale_that_is_unknown_is_one_clear_error(locale: str) -> None:
    for attempt in (
        lambda: rp.format_money(rp.Money("1", "EUR"), locale),
        lambda: rp.format_date(NEW_YEARS_EVE, locale),
        lambda: rp.format_percent("0.5", locale, decimals=0),
        lambda: rp.format_count(1, locale),
        lambda: rp.format_list(["a"], locale),
        lambda: rp.plural_form(1, locale),
        lambda: plural_categories(locale),
        lambda: text_direction(locale),
        lambda: locale_tags(locale),
        lambda: rp.preload([locale]),
    ):
        with pytest.raises(rp.CommunicationError, match="locale") as caught:
            attempt()
        assert caught.value.code == "locale.unknown"


def test_wrong_types_are_refused() -> None:
    with pytest.raises(rp.InputTypeError):
        rp.format_money(5, "en")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(rp.InputTypeError):
        rp.format_money(rp.Money("1", "EUR"), None)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(rp.InputTypeError):
        rp.preload("en")
    with pytest.raises(rp.InputTypeError):
        rp.format_date(pendulum.datetime(2026, 1, 1), "en")
    with pytest.raises(rp.CommunicationError):
        rp.format_date(NEW_YEARS_EVE, "en", style="huge")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(rp.CommunicationError):
        rp.format_percent("0.5", "en", decimals=13)


@pytest.mark.parametrize("count", [-1, 10**18 + 1])
def test_counts_are_bounded(count: int) -> None:
    for attempt in (rp.format_count, rp.plural_form):
        with pytest.raises(rp.CommunicationError) as caught:
            attempt(count, "en")
        assert caught.value.code == "count.range"
        with pytest.raises(rp.InputTypeError):
            attempt(1.5, "en")  # type: ignore[arg-type]  # the point of the test


def test_lists_are_bounded() -> None:
    assert rp.format_list(["a"] * LIST_ITEMS_MAX, "en").count("a") == LIST_ITEMS_MAX + 1  # and one in "and"
    for wrong, code in (([], "format.list"), (["a"] * (LIST_ITEMS_MAX + 1), "tuple.length")):
        with pytest.raises(rp.CommunicationError) as caught:
            rp.format_list(wrong, "en")
        assert caught.value.code == code
    with pytest.raises(rp.InputTypeError):
        rp.format_list([5], "en")  # type: ignore[list-item]  # the point of the test
    with pytest.raises(rp.InputTypeError):
        rp.format_list("abc", "en")


def test_preloading_accepts_several_locales() -> None:
    rp.preload(["zh_CN", "en", "he"])
