"""The text of a message: any number of lines, fit to be stored as evidence."""

from __future__ import annotations

import unicodedata

import pytest

from repayplan.checks import BODY_MAX, check_body
from repayplan.errors import BudgetError, CommunicationError, InputTypeError, RepayPlanError


def refusal(value: object, **options: int) -> RepayPlanError:
    with pytest.raises(RepayPlanError) as caught:
        check_body(value, "content", error=CommunicationError, **options)
    return caught.value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("x", id="a letter"),
        pytest.param("Dear Ms Wang,\n\nyour plan begins on 1 July.\n", id="lines"),
        pytest.param("\nlate start", id="an empty line first"),
        pytest.param("\u738b\u5c0f\u660e\uff0c\u60a8\u597d\u3002\n", id="Chinese"),
        pytest.param('=HYPERLINK("http://x")', id="text-07: a formula"),
        pytest.param("+1", id="text-07: plus"),
        pytest.param("-1", id="text-07: minus"),
        pytest.param("@x", id="text-07: at"),
        pytest.param("<script>&lt;{{7*7}}%s {0.__class__}", id="text-08: markup and templates"),
        pytest.param("\u0440\u0430ypal", id="text-13: look-alikes"),
        pytest.param("\u200e\u05e9\u05dc\u05d5\u05dd\u200f", id="marks of direction"),
        pytest.param("\u2066left\u2069 \u2067right\u2069 \u2068either\u2069", id="isolates"),
        pytest.param("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", id="a joiner of Persian"),
        pytest.param("\U0001f468\u200d\U0001f469\u200d\U0001f467", id="a family"),
        pytest.param("soft\u00adhyphen and \ufeff", id="other format characters"),
        pytest.param("x" * BODY_MAX, id="the longest"),
    ],
)
def test_a_body_is_kept_verbatim(value: str) -> None:
    assert check_body(value, "content", error=CommunicationError) is value


def test_a_body_has_a_bound() -> None:
    assert BODY_MAX == 20_000
    error = refusal("x" * (BODY_MAX + 1))
    assert (error.code, error.field) == ("text.length", "content")
    assert error.data == {"maximum": BODY_MAX, "length": BODY_MAX + 1}
    assert refusal("x" * 10_000_000).code == "text.length"  # text-14


def test_a_body_may_have_a_bound_of_its_own_and_an_error_of_its_own() -> None:
    assert check_body("a\nb", "note", error=BudgetError, maximum=3) == "a\nb"
    with pytest.raises(BudgetError) as caught:
        check_body("a\nbc", "note", error=BudgetError, maximum=3)
    assert (caught.value.code, caught.value.field) == ("text.length", "note")


FORBIDDEN = [
    *(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc" and chr(code) != "\n"),
    *("\ud800", "\udbff", "\udc00", "\udfff"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
]


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_controls_surrogates_and_overrides_are_refused_by_place(character: str) -> None:
    error = refusal(f"ab\n{character}secret")
    assert type(error) is CommunicationError
    assert (error.code, error.field) == ("text.control", "content")
    assert error.data == {"position": 3, "codepoint": ord(character)}
    assert f"U+{ord(character):04X} at position 3" in error.message
    assert "secret" not in str(error)


@pytest.mark.parametrize("character", ["\u2028", "\u2029"], ids=["U+2028", "U+2029"])
def test_no_other_separator_of_lines_is_let_through(character: str) -> None:
    # text-05: only \n in bodies; a reader that splits lines sees one that the record does not
    error = refusal(f"ab{character}cd")
    assert (error.code, error.data["position"]) == ("text.control", 2)


def test_carriage_returns_before_line_feeds_are_refused() -> None:
    assert refusal("one\r\ntwo").data == {"position": 3, "codepoint": 0x0D}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="spaces"),
        pytest.param("\u200b", id="a zero-width space"),
        pytest.param("\u2800\u3164\u115f", id="fillers"),
        pytest.param("\n", id="a line feed"),
        pytest.param(" \n\n\u3000\n", id="empty lines"),
        pytest.param("\u200b\n\ufeff", id="lines of what cannot be seen"),
        pytest.param("\n" * BODY_MAX, id="many line feeds"),
    ],
)
def test_a_body_without_a_visible_character_is_refused(value: str) -> None:
    error = refusal(value)
    assert (error.code, error.field) == ("text.empty", "content")


@pytest.mark.parametrize(
    "value", [None, 5, True, 1.5, b"rent", ["rent"], type("Text", (str,), {})("rent")], ids=repr
)
def test_what_is_no_plain_text_is_refused(value: object) -> None:
    error = refusal(value)
    assert type(error) is InputTypeError
    assert (error.code, error.field, error.data) == ("text.type", "content", {"expected": "str"})
