from __future__ import annotations

import datetime
import decimal
from decimal import Decimal

import pendulum
import pytest

from repayplan.display.text import CHARACTERS_MAX, escaped, plain_text, span, visible
from tests.display import NO_FORMULAS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "\u2013"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        (Decimal("-1200.50"), "-1200.50"),
        (Decimal("0.0000000000"), "0.0000000000"),
        (Decimal("1E+5"), "100000"),
        (pendulum.date(2026, 12, 31), "2026-12-31"),
        (datetime.date(2026, 12, 31), "2026-12-31"),
        (pendulum.datetime(2026, 12, 1, 9, tz="Asia/Shanghai"), "2026-12-01 09:00:00+08:00"),
        ("salary", "salary"),
        ("", ""),
    ],
)
def test_a_value_is_written_plainly(value: object, text: str) -> None:
    assert plain_text(value) == text


def test_a_number_is_the_same_in_every_decimal_context() -> None:
    with decimal.localcontext(decimal.Context(prec=1, capitals=0, rounding=decimal.ROUND_UP)):
        assert plain_text(Decimal("1234.56")) == "1234.56"


def test_markup_and_quotes_become_characters() -> None:
    assert escaped("<b>\"a\" & 'b'") == "&lt;b&gt;&quot;a&quot; &amp; &#x27;b&#x27;"
    assert span("<b>") == f'<span class="{NO_FORMULAS}" style="white-space: nowrap">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("a\nb\x00", "a[U+000A]b[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\u2028\u2029", "[U+2028][U+2029]"),
        ("\U000e0041", "[U+E0041]"),
        ("\uffff", "[U+FFFF]"),
        ("می\u200cبینم", "می\u200cبینم"),
        ("王小明", "王小明"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_a_long_text_is_cut_and_says_how_much_is_left() -> None:
    at_bound = "x" * CHARACTERS_MAX
    assert visible(at_bound) == at_bound
    assert visible(at_bound + "y") == at_bound + "… (1 more characters)"
    assert visible("\u202e" * 1_000_000).endswith(f"… ({1_000_000 - CHARACTERS_MAX} more characters)")
